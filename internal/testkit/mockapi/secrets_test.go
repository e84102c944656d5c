package mockapi_test

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/param"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

// The value of a secret that must be seen nowhere but on the wire. In JSON, a
// path and a query it is written in three ways.
const confidential = `hunter2 "ä" %&/`

func newSecret() secretsstore.SecretCreateParams {
	return secretsstore.SecretCreateParams{
		AccountID: account,
		Body:      []secretsstore.SecretCreateParamsBody{{Name: "MY_API_KEY", Value: confidential, Scopes: []string{"workers"}}},
	}
}

// hides fails if a text shows the secret, however it is written.
func hides(t *testing.T, what, text string) {
	t.Helper()
	quoted, err := stdjson.Marshal(confidential)
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{confidential, string(quoted[1 : len(quoted)-1]), fmt.Sprintf("%x", confidential), "hunter2"} {
		if strings.Contains(text, form) {
			t.Errorf("%s shows the secret: %s", what, text)
			return
		}
	}
}

func TestSecretIsNotPrinted(t *testing.T) {
	params := newSecret()
	for _, v := range []any{params, &params, params.Body, params.Body[0], &params.Body[0], params.Body[0].Value, &params.Body[0].Value, param.Some(params.Body[0].Value)} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			hides(t, fmt.Sprintf("%s of %T", verb, v), fmt.Sprintf(verb, v))
		}
		hides(t, fmt.Sprintf("Println of %T", v), fmt.Sprintln(v))
		if text, err := stdjson.Marshal(v); err == nil {
			hides(t, fmt.Sprintf("encoding/json of %T", v), string(text))
		}
		for name, handler := range map[string]func(io.Writer) slog.Handler{
			"text": func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) },
			"json": func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) },
		} {
			var log bytes.Buffer
			slog.New(handler(&log)).Info("creating", "params", v)
			hides(t, fmt.Sprintf("slog as %s of %T", name, v), log.String())
		}
	}
}

// Only the server reads the secret. A server that repeats it in its answer does
// not get it into an error.
func TestSecretIsSentAndNotShown(t *testing.T) {
	echo := fmt.Sprintf(`{"success":false,"errors":[{"code":1001,"message":%q}],"messages":[],"result":null}`, "cannot store "+confidential)
	url, got := respond(t, http.StatusBadRequest, "application/json", echo)
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var response *http.Response
	_, err := newClient(t, url, option.WithLogger(logger), option.WithResponse(&response)).SecretsStore.Secrets.Create(t.Context(), store, newSecret())

	var body []struct{ Value string }
	if len(*got) != 1 || stdjson.Unmarshal([]byte((*got)[0].body), &body) != nil || body[0].Value != confidential {
		t.Fatalf("the server got %+v", *got)
	}
	var apiErr *cloudflare.Error
	if !errors.As(err, &apiErr) {
		t.Fatalf("the error is %v", err)
	}
	hides(t, "the error", err.Error())
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		hides(t, verb+" of the error", fmt.Sprintf(verb, err))
		hides(t, verb+" of what it points to", fmt.Sprintf(verb, *apiErr))
	}
	hides(t, "DumpRequest", string(apiErr.DumpRequest(true)))
	hides(t, "DumpResponse", string(apiErr.DumpResponse(true)))
	hides(t, "Body", string(apiErr.Body))
	hides(t, "Message", apiErr.Message)
	hides(t, "Errors", fmt.Sprintf("%+v", apiErr.Errors))
	hides(t, "the log", log.String())
	if text, err := stdjson.Marshal(apiErr.Errors); err != nil {
		t.Error(err)
	} else {
		hides(t, "Errors as JSON", string(text))
	}

	dump := string(apiErr.DumpRequest(true))
	for _, kept := range []string{"POST /client/v4/accounts/", "MY_API_KEY", "Content-Type: application/json"} {
		if !strings.Contains(dump, kept) {
			t.Errorf("DumpRequest has no %q:\n%s", kept, dump)
		}
	}
	for what, text := range map[string]string{"DumpRequest": dump, "the log": log.String(), "%+v": fmt.Sprintf("%+v", err), "%#v": fmt.Sprintf("%#v", apiErr)} {
		if strings.Contains(text, apiKey) {
			t.Errorf("%s shows the API key: %s", what, text)
		}
	}
	if response == nil || response.Request.Header.Get("X-Auth-Key") == apiKey {
		t.Errorf("the response leads to the API key: %+v", response)
	}
}

// An attempt that middleware fails is as silent.
func TestSecretIsNotInConnectionErrors(t *testing.T) {
	fail := func(r *http.Request, next option.Next) (*http.Response, error) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		return nil, fmt.Errorf("lost %s with %s", b, r.Header.Get("X-Auth-Key"))
	}
	_, err := newClient(t, "http://127.0.0.1:1", option.WithMiddleware(fail)).SecretsStore.Secrets.Create(t.Context(), store, newSecret())
	if err == nil || errors.Is(err, cloudflare.ErrConnection) { // the middleware failed, not the connection
		t.Fatalf("the error is %v", err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		text := fmt.Sprintf(verb, err)
		hides(t, verb+" of the error", text)
		if strings.Contains(text, apiKey) {
			t.Errorf("%s shows the API key: %s", verb, text)
		}
	}
}

// A client says nothing of what it is configured with.
func TestClientIsNotPrinted(t *testing.T) {
	client := newClient(t, "http://user:hunter2@127.0.0.1:1", option.WithAPIToken("hunter2-token"))
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		text := fmt.Sprintf(verb, client) + fmt.Sprintf(verb, *client) + fmt.Sprintf(verb, client.SecretsStore.Stores)
		hides(t, verb+" of the client", text)
		if strings.Contains(text, apiKey) {
			t.Errorf("%s shows the API key: %s", verb, text)
		}
	}
}
