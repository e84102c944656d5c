package api_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// guild is an API whose one scheme is OAuth 2.0.
var guild = api.API{
	Name: "guild", BaseURL: "https://api.example.com/v1", BaseURLEnv: "GUILD_BASE_URL", UserAgent: "guild-go/1",
	Credentials: []api.Credential{{
		Name: "oauth", Option: "WithOAuth", Env: "GUILD_OAUTH", In: api.Header, Key: "Authorization", Prefix: "Bearer ",
		TokenURL: "https://auth.example.com/token", Scopes: []string{"read", "write:all"},
		EnvID: "GUILD_CLIENT_ID", EnvSecret: "GUILD_CLIENT_SECRET", ClientOption: "WithOAuthClientCredentials", TokenOption: "WithOAuthTokenURL",
	}},
	Security: api.Security{{"oauth"}},
}

func withClient(id, secret string, scopes ...string) option.RequestOption {
	return api.WithClientCredentials("oauth", id, secret, scopes...)
}

// issuer is an authorization server and the API behind it, in one transport.
type issuer struct {
	t      *testing.T
	answer func(n int, form url.Values, req *http.Request) (int, string) // of the nth request for a token, from 1
	accept func(token string) bool                                       // of the API; nil accepts all

	mu     sync.Mutex
	asked  []string // for tokens: place, authorization, form
	called []string // tokens that the API saw
	bodies *bodies
}

func newIssuer(t *testing.T) *issuer {
	for _, name := range []string{"GUILD_BASE_URL", "GUILD_OAUTH", "GUILD_CLIENT_ID", "GUILD_CLIENT_SECRET"} {
		t.Setenv(name, "")
	}
	s := &issuer{t: t, bodies: newBodies(t)}
	s.answer = func(n int, _ url.Values, _ *http.Request) (int, string) {
		return 200, fmt.Sprintf(`{"access_token":"token-%d","token_type":"bearer","expires_in":3600}`, n)
	}
	return s
}

func (s *issuer) Do(req *http.Request) (*http.Response, error) {
	if req.URL.Path != "/token" && !strings.HasSuffix(req.URL.Path, "/oauth/token") {
		token := strings.TrimPrefix(req.Header.Get("Authorization"), "Bearer ")
		s.mu.Lock()
		s.called = append(s.called, token)
		s.mu.Unlock()
		if s.accept != nil && !s.accept(token) {
			return s.bodies.respond(req, 401, `{"message":"bad token"}`), nil
		}
		return s.bodies.respond(req, 200, `{"id":"1"}`), nil
	}
	data, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(data))
	if err != nil {
		return nil, err
	}
	user, password, _ := req.BasicAuth()
	s.mu.Lock()
	s.asked = append(s.asked, fmt.Sprintf("%s %s:%s %s", req.URL, user, password, form.Encode()))
	n := len(s.asked)
	s.mu.Unlock()
	status, body := s.answer(n, form, req)
	if status == 0 {
		return nil, errors.New(body)
	}
	return s.bodies.respond(req, status, body), nil
}

func (s *issuer) client(opts ...option.RequestOption) *api.Client {
	return api.NewClient(&guild, append([]option.RequestOption{option.WithHTTPClient(s)}, opts...)...)
}

func (s *issuer) call(client *api.Client, opts ...option.RequestOption) error {
	return s.callWith(context.Background(), client, opts...)
}

func (s *issuer) callWith(ctx context.Context, client *api.Client, opts ...option.RequestOption) error {
	req := api.Request{Operation: "Members.Create", Method: "POST", Path: "/members"}
	req.Body = api.JSON(map[string]string{"name": "a"})
	return client.Do(ctx, &req, nil, opts)
}

