package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// planted are secrets that no output may show. They have what JSON, queries and
// paths must escape.
var planted = map[string]string{
	"token":    `tok/en+"1"&x`,
	"email":    "planted@example.com",
	"key":      "planted-key",
	"session":  "planted;session",
	"password": "planted:password",
	"value":    "planted \"value\"\n<&>é",
	"query":    "planted?query/1",
	"path":     "planted/path",
	"short":    "xyz",
	"fresh":    "planted-fresh",
	"header":   "planted-header",
}

// TestPlantedSecrets sends secrets everywhere, to a server that sends them all
// back and fails in every way, and looks for them in all that comes out.
func TestPlantedSecrets(t *testing.T) {
	quiet(t)
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var received atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		received.Store(fmt.Sprint(r.RequestURI, r.Header, string(body)))
		w.Header().Set("X-Echo", strings.ReplaceAll(planted["key"], "\n", ""))
		w.Header().Set("X-Request-Id", "id-"+planted["key"])
		w.Header().Set("Set-Cookie", "session="+planted["session"])
		echo, _ := json.Marshal(r.RequestURI + fmt.Sprint(r.Header) + string(body) + planted["value"])
		switch r.Header.Get("X-Case") {
		case "status":
			w.WriteHeader(400)
			fmt.Fprintf(w, `{"errors":[{"code":%s,"message":%s}],"echo":%s}`, echo, echo, body)
		case "success":
			fmt.Fprintf(w, `{"success":false,"errors":[{"message":%s}]}`, echo)
		case "text":
			w.WriteHeader(500)
			fmt.Fprintf(w, "%s %s", r.RequestURI, body)
		case "decode":
			fmt.Fprintf(w, `{"result":{"created":%s}}`, echo)
		case "broken":
			fmt.Fprintf(w, `{"result":{"id":%s`, echo)
		case "hangup":
			panic(http.ErrAbortHandler)
		default:
			fmt.Fprintf(w, `{"result":{"id":"a"}}`)
		}
	}))
	server.Config.ErrorLog = nil
	t.Cleanup(server.Close)

	params := SecretParams{Name: "n", Value: param.Secret(planted["value"]), Scopes: []string{"s"}}
	params.Comment = param.Some("not secret")
	client := api.NewClient(&cloud, option.WithBaseURL(strings.Replace(server.URL, "http://", "http://user:"+"planted-base@", 1)),
		option.WithMaxRetries(1), option.WithRetryPolicy(func(option.Attempt) bool { return false }), option.WithLogger(logger), option.WithLogBodies(10_000),
		withAPIEmail(planted["email"]), withAPIKey(planted["key"]), withAPIToken(planted["token"]),
		api.WithCredential("session", planted["session"]), api.WithCredential("query_key", planted["query"]),
		api.WithCredentialFunc("service_key", func(context.Context) (string, error) { return planted["fresh"], nil }))

	var out strings.Builder
	show := func(name string, v any) {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
			if verb == "%x" {
				if _, ok := v.(error); ok {
					continue
				}
			}
			fmt.Fprintf(&out, "%s "+verb+"\n", name, v)
		}
		data, _ := json.Marshal(v)
		fmt.Fprintf(&out, "%s as JSON %s\n", name, data)
		logger.Info("shown", name, v)
	}
	for _, security := range []api.Security{{{"api_email", "api_key"}}, {{"api_token"}}, {{"session", "query_key"}}, {{"service_key"}}, {}} {
		for _, kind := range []string{"status", "success", "text", "decode", "broken", "hangup", "well"} {
			req := api.Request{Operation: "Secrets.Create", Method: "POST", Path: "/secrets/{id}", Security: security, Unwrap: "result", Body: api.JSON(&params)}
			req.PathParam("id", param.Secret(planted["path"]))
			req.Query("password", param.Secret(planted["password"]))
			req.Query("other", param.Some(param.Secret(planted["short"])))
			req.Header("X-Case", kind)
			var resp *http.Response
			store := new(Store)
			opts := []option.RequestOption{option.WithResponse(&resp)}
			if len(security) == 0 {
				opts = append(opts, option.WithHeader("Authorization", "Mine "+planted["header"]))
			}
			err := client.Do(context.Background(), &req, store, opts)
			if (err == nil) != (kind == "well") {
				t.Errorf("%s: err = %v", kind, err)
			}
			for _, secret := range []string{`planted \"value\"\n<&>é`, "planted%2Fpath", "planted%3Apassword", "xyz"} {
				if kind != "hangup" && !strings.Contains(received.Load().(string), secret) {
					t.Errorf("%s: the server did not get %s: %s", kind, secret, received.Load())
				}
			}
			show(kind, err)
			show("params", params)
			show("pointer", &params)
			show("client", client)
			show("holder", struct {
				Params SecretParams
				Err    error
				Client *api.Client
				client *api.Client
			}{params, err, client, client})
			if apiErr, ok := errors.AsType[*apierror.Error](err); ok {
				show("errors", apiErr.Errors)
				show("header", apiErr.Header)
				out.Write(apiErr.Body)
				out.Write(apiErr.DumpRequest(true))
				out.Write(apiErr.DumpResponse(true))
				show("request", apiErr.Request)
				show("response", apiErr.Response)
			}
			for e := err; e != nil; e = errors.Unwrap(e) {
				if _, ok := e.(*apierror.DecodeError); ok {
					fmt.Fprintln(&out, e)
					break // what the decoder says may show the body
				}
				fmt.Fprintln(&out, e)
			}
			if resp != nil {
				fmt.Fprintf(&out, "%+v %+v", resp.Request.Header, resp.Request.URL)
			}
		}
	}
	for where, text := range map[string]string{"output": out.String(), "log": log.String()} {
		for name, secret := range planted {
			quoted, _ := json.Marshal(secret)
			for _, form := range []string{secret, strings.Trim(string(quoted), `"`)} {
				if name == "short" {
					form = `"xyz"`
				}
				if i := strings.Index(text, form); i >= 0 {
					t.Errorf("the %s shows the %s: …%s…", where, name, text[max(0, i-300):min(len(text), i+100)])
					break
				}
			}
		}
		for _, form := range []string{"planted%2Fpath", "planted%3Apassword", "planted-base", "planted%3Fquery", "planted%3Bsession"} {
			if i := strings.Index(text, form); i >= 0 {
				t.Errorf("the %s shows %s: …%s…", where, form, text[max(0, i-300):min(len(text), i+100)])
			}
		}
	}
	if !strings.Contains(out.String(), "[redacted]") || !strings.Contains(out.String(), "not secret") {
		t.Error("nothing was shown at all")
	}
}

func TestLog(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "duration" {
			return slog.Attr{}
		}
		return a
	}}))
	synctest.Test(t, func(t *testing.T) {
		s := script(t, step{status: 500, header: []string{"Cf-Ray", "r1", "Retry-After", "0"}}, step{err: refused}, step{status: 200}, step{status: 404})
		client := s.client(option.WithLogger(logger))
		getStore(t.Context(), client, "s")
		getStore(t.Context(), client, "s")
	})
	route := " operation=SecretsStore.Stores.Get method=GET route=/accounts/{account_id}/secrets_store/stores/{store_id} attempt="
	want := `level=WARN msg="request failed"` + route + `1 status=500 request_id=r1
level=WARN msg="request failed"` + route + `2 error="dial tcp: connection refused"
level=DEBUG msg=request` + route + `3 status=200
level=WARN msg="request failed"` + route + `1 status=404
`
	if log.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &log, want)
	}
	log.Reset()
	s := script(t, step{status: 200})
	getStore(t.Context(), s.client(option.WithLogger(slog.New(slog.NewTextHandler(&log, nil)))), "s")
	if log.Len() != 0 {
		t.Errorf("logged though debug is off: %s", &log)
	}
}
