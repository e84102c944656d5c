package lathe_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/param"
	"github.com/openapi-lathe/lathe/generated/sdktest"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

// The fake API of the SDK in generated/, as people's tests use it.

const account = "985e105f4ecef8ad9ca31a8372d0c353"

func TestFakeSuccess(t *testing.T) {
	api := sdktest.New(t)
	sdktest.Handle(api.On.SecretsStore.Secrets.Edit,
		func(_ context.Context, storeID, secretID string, params secretsstore.SecretEditParams) (*secretsstore.SecretEditResponse, error) {
			return &secretsstore.SecretEditResponse{ID: secretID, StoreID: storeID, Name: "key", Comment: params.Comment}, nil
		})
	sdktest.Expect(api.On.SecretsStore.Secrets.Edit, 1)
	client := cloudflare.NewClient(api.Options()...)

	secret, err := client.SecretsStore.Secrets.Edit(t.Context(), "store/1", "secret 2",
		secretsstore.SecretEditParams{AccountID: account, Comment: param.Some("rotated"), Scopes: []string{"workers", "ai"}})
	if err != nil {
		t.Fatal(err)
	}
	if secret.ID != "secret 2" || secret.StoreID != "store/1" || secret.Comment.Or("") != "rotated" {
		t.Errorf("got %+v", secret)
	}
	call := sdktest.Calls(api.On.SecretsStore.Secrets.Edit)[0]
	params, ok := call.Params.(secretsstore.SecretEditParams)
	if !ok || params.AccountID != account || fmt.Sprint(params.Scopes) != "[workers ai]" || call.Err != nil {
		t.Errorf("the call has the params %+v and the error %v", call.Params, call.Err)
	}
	if call.Method != "PATCH" || call.Path != "/accounts/"+account+"/secrets_store/stores/store%2F1/secrets/secret%202" {
		t.Errorf("the call is %s %s", call.Method, call.Path)
	}
	if string(call.Body) != `{"comment":"rotated","scopes":["workers","ai"]}` || call.Header.Get("Content-Type") != "application/json" {
		t.Errorf("the call has the body %s of %s", call.Body, call.Header.Get("Content-Type"))
	}
}

func TestFakeError(t *testing.T) {
	api := sdktest.New(t)
	sdktest.Handle(api.On.SecretsStore.Stores.Delete,
		func(context.Context, string, secretsstore.StoreDeleteParams) (*secretsstore.StoreDeleteResponse, error) {
			return nil, &cloudflare.Error{StatusCode: 404, Code: "1001", Message: "store_not_found"}
		})
	client := cloudflare.NewClient(api.Options()...)
	_, err := client.SecretsStore.Stores.Delete(t.Context(), "s", secretsstore.StoreDeleteParams{AccountID: account})

	var apiErr *cloudflare.Error
	if !errors.Is(err, cloudflare.ErrNotFound) || !errors.As(err, &apiErr) {
		t.Fatalf("got %v", err)
	}
	if len(apiErr.Errors) != 1 || apiErr.Errors[0].Code != 1001 || apiErr.Message != "store_not_found" {
		t.Errorf("got the problems %+v", apiErr.Errors)
	}
	if want := `{"errors":[{"code":1001,"message":"store_not_found"}],"success":false}`; string(apiErr.Body) != want {
		t.Errorf("got the body %s, want %s", apiErr.Body, want)
	}
}

func TestFakePages(t *testing.T) {
	stores := make([]secretsstore.Store, 7)
	for i := range stores {
		stores[i] = secretsstore.Store{ID: fmt.Sprint(i), Name: fmt.Sprint("store ", i), Created: time.Unix(0, 0).UTC(), Modified: time.Unix(0, 0).UTC()}
	}
	api := sdktest.New(t)
	sdktest.Respond(api.On.SecretsStore.Stores.List, stores)
	client := cloudflare.NewClient(api.Options()...)
	params := secretsstore.StoreListParams{AccountID: account, PerPage: param.Some[int64](3), Order: secretsstore.OrderName}

	var got []string
	for store, err := range client.SecretsStore.Stores.ListAll(t.Context(), params) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, store.ID)
	}
	if strings.Join(got, "") != "0123456" {
		t.Errorf("got the stores %v", got)
	}
	calls := sdktest.Calls(api.On.SecretsStore.Stores.List)
	if len(calls) != 3 || calls[2].Query.Get("page") != "3" {
		t.Fatalf("got %d requests, want 3", len(calls))
	}
	if p := calls[1].Params.(secretsstore.StoreListParams); p.Page.Or(0) != 2 || p.PerPage.Or(0) != 3 || p.Order != secretsstore.OrderName {
		t.Errorf("the second page is asked for with %+v", p)
	}
}

func TestFakeRetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := sdktest.New(t)
		quota := api.On.SecretsStore.Quota.Get
		sdktest.Respond(quota, &secretsstore.SecretsUsage{Secrets: secretsstore.UsageQuota{Quota: 100, Usage: 10}})
		sdktest.Fail(quota, 1, sdktest.Status(429, "Retry-After", "7"))
		sdktest.Fail(quota, 1, sdktest.ErrReset)
		client := cloudflare.NewClient(api.Options()...)

		began := time.Now()
		got, err := client.SecretsStore.Quota.Get(t.Context(), secretsstore.QuotaGetParams{AccountID: account}, option.WithRetryDelay(time.Second, time.Second))
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); got.Secrets.Usage != 10 || took < 7*time.Second || took > 8*time.Second {
			t.Errorf("got %+v after %v", got, took)
		}
		if n := len(api.Calls()); n != 3 {
			t.Errorf("got %d requests, want 3", n)
		}
	})
}

func TestFakeDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := sdktest.New(t)
		sdktest.Respond(api.On.SecretsStore.Quota.Get)
		sdktest.Delay(api.On.SecretsStore.Quota.Get, time.Hour)
		client := cloudflare.NewClient(api.Options()...)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()

		began := time.Now()
		_, err := client.SecretsStore.Quota.Get(ctx, secretsstore.QuotaGetParams{AccountID: account})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 3*time.Second {
			t.Errorf("got %v after %v", err, time.Since(began))
		}
		_, err = client.SecretsStore.Quota.Get(t.Context(), secretsstore.QuotaGetParams{AccountID: account}, option.WithTimeout(time.Minute), option.WithMaxRetries(0))
		if !errors.Is(err, cloudflare.ErrTimeout) {
			t.Errorf("got %v, want a timeout", err)
		}
	})
}

// recorder is a test that may fail.
type recorder struct {
	testing.TB
	mu       sync.Mutex
	failures []string
	cleanups []func()
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }
func (r *recorder) end() {
	for _, f := range r.cleanups {
		f()
	}
}

func TestFakeUnexpected(t *testing.T) {
	test := &recorder{TB: t}
	api := sdktest.New(test)
	sdktest.Expect(api.On.SecretsStore.Stores.List, 2)
	client := cloudflare.NewClient(api.Options()...)
	_, err := client.SecretsStore.Quota.Get(t.Context(), secretsstore.QuotaGetParams{AccountID: account})
	if err == nil || len(api.Calls()) != 1 {
		t.Errorf("got %v after %d requests, want an error after one", err, len(api.Calls()))
	}
	err = client.Do(t.Context(), "GET", "/zones", nil, nil)
	if err == nil {
		t.Error("there is an answer to what the API does not have")
	}
	test.end()
	want := []string{
		"unexpected request of SecretsStore.Quota.Get (GET /accounts/" + account + "/secrets_store/quota): say what it answers, with sdktest.Respond(api.On.SecretsStore.Quota.Get, …)",
		"unexpected request of GET /zones: it is no operation of the API",
		"SecretsStore.Stores.List was requested 0 times, not 2",
	}
	if len(test.failures) != len(want) {
		t.Fatalf("got %q", test.failures)
	}
	for i, text := range want {
		if !strings.Contains(test.failures[i], text) {
			t.Errorf("got %q, want %q", test.failures[i], text)
		}
	}
}

func TestFakeConcurrent(t *testing.T) {
	api := sdktest.New(t)
	sdktest.Handle(api.On.SecretsStore.Stores.Delete,
		func(_ context.Context, id string, _ secretsstore.StoreDeleteParams) (*secretsstore.StoreDeleteResponse, error) {
			return &secretsstore.StoreDeleteResponse{ID: id}, nil
		})
	client := cloudflare.NewClient(api.Options()...)
	const n = 50
	sdktest.Expect(api.On.SecretsStore.Stores.Delete, n)
	var calls sync.WaitGroup
	for i := range n {
		calls.Go(func() {
			store, err := client.SecretsStore.Stores.Delete(t.Context(), fmt.Sprint(i), secretsstore.StoreDeleteParams{AccountID: account})
			if err != nil || store.ID != fmt.Sprint(i) {
				t.Errorf("got %v, %v", store, err)
			}
		})
	}
	calls.Wait()
}

// A program that makes its own client takes a URL.
func TestFakeServer(t *testing.T) {
	api := sdktest.New(t)
	sdktest.Respond(api.On.SecretsStore.Quota.Get, &secretsstore.SecretsUsage{Secrets: secretsstore.UsageQuota{Usage: 10}})
	server := httptest.NewServer(api)
	defer server.Close()
	for _, base := range []string{"", "/client/v4"} {
		client := cloudflare.NewClient(option.WithBaseURL(server.URL+base), option.WithAPIEmail("user@example.com"), option.WithAPIKey("key"))
		got, err := client.SecretsStore.Quota.Get(t.Context(), secretsstore.QuotaGetParams{AccountID: account})
		if err != nil {
			t.Fatal(err)
		}
		if got.Secrets.Usage != 10 {
			t.Errorf("got %+v", got)
		}
	}
	if n := len(api.Calls("SecretsStore.Quota.Get")); n != 2 {
		t.Errorf("got %d requests, want 2", n)
	}
	sdktest.Fail(api.On.SecretsStore.Quota.Get, -1, sdktest.ErrReset) // net/http asks again by itself
	client := cloudflare.NewClient(option.WithBaseURL(server.URL), option.WithAPIEmail("user@example.com"), option.WithAPIKey("key"), option.WithMaxRetries(0))
	if _, err := client.SecretsStore.Quota.Get(t.Context(), secretsstore.QuotaGetParams{AccountID: account}); !errors.Is(err, cloudflare.ErrConnection) {
		t.Errorf("got %v, want no connection", err)
	}
}
