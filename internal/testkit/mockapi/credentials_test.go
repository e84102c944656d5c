package mockapi_test

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

// secretHeaders are those that a credential can be in.
var secretHeaders = []string{"Authorization", "X-Auth-Email", "X-Auth-Key", "X-Auth-User-Service-Key"}

// quota makes a call that every credential will do for.
func quota(t *testing.T, opts ...option.RequestOption) (map[string]string, error) {
	t.Helper()
	url, got := respond(t, http.StatusOK, "application/json", `{"success":true,"errors":[],"messages":[],"result":{"secrets":{"quota":1,"usage":1}}}`)
	client := cloudflare.NewClient(append([]option.RequestOption{option.WithBaseURL(url), option.WithMaxRetries(0)}, opts...)...)
	_, err := client.SecretsStore.Quota.Get(t.Context(), secretsstore.QuotaGetParams{AccountID: account})
	if len(*got) == 0 {
		return nil, err
	}
	sent := map[string]string{}
	for _, name := range secretHeaders {
		if v := (*got)[0].Header.Values(name); len(v) > 0 {
			sent[name] = strings.Join(v, ", ")
		}
	}
	return sent, err
}

// The operation declares the email address with the key, and nothing else. They
// are sent if they are there; else what there is, of what the API knows.
func TestCredentials(t *testing.T) {
	both := map[string]string{"X-Auth-Email": "e@example.com", "X-Auth-Key": "k"}
	token := map[string]string{"Authorization": "Bearer t"}
	service := map[string]string{"X-Auth-User-Service-Key": "s"}
	for _, tt := range []struct {
		name string
		env  map[string]string
		opts []option.RequestOption
		want map[string]string
	}{
		{"email and key from the environment", map[string]string{"CLOUDFLARE_EMAIL": "e@example.com", "CLOUDFLARE_API_KEY": "k"}, nil, both},
		{"email and key from options", nil, []option.RequestOption{option.WithAPIEmail("e@example.com"), option.WithAPIKey("k")}, both},
		{"one from each", map[string]string{"CLOUDFLARE_EMAIL": "e@example.com"}, []option.RequestOption{option.WithAPIKey("k")}, both},
		{"only a token in the environment", map[string]string{"CLOUDFLARE_API_TOKEN": "t"}, nil, token},
		{"only a token as an option", nil, []option.RequestOption{option.WithAPIToken("t")}, token},
		{"only a service key in the environment", map[string]string{"CLOUDFLARE_API_USER_SERVICE_KEY": "s"}, nil, service},
		{"only a service key as an option", nil, []option.RequestOption{option.WithUserServiceKey("s")}, service},
		{"an option beats the environment", map[string]string{"CLOUDFLARE_API_KEY": "other", "CLOUDFLARE_EMAIL": "e@example.com"}, []option.RequestOption{option.WithAPIKey("k")}, both},
		{"everything: the one that is declared", map[string]string{
			"CLOUDFLARE_EMAIL": "e@example.com", "CLOUDFLARE_API_KEY": "k", "CLOUDFLARE_API_TOKEN": "t", "CLOUDFLARE_API_USER_SERVICE_KEY": "s",
		}, nil, both},
		{"half of one is none of it", map[string]string{"CLOUDFLARE_EMAIL": "e@example.com", "CLOUDFLARE_API_TOKEN": "t"}, nil, token},
		{"blank in the environment is unset", map[string]string{"CLOUDFLARE_EMAIL": " ", "CLOUDFLARE_API_KEY": "\t", "CLOUDFLARE_API_TOKEN": "t"}, nil, token},
		{"a blank option is unset", nil, []option.RequestOption{option.WithAPIEmail("  "), option.WithAPIKey(""), option.WithAPIToken("t")}, token},
		{"space around it is not part of it", map[string]string{"CLOUDFLARE_API_TOKEN": " t\n"}, nil, token},
		{"an option of an undeclared kind does not beat a declared one", map[string]string{"CLOUDFLARE_EMAIL": "e@example.com", "CLOUDFLARE_API_KEY": "k"}, []option.RequestOption{option.WithAPIToken("t")}, both},
	} {
		t.Run(tt.name, func(t *testing.T) {
			noEnvironment(t)
			for name, value := range tt.env {
				t.Setenv(name, value)
			}
			sent, err := quota(t, tt.opts...)
			if err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(sent, tt.want) {
				t.Errorf("the credentials are %q, not %q", sent, tt.want)
			}
		})
	}
}

