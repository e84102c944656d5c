package operation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// security reads the schemes that credentials are made for, and what an
// operation needs that declares nothing of its own.
func (rd *reader) security() {
	for name, n := range rd.doc.Root.Get("components").Get("securitySchemes").Members() {
		if n = rd.facts.Deref(n); n == nil {
			continue // said already
		}
		if s := rd.scheme(name, n); s != nil {
			rd.api.Schemes = append(rd.api.Schemes, s)
		}
	}
	rd.nameCredentials()
	if n := rd.doc.Root.Get("security"); n != nil {
		rd.api.Security = rd.requirements(n)
	}
}

// usualSecurity makes what most operations accept the API's own, so that only
// the others need to say what they accept. What the description says of all
// operations stays what is tried when nothing that one declares is at hand.
func (rd *reader) usualSecurity() {
	count := map[string]int{}
	var usual model.Security
	most := 0
	for _, op := range rd.all {
		s := op.Security
		if s == nil {
			s = rd.api.Security
		}
		key := fmt.Sprintf("%q", s)
		if count[key]++; s != nil && count[key] > most {
			usual, most = s, count[key]
		}
	}
	if usual == nil || equalSecurity(usual, rd.api.Security) {
		return
	}
	declared := rd.api.Security
	for _, op := range rd.all {
		switch {
		case equalSecurity(op.Security, usual):
			op.Security = nil
		case op.Security == nil && declared == nil:
			op.Security = model.Security{{}}
		case op.Security == nil:
			op.Security = declared
		}
		if op.Streaming != nil {
			op.Streaming.Security = op.Security
		}
	}
	rd.api.Security, rd.api.Fallback = usual, declared
}

// unsent says what becomes of a security scheme that the SDK cannot send. It is
// never taken for none at all.
const unsent = "the SDK has no option for it, and a call that needs it fails unless the program authenticates it itself, with option.WithHeader or middleware"

// scheme makes the credential of a security scheme; nil if the scheme needs
// none that a header, query or cookie could carry.
func (rd *reader) scheme(name string, n *spec.Node) *model.Scheme {
	s := &model.Scheme{Name: name, Doc: n.Get("description").Text(), In: model.InHeader, Key: "Authorization", Pos: n.Pos()}
	switch strings.ToLower(n.Get("type").Text()) {
	case "apikey":
		s.Key = n.Get("name").Text()
		switch strings.ToLower(n.Get("in").Text()) {
		case "query":
			s.In = model.InQuery
		case "cookie":
			s.In = model.InCookie
		}
		if s.Key == "" {
			rd.diags.Warningf(n.Pos(), "security-scheme", "security scheme %q has no name to send its key by; %s", name, unsent)
			return nil
		}
		if s.In == model.InHeader && !isToken(s.Key) {
			rd.diags.Warningf(n.Get("name").Pos(), "security-scheme", "security scheme %q sends its key in the header %q, a name that HTTP does not allow (RFC 9110, section 5.6.2); %s", name, s.Key, unsent)
			return nil
		}
	case "http":
		switch scheme := n.Get("scheme").Text(); strings.ToLower(scheme) {
		case "basic":
			s.Basic = true
		case "", "bearer":
			s.Prefix = "Bearer "
		default:
			if !isToken(scheme) {
				rd.diags.Warningf(n.Get("scheme").Pos(), "security-scheme", "security scheme %q is of the HTTP scheme %q, a name that HTTP does not allow (RFC 9110, section 5.6.2); %s", name, scheme, unsent)
				return nil
			}
			s.Prefix = scheme + " "
		}
	case "oauth2":
		s.Prefix = "Bearer "
		s.Grant = rd.grant(name, n.Get("flows").Get("clientCredentials"))
	case "openidconnect":
		s.Prefix = "Bearer "
	case "mutualtls":
		return nil
	default:
		rd.diags.Warningf(n.Pos(), "security-scheme", "security scheme %q is of the unknown type %q; %s", name, n.Get("type").Text(), unsent)
		return nil
	}
	s.Words = rd.credentialWords(s, n.Get("type").Text())
	if g := s.Grant; g != nil {
		g.EnvID, g.EnvSecret = rd.grantEnv(name)
	}
	return s
}

// grant reads the flow in which a client fetches its own tokens; nil if there
// is none. It asks for the scopes that operations need and the flow has.
func (rd *reader) grant(scheme string, flow *spec.Node) *model.Grant {
	if !flow.Is(spec.Object) {
		return nil
	}
	g := &model.Grant{URL: strings.TrimSpace(flow.Get("tokenUrl").Text())}
	needed := rd.neededScopes(scheme)
	for scope := range flow.Get("scopes").Members() {
		if needed[scope] {
			g.Scopes = append(g.Scopes, scope)
		}
	}
	return g
}

