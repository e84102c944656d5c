// Package later_test calls the client of the later description: objects for
// arrays, a store by itself, force, 202 and 409. It is run in a module of its
// own, beside the client that gen has just made there.
package later_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/internal/sample"
	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi"
	cloudflare "github.com/openapi-lathe/lathe/internal/testkit/mockapi/later/sdk"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/later/sdk/option"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/later/sdk/pagination"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/later/sdk/param"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/later/sdk/secretsstore"
)

// The values of the description's examples.
const (
	account = "985e105f4ecef8ad9ca31a8372d0c353"
	store   = "023e105f4ecef8ad9ca31a8372d0c353"
	secret  = "3fd85f74b32742f1bff64a85009dda07"
	other   = "5e1c0a4d27f94b0f8c6d3a9be2714f60"

	base = "/client/v4/accounts/" + account + "/secrets_store"
)

// start serves the description and returns a client for it.
func start(t *testing.T, config mockapi.Config, opts ...option.RequestOption) (*mockapi.Server, *cloudflare.Client) {
	t.Helper()
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "CLOUDFLARE_") {
			t.Setenv(name, "")
		}
	}
	doc, problems := spec.Load("cloudflare-secrets-store-2026-07.yaml", spec.Options{})
	if doc == nil {
		t.Fatal(problems.Err())
	}
	server, err := mockapi.New(doc.JSON(), config)
	if err != nil {
		t.Fatal(err)
	}
	ts := httptest.NewServer(server)
	t.Cleanup(ts.Close)
	defaults := []option.RequestOption{
		option.WithBaseURL(ts.URL + server.Base()), option.WithMaxRetries(0),
		option.WithAPIEmail("user@example.com"), option.WithAPIKey("144c9defac04969c7bfad8efaa8ea194"),
	}
	return server, cloudflare.NewClient(append(defaults, opts...)...)
}

// An operation is one call of the client, and what must become of it.
type operation struct {
	id     string
	call   func(context.Context, *cloudflare.Client) (any, error)
	sent   string // the method and the URL
	body   string
	status int
}