func TestClientCredentials(t *testing.T) {
	for _, tt := range []struct {
		name string
		opts []option.RequestOption
		env  map[string]string
		want string // what a token was asked for with
	}{
		{"an option", []option.RequestOption{withClient("id", "top secret")}, nil,
			"https://auth.example.com/token id:top+secret grant_type=client_credentials&scope=read+write%3Aall"},
		{"the environment", nil, map[string]string{"GUILD_CLIENT_ID": " id ", "GUILD_CLIENT_SECRET": "s3cret\n"},
			"https://auth.example.com/token id:s3cret grant_type=client_credentials&scope=read+write%3Aall"},
		{"an option wins", []option.RequestOption{withClient("mine", "s")}, map[string]string{"GUILD_CLIENT_ID": "id", "GUILD_CLIENT_SECRET": "x"},
			"https://auth.example.com/token mine:s grant_type=client_credentials&scope=read+write%3Aall"},
		{"other scopes", []option.RequestOption{withClient("id", "s", "admin")}, nil,
			"https://auth.example.com/token id:s grant_type=client_credentials&scope=admin"},
		{"no scopes", []option.RequestOption{withClient("id", "s", []string{}...)}, nil,
			"https://auth.example.com/token id:s grant_type=client_credentials"},
		{"another server", []option.RequestOption{withClient("id", "s"), api.WithTokenURL("oauth", "https://other.example/oauth/token")}, nil,
			"https://other.example/oauth/token id:s grant_type=client_credentials&scope=read+write%3Aall"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newIssuer(t)
			for name, value := range tt.env {
				t.Setenv(name, value)
			}
			client := s.client(tt.opts...)
			for range 2 {
				if err := s.call(client); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Join(s.asked, "\n"); got != tt.want {
				t.Errorf("asked\n%s\nwant\n%s", got, tt.want)
			}
			if got := strings.Join(s.called, " "); got != "token-1 token-1" {
				t.Errorf("the API saw %s", got)
			}
		})
	}
}

// A token that is set is sent as it is, and none is asked for.
func TestTokenBesideClient(t *testing.T) {
	for _, tt := range []struct {
		name string
		env  string
		opts []option.RequestOption
		want string
	}{
		{"the environment's token", "own", nil, "own"},
		{"an option after the client", "", []option.RequestOption{withClient("id", "s"), api.WithCredential("oauth", "own")}, "own"},
		{"a header", "", []option.RequestOption{withClient("id", "s"), option.WithHeader("Authorization", "Bearer own")}, "own"},
		{"the client after a token", "env", []option.RequestOption{api.WithCredential("oauth", "own"), withClient("id", "s")}, "token-1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newIssuer(t)
			t.Setenv("GUILD_OAUTH", tt.env)
			if err := s.call(s.client(tt.opts...)); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(s.called, " "); got != tt.want {
				t.Errorf("the API saw %s, want %s", got, tt.want)
			}
		})
	}
}

func TestClientWithoutSecret(t *testing.T) {
	s := newIssuer(t)
	t.Setenv("GUILD_CLIENT_ID", "id")
	err := s.call(s.client(withClient("id", "  ")))
	if !errors.Is(err, apierror.ErrNoCredentials) || !strings.Contains(err.Error(), "option.WithOAuthClientCredentials (GUILD_CLIENT_ID, GUILD_CLIENT_SECRET)") {
		t.Errorf("err = %v", err)
	}
	if len(s.asked)+len(s.called) > 0 {
		t.Errorf("sent %v %v", s.asked, s.called)
	}
}

// The description's URL may be relative, and on the API's own server it moves
// with the base URL: what is for a test does not reach the real server.
func TestTokenURL(t *testing.T) {
	for _, tt := range []struct{ described, base, want string }{
		{"https://auth.example.com/token", "", "https://auth.example.com/token"},
		{"https://auth.example.com/token", "http://localhost:1", "https://auth.example.com/token"},
		{"/oauth/token", "", "https://api.example.com/oauth/token"},
		{"/oauth/token", "http://localhost:1/x", "http://localhost:1/oauth/token"},
		{"https://api.example.com/oauth/token", "http://localhost:1/x", "http://localhost:1/oauth/token"},
		{"https://api.example.com/v1/oauth/token", "http://localhost:1/x", "http://localhost:1/x/oauth/token"},
		{"https://api.example.com/v1/oauth/token", "http://localhost:1", "http://localhost:1/oauth/token"},
		{"ftp://api.example.com/token", "", ""},
	} {
		s := newIssuer(t)
		a := guild
		a.Credentials = []api.Credential{guild.Credentials[0]}
		a.Credentials[0].TokenURL = tt.described
		opts := []option.RequestOption{option.WithHTTPClient(s), withClient("id", "s", []string{}...)}
		if tt.base != "" {
			opts = append(opts, option.WithBaseURL(tt.base))
		}
		err := s.call(api.NewClient(&a, opts...))
		if tt.want == "" {
			if err == nil || !strings.Contains(err.Error(), "option.WithOAuthTokenURL") || len(s.asked) > 0 {
				t.Errorf("%s: err = %v, asked %v", tt.described, err, s.asked)
			}
			continue
		}
		if got := strings.Join(s.asked, " "); err != nil || got != tt.want+" id:s grant_type=client_credentials" {
			t.Errorf("%s at %s: asked %s, err %v, want %s", tt.described, tt.base, got, err, tt.want)
		}
	}
}

