package lathe_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

// The benchmarks of the committed client and of gen itself. Each prints the
// figures that are worth watching, ratios where there is something to compare
// with, and the limit that they are held to in its comment.

const (
	benchAccount = "985e105f4ecef8ad9ca31a8372d0c353"
	benchStore   = `{"id":"023e105f4ecef8ad9ca31a8372d0c353","created":"2023-09-21T18:56:32.624632Z","modified":"2023-09-21T18:56:32.624632Z","name":"service_x_keys"}`
)

// BenchmarkGen runs gen on the Secrets Store's description: at most 100 ms of
// CPU. A no-change run does all of the work but writing.
func BenchmarkGen(b *testing.B) {
	gen := filepath.Join(b.TempDir(), "gen")
	if out, err := exec.Command("go", "build", "-o", gen, "./cmd/gen").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var spent []time.Duration
	for b.Loop() {
		cmd := exec.Command(gen, "generate", "--check", "openapi/gen.yaml")
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		spent = append(spent, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
	}
	slices.Sort(spent)
	b.ReportMetric(float64(spent[len(spent)/2].Microseconds())/1000, "cpu-ms")
}

// BenchmarkStoresLines counts the lines of the two files for stores: at most
// 300.
func BenchmarkStoresLines(b *testing.B) {
	lines := 0
	for b.Loop() {
		lines = 0
		for _, name := range []string{"stores.go", "stores_types.go"} {
			text, err := os.ReadFile(filepath.Join("generated", "secretsstore", name))
			if err != nil {
				b.Fatal(err)
			}
			lines += bytes.Count(text, []byte("\n"))
		}
	}
	b.ReportMetric(float64(lines), "lines")
}

// BenchmarkNewClient makes a client with the environment set: at most 2 us and
// 20 allocations.
func BenchmarkNewClient(b *testing.B) {
	b.Setenv("CLOUDFLARE_EMAIL", "user@example.com")
	b.Setenv("CLOUDFLARE_API_KEY", "key")
	b.ReportAllocs()
	for b.Loop() {
		cloudflare.NewClient()
	}
}

// BenchmarkCreateStore makes a small POST through the client and by hand, with
// net/http and json/v2: at most 1.3 times over a connection of this machine, and
// 12 allocations more. In memory, where net/http has next to nothing to do, it is
// at most 1.5 times; of that 0.14 is the limit of time that the attempt has and
// the call by hand has not.
func BenchmarkCreateStore(b *testing.B) {
	answer := `{"errors":[],"messages":[],"success":true,"result":[` + benchStore + `],"result_info":{"count":1,"page":1,"per_page":20,"total_count":1}}`
	b.Run("memory", func(b *testing.B) { createStore(b, "https://api.cloudflare.com", inMemory(answer)) })
	b.Run("connection", func(b *testing.B) {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, answer)
		}))
		defer server.Close()
		createStore(b, server.URL, server.Client().Transport)
	})
}

func createStore(b *testing.B, url string, over http.RoundTripper) {
	transport := &http.Client{Transport: over}
	client := benchClient(transport, option.WithBaseURL(url+"/client/v4"))
	ctx := context.Background()
	byHand := func() error {
		type body struct {
			Name string `json:"name"`
		}
		data, err := json.Marshal([]body{{"service_x_keys"}})
		if err != nil {
			return err
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/client/v4/accounts/"+benchAccount+"/secrets_store/stores", bytes.NewReader(data))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json")
		req.Header.Set("User-Agent", "cloudflare-go/4.0.0")
		req.Header.Set("X-Auth-Email", "user@example.com")
		req.Header.Set("X-Auth-Key", "key")
		var page handPage
		return decodeWith(transport, req, &page)
	}
	compare(b, 50, byHand, func() error {
		_, err := client.SecretsStore.Stores.Create(ctx, secretsstore.StoreCreateParams{
			AccountID: benchAccount,
			Body:      []secretsstore.StoreCreateParamsBody{{Name: "service_x_keys"}},
		})
		return err
	})
}

// BenchmarkDecodeStores lists 1,000 stores through the client and by hand: at
// most 1.1 times json/v2 into a struct with the same four members.
func BenchmarkDecodeStores(b *testing.B) {
	answer := `{"errors":[],"messages":[],"success":true,"result":[` + strings.TrimSuffix(strings.Repeat(benchStore+",", 1000), ",") + `],"result_info":{"count":1000,"page":1,"per_page":1000,"total_count":1000}}`
	transport := &http.Client{Transport: inMemory(answer)}
	client := benchClient(transport)
	ctx := context.Background()
	compare(b, 1, func() error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.cloudflare.com/client/v4/accounts/"+benchAccount+"/secrets_store/stores", nil)
		if err != nil {
			return err
		}
		var page handPage
		return decodeWith(transport, req, &page)
	}, func() error {
		_, err := client.SecretsStore.Stores.List(ctx, secretsstore.StoreListParams{AccountID: benchAccount})
		return err
	})
}

func benchClient(transport *http.Client, opts ...option.RequestOption) *cloudflare.Client {
	opts = append(opts, option.WithAPIEmail("user@example.com"), option.WithAPIKey("key"), option.WithHTTPClient(transport))
	return cloudflare.NewClient(opts...)
}

// handPage is the page type that one would write by hand, with the members that
// the SDK reads too.
type handPage struct {
	Success bool `json:"success"`
	Result  []struct {
		ID       string    `json:"id"`
		Created  time.Time `json:"created"`
		Modified time.Time `json:"modified"`
		Name     string    `json:"name"`
	} `json:"result"`
	ResultInfo struct {
		Count      float64 `json:"count"`
		Page       float64 `json:"page"`
		PerPage    float64 `json:"per_page"`
		TotalCount float64 `json:"total_count"`
	} `json:"result_info"`
}

func decodeWith(client *http.Client, req *http.Request, out any) error {
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return json.Unmarshal(data, out, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// inMemory answers every request with the same body.
type inMemory string

// RoundTrip implements [http.RoundTripper].
func (body inMemory) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		if _, err := io.Copy(io.Discard, req.Body); err != nil {
			return nil, err
		}
		req.Body.Close()
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Request: req,
		ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(string(body))),
	}, nil
}

// compare runs batches of both in turns, so that both see the same machine, and
// reports the median time of ours as a ratio of theirs, and the allocations.
func compare(b *testing.B, batch int, theirs, ours func() error) {
	b.Helper()
	timed := func(f func() error) time.Duration {
		start := time.Now()
		for range batch {
			if err := f(); err != nil {
				b.Fatal(err)
			}
		}
		return time.Since(start)
	}
	var hand, sdk []time.Duration
	for b.Loop() {
		hand = append(hand, timed(theirs))
		sdk = append(sdk, timed(ours))
	}
	slices.Sort(hand)
	slices.Sort(sdk)
	b.ReportMetric(float64(sdk[len(sdk)/2])/float64(hand[len(hand)/2]), "ratio")
	b.ReportMetric(testing.AllocsPerRun(10, func() { timed(ours) })/float64(batch), "allocs-sdk")
	b.ReportMetric(testing.AllocsPerRun(10, func() { timed(theirs) })/float64(batch), "allocs-hand")
}
