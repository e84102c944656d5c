package build

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// An SDK can have the shape of those that Stainless made, so that programs which
// call one of them go on compiling.
//
// Problem: whoever has callers cannot rename every method and type for a new
// generator, however good its own names are.
//
// Decision: a config may ask for the surface stainless. It changes names, packages
// and signatures, and nothing of what is sent: create is New, the last parameter of
// a path is an argument and the others are fields, types are called after the whole
// way to their resource, and what the config names no schema for is called after
// its method. Each of these choices is one function here.

// likeStainless reports whether the SDK has the surface of those by Stainless.
func (b *builder) likeStainless() bool { return b.cfg.Surface == "stainless" }

// inRoot reports whether all services and their types are in the root package.
func (b *builder) inRoot() bool {
	if b.cfg.Layout == "" {
		return b.likeStainless()
	}
	return b.cfg.Layout == "root"
}

// surface notes in the model what emit has to know of it.
func (b *builder) surface() {
	if b.likeStainless() {
		b.api.Surface = model.Stainless
	}
	b.api.Timeout = b.cfg.Timeout
	if r := b.cfg.Retries; r != nil {
		b.api.Retries = &model.Retries{Max: -1, MinDelay: r.MinDelay, MaxDelay: r.MaxDelay}
		if r.Max != nil {
			b.api.Retries.Max = *r.Max
		}
	}
	for _, h := range b.cfg.Headers {
		b.api.Headers = append(b.api.Headers, model.Constant{Name: h.Name, Value: h.Value})
	}
	b.api.IdempotencyKey = b.cfg.IdempotencyHeader
}

// cased is an exported name with the words of the config written as it has them.
func (b *builder) cased(name string) string { return b.types.Cased(name) }

// isListed reports whether an operation may become a method.
func (b *builder) isListed(op *operation) bool {
	if op.cfg == nil {
		return !b.cfg.ListedOperations
	}
	return !op.cfg.Skip
}

// again adds the further methods of operations that have several.
func (b *builder) again(ops []*operation) []*operation {
	var all []*operation
	for _, op := range ops {
		all = append(all, op)
		if op.cfg == nil {
			continue
		}
		for _, call := range op.cfg.Also {
			more := b.readOperation(op.Method, op.Path, op.item, op.node)
			cfg := *op.cfg
			cfg.Resource, cfg.Method, cfg.Also, cfg.Pos = call.Resource, call.Method, nil, call.Pos
			if s := cfg.Stream; s != nil {
				stream := *s
				stream.Method = "" // after its own name
				cfg.Stream = &stream
			}
			more.cfg, more.As = &cfg, call.Resource+"."+call.Method
			all = append(all, more)
		}
	}
	return all
}

// decided returns the resource and the name that the config gives an operation,
// if it gives both: nothing moves it from there.
func decided(c *config.Operation) (way []string, name string, ok bool) {
	if c == nil || c.Resource == "" || c.Method == "" {
		return nil, "", false
	}
	if c.Resource != config.Root {
		for word := range strings.SplitSeq(c.Resource, ".") {
			way = append(way, ident.Camel(word))
		}
	}
	return way, ident.Camel(c.Method), true
}

// oneName reports methods that the config gives one name.
func (b *builder) oneName() {
	first := map[string]*operation{}
	for _, op := range b.all {
		if op.cfg == nil || op.cfg.Method == "" {
			continue
		}
		key := strings.Join(op.Resource.Path, ".") + "." + op.Name.Go
		if other := first[key]; other != nil {
			b.diags.Errorf(op.cfg.Pos, "config-value", "%s and %s are both called %s; give one of them another method or resource",
				types.Route(other.Operation), types.Route(op.Operation), strings.TrimPrefix(key, "."))
		}
		first[key] = op
	}
}

// verbName is what an inferred name is in the surface of the SDK.
func (b *builder) verbName(name string, taken func(string) bool) string {
	if b.likeStainless() && name == "create" && !taken("new") {
		return "new"
	}
	return name
}

// isArg reports whether path parameter i of an operation is an argument, and not
// a field of the params.
func (b *builder) isArg(op *operation, path []*parameter, i int) bool {
	if op.cfg != nil && op.cfg.Positional != nil {
		return slices.Contains(*op.cfg.Positional, path[i].name)
	}
	mode := b.cfg.Positional
	if mode == "" && b.likeStainless() {
		mode = "last"
	}
	switch mode {
	case "last":
		return i == len(path)-1
	case "none":
		return false
	}
	return true
}

// inOrder puts arguments in the order that the config has them.
func inOrder(op *operation) {
	if op.cfg == nil || op.cfg.Positional == nil {
		return
	}
	slices.SortStableFunc(op.Args, func(a, c *model.Arg) int {
		return slices.Index(*op.cfg.Positional, a.Name.Spec) - slices.Index(*op.cfg.Positional, c.Name.Spec)
	})
}

// unwrapped returns the property of a response that is the result, because the
// config says so: for the operation, or for all where it is the only one.
func (b *builder) unwrapped(op *operation, v *schema.View) *schema.Prop {
	if op.cfg != nil && op.cfg.NoUnwrap || !v.Is("object") {
		return nil
	}
	if op.cfg != nil && op.cfg.Unwrap != "" {
		p := v.Prop(op.cfg.Unwrap)
		if p == nil {
			b.diags.Warningf(op.cfg.Pos, "config-unused", "%s answers without a member %s; the whole response is its result", types.Route(op.Operation), op.cfg.Unwrap)
		}
		return p
	}
	for _, name := range b.cfg.Unwrap {
		if p := v.Prop(name); p != nil && len(v.Props) == 1 {
			return p
		}
	}
	return nil
}