func TestBadTokenURL(t *testing.T) {
	for _, bad := range []string{"", "token", "ftp://x/y", "http://", "://"} {
		s := newIssuer(t)
		err := s.call(s.client(withClient("id", "s"), api.WithTokenURL("oauth", bad)))
		if err == nil || !strings.Contains(err.Error(), "option.WithOAuthTokenURL") {
			t.Errorf("%q: err = %v", bad, err)
		}
	}
}

func TestTokenIsRenewedEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newIssuer(t)
		down := false
		s.answer = func(n int, _ url.Values, _ *http.Request) (int, string) {
			if down {
				return 400, `{"error":"temporarily_unavailable"}`
			}
			return 200, fmt.Sprintf(`{"access_token":"token-%d","expires_in":"600"}`, n)
		}
		client := s.client(withClient("id", "s"))
		start := time.Now()
		at := func(when time.Duration, tokens string) {
			t.Helper()
			time.Sleep(when - time.Since(start))
			if err := s.call(client); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(s.called, " "); got != tokens {
				t.Fatalf("after %v the API saw %s, want %s", when, got, tokens)
			}
			s.called = nil
		}
		at(0, "token-1")
		at(539*time.Second, "token-1")
		at(541*time.Second, "token-2") // in the last minute of 600 s
		down = true
		at(1090*time.Second, "token-2") // a new one cannot be had, and the old one is good
		asked := len(s.asked)
		at(1095*time.Second, "token-2")
		if len(s.asked) != asked {
			t.Error("it was asked for again at once")
		}
		time.Sleep(46 * time.Second)
		if err := s.call(client); !errors.Is(err, apierror.ErrAuthentication) {
			t.Errorf("with a token that has ended: err = %v", err)
		}
	})
}

func TestOneFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newIssuer(t)
		s.answer = func(n int, _ url.Values, req *http.Request) (int, string) {
			select {
			case <-time.After(time.Second):
			case <-req.Context().Done():
				return 0, req.Context().Err().Error()
			}
			return 200, fmt.Sprintf(`{"access_token":"token-%d","expires_in":3600}`, n)
		}
		client := s.client(withClient("id", "s"))
		var wg sync.WaitGroup
		impatient, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		wg.Go(func() { // it comes first and gives up: the others are not to suffer
			if err := s.callWith(impatient, client); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the impatient one: %v", err)
			}
		})
		synctest.Wait()
		for range 20 {
			wg.Go(func() {
				if err := s.call(client); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Go(func() {
			if err := s.callWith(impatient, client); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("one that waits: %v", err)
			}
		})
		wg.Wait()
		if len(s.asked) != 2 || len(s.called) != 20 {
			t.Errorf("%d tokens for %d calls", len(s.asked), len(s.called))
		}
	})
}

// All who wait for a token that is refused are told, and nobody asks again.
func TestOneRefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newIssuer(t)
		s.answer = func(int, url.Values, *http.Request) (int, string) {
			time.Sleep(time.Second)
			return 403, `{"error":"unauthorized_client"}`
		}
		client := s.client(withClient("id", "s"))
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if err := s.call(client); !errors.Is(err, apierror.ErrAuthentication) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(s.asked) != 1 || len(s.called) != 0 {
			t.Errorf("asked %d times, %d calls", len(s.asked), len(s.called))
		}
	})
}

