package build

import (
	"fmt"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// security reads the schemes that credentials are made for, and what an
// operation needs that declares nothing of its own.
func (b *builder) security() {
	for name, n := range b.doc.Root.Get("components").Get("securitySchemes").Members() {
		n = b.deref(n)
		if s := b.scheme(name, n); s != nil {
			b.api.Schemes = append(b.api.Schemes, s)
		}
	}
	if n := b.doc.Root.Get("security"); n != nil {
		b.api.Security = b.requirements(n)
	}
}

// usualSecurity makes what most operations accept the API's own, so that only
// the others need to say what they accept. What the description says of all
// operations stays what is tried when nothing that one declares is at hand.
func (b *builder) usualSecurity() {
	count := map[string]int{}
	var usual model.Security
	most := 0
	for _, op := range b.all {
		s := op.Security
		if s == nil {
			s = b.api.Security
		}
		key := fmt.Sprintf("%q", s)
		if count[key]++; s != nil && count[key] > most {
			usual, most = s, count[key]
		}
	}
	if usual == nil || equalSecurity(usual, b.api.Security) {
		return
	}
	declared := b.api.Security
	for _, op := range b.all {
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
	b.api.Security, b.api.Fallback = usual, declared
}

// scheme makes the credential of a security scheme; nil if the scheme needs
// none that a header, query or cookie could carry.
func (b *builder) scheme(name string, n *spec.Node) *model.Scheme {
	s := &model.Scheme{Name: model.Name{Spec: name}, Doc: n.Get("description").Text(), In: model.InHeader, Key: "Authorization"}
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
			b.diags.Warningf(n.Pos(), "security-scheme", "security scheme %q has no name to send its key by; it is ignored", name)
			return nil
		}
	case "http":
		switch scheme := n.Get("scheme").Text(); strings.ToLower(scheme) {
		case "basic":
			s.Basic = true
		case "", "bearer":
			s.Prefix = "Bearer "
		default:
			s.Prefix = scheme + " "
		}
	case "oauth2", "openidconnect":
		s.Prefix = "Bearer "
	case "mutualtls":
		return nil
	default:
		b.diags.Warningf(n.Pos(), "security-scheme", "security scheme %q is of the unknown type %q; it is ignored", name, n.Get("type").Text())
		return nil
	}
	s.Env = envName(b.cfg.Package, name)
	if s.Basic {
		s.Env = envName(b.cfg.Package, "username")
	}
	if c := b.credential(name); c != nil && c.Env != "" {
		s.Env = c.Env
	}
	if s.Basic {
		s.EnvPassword = strings.TrimSuffix(s.Env, "_USERNAME") + "_PASSWORD"
	}
	return s
}

func (b *builder) credential(scheme string) *config.Credential {
	for i := range b.cfg.Credentials {
		if b.cfg.Credentials[i].Scheme == scheme {
			return &b.cfg.Credentials[i]
		}
	}
	return nil
}

// requirements reads a security keyword: a list of alternatives. A scheme that
// needs no credential drops out of its alternative, one that is not declared
// takes its alternative with it.
func (b *builder) requirements(n *spec.Node) model.Security {
	security := model.Security{}
	for _, alternative := range n.Elements() {
		names := []string{}
		known := true
		for _, m := range alternative.All() {
			switch {
			case b.hasScheme(m.Name):
				names = append(names, m.Name)
			case b.doc.Root.Get("components").Get("securitySchemes").Get(m.Name) == nil:
				b.diags.Warningf(m.Pos, "security-undefined", "security scheme %q is not declared under components/securitySchemes; this alternative is ignored", m.Name)
				known = false
			}
		}
		if known && !containsAlternative(security, names) {
			security = append(security, names)
		}
	}
	if len(security) == 0 { // security: [] asks for nothing
		security = model.Security{{}}
	}
	return security
}

func (b *builder) hasScheme(name string) bool {
	for _, s := range b.api.Schemes {
		if s.Name.Spec == name {
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
