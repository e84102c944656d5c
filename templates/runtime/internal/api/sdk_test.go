package api_test

// A small SDK as the generator writes it, for the tests of the transport.

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// cloud is an API with every kind of thing that an API can have.
var cloud = api.API{
	Name:       "cloud",
	Version:    "4.0.0",
	BaseURL:    "https://api.example.com/client/v4",
	BaseURLEnv: "CLOUD_BASE_URL",
	UserAgent:  "cloud-go/0.1.0",
	Credentials: []api.Credential{
		{Name: "api_email", Option: "WithAPIEmail", Env: "CLOUD_EMAIL", In: api.Header, Key: "X-Auth-Email"},
		{Name: "api_key", Option: "WithAPIKey", Env: "CLOUD_API_KEY", In: api.Header, Key: "X-Auth-Key"},
		{Name: "api_token", Option: "WithAPIToken", Env: "CLOUD_API_TOKEN", In: api.Header, Key: "Authorization", Prefix: "Bearer "},
		{Name: "service_key", Option: "WithServiceKey", Env: "CLOUD_SERVICE_KEY", In: api.Header, Key: "X-Auth-Service-Key"},
		{Name: "query_key", Option: "WithQueryKey", In: api.Query, Key: "api_key"},
		{Name: "session", Option: "WithSession", In: api.Cookie, Key: "session"},
		{Name: "basic", Option: "WithBasicAuth", In: api.Header, Key: "Authorization", Basic: true},
	},
	Security: api.Security{{"api_email", "api_key"}, {"api_token"}, {"service_key"}},
	Params:   []api.ClientParam{{Name: "account_id", Option: "WithAccountID", Env: "CLOUD_ACCOUNT_ID"}},
	Envelope: api.Envelope{Success: "success"},
}

func withAPIEmail(v string) option.RequestOption     { return api.WithCredential("api_email", v) }
func withAPIKey(v string) option.RequestOption       { return api.WithCredential("api_key", v) }
func withAPIToken(v string) option.RequestOption     { return api.WithCredential("api_token", v) }
func withServiceKey(v string) option.RequestOption   { return api.WithCredential("service_key", v) }
func withAccountID(v string) option.RequestOption    { return api.WithParam("account_id", v) }
func withBasicAuth(u, p string) option.RequestOption { return api.WithBasicCredential("basic", u, p) }

// Store is a result.
type Store struct {
	ID       string                    `json:"id"`
	Created  time.Time                 `json:"created"`
	Modified time.Time                 `json:"modified"`
	Name     string                    `json:"name"`
	Extra    map[string]jsontext.Value `json:",embed"`
}

// SecretParams is a body with a secret in it.
type SecretParams struct {
	AccountID string                    `json:"-"`
	Name      string                    `json:"name"`
	Value     param.Secret              `json:"value"`
	Scopes    []string                  `json:"scopes,omitzero"`
	Comment   param.Opt[string]         `json:"comment,omitzero"`
	Extra     map[string]jsontext.Value `json:",embed"`
}

type storeParams struct {
	Name string `json:"name"`
}

const account = "985e105f4ecef8ad9ca31a8372d0c353"

// createStore is a generated method.
func createStore(ctx context.Context, client *api.Client, accountID string, body []storeParams, opts ...option.RequestOption) (*Store, error) {
	req := api.Request{
		Operation: "SecretsStore.Stores.Create",
		Method:    http.MethodPost,
		Path:      "/accounts/{account_id}/secrets_store/stores",
		Unwrap:    "result",
	}
	req.PathParam("account_id", accountID)
	req.Body = api.JSON(body)
	out := new(Store)
	if err := client.Do(ctx, &req, out, opts); err != nil {
		return nil, err
	}
	return out, nil
}

// getStore is a generated method.
func getStore(ctx context.Context, client *api.Client, storeID string, opts ...option.RequestOption) (*Store, error) {
	req := api.Request{
		Operation: "SecretsStore.Stores.Get",
		Method:    http.MethodGet,
		Path:      "/accounts/{account_id}/secrets_store/stores/{store_id}",
		Unwrap:    "result",
	}
	req.PathParam("account_id", account)
	req.PathParam("store_id", storeID)
	out := new(Store)
	if err := client.Do(ctx, &req, out, opts); err != nil {
		return nil, err
	}
	return out, nil
}

// doer answers requests in memory.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(req *http.Request) (*http.Response, error)        { return d(req) }
func (d doer) RoundTrip(req *http.Request) (*http.Response, error) { return d(req) }

// bodies counts the bodies of responses that are not closed.
type bodies struct {
	mu   sync.Mutex
	open int
}

// respond makes a response whose body must be closed before the test ends.
func (b *bodies) respond(req *http.Request, status int, body string, header ...string) *http.Response {
	b.mu.Lock()
	b.open++
	b.mu.Unlock()
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: h, ContentLength: int64(len(body)), Request: req,
		Body: &counted{Reader: strings.NewReader(body), owner: b},
	}
}

type counted struct {
	io.Reader
	owner  *bodies
	closed bool
}

func (c *counted) Close() error {
	c.owner.mu.Lock()
	defer c.owner.mu.Unlock()
	if !c.closed {
		c.closed = true
		c.owner.open--
	}
	return nil
}

// newBodies returns a counter that fails the test if a body is left open.
func newBodies(t testing.TB) *bodies {
	b := new(bodies)
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.open != 0 {
			t.Errorf("%d response bodies were not closed", b.open)
		}
	})
	return b
}

// quiet is the environment without any variable of the API.
func quiet(t testing.TB) {
	for _, name := range []string{"CLOUD_BASE_URL", "CLOUD_EMAIL", "CLOUD_API_KEY", "CLOUD_API_TOKEN", "CLOUD_SERVICE_KEY", "CLOUD_ACCOUNT_ID"} {
		t.Setenv(name, "")
	}
}