func TestRefusedToken(t *testing.T) {
	for _, tt := range []struct {
		name    string
		refuse  string // the tokens, by their first letters
		opts    []option.RequestOption
		tokens  string
		success bool
	}{
		{"one that ended early", "token-1", nil, "token-1 token-2", true},
		{"without retries too", "token-1", []option.RequestOption{option.WithMaxRetries(0)}, "token-1 token-2", true},
		{"all", "token", nil, "token-1 token-2", false},
		{"a stream", "token-1", []option.RequestOption{option.WithRequestBody("text/plain", io.LimitReader(strings.NewReader("x"), 1))}, "token-1 token-2", true},
		{"the caller's own", "own", []option.RequestOption{api.WithCredential("oauth", "own")}, "own", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newIssuer(t)
			s.accept = func(token string) bool { return !strings.HasPrefix(token, tt.refuse) }
			err := s.call(s.client(withClient("id", "s")), tt.opts...)
			if (err == nil) != tt.success || err != nil && !errors.Is(err, apierror.ErrAuthentication) {
				t.Errorf("err = %v", err)
			}
			if got := strings.Join(s.called, " "); got != tt.tokens {
				t.Errorf("the API saw %s, want %s", got, tt.tokens)
			}
		})
	}
}

// A server that does not take id and secret by HTTP basic is asked again with
// both in the body, and from then on that way only.
func TestClientInBody(t *testing.T) {
	s := newIssuer(t)
	s.answer = func(n int, form url.Values, _ *http.Request) (int, string) {
		if form.Get("client_id") != "i&d" || form.Get("client_secret") != "s=" {
			return 401, `{"error":"invalid_client"}`
		}
		return 200, fmt.Sprintf(`{"access_token":"token-%d"}`, n)
	}
	first := true
	s.accept = func(string) bool { defer func() { first = false }(); return !first }
	if err := s.call(s.client(withClient("i&d", "s="))); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.called, " "); got != "token-2 token-3" || len(s.asked) != 3 {
		t.Errorf("the API saw %s; asked %q", got, s.asked)
	}
}

func TestTokenRequestIsRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newIssuer(t)
		s.answer = func(n int, _ url.Values, _ *http.Request) (int, string) {
			switch n {
			case 1:
				return 0, "connection reset"
			case 2:
				return 503, `<html>`
			}
			return 200, `{"access_token":"token-3"}`
		}
		if err := s.call(s.client(withClient("id", "s"))); err != nil {
			t.Fatal(err)
		}
	})
}

func TestNoToken(t *testing.T) {
	const secret = "s3cr3t/value"
	for _, tt := range []struct {
		name   string
		status int
		body   string
		kind   error
		want   string
	}{
		{"refused", 401, `{"error":"invalid_client","error_description":"no client with s3cr3t/value\nhere"}`, apierror.ErrAuthentication,
			"Members.Create: credential oauth: fetching a token: POST https://auth.example.com/token: 401 Unauthorized: invalid_client: no client with [redacted] here"},
		{"bad scope", 400, `{"error":"invalid_scope"}`, apierror.ErrAuthentication,
			"Members.Create: credential oauth: fetching a token: POST https://auth.example.com/token: 400 Bad Request: invalid_scope"},
		{"HTML", 500, `<html>`, apierror.ErrInternalServer,
			"Members.Create: credential oauth: fetching a token: POST https://auth.example.com/token: 500 Internal Server Error"},
		{"no token in it", 200, `{"access_token":""}`, nil,
			"Members.Create: credential oauth: fetching a token: POST https://auth.example.com/token: 200 without an access_token"},
		{"a token with a line break", 200, `{"access_token":"a\r\nb: c"}`, nil,
			"Members.Create: credential oauth: fetching a token: POST https://auth.example.com/token: 200 without an access_token"},
		{"no connection", 0, "dial s3cr3t%2Fvalue", apierror.ErrConnection,
			"Members.Create: credential oauth: fetching a token: POST https://auth.example.com/token: dial [redacted]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newIssuer(t)
				s.answer = func(int, url.Values, *http.Request) (int, string) { return tt.status, tt.body }
				var log bytes.Buffer
				logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
				err := s.call(s.client(withClient("id", secret), option.WithLogger(logger)))
				if err == nil || err.Error() != tt.want {
					t.Errorf("err = %v\nwant  %s", err, tt.want)
				}
				if tt.kind != nil && !errors.Is(err, tt.kind) {
					t.Errorf("%v is not %v", err, tt.kind)
				}
				if !strings.Contains(log.String(), `level=WARN msg="token request failed"`) || strings.Contains(log.String(), "s3cr3t") {
					t.Errorf("log:\n%s", log.String())
				}
			})
		})
	}
}