func TestNoCredentials(t *testing.T) {
	for _, tt := range []struct {
		name string
		env  map[string]string
		opts []option.RequestOption
	}{
		{"nothing", nil, nil},
		{"blank", map[string]string{"CLOUDFLARE_API_TOKEN": "  ", "CLOUDFLARE_EMAIL": "", "CLOUDFLARE_API_KEY": " "}, []option.RequestOption{option.WithAPIToken(" ")}},
		{"half", map[string]string{"CLOUDFLARE_EMAIL": "e@example.com"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			noEnvironment(t)
			for name, value := range tt.env {
				t.Setenv(name, value)
			}
			sent, err := quota(t, tt.opts...)
			if sent != nil {
				t.Errorf("a request was sent, with %q", sent)
			}
			if !errors.Is(err, cloudflare.ErrNoCredentials) {
				t.Fatalf("the error is %v", err)
			}
			for _, way := range []string{"CLOUDFLARE_API_KEY", "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_USER_SERVICE_KEY", "option.WithAPIToken"} {
				if !strings.Contains(err.Error(), way) {
					t.Errorf("the error does not name %s: %v", way, err)
				}
			}
		})
	}
}

// A call may have a credential of its own.
func TestCredentialOfACall(t *testing.T) {
	url, got := respond(t, http.StatusOK, "application/json", `{"success":true,"errors":[],"messages":[],"result":{"secrets":{"quota":1,"usage":1}}}`)
	client := newClient(t, url)
	for _, opts := range [][]option.RequestOption{{option.WithAPIToken("t")}, nil} {
		if _, err := client.SecretsStore.Quota.Get(t.Context(), secretsstore.QuotaGetParams{AccountID: account}, opts...); err != nil {
			t.Fatal(err)
		}
	}
	names := func(r request) (names []string) {
		for _, name := range secretHeaders {
			if r.Header.Get(name) != "" {
				names = append(names, name)
			}
		}
		return names
	}
	if first, second := names((*got)[0]), names((*got)[1]); !slices.Equal(first, []string{"Authorization"}) || !slices.Equal(second, []string{"X-Auth-Email", "X-Auth-Key"}) {
		t.Errorf("the credentials are %q, then %q", first, second)
	}
}

func TestAccountOfTheClient(t *testing.T) {
	for _, tt := range []struct {
		name, env string
		opts      []option.RequestOption
		params    string
		want      string
	}{
		{"from the environment", "from-env", nil, "", "from-env"},
		{"an option beats it", "from-env", []option.RequestOption{option.WithAccountID("from-option")}, "", "from-option"},
		{"params beat both", "from-env", []option.RequestOption{option.WithAccountID("from-option")}, "from-params", "from-params"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			noEnvironment(t)
			t.Setenv("CLOUDFLARE_ACCOUNT_ID", tt.env)
			url, got := respond(t, http.StatusOK, "application/json", `{"success":true,"errors":[],"messages":[],"result":{"secrets":{"quota":1,"usage":1}}}`)
			opts := append([]option.RequestOption{option.WithBaseURL(url), option.WithAPIToken("t")}, tt.opts...)
			_, err := cloudflare.NewClient(opts...).SecretsStore.Quota.Get(t.Context(), secretsstore.QuotaGetParams{AccountID: tt.params})
			if err != nil {
				t.Fatal(err)
			}
			if want := "/client/v4/accounts/" + tt.want + "/secrets_store/quota"; (*got)[0].RequestURI != want {
				t.Errorf("the request is for %s, not %s", (*got)[0].RequestURI, want)
			}
		})
	}
}

func TestBaseURL(t *testing.T) {
	noEnvironment(t)
	url, got := respond(t, http.StatusOK, "application/json", `{"success":true,"errors":[],"messages":[],"result":{"secrets":{"quota":1,"usage":1}}}`)
	t.Setenv("CLOUDFLARE_BASE_URL", url+"/")
	client := cloudflare.NewClient(option.WithAPIToken("t"))
	if _, err := client.SecretsStore.Quota.Get(t.Context(), secretsstore.QuotaGetParams{AccountID: account}); err != nil {
		t.Fatal(err)
	}
	if want := base + "/quota"; (*got)[0].RequestURI != want {
		t.Errorf("the request is for %s, not %s", (*got)[0].RequestURI, want)
	}
}
