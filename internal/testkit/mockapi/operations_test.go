package mockapi_test

import (
	"context"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/param"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
	"github.com/openapi-lathe/lathe/internal/sample"
	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi"
)

// The values of the description's examples.
const (
	account = "985e105f4ecef8ad9ca31a8372d0c353"
	store   = "023e105f4ecef8ad9ca31a8372d0c353"
	secret  = "3fd85f74b32742f1bff64a85009dda07"
	other   = "5e1c0a4d27f94b0f8c6d3a9be2714f60"
	value   = "api-token-secret-123"
	email   = "user@example.com"
	apiKey  = "144c9defac04969c7bfad8efaa8ea194"
)

// start serves the description of generated/ and returns a client for it.
func start(t *testing.T, config mockapi.Config, opts ...option.RequestOption) (*mockapi.Server, *cloudflare.Client) {
	t.Helper()
	doc, problems := spec.Load("../../../openapi/cloudflare-secrets-store.yaml", spec.Options{})
	if doc == nil {
		t.Fatal(problems.Err())
	}
	server, err := mockapi.New(doc.JSON(), config)
	if err != nil {
		t.Fatal(err)
	}
	ts := httptest.NewServer(server)
	t.Cleanup(ts.Close)
	return server, newClient(t, ts.URL+server.Base(), opts...)
}

// newClient returns a client that has the email address and key of the
// examples, and nothing from the environment.
func newClient(t *testing.T, base string, opts ...option.RequestOption) *cloudflare.Client {
	t.Helper()
	noEnvironment(t)
	defaults := []option.RequestOption{option.WithBaseURL(base), option.WithMaxRetries(0), option.WithAPIEmail(email), option.WithAPIKey(apiKey)}
	return cloudflare.NewClient(append(defaults, opts...)...)
}

func noEnvironment(t *testing.T) {
	t.Helper()
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "CLOUDFLARE_") {
			t.Setenv(name, "")
		}
	}
}

// An operation is one call of the client, and what must become of it.
type operation struct {
	id   string
	call func(context.Context, *cloudflare.Client) (result any, info *info, err error)
	sent string // the method and the URL
	body string
}

// info is what a page has of its result_info.
type info struct{ value any }

const base = "/client/v4/accounts/" + account + "/secrets_store"

