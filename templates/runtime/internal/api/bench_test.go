package api_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

const storeJSON = `{"id":"023e105f4ecef8ad9ca31a8372d0c353","created":"2023-09-21T18:56:32.624632Z","modified":"2023-09-21T18:56:32.624632Z","name":"service_x_keys"}`

// answer is a transport that answers every request with the same body.
func answer(body string) http.RoundTripper {
	return doer(func(req *http.Request) (*http.Response, error) {
		if req.Body != nil {
			io.Copy(io.Discard, req.Body)
			req.Body.Close()
		}
		return &http.Response{
			StatusCode: 200, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
			Header: http.Header{"Content-Type": {"application/json"}}, ContentLength: int64(len(body)),
			Body: io.NopCloser(strings.NewReader(body)), Request: req,
		}, nil
	})
}

// rawPost is a small POST by hand.
func rawPost(ctx context.Context, client *http.Client, accountID string, params []storeParams) (*Store, error) {
	data, err := json.Marshal(params)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.example.com/client/v4/accounts/"+accountID+"/secrets_store/stores", bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "cloud-go/0.1.0")
	req.Header.Set("Authorization", "Bearer token")
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode/100 != 2 {
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	var envelope struct {
		Success bool  `json:"success"`
		Result  Store `json:"result"`
	}
	if err := json.Unmarshal(body, &envelope); err != nil {
		return nil, err
	}
	return &envelope.Result, nil
}

// ratio runs both in turns and reports the best batch of ours against the best
// of theirs: whatever else the machine does only adds to a time.
func ratio(b *testing.B, batch int, theirs, ours func()) {
	theirs()
	ours()
	more := testing.AllocsPerRun(20, ours) - testing.AllocsPerRun(20, theirs)
	best := [2]time.Duration{math.MaxInt64, math.MaxInt64}
	b.ResetTimer()
	for n := 0; n < b.N; n += batch {
		for i, f := range []func(){theirs, ours} {
			start := time.Now()
			for range batch {
				f()
			}
			best[i] = min(best[i], time.Since(start))
		}
	}
	b.ReportMetric(float64(best[1])/float64(best[0]), "ratio")
	b.ReportMetric(more, "more-allocs")
	b.ReportMetric(float64(best[1].Nanoseconds())/float64(batch), "ns-ours")
	b.ReportMetric(float64(best[0].Nanoseconds())/float64(batch), "ns-theirs")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkPost(b *testing.B) {
	ctx := context.Background()
	body := `{"errors":[],"messages":[],"success":true,"result":` + storeJSON + `}`
	params := []storeParams{{Name: "service_x_keys"}}
	raw := &http.Client{Transport: answer(body)}
	client := api.NewClient(&cloud, withAPIToken("token"), option.WithHTTPClient(raw))
	ratio(b, 50, func() {
		if _, err := rawPost(ctx, raw, account, params); err != nil {
			b.Fatal(err)
		}
	}, func() {
		if _, err := createStore(ctx, client, account, params); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkNewClient(b *testing.B) {
	b.Setenv("CLOUD_API_TOKEN", "token")
	b.Setenv("CLOUD_ACCOUNT_ID", account)
	b.ReportAllocs()
	for b.Loop() {
		api.NewClient(&cloud)
	}
}

// plainStore is what one would write by hand.
type plainStore struct {
	ID       string    `json:"id"`
	Created  time.Time `json:"created"`
	Modified time.Time `json:"modified"`
	Name     string    `json:"name"`
}

func BenchmarkDecodeStores(b *testing.B) {
	body := []byte(`{"errors":[],"messages":[],"success":true,"result":[` + strings.Repeat(storeJSON+",", 999) + storeJSON + `],"result_info":{"page":1,"total_count":1000}}`)
	ctx := context.Background()
	client := api.NewClient(&cloud, withAPIToken("token"), option.WithTimeout(0),
		option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: int64(len(body)), Body: io.NopCloser(bytes.NewReader(body))}, nil
		})))
	for _, bb := range []struct {
		name   string
		unwrap string
		out    func() any
	}{
		{"unwrapped", "result", func() any { return new([]Store) }},
		{"whole", "", func() any {
			return &struct {
				Result []Store `json:"result"`
			}{}
		}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			ratio(b, 1, func() {
				var envelope struct {
					Success bool         `json:"success"`
					Result  []plainStore `json:"result"`
				}
				if err := json.Unmarshal(body, &envelope); err != nil {
					b.Fatal(err)
				}
			}, func() {
				req := api.Request{Operation: "SecretsStore.Stores.List", Method: http.MethodGet, Path: "/stores", Unwrap: bb.unwrap}
				if err := client.Do(ctx, &req, bb.out(), nil); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}