// Neither the secret nor a token is in what a caller can print.
func TestTokensAreMasked(t *testing.T) {
	s := newIssuer(t)
	s.answer = func(int, url.Values, *http.Request) (int, string) { return 200, `{"access_token":"planted-token"}` }
	var log bytes.Buffer
	client := s.client(withClient("id", "planted-secret"), option.WithLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))),
		option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) {
			resp, err := next(req)
			if err == nil {
				resp.Body.Close()
				resp = s.bodies.respond(req, 500, `{"message":"planted-secret and planted-token"}`, "X-Request-Id", "planted-token")
			}
			return resp, err
		}))
	var resp *http.Response
	err := s.call(client, option.WithMaxRetries(0), option.WithResponse(&resp))
	apiErr, ok := errors.AsType[*apierror.Error](err)
	if !ok {
		t.Fatal(err)
	}
	out := fmt.Sprintf("%v %+v %#v %s %s %+v %+v %s", err, err, err, apiErr.DumpRequest(true), apiErr.DumpResponse(true), resp.Request, client, log.String())
	if strings.Contains(out, "planted") {
		t.Errorf("a secret is in\n%s", out)
	}
	type user struct{ c *api.Client }
	if text := fmt.Sprintf("%+v %#v", user{client}, &user{client}); strings.Contains(text, "planted") {
		t.Error(text)
	}
}

// The token stays with the host of the base URL.
func TestTokenStaysHome(t *testing.T) {
	s := newIssuer(t)
	next, _ := url.Parse("https://elsewhere.example/v1/members?page=2")
	client := s.client(withClient("id", "s"))
	req := &api.Request{Operation: "Members.List", Method: "GET", Path: "/members"}
	if _, err := client.Fetch(t.Context(), req, nil, nil, false); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Fetch(t.Context(), req.AtURL(next), nil, nil, false); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.called, ","); got != "token-1," {
		t.Errorf("tokens %s", got)
	}
}

// Credentials of calls are kept apart, and not for ever.
func TestTokensOfCalls(t *testing.T) {
	s := newIssuer(t)
	s.answer = func(_ int, _ url.Values, req *http.Request) (int, string) {
		id, _, _ := req.BasicAuth()
		return 200, `{"access_token":"of-` + id + `"}`
	}
	client := s.client()
	for i := range 600 {
		if err := s.call(client, withClient(fmt.Sprint(i), "s")); err != nil {
			t.Fatal(err)
		}
		if err := s.call(client, withClient(fmt.Sprint(i), "s")); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.asked) != 600 || s.called[1199] != "of-599" || s.called[1] != "of-0" {
		t.Errorf("asked %d times; the last was %s", len(s.asked), s.called[1199])
	}
}

// Whatever a server answers, it is a token that can be sent or an error that can
// be printed.
func FuzzToken(f *testing.F) {
	f.Add(200, `{"access_token":"t","expires_in":"3600"}`)
	f.Add(200, `{"access_token":"t","expires_in":-1e999}`)
	f.Add(400, `{"error":"invalid_client","error_description":"\u0000s3cr3t"}`)
	f.Add(302, `<html>`)
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			return
		}
		sent := ""
		client := api.NewClient(&guild, withClient("id", "s3cr3t"), option.WithMaxRetries(0), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
			resp := &http.Response{StatusCode: 204, Header: http.Header{}, Body: http.NoBody}
			if req.URL.Path == "/token" {
				resp.StatusCode, resp.Body = status, io.NopCloser(strings.NewReader(body))
			} else {
				sent = req.Header.Get("Authorization")
			}
			return resp, nil
		})))
		err := client.Do(context.Background(), &api.Request{Operation: "A", Method: "GET", Path: "/a"}, nil, nil)
		if strings.ContainsAny(sent, "\r\n\x00") || (err == nil) != (len(sent) > len("Bearer ")) {
			t.Errorf("sent %q, %v", sent, err)
		}
		if err != nil && (strings.Contains(err.Error(), "s3cr3t") || strings.ContainsAny(err.Error(), "\r\n")) {
			t.Errorf("the error is %q", err)
		}
	})
}