var operations = []operation{
	{"secrets-store-quota", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		return c.SecretsStore.Quota.Get(ctx, secretsstore.QuotaGetParams{AccountID: account})
	}, "GET " + base + "/quota", "", 200},
	{"secrets-store-list", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		page, err := c.SecretsStore.Stores.List(ctx, secretsstore.StoreListParams{
			AccountID: account, Direction: secretsstore.DirectionAsc, Page: param.Some[int64](1), PerPage: param.Some[int64](20), Order: secretsstore.StoreOrderName,
		})
		return result(page, err)
	}, "GET " + base + "/stores?direction=asc&page=1&per_page=20&order=name", "", 200},
	{"secrets-store-create", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		return c.SecretsStore.Stores.Create(ctx, secretsstore.StoreCreateParams{AccountID: account, Name: "service_x_keys"})
	}, "POST " + base + "/stores", `{"name":"service_x_keys"}`, 200},
	{"secrets-store-get-store-by-id", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		return c.SecretsStore.Stores.Get(ctx, store, secretsstore.StoreGetParams{AccountID: account})
	}, "GET " + base + "/stores/" + store, "", 200},
	{"secrets-store-delete-by-id", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		return nil, c.SecretsStore.Stores.Delete(ctx, store, secretsstore.StoreDeleteParams{AccountID: account, Force: param.Some(true)})
	}, "DELETE " + base + "/stores/" + store + "?force=true", "", 200},
	{"secrets-store-secrets-list", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		page, err := c.SecretsStore.Secrets.List(ctx, store, secretsstore.SecretListParams{
			AccountID: account, Direction: secretsstore.DirectionAsc, Page: param.Some[int64](1), PerPage: param.Some[int64](20), Order: secretsstore.OrderName,
			Search: param.Some("api key"), Scopes: []secretsstore.Scope{secretsstore.ScopeWorkers, secretsstore.ScopeAIGateway},
		})
		return result(page, err)
	}, "GET " + base + "/stores/" + store + "/secrets?direction=asc&page=1&per_page=20&order=name&search=api%20key&scopes=workers&scopes=ai_gateway", "", 200},
	{"secrets-store-secret-create", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		page, err := c.SecretsStore.Secrets.Create(ctx, store, secretsstore.SecretCreateParams{
			AccountID: account,
			Body: []secretsstore.SecretCreateParamsBody{{
				Name: "MY_API_KEY", Value: "api-token-secret-123", Scopes: []secretsstore.Scope{"workers", "ai_gateway"}, Comment: param.Some("info about my secret"),
			}},
		})
		return result(page, err)
	}, "POST " + base + "/stores/" + store + "/secrets", `[{"name":"MY_API_KEY","value":"api-token-secret-123","scopes":["workers","ai_gateway"],"comment":"info about my secret"}]`, 200},
	{"secrets-store-delete-bulk", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		return nil, c.SecretsStore.Secrets.BulkDelete(ctx, store, secretsstore.SecretBulkDeleteParams{AccountID: account, IDs: []string{secret, other}})
	}, "DELETE " + base + "/stores/" + store + "/secrets", `{"ids":["` + secret + `","` + other + `"]}`, 202},
	{"secrets-store-get-by-id", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		return c.SecretsStore.Secrets.Get(ctx, store, secret, secretsstore.SecretGetParams{AccountID: account})
	}, "GET " + base + "/stores/" + store + "/secrets/" + secret, "", 200},
	{"secrets-store-patch-by-id", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		return c.SecretsStore.Secrets.Edit(ctx, store, secret, secretsstore.SecretEditParams{
			AccountID: account, Comment: param.Some("info about my secret"), Scopes: []secretsstore.Scope{"workers", "ai_gateway"}, Value: param.Some(param.Secret("api-token-secret-123")),
		})
	}, "PATCH " + base + "/stores/" + store + "/secrets/" + secret, `{"comment":"info about my secret","scopes":["workers","ai_gateway"],"value":"api-token-secret-123"}`, 200},
	{"secrets-store-secret-delete-by-id", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		return nil, c.SecretsStore.Secrets.Delete(ctx, store, secret, secretsstore.SecretDeleteParams{AccountID: account})
	}, "DELETE " + base + "/stores/" + store + "/secrets/" + secret, "", 202},
	{"secrets-store-duplicate-by-id", func(ctx context.Context, c *cloudflare.Client) (any, error) {
		return c.SecretsStore.Secrets.Duplicate(ctx, store, secret, secretsstore.SecretDuplicateParams{
			AccountID: account, Name: "MY_API_KEY_COPY", Scopes: []secretsstore.Scope{"workers", "ai_gateway"}, Comment: param.Some("info about my secret"),
		})
	}, "POST " + base + "/stores/" + store + "/secrets/" + secret + "/duplicate", `{"name":"MY_API_KEY_COPY","scopes":["workers","ai_gateway"],"comment":"info about my secret"}`, 200},
}

// result returns what a page says of itself and its items, as the answer has it.
func result(page any, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(page)
	if err != nil {
		return nil, err
	}
	var members struct {
		Result     jsontext.Value `json:"result"`
		ResultInfo jsontext.Value `json:"result_info"`
	}
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	return whole{members.Result, members.ResultInfo}, nil
}

// whole is what a page has of an answer.
type whole struct{ result, info jsontext.Value }

// Every operation is called through its method; the request must be what the
// description says, and the result all that the answer has.
func TestOperations(t *testing.T) {
	for _, answers := range []struct {
		name   string
		config mockapi.Config
	}{
		{"examples", mockapi.Config{}},
		{"minimal", mockapi.Config{Made: true}},
		{"full", mockapi.Config{Made: true, Amount: sample.Full}},
	} {
		t.Run(answers.name, func(t *testing.T) {
			server, client := start(t, answers.config)
			for _, op := range operations {
				t.Run(op.id, func(t *testing.T) {
					server.Reset()
					got, err := op.call(t.Context(), client)
					if err != nil {
						t.Fatal(err)
					}
					call := only(t, server)
					op.check(t, call)
					var answer map[string]jsontext.Value
					if err := json.Unmarshal(call.Answer, &answer); err != nil {
						t.Fatal(err)
					}
					switch got := got.(type) {
					case nil:
					case whole:
						compare(t, "result", answer["result"], got.result)
						compare(t, "result_info", answer["result_info"], got.info)
					default:
						text, err := json.Marshal(got)
						if err != nil {
							t.Fatal(err)
						}
						compare(t, "result", answer["result"], text)
					}
				})
			}
		})
	}
}

