package api

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// credential is the value of one of the API's credentials.
type credential struct {
	level  level
	value  string                                // with its prefix; "" if source or an edit has it
	source func(context.Context) (string, error) // asked for each attempt
	client *oauthClient                          // fetches it
	edited bool                                  // the user's own header or query parameter carries it
}

// fromEnvironment returns the credential as the environment has it.
func (c *Credential) fromEnvironment() credential {
	if c.Basic {
		return c.basic(environment(c.Env), environment(c.EnvPassword), fromEnvironment)
	}
	if value := c.with(environment(c.Env), fromEnvironment); value.level != unset || c.TokenURL == "" {
		return value
	}
	return c.client(environment(c.EnvID), environment(c.EnvSecret), nil, fromEnvironment)
}

// with returns the credential with a value. A blank one is as good as none.
func (c *Credential) with(value string, l level) credential {
	value = strings.TrimSpace(value)
	if value == "" {
		return credential{}
	}
	return credential{level: l, value: c.Prefix + value}
}

func (c *Credential) basic(user, password string, l level) credential {
	if user == "" && password == "" {
		return credential{}
	}
	return credential{level: l, value: "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))}
}

// StandIns are options with a credential for every security scheme, for what
// plays the API and asks for none.
func (a *API) StandIns() []Option {
	opts := []Option{func(c *Config) error { c.standIn = true; return nil }}
	for _, d := range a.Credentials {
		if d.Basic {
			opts = append(opts, WithBasicCredential(d.Name, "user", "password"))
		} else {
			opts = append(opts, WithCredential(d.Name, "credential"))
		}
	}
	return opts
}

// WithCredential sets the credential of the scheme called name. A blank value
// is as good as none, and takes away what the environment has.
func WithCredential(name, value string) Option {
	return withCredential(name, func(d *Credential, l level) credential { return d.with(value, l) })
}

// WithBasicCredential sets the user and the password of the scheme called name.
func WithBasicCredential(name, user, password string) Option {
	return withCredential(name, func(d *Credential, l level) credential { return d.basic(user, password, l) })
}

// WithCredentialFunc asks source for the credential of the scheme called name
// before each attempt, so that it may change while the program runs.
func WithCredentialFunc(name string, source func(context.Context) (string, error)) Option {
	return withCredential(name, func(_ *Credential, l level) credential {
		if source == nil {
			return credential{}
		}
		return credential{level: l, source: source}
	})
}

func withCredential(name string, of func(*Credential, level) credential) Option {
	return func(c *Config) error {
		for i := range c.api.Credentials {
			d := &c.api.Credentials[i]
			if d.Name != name {
				continue
			}
			value := of(d, c.level)
			if !validValue(value.value) {
				return fmt.Errorf("option.%s: the value has a line break", d.Option)
			}
			c.credentials = slices.Clone(c.credentials)
			c.credentials[i] = value
			return nil
		}
		return fmt.Errorf("the API has no credential %q", name)
	}
}

// editedCredential notes that an edit set or deleted what carries a credential.
func (c *Config) editedCredential(in Place, op operation, name, value string) {
	known := false
	for i := range c.api.Credentials {
		if d := &c.api.Credentials[i]; d.In == in && (d.Key == name || in == Header && strings.EqualFold(d.Key, name)) {
			known = true
			c.credentials = slices.Clone(c.credentials)
			if op == Del || strings.TrimSpace(value) == "" {
				c.credentials[i] = credential{}
			} else {
				c.credentials[i] = credential{level: c.level, edited: true}
			}
		}
	}
	if in == Header && name == "Authorization" && !known {
		c.authorization = unset
		if op != Del && strings.TrimSpace(value) != "" {
			c.authorization = c.level
		}
	}
}