// unionName is what a union is called: by Stainless with Union at its end.
func (b *builder) unionName(d model.Decl, name string) string {
	if a, ok := d.(*model.Alias); ok {
		if target, ok := a.Target.(model.Decl); ok {
			d = target
		}
	}
	if _, ok := d.(*model.Union); ok && b.likeStainless() && !strings.HasSuffix(name, "Union") {
		return name + "Union"
	}
	return name
}

// sharedSchemas marks the declarations that the config puts into package shared,
// and all that these refer to.
func (b *builder) sharedSchemas(order []model.Decl) map[model.Decl]bool {
	marked := map[model.Decl]bool{}
	for _, d := range order {
		if o := b.types.Origins[d]; o.Component {
			if s := b.types.Config(o.Text); s != nil && s.Resource == config.Shared {
				walk(d, marked, func(model.Decl) {})
			}
		}
	}
	return marked
}

// furtherNames adds the second names of schemas, and those that they have in the
// package of the resource that is their home, if they live elsewhere.
func (b *builder) furtherNames() {
	for _, p := range slices.Clone(b.api.Packages) {
		for _, d := range slices.Clone(p.Types) {
			o := b.types.Origins[d]
			s := b.types.Config(o.Text)
			if !o.Component || s == nil {
				continue
			}
			if s.Pos.IsZero() {
				s.Pos = d.Declaration().Pos
			}
			for _, name := range s.Also {
				b.secondName(p, d, b.cased(name), s)
			}
			if home := b.homeOf(s); home != nil && home != p {
				b.secondName(home, d, s.Name, s)
			}
		}
	}
}

func (b *builder) secondName(p *model.Package, d model.Decl, name string, s *config.Schema) {
	if name == "" {
		return
	}
	alias := &model.Alias{Target: d}
	alias.Package, alias.Pos, alias.File = p, s.Pos, d.Declaration().File
	if p != d.Declaration().Package {
		alias.File = "aliases"
	}
	alias.Name.Spec = s.Component
	alias.Moved = p != d.Declaration().Package
	if e, ok := d.(*model.Enum); ok && alias.Moved {
		for _, v := range e.Values {
			alias.Values = append(alias.Values, &model.AliasValue{Target: v})
		}
	}
	b.types.Origins[alias] = types.Origin{Text: s.Component + " " + name, Fixed: b.unionName(d, name)}
	p.Types = append(p.Types, alias)
}

// homeOf is the package of the resource that the config says a schema belongs to;
// nil if it says none, or the SDK has no such package.
func (b *builder) homeOf(s *config.Schema) *model.Package {
	if s.Resource == "" || s.Resource == config.Shared || b.inRoot() {
		return nil
	}
	for _, r := range b.api.Root.Children {
		if r.Name.Spec == ident.Camel(s.Resource) {
			return r.Package
		}
	}
	return nil
}

// nameConstructors names what makes a service by itself, and what makes it for the
// client, where services are called after their resources.
func (b *builder) nameConstructors(s *model.Resource, sc *scope) {
	s.New, s.Make = "New"+s.Service, "new"+s.Service
	if s.Package.Path != "" && s.Parent != nil && s.Parent.Parent == nil {
		s.Make = "NewService" // the root package calls it
	}
	sc.reserve(s.New)
}

// queryStyle is how a parameter of a query is written whose description does not
// say: as the config has it for lists and objects.
func (b *builder) queryStyle(p *parameter) model.Style {
	v := b.facts.View(p.node.Get("schema"))
	switch {
	case v.Is("array"):
		return map[string]model.Style{"comma": model.FormJoined, "brackets": model.Brackets, "indices": model.DeepObject}[b.cfg.QueryArrays]
	case v.Is("object"):
		return map[string]model.Style{"brackets": model.DeepObject, "dots": model.Dots}[b.cfg.QueryObjects]
	}
	return model.Default
}

// limits takes over what the config says of how an operation is sent.
func (b *builder) limits(op *operation) {
	if op.cfg != nil {
		op.Timeout, op.MaxRetries = op.cfg.Timeout, op.cfg.MaxRetries
	}
	if b.cfg.IdempotencyHeader != "" && op.IdempotencyKey == "" && op.Method != "GET" && op.Method != "HEAD" {
		op.IdempotencyKey = b.cfg.IdempotencyHeader
	}
}

// claimSecondConstants names the constants of a second name of an enum after it.
func (b *builder) claimSecondConstants(a *model.Alias, sc *scope) {
	e, ok := a.Target.(*model.Enum)
	if !ok {
		return
	}
	for _, v := range a.Values {
		if v.Name != "" {
			continue // it is one that the type has had
		}
		name := a.Name.Go + strings.TrimPrefix(v.Target.Name.Go, e.Name.Go)
		sc.fresh = append(sc.fresh, &ident.Claim{
			Candidates: []string{name, name + "Value"}, What: "value " + v.Target.Value, Pos: a.Pos,
			Set: func(name string) { v.Name = name },
		})
	}
}
