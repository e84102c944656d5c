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
		if away(via, req.URL) {
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
			err := ask(req, via)
			if err != nil && err != http.ErrUseLastResponse {
				return local(err)
			}
			return err
		case len(via) >= 10:
			return local(errors.New("stopped after 10 redirects"))
		}
		return nil
	}
	return &safe
}

// away reports whether a redirect leads to another place than the one that the
// first request was for, or has been at another: what that one chose is no
// business of the credentials either.
func away(via []*http.Request, to *url.URL) bool {
	first := via[0].URL
	return !sameOrigin(first, to) || slices.ContainsFunc(via[1:], func(req *http.Request) bool { return !sameOrigin(first, req.URL) })
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

// samePlace reports whether two URLs lead to the same server: their hosts are
// the same, and their ports too, or each is that of its scheme. The scheme may be
// another, since a server behind a proxy may not know that the proxy has TLS.
func samePlace(a, b *url.URL) bool {
	return strings.EqualFold(a.Hostname(), b.Hostname()) &&
		(a.Port() == b.Port() || port(a) == usualPort(a.Scheme) && port(b) == usualPort(b.Scheme))
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return usualPort(u.Scheme)
}

func usualPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}