// neededScopes returns the scopes of a scheme that the description or one of its
// operations needs.
func (rd *reader) neededScopes(scheme string) map[string]bool {
	needed := map[string]bool{}
	add := func(security *spec.Node) {
		for _, alternative := range security.Elements() {
			for _, scope := range alternative.Get(scheme).Elements() {
				needed[scope.Text()] = true
			}
		}
	}
	add(rd.doc.Root.Get("security"))
	for _, item := range rd.doc.Root.Get("paths").Members() {
		target, err := rd.doc.Deref(item)
		if err != nil {
			continue // said where it is read
		}
		for _, op := range target.Members() {
			add(op.Get("security"))
		}
	}
	return needed
}

// grantEnv returns the environment variables of the id and the secret of a
// client. Those of the first scheme that has them are called plainly, those of
// others, and of one whose token's variable was chosen, like the token's.
func (rd *reader) grantEnv(scheme string) (id, secret string) {
	if c := rd.cfg.ForCredential(scheme); c != nil && c.Env != "" {
		stem := strings.TrimSuffix(c.Env, "_TOKEN")
		return stem + "_CLIENT_ID", stem + "_CLIENT_SECRET"
	}
	if !slices.ContainsFunc(rd.api.Schemes, func(s *model.Scheme) bool { return s.Grant != nil }) {
		scheme = ""
	}
	return envName(rd.cfg.Package, scheme+" client id"), envName(rd.cfg.Package, scheme+" client secret")
}

// requirements reads a security keyword: a list of alternatives. A scheme that
// needs no credential drops out of its alternative; one that the SDK cannot send,
// or that is not declared, takes its alternative with it where there are others,
// and else stays, so that nothing is asked for only where the description says so.
func (rd *reader) requirements(n *spec.Node) model.Security {
	security, unknown := model.Security{}, model.Security{}
	for _, alternative := range n.Elements() {
		names := []string{}
		if !alternative.Is(spec.Object) {
			rd.diags.Warningf(alternative.Pos(), "security-requirement", "a security requirement must be an object whose members are schemes; it is read as one of this name")
			names = rd.needed(names, alternative.Text(), alternative.Pos())
		}
		for _, m := range alternative.All() {
			names = rd.needed(names, m.Name, m.Pos)
		}
		if slices.ContainsFunc(names, func(name string) bool { return !rd.hasScheme(name) }) {
			unknown = append(unknown, names)
			continue
		}
		if !containsAlternative(security, names) {
			security = append(security, names)
		}
	}
	if len(security) == 0 {
		security = unknown
	}
	if len(security) == 0 { // security: [] asks for nothing
		security = model.Security{{}}
	}
	return security
}

// needed adds a scheme to those that are needed together.
func (rd *reader) needed(names []string, name string, pos diag.Pos) []string {
	declared := rd.doc.Root.Get("components").Get("securitySchemes")
	switch {
	case rd.hasScheme(name):
	case declared.Get(name) == nil:
		like := rd.schemeLike(name)
		if like == "" {
			rd.diags.Warningf(pos, "security-undefined", "security scheme %q is not declared under components/securitySchemes; %s", name, unsent)
			break
		}
		rd.diags.Warningf(pos, "security-undefined", "security scheme %q is not declared under components/securitySchemes; it is read as %q", name, like)
		name = like
	case needsNone(rd.facts.Deref(declared.Get(name))):
		return names
	}
	return append(names, name)
}

// needsNone reports whether a scheme is not for the request to carry: a
// certificate of the connection is the HTTP client's.
func needsNone(scheme *spec.Node) bool {
	return strings.EqualFold(scheme.Get("type").Text(), "mutualTLS")
}

// schemeLike returns the one scheme whose name differs only in case and marks;
// empty if there is none.
func (rd *reader) schemeLike(name string) string {
	plain := func(s string) string {
		return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(s))
	}
	like := ""
	for _, s := range rd.api.Schemes {
		if plain(s.Name) == plain(name) {
			if like != "" {
				return ""
			}
			like = s.Name
		}
	}
	return like
}

func (rd *reader) hasScheme(name string) bool {
	for _, s := range rd.api.Schemes {
		if s.Name == name {
			return true
		}
	}
	return false
}

func containsAlternative(security model.Security, names []string) bool {
	for _, s := range security {
		if strings.Join(s, "\x00") == strings.Join(names, "\x00") {
			return true
		}
	}
	return false
}

func equalSecurity(a, b model.Security) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if strings.Join(a[i], "\x00") != strings.Join(b[i], "\x00") {
			return false
		}
	}
	return true
}
