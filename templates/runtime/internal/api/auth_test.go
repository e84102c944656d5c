package api

import (
	"errors"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
)

var locks = API{
	Name:    "locks",
	BaseURL: "https://api.example.com",
	Credentials: []Credential{
		{Name: "email", Option: "WithEmail", Env: "LOCKS_EMAIL", Key: "X-Email"},
		{Name: "key", Option: "WithKey", Env: "LOCKS_KEY", Key: "X-Key"},
		{Name: "token", Option: "WithToken", Env: "LOCKS_TOKEN", Key: "Authorization", Prefix: "Bearer "},
		{Name: "query", Option: "WithQueryKey", Env: "LOCKS_QUERY", In: Query, Key: "key"},
		{Name: "login", Option: "WithLogin", Env: "LOCKS_USER", EnvPassword: "LOCKS_PASSWORD", Key: "X-Login", Basic: true},
	},
	Security: Security{{"email", "key"}, {"token"}},
}

func TestChoose(t *testing.T) {
	header := func(name, value string) Option {
		return func(c *Config) error { return c.EditHeader(Set, name, value, "WithHeader") }
	}
	unheader := func(name string) Option {
		return func(c *Config) error { return c.EditHeader(Del, name, "", "WithHeaderDel") }
	}
	set := WithCredential
	for _, tt := range []struct {
		name         string
		env          string // such as "EMAIL KEY"
		client, call []Option
		declared     Security
		want         string
	}{
		{name: "first declared", env: "EMAIL KEY TOKEN", want: "email key"},
		{name: "in the order declared", env: "EMAIL KEY TOKEN", declared: Security{{"token"}, {"email", "key"}}, want: "token"},
		{name: "the one that is set", env: "TOKEN", want: "token"},
		{name: "half of a pair is none", env: "EMAIL TOKEN", want: "token"},
		{name: "declared beats default", env: "EMAIL KEY QUERY", declared: Security{{"query"}}, want: "query"},
		{name: "default where declared is not set", env: "TOKEN", declared: Security{{"email", "key"}}, want: "token"},
		{name: "option beats environment", env: "EMAIL KEY", client: []Option{set("token", "t")}, want: "token"},
		{name: "but no undeclared one", env: "EMAIL KEY", client: []Option{set("token", "t")}, declared: Security{{"email", "key"}}, want: "email key"},
		{name: "but for the call's", env: "EMAIL KEY", call: []Option{set("token", "t")}, declared: Security{{"email", "key"}}, want: "token"},
		{name: "and a header's", env: "EMAIL KEY", client: []Option{header("Authorization", "Bearer mine")}, declared: Security{{"email", "key"}}, want: "token"},
		{name: "option and environment together", env: "EMAIL", client: []Option{set("key", "k")}, want: "email key"},
		{name: "call beats client", client: []Option{set("email", "e"), set("key", "k")}, call: []Option{set("token", "t")}, want: "token"},
		{name: "blank takes away", env: "TOKEN", client: []Option{set("token", " ")}, want: "none: set option.WithEmail (LOCKS_EMAIL) and option.WithKey (LOCKS_KEY); or option.WithToken (LOCKS_TOKEN)"},
		{name: "header counts", env: "EMAIL KEY", client: []Option{header("authorization", "Bearer mine")}, want: "token"},
		{name: "header of a pair", env: "EMAIL TOKEN", client: []Option{header("X-Key", "k")}, want: "email key"},
		{name: "header taken away", env: "TOKEN", call: []Option{unheader("Authorization")}, want: "none: set option.WithEmail (LOCKS_EMAIL) and option.WithKey (LOCKS_KEY); or option.WithToken (LOCKS_TOKEN)"},
		{name: "nothing needed", env: "TOKEN", declared: Security{}, want: ""},
		{name: "optional, not set", declared: Security{{}, {"token"}}, want: ""},
		{name: "optional, set", env: "TOKEN", declared: Security{{}, {"token"}}, want: "token"},
		{name: "optional, another set", env: "EMAIL KEY", declared: Security{{"token"}, {}}, want: ""},
		{name: "none", want: "none: set option.WithEmail (LOCKS_EMAIL) and option.WithKey (LOCKS_KEY); or option.WithToken (LOCKS_TOKEN)"},
		{name: "half", env: "EMAIL", want: "none: set option.WithKey (LOCKS_KEY); or option.WithToken (LOCKS_TOKEN)"},
		{name: "none of a scheme with two variables", declared: Security{{"login"}},
			want: "none: set option.WithLogin (LOCKS_USER, LOCKS_PASSWORD); or option.WithEmail (LOCKS_EMAIL) and option.WithKey (LOCKS_KEY); or option.WithToken (LOCKS_TOKEN)"},
		{name: "a scheme that is not known", declared: Security{{"mutual_tls"}, {"token"}}, want: "none: set option.WithToken (LOCKS_TOKEN); or option.WithEmail (LOCKS_EMAIL) and option.WithKey (LOCKS_KEY)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, d := range locks.Credentials {
				t.Setenv(d.Env, "")
			}
			for name := range strings.FieldsSeq(tt.env) {
				t.Setenv("LOCKS_"+name, "from the environment")
			}
			client := NewClient(&locks, tt.client...)
			config, err := client.config.with(tt.call)
			if err != nil || client.err != nil {
				t.Fatal(err, client.err)
			}
			alternative, err := config.choose(tt.declared)
			got := strings.Join(alternative, " ")
			if err != nil {
				if !errors.Is(err, apierror.ErrNoCredentials) {
					t.Errorf("%v is not ErrNoCredentials", err)
				}
				got = "none" + strings.TrimPrefix(err.Error(), "no credentials")
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// The user's own Authorization header is enough for an API that knows none.
func TestChooseAuthorization(t *testing.T) {
	a := API{
		Name: "a", BaseURL: "https://h",
		Credentials: []Credential{{Name: "key", Option: "WithKey", Key: "X-Key"}},
		Security:    Security{{"key"}},
	}
	authorization := func(c *Config) error { return c.EditHeader(Set, "Authorization", "mine", "") }
	for _, tt := range []struct {
		name string
		opts []Option
		want string
	}{
		{"alone", []Option{authorization}, ""},
		{"beside a key", []Option{authorization, WithCredential("key", "k")}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client := NewClient(&a, tt.opts...)
			got, err := client.config.choose(nil)
			if err != nil || strings.Join(got, " ") != tt.want {
				t.Errorf("choose = %q, %v", got, err)
			}
		})
	}
}
