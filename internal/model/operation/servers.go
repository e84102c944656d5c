package operation

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// servers settles the base URL. An API with several servers starts from the
// first; its variables take their defaults.
func (rd *reader) servers() {
	for _, s := range rd.cfg.Servers {
		rd.api.Servers = append(rd.api.Servers, &model.NamedServer{Name: s.Name, URL: s.URL, Pos: s.Pos})
	}
	rd.api.BaseURL = rd.cfg.BaseURL
	if rd.api.BaseURL == "" && len(rd.api.Servers) > 0 {
		rd.api.BaseURL = rd.api.Servers[0].URL
	}
	if rd.api.BaseURL == "" {
		server := rd.doc.Root.Get("servers").At(0)
		rd.api.BaseURL = rd.absolute(server, ServerURL(server, true))
		rd.variables(server)
	}
	rd.api.BaseURLEnv = rd.cfg.BaseURLEnv
	if rd.api.BaseURLEnv == "" {
		rd.api.BaseURLEnv = envName(rd.cfg.Package, "base_url")
	}
}

// variables reads the variables of the server's URL.
func (rd *reader) variables(server *spec.Node) {
	if !strings.Contains(rd.api.BaseURL, "://") {
		return // relative to where the description was read
	}
	for name, v := range server.Get("variables").Members() {
		if !strings.Contains(server.Get("url").Text(), "{"+name+"}") {
			continue
		}
		variable := &model.ServerVariable{Name: name, Doc: v.Get("description").Text(), Default: variableDefault(v), Pos: v.Pos()}
		for _, value := range v.Get("enum").Elements() {
			variable.Values = append(variable.Values, value.Text())
		}
		rd.api.Variables = append(rd.api.Variables, variable)
	}
	for _, m := range placeholder.FindAllStringSubmatch(rd.api.BaseURL, -1) {
		if slices.ContainsFunc(rd.api.Variables, func(v *model.ServerVariable) bool { return v.Name == m[1] }) {
			continue
		}
		rd.diags.Warningf(server.Get("url").Pos(), "server-variable", "variable %q of the server's URL is not declared; a client must set it with an option", m[1])
		rd.api.Variables = append(rd.api.Variables, &model.ServerVariable{Name: m[1], Pos: server.Get("url").Pos()})
	}
	if len(rd.api.Variables) > 0 {
		rd.api.Server = rd.absolute(server, ServerURL(server, false))
	}
	if placeholder.MatchString(rd.api.BaseURL) {
		rd.api.BaseURL = "" // there is none until the variables are set
	}
}

// schemeless matches a URL that begins with a host.
var schemeless = regexp.MustCompile(`^(localhost|[0-9]+(\.[0-9]+){3}|[A-Za-z0-9{}-]+(\.[A-Za-z0-9{}-]+)+)(:[0-9]+)?(/|$)`)

// absolute completes the URL of a server without a scheme, and says of one that is
// relative that a client needs more.
func (rd *reader) absolute(server *spec.Node, url string) string {
	pos := server.Get("url").Pos()
	switch {
	case url == "" || strings.Contains(url, "://"):
	case schemeless.MatchString(url):
		scheme := "https://"
		if strings.HasPrefix(url, "localhost") || strings.HasPrefix(url, "127.") {
			scheme = "http://"
		}
		rd.diags.Warningf(pos, "server-url", "the server's URL has no scheme; it is read as %q", scheme+url)
		return scheme + url
	default:
		rd.diags.Warningf(pos, "server-url", "the server's URL, %q, is relative, so that a client has none; say base_url in gen.yaml, or set option.WithBaseURL", url)
	}
	return url
}

// variableDefault is the value of a variable that nobody sets.
func variableDefault(v *spec.Node) string {
	if value := v.Get("default").Text(); value != "" {
		return value
	}
	return v.Get("enum").At(0).Text()
}

// ServerURL returns the URL of a server object, without a slash at its end, and
// with the defaults of its variables if they are to be filled in.
func ServerURL(server *spec.Node, filled bool) string {
	url := server.Get("url").Text()
	for name, v := range server.Get("variables").Members() {
		if filled {
			url = strings.ReplaceAll(url, "{"+name+"}", variableDefault(v))
		}
	}
	if strings.HasPrefix(url, "//") {
		url = "https:" + url
	}
	return strings.TrimRight(strings.TrimSpace(url), "/")
}

// envName returns the environment variable of a setting: CLOUDFLARE_API_TOKEN.
func envName(pkg, setting string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(pkg + "_" + strings.Join(ident.Words(setting), "_")) {
		if r == '_' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return strings.Trim(b.String(), "_")
}

// clientParams takes over the parameters that the config says are the client's.
func (rd *reader) clientParams() {
	for _, p := range rd.cfg.ClientParams {
		env := p.Env
		if env == "" {
			env = envName(rd.cfg.Package, p.Name)
		}
		rd.api.Params = append(rd.api.Params, &model.ClientParam{Name: p.Name, Env: env, Header: p.Header, Query: p.Query, Default: p.Default, Pos: p.Pos})
	}
}

func (rd *reader) clientParam(name string) *model.ClientParam {
	i := slices.IndexFunc(rd.api.Params, func(p *model.ClientParam) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return rd.api.Params[i]
}
