package build

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/layout"
	"github.com/openapi-lathe/lathe/internal/model/naming"
	"github.com/openapi-lathe/lathe/internal/model/paging"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Build makes the model of the SDK that a description and a config ask for.
// The model is complete unless the list has errors; then it is nil.
func Build(doc *spec.Document, cfg *config.Config) (*model.API, *diag.List) {
	b := newBuilder(doc, cfg)
	b.about()
	b.surface()
	b.servers()
	b.security()
	b.clientParams()
	ops := b.readOperations()
	b.resources(ops)
	b.types.LockedEquals()
	for _, op := range b.lockedFirst(ops) {
		b.operation(op)
	}
	b.mergePages()
	b.webhooks()
	b.noOperations()
	b.unusedSchemas()
	b.usualSecurity()
	b.errorData(ops)
	b.checkConfig()
	layout.Place(b.api, b.types, cfg)
	naming.Settle(b.api, b.types, b.facts, b.components(), cfg, b.diags)
	b.samples()
	b.reference()
	b.api.Degraded = b.facts.Degraded()
	if b.diags.Failed() {
		return nil, b.diags
	}
	return b.api, b.diags
}

// A builder holds what one run has found so far.
type builder struct {
	doc    *spec.Document
	cfg    *config.Config
	api    *model.API
	diags  *diag.List
	facts  *schema.Facts
	types  *types.Registry
	paging *paging.Detector
	plans  []*paging.Plan // of the operations that are paged

	end  *string      // what the description says that streams of events end with, once it was looked for
	all  []*operation // that become methods
	left []*operation // that the config leaves out
}

func newBuilder(doc *spec.Document, cfg *config.Config) *builder {
	problems := &diag.List{}
	facts := schema.New(doc, problems)
	registry := types.New(doc, facts, cfg, problems)
	return &builder{
		doc: doc, cfg: cfg, api: &model.API{}, diags: problems, facts: facts,
		types:  registry,
		paging: paging.NewDetector(cfg, facts, registry, problems),
	}
}

// components are the names of the component schemas.
func (b *builder) components() []string {
	var names []string
	for name := range b.doc.Root.Get("components").Get("schemas").Members() {
		names = append(names, name)
	}
	return names
}

// about reads what the description says of itself.
func (b *builder) about() {
	info := b.doc.Root.Get("info")
	b.api.Title = strings.TrimSpace(info.Get("title").Text())
	b.api.Doc = info.Get("description").Text()
	b.api.Version = info.Get("version").Text()
	b.api.Package = b.cfg.Package
	b.api.Module = b.cfg.Module
	b.api.Go = b.cfg.Go
	b.api.Release = strings.TrimPrefix(b.cfg.Version, "v")
	if b.api.Go == "" {
		b.api.Go = "1.26"
	}
	b.api.Schemas = b.doc.Root.Get("components").Get("schemas").Len()
}

// servers settles the base URL. An API with several servers starts from the
// first; its variables take their defaults.
func (b *builder) servers() {
	for _, s := range b.cfg.Servers {
		b.api.Servers = append(b.api.Servers, &model.NamedServer{Name: s.Name, URL: s.URL, Pos: s.Pos})
	}
	b.api.BaseURL = b.cfg.BaseURL
	if b.api.BaseURL == "" && len(b.api.Servers) > 0 {
		b.api.BaseURL = b.api.Servers[0].URL
	}
	if b.api.BaseURL == "" {
		server := b.doc.Root.Get("servers").At(0)
		b.api.BaseURL = serverURL(server, true)
		b.variables(server)
	}
	b.api.BaseURLEnv = b.cfg.BaseURLEnv
	if b.api.BaseURLEnv == "" {
		b.api.BaseURLEnv = envName(b.cfg.Package, "base_url")
	}
}

// variables reads the variables of the server's URL.
func (b *builder) variables(server *spec.Node) {
	if !strings.Contains(b.api.BaseURL, "://") {
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
		b.api.Variables = append(b.api.Variables, variable)
	}
	if len(b.api.Variables) > 0 {
		b.api.Server = serverURL(server, false)
	}
}

// variableDefault is the value of a variable that nobody sets.
func variableDefault(v *spec.Node) string {
	if value := v.Get("default").Text(); value != "" {
		return value
	}
	return v.Get("enum").At(0).Text()
}

// serverURL returns the URL of a server object, without a slash at its end, and
// with the defaults of its variables if they are to be filled in.
func serverURL(server *spec.Node, filled bool) string {
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
func (b *builder) clientParams() {
	for _, p := range b.cfg.ClientParams {
		env := p.Env
		if env == "" {
			env = envName(b.cfg.Package, p.Name)
		}
		b.api.Params = append(b.api.Params, &model.ClientParam{Name: p.Name, Env: env, Header: p.Header, Query: p.Query, Default: p.Default, Pos: p.Pos})
	}
}

func (b *builder) clientParam(name string) *model.ClientParam {
	i := slices.IndexFunc(b.api.Params, func(p *model.ClientParam) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return b.api.Params[i]
}

// mergePages makes the page types of the SDK.
func (b *builder) mergePages() {
	b.api.Pages = paging.Merge(b.plans, b.types, b.cfg.Lock)
	for _, p := range b.plans {
		p.Op.Result.Page = p.Page
	}
}