// compare compares a member of an answer with what became of it. What is not in
// the answer cannot be in the result.
func compare(t *testing.T, member string, want, got jsontext.Value) {
	t.Helper()
	if want == nil {
		return
	}
	for _, d := range mockapi.Diff(want, got) {
		t.Errorf("%s%s", member, d)
	}
}

func (op *operation) check(t *testing.T, call *mockapi.Call) {
	t.Helper()
	for _, p := range append(call.Problems, call.Unchecked...) {
		t.Error(p)
	}
	if got := call.Method + " " + call.URL; call.Operation != op.id || got != op.sent {
		t.Errorf("the request is for %s:\n\t%s\nnot\n\t%s", call.Operation, got, op.sent)
	}
	if got := string(call.Body); got != op.body && (op.body == "" || len(mockapi.Diff([]byte(op.body), call.Body)) > 0) {
		t.Errorf("the body is\n\t%s\nnot\n\t%s", got, op.body)
	}
	if call.Status != op.status {
		t.Errorf("the status is %d, not %d", call.Status, op.status)
	}
	if want := []string{"api_email", "api_key"}; !slices.Equal(call.Credentials, want) {
		t.Errorf("the credentials are %q, not %q", call.Credentials, want)
	}
}

// only returns the one call that there was.
func only(t *testing.T, server *mockapi.Server) *mockapi.Call {
	t.Helper()
	calls := server.Calls()
	if len(calls) != 1 {
		t.Fatalf("%d requests were sent, not 1", len(calls))
	}
	return calls[0]
}

// A store with secrets in it is not deleted unless it is forced.
func TestStoreNotEmpty(t *testing.T) {
	server, client := start(t, mockapi.Config{}, option.WithHeader("Prefer", "code=409"))
	err := client.SecretsStore.Stores.Delete(t.Context(), store, secretsstore.StoreDeleteParams{AccountID: account})
	if !errors.Is(err, cloudflare.ErrConflict) {
		t.Fatalf("the error is %v", err)
	}
	var apiErr *cloudflare.Error
	if !errors.As(err, &apiErr) || apiErr.Message != "store_not_empty" || apiErr.Code != "1003" || apiErr.StatusCode != http.StatusConflict {
		t.Errorf("the error is %+v", apiErr)
	}
	if call := only(t, server); len(call.Problems) > 0 || call.URL != base+"/stores/"+store {
		t.Errorf("the request is for %s and has the problems %q", call.URL, call.Problems)
	}
}

// A number of pages that the API gives is believed: nothing is asked for after
// the last, however full it is.
func TestTotalPages(t *testing.T) {
	var asked []string
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := r.URL.Query().Get("page")
		asked = append(asked, page)
		if page == "" {
			page = "1"
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"success":true,"errors":[],"messages":[],"result":[
			{"id":"%[1]sa","name":"a","created":"2023-09-21T18:56:32Z","modified":"2023-09-21T18:56:32Z"},
			{"id":"%[1]sb","name":"b","created":"2023-09-21T18:56:32Z","modified":"2023-09-21T18:56:32Z"}
		],"result_info":{"page":%[1]s,"per_page":2,"count":2,"total_pages":3}}`, page)
	}))
	defer ts.Close()
	_, client := start(t, mockapi.Config{}, option.WithBaseURL(ts.URL))
	var ids []string
	for s, err := range client.SecretsStore.Stores.ListAll(t.Context(), secretsstore.StoreListParams{AccountID: account}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, s.ID)
	}
	if want := []string{"1a", "1b", "2a", "2b", "3a", "3b"}; !slices.Equal(ids, want) || !slices.Equal(asked, []string{"", "2", "3"}) {
		t.Errorf("the pages %q have the stores %q", asked, ids)
	}
}

// A server that gives a number of pages but only has one does not go on for
// ever.
func TestRepeatedPage(t *testing.T) {
	n := 0
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"success":true,"errors":[],"messages":[],"result":[{"id":"a","name":"a","created":"2023-09-21T18:56:32Z","modified":"2023-09-21T18:56:32Z"}],"result_info":{"total_pages":9}}`)
	}))
	defer ts.Close()
	_, client := start(t, mockapi.Config{}, option.WithBaseURL(ts.URL))
	var last error
	for _, err := range client.SecretsStore.Stores.ListAll(t.Context(), secretsstore.StoreListParams{AccountID: account}) {
		last = err
	}
	if !errors.Is(last, pagination.ErrNoProgress) || n != 2 {
		t.Errorf("after %d requests it ends with %v", n, last)
	}
}
