package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// oauthClient is what access tokens are fetched with: the client credentials
// grant of RFC 6749, section 4.4.
type oauthClient struct {
	id, secret string
	scope      string // separated by spaces
}

// client returns the credential of an OAuth 2.0 client. If either is blank it
// is as good as none.
func (c *Credential) client(id, secret string, scopes []string, l level) credential {
	id, secret = strings.TrimSpace(id), strings.TrimSpace(secret)
	if id == "" || secret == "" {
		return credential{}
	}
	if scopes == nil {
		scopes = c.Scopes
	}
	return credential{level: l, client: &oauthClient{id, secret, strings.Join(scopes, " ")}}
}

// WithClientCredentials makes the client fetch access tokens for the scheme
// called name, as an OAuth 2.0 client. No scopes are those of the description.
func WithClientCredentials(name, id, secret string, scopes ...string) Option {
	scopes = slices.Clone(scopes)
	return withCredential(name, func(d *Credential, l level) credential { return d.client(id, secret, scopes, l) })
}

// WithTokenURL sets where access tokens for the scheme called name come from.
func WithTokenURL(name, tokenURL string) Option {
	return func(c *Config) error {
		i := slices.IndexFunc(c.api.Credentials, func(d Credential) bool { return d.Name == name })
		if i < 0 {
			return fmt.Errorf("the API has no credential %q", name)
		}
		u, err := url.Parse(strings.TrimSpace(tokenURL))
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("option.%s: not an absolute http or https URL", c.api.Credentials[i].TokenOption)
		}
		c.tokenURLs = slices.Clone(c.tokenURLs)
		if c.tokenURLs == nil {
			c.tokenURLs = make([]string, len(c.api.Credentials))
		}
		c.tokenURLs[i] = u.String()
		return nil
	}
}

// tokenURL returns where the tokens of a credential come from. What the
// description says is relative to the server, and where it is on the API's own
// server it moves with the base URL: credentials for a test do not go to the
// real server.
func (c *Config) tokenURL(i int) (string, error) {
	if c.tokenURLs != nil && c.tokenURLs[i] != "" {
		return c.tokenURLs[i], nil
	}
	u, err := c.BaseURL.Parse(c.api.Credentials[i].TokenURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", errors.New("the description has no URL to fetch tokens from: set option." + c.api.Credentials[i].TokenOption)
	}
	if own, err := url.Parse(c.api.BaseURL); err == nil && own.Host != "" && sameOrigin(own, u) {
		u.Scheme, u.Host = c.BaseURL.Scheme, c.BaseURL.Host
		if rest, ok := strings.CutPrefix(u.Path, own.Path+"/"); ok && own.Path != "" {
			u.Path, u.RawPath = strings.TrimRight(c.BaseURL.Path, "/")+"/"+rest, ""
		}
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	return u.String(), nil
}

// granted is an access token that an exchange uses.
type granted struct {
	credential int
	source     *tokenSource
	value      string
}

// grants gets the access tokens that the chosen credentials need.
func (x *exchange) grants(ctx context.Context) error {
	x.granted = x.granted[:0]
	if x.foreign {
		return nil
	}
	c := x.config
	for _, name := range x.alternative {
		i := slices.IndexFunc(c.api.Credentials, func(d Credential) bool { return d.Name == name })
		if i < 0 || c.credentials[i].client == nil {
			continue
		}
		client := c.credentials[i].client
		at, err := c.tokenURL(i)
		if err != nil {
			return fmt.Errorf("credential %s: %w", name, err)
		}
		source := x.client.tokens.source(tokenKey{at, client.id, client.secret, client.scope})
		value, err := source.token(ctx, func(ctx context.Context) (grant, error) { return source.fetch(ctx, c) })
		if err != nil {
			return fmt.Errorf("credential %s: %w", name, err)
		}
		if !slices.Contains(x.fresh, value) {
			x.fresh = append(x.fresh, value)
		}
		x.granted = append(x.granted, granted{i, source, value})
	}
	return nil
}

// renew reports whether an attempt was refused for an access token that ended
// before its time, which is worth one more attempt with a new one: fetched, or
// from the function that gave the old one, if it gives another. The refusal says
// that nothing was done.
func (x *exchange) renew(ctx context.Context, a *attempt) (bool, error) {
	if x.renewed || ctx.Err() != nil || a.err != nil || a.resp.StatusCode != http.StatusUnauthorized ||
		strings.EqualFold(a.resp.Header.Get("X-Should-Retry"), "false") || !x.req.sent.body.replayable() {
		return false, nil
	}
	for _, g := range x.granted {
		g.source.drop(g.value)
	}
	renewed := len(x.granted) > 0
	for i := range x.asked {
		old := &x.asked[i]
		value, err := x.ask(ctx, old.credential)
		if err != nil {
			return false, err
		}
		if value != old.value {
			renewed = true
		}
		old.value, old.next = value, true
	}
	x.renewed = renewed
	return renewed, nil
}