var operations = []operation{
	{
		id: "secrets-store-quota",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Quota.Get(ctx, secretsstore.QuotaGetParams{AccountID: account})
			return r, nil, err
		},
		sent: "GET " + base + "/quota",
	},
	{
		id: "secrets-store-list",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Stores.List(ctx, secretsstore.StoreListParams{
				AccountID: account,
				Direction: secretsstore.DirectionAsc,
				Page:      param.Some[int64](1),
				PerPage:   param.Some[int64](20),
				Order:     secretsstore.OrderName,
			})
			if err != nil {
				return nil, nil, err
			}
			return r.Result, &info{r.ResultInfo}, nil
		},
		sent: "GET " + base + "/stores?direction=asc&page=1&per_page=20&order=name",
	},
	{
		id: "secrets-store-create",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Stores.Create(ctx, secretsstore.StoreCreateParams{
				AccountID: account,
				Body:      []secretsstore.StoreCreateParamsBody{{Name: "service_x_keys"}},
			})
			if err != nil {
				return nil, nil, err
			}
			return r.Result, &info{r.ResultInfo}, nil
		},
		sent: "POST " + base + "/stores",
		body: `[{"name":"service_x_keys"}]`,
	},
	{
		id: "secrets-store-delete-by-id",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Stores.Delete(ctx, store, secretsstore.StoreDeleteParams{AccountID: account})
			return r, nil, err
		},
		sent: "DELETE " + base + "/stores/" + store,
	},
	{
		id: "secrets-store-secrets-list",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Secrets.List(ctx, store, secretsstore.SecretListParams{
				AccountID: account,
				Direction: secretsstore.DirectionAsc,
				Page:      param.Some[int64](1),
				PerPage:   param.Some[int64](20),
				Order:     secretsstore.OrderName,
				Search:    param.Some("api key"),
				Scopes:    [][]string{{"workers", "ai_gateway"}},
			})
			if err != nil {
				return nil, nil, err
			}
			return r.Result, &info{r.ResultInfo}, nil
		},
		// OpenAPI does not say how a list of lists is written: this is our reading.
		sent: "GET " + base + "/stores/" + store + "/secrets?direction=asc&page=1&per_page=20&order=name&search=api%20key&scopes=workers&scopes=ai_gateway",
	},
	{
		id: "secrets-store-secret-create",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Secrets.Create(ctx, store, secretsstore.SecretCreateParams{
				AccountID: account,
				Body: []secretsstore.SecretCreateParamsBody{{
					Name: "MY_API_KEY", Value: param.Secret(value), Scopes: []string{"workers", "ai_gateway"}, Comment: param.Some("info about my secret"),
				}},
			})
			if err != nil {
				return nil, nil, err
			}
			return r.Result, &info{r.ResultInfo}, nil
		},
		sent: "POST " + base + "/stores/" + store + "/secrets",
		body: `[{"name":"MY_API_KEY","value":"api-token-secret-123","scopes":["workers","ai_gateway"],"comment":"info about my secret"}]`,
	},
	{
		id: "secrets-store-delete-bulk",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Secrets.BulkDelete(ctx, store, secretsstore.SecretBulkDeleteParams{
				AccountID: account,
				Body:      []secretsstore.SecretBulkDeleteParamsBody{{ID: secret}, {ID: other}},
			})
			if err != nil {
				return nil, nil, err
			}
			return r.Result, &info{r.ResultInfo}, nil
		},
		sent: "DELETE " + base + "/stores/" + store + "/secrets",
		body: `[{"id":"` + secret + `"},{"id":"` + other + `"}]`,
	},
	{
		id: "secrets-store-get-by-id",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Secrets.Get(ctx, store, secret, secretsstore.SecretGetParams{AccountID: account})
			return r, nil, err
		},
		sent: "GET " + base + "/stores/" + store + "/secrets/" + secret,
	},
	{
		id: "secrets-store-patch-by-id",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Secrets.Edit(ctx, store, secret, secretsstore.SecretEditParams{
				AccountID: account,
				Comment:   param.Some("info about my secret"),
				Scopes:    []string{"workers", "ai_gateway"},
			})
			return r, nil, err
		},
		sent: "PATCH " + base + "/stores/" + store + "/secrets/" + secret,
		body: `{"comment":"info about my secret","scopes":["workers","ai_gateway"]}`,
	},
	{
		id: "secrets-store-secret-delete-by-id",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Secrets.Delete(ctx, store, secret, secretsstore.SecretDeleteParams{AccountID: account})
			return r, nil, err
		},
		sent: "DELETE " + base + "/stores/" + store + "/secrets/" + secret,
	},
	{
		id: "secrets-store-duplicate-by-id",
		call: func(ctx context.Context, c *cloudflare.Client) (any, *info, error) {
			r, err := c.SecretsStore.Secrets.Duplicate(ctx, store, secret, secretsstore.SecretDuplicateParams{
				AccountID: account,
				Name:      "MY_API_KEY_COPY",
				Scopes:    []string{"workers", "ai_gateway"},
				Comment:   param.Some("info about my secret"),
			})
			return r, nil, err
		},
		sent: "POST " + base + "/stores/" + store + "/secrets/" + secret + "/duplicate",
		body: `{"name":"MY_API_KEY_COPY","scopes":["workers","ai_gateway"],"comment":"info about my secret"}`,
	},
}

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
					result, info, err := op.call(t.Context(), client)
					if err != nil {
						t.Fatal(err)
					}
					call := only(t, server)
					checkRequest(t, call, op)
					checkResult(t, call, "result", result)
					if info != nil {
						checkResult(t, call, "result_info", info.value)
					}
				})
			}
		})
	}
}

// The table has every operation that the description has.
func TestOperationsAreAll(t *testing.T) {
	doc, _ := spec.Load("../../../openapi/cloudflare-secrets-store.yaml", spec.Options{})
	var want, have []string
	for _, item := range doc.Root.Get("paths").Members() {
		for _, op := range item.Members() {
			if id := op.Get("operationId"); id.Text() != "" {
				want = append(want, id.Text())
			}
		}
	}
	for _, op := range operations {
		have = append(have, op.id)
	}
	if !slices.Equal(want, have) {
		t.Errorf("the description has\n\t%q\nand the table\n\t%q", want, have)
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

func checkRequest(t *testing.T, call *mockapi.Call, op operation) {
	t.Helper()
	for _, p := range call.Problems {
		t.Errorf("%s %s: %s", call.Method, call.URL, p)
	}
	for _, u := range call.Unchecked {
		if !strings.HasPrefix(u, `query parameter "scopes"`) {
			t.Errorf("not checked: %s", u)
		}
	}
	if call.Operation != op.id {
		t.Errorf("the operation is %s", call.Operation)
	}
	if got := call.Method + " " + call.URL; got != op.sent {
		t.Errorf("the request is\n\t%s\nnot\n\t%s", got, op.sent)
	}
	if got := string(call.Body); got != op.body && (op.body == "" || len(mockapi.Diff([]byte(op.body), call.Body)) > 0) {
		t.Errorf("the body is\n\t%s\nnot\n\t%s", got, op.body)
	}
	if want := []string{"api_email", "api_key"}; !slices.Equal(call.Security, want) || !slices.Equal(call.Credentials, want) {
		t.Errorf("the credentials are %q, as %q; want only %q", call.Credentials, call.Security, want)
	}
}

// checkResult compares a result with the member of the answer that it is. What
// the answer does not have cannot be in the result.
func checkResult(t *testing.T, call *mockapi.Call, member string, result any) {
	t.Helper()
	var answer map[string]jsontext.Value
	if err := json.Unmarshal(call.Answer, &answer); err != nil {
		t.Fatal(err)
	}
	if answer[member] == nil {
		return
	}
	got, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range mockapi.Diff(answer[member], got) {
		t.Errorf("%s%s", member, d)
	}
}
