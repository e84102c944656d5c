package api

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// guarded returns a copy of client that takes no credentials, and no body, to
// another place than the one it was sent to. net/http drops Authorization and
// cookies on its own, but not the headers that APIs invent, and it keeps all of
// them for a subdomain.
func guarded(client *http.Client) *http.Client {
	safe := *client
	ask := client.CheckRedirect
	safe.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		first := via[0]
		if req.Method != first.Method && req.Response.StatusCode != http.StatusSeeOther {
			return http.ErrUseLastResponse // a DELETE that became a GET would succeed and delete nothing
		}
		if !sameOrigin(first.URL, req.URL) {
			if req.Body != nil && req.Body != http.NoBody {
				return http.ErrUseLastResponse
			}
			for name := range req.Header {
				if !slices.Contains(harmless, name) {
					delete(req.Header, name)
				}
			}
		}
		switch {
		case ask != nil:
			return ask(req, via)
		case len(via) >= 10:
			return errors.New("stopped after 10 redirects")
		}
		return nil
	}
	return &safe
}

// harmless are the headers that go to another host.
var harmless = []string{"Accept", "Accept-Encoding", "Accept-Language", "If-Modified-Since", "If-None-Match", "Range", "User-Agent"}

// sameOrigin reports whether credentials for a may go to b: it has the same
// host and port, and does not go from https to http.
func sameOrigin(a, b *url.URL) bool {
	if !strings.EqualFold(a.Hostname(), b.Hostname()) {
		return false
	}
	if a.Scheme == b.Scheme {
		return port(a) == port(b)
	}
	return a.Port() == "" && b.Port() == "" && a.Scheme == "http" && b.Scheme == "https"
}

func port(u *url.URL) string {
	switch p := u.Port(); {
	case p != "":
		return p
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}
