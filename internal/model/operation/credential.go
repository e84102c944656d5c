package operation

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
)

// generic are the words in the name of a security scheme that any scheme could
// have, so that they say nothing of the credential.
var generic = strings.Fields("auth authentication authorization authorisation authenticated bearer security scheme http header query cookie credential credentials definition")

// flows are the words for OAuth and OpenID Connect, which name how a token is
// had and not the token; companions are words that stand beside one of them.
var (
	flows      = strings.Fields("oauth oauth2 openid oidc")
	companions = strings.Fields("open id connect 2 0 client code flow implicit")
)

// ofFlow reports whether words only say how a token is had: open id connect.
func ofFlow(words []string) bool {
	if len(words) == 1 {
		return slices.Contains(flows, words[0])
	}
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(flows, w) && !slices.Contains(companions, w) })
}

// credentialWords are the words for the credential of a scheme: "api key" for
// ApiKeyAuth. A name that has none of its own, BearerAuth, takes the words that its
// type has for what is sent.
func (rd *reader) credentialWords(s *model.Scheme, kind string) []string {
	words := ident.Words(strings.NewReplacer("apikey", "api_key", "Apikey", "Api_key").Replace(s.Name))
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(generic, w) })
	if own := ident.Words(rd.cfg.Package); len(words) >= len(own) && slices.Equal(words[:len(own)], own) {
		words = words[len(own):]
	}
	if len(words) > 0 && !ofFlow(words) {
		return words
	}
	switch strings.ToLower(kind) {
	case "apikey":
		return []string{"api", "key"}
	case "oauth2", "openidconnect":
		return []string{"oauth2"}
	}
	return []string{"api", "token"}
}

// credentialEnv is what the environment variable of a scheme is called after the
// API's name: API_KEY for ApiKeyAuth, ACCESS_TOKEN for OAuth2.
func credentialEnv(words []string) string {
	if ofFlow(words) {
		return "access_token"
	}
	return strings.Join(words, "_")
}

// nameCredentials gives each scheme its variable of the environment, and the
// words that its options are called by. Schemes that would have the same keep
// the whole of their names.
func (rd *reader) nameCredentials() {
	short := map[string]int{}
	for _, s := range rd.api.Schemes {
		short[credentialEnv(s.Words)]++
	}
	for _, s := range rd.api.Schemes {
		setting := credentialEnv(s.Words)
		if short[setting] > 1 {
			s.Words, setting = ident.Words(s.Name), s.Name
		}
		s.Env = envName(rd.cfg.Package, setting)
		if s.Basic {
			s.Env = envName(rd.cfg.Package, "username")
		}
		if c := rd.cfg.ForCredential(s.Name); c != nil && c.Env != "" {
			s.Env = c.Env
		}
		if s.Basic {
			s.EnvPassword = strings.TrimSuffix(s.Env, "_USERNAME") + "_PASSWORD"
		}
		if c := rd.cfg.ForCredential(s.Name); c != nil && c.EnvPassword != "" {
			s.EnvPassword = c.EnvPassword
			if g := s.Grant; g != nil { // the id and the secret of a client
				g.EnvID, g.EnvSecret = c.Env, c.EnvPassword
			}
		}
	}
}
