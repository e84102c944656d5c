package naming

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/layout"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// settle gives every declaration, field, constant, option and argument its
// name. What is part of something else is named after it, so names settle from
// the outside in, those of one package and depth together.
func (n *namer) settle() {
	n.settleServices()
	n.settleDecls()
	pages := map[*model.Object]*model.Page{}
	for _, p := range n.api.Pages {
		pages[&p.Object] = p
	}
	for _, o := range n.api.Objects() {
		n.settleFields(o, pages[o])
	}
	for _, p := range n.api.Packages {
		for _, d := range p.Types {
			if u, ok := d.(*model.Union); ok {
				n.settleVariants(u)
			}
		}
	}
	n.settleOptions()
	for _, op := range n.api.Operations {
		settleArgs(op)
	}
	for _, p := range n.api.Packages {
		for _, d := range p.Types {
			if decl := d.Declaration(); decl.File == "" {
				decl.File = layout.FileWord(n.outermost(d).Declaration().Name.Go)
			}
		}
	}
}

// outermost is the declaration that d is part of and that is part of nothing.
func (n *namer) outermost(d model.Decl) model.Decl {
	for {
		parent := n.types.Origins[d].Parent
		if parent == nil || parent.Declaration().Package != d.Declaration().Package {
			return d
		}
		d = parent
	}
}

// scope is the names of one package.
type scope struct {
	taken  []*ident.Claim
	owners map[string]*ident.Claim // taken, by name
	fresh  []*ident.Claim
}

// settle settles the claims that were made since the last time.
func (s *scope) settle(n *namer) {
	if len(s.fresh) == 0 {
		return
	}
	for _, c := range s.fresh {
		set := c.Set
		c.Set = func(name string) {
			set(name)
			s.fix(name, c.What, c.Pos)
		}
	}
	for _, c := range s.fresh {
		for i, name := range c.Candidates {
			if !c.Fixed {
				c.Candidates[i] = n.types.Cased(name)
			}
		}
	}
	claims := append(slices.Clone(s.taken), s.fresh...)
	s.fresh = nil
	n.diags.Add(ident.Settle(claims))
}

func (s *scope) reserve(list ...string) {
	for _, name := range list {
		s.fix(name, "the SDK's own "+name, diag.Pos{})
	}
}

// fix takes a name for what it is the name of.
func (s *scope) fix(name, what string, pos diag.Pos) {
	claim := &ident.Claim{Candidates: []string{name}, What: what, Pos: pos, Fixed: true, Set: func(string) {}}
	s.taken = append(s.taken, claim)
	if s.owners == nil {
		s.owners = map[string]*ident.Claim{}
	}
	s.owners[name] = claim
}

// owner returns what has a name, nil if it is free.
func (s *scope) owner(name string) *ident.Claim { return s.owners[name] }

// serviceNames are what the package of a resource has of its own.
var serviceNames = []string{"Service", "New", "NewService"}

// reserved are the names that the runtime and every package of the SDK have of
// their own.
var reserved = map[string][]string{
	model.PaginationPath: {"Page", "Fetch", "Cursor", "More", "ErrNoProgress", "ErrNoMorePages", "AutoPager"},
	model.StreamingPath:  {"Event", "Format", "Framing", "Events", "Lines", "Sequence", "Items", "Download", "Open", "ErrTooLong"},
	model.APIErrorPath: {"Error", "ErrorOf", "DecodeError", "Report", "New", "NewDecode", "NewConnection", "ErrConnection", "ErrNoCredentials", "ErrBadRequest", "ErrAuthentication", "ErrPermissionDenied", "ErrNotFound", "ErrConflict",
		"ErrUnprocessableEntity", "ErrRateLimit", "ErrInternalServer", "ErrTimeout", "RateLimit", "NewRateLimit", "ErrNotModified", "ErrPreconditionFailed", "NewLocal"},
}

// settleServices names the services of each package and the fields that lead to
// them. Every service has a type of its own: the last part of its way, with the
// parts before it where others have the same.
func (n *namer) settleServices() {
	scopes := map[*model.Package]*scope{}
	var order []*scope
	for _, s := range n.api.Resources() {
		if s.Parent == nil {
			n.settleChildren(s, "Do", "Service")
			continue
		}
		n.settleChildren(s)
		sc, ok := scopes[s.Package]
		if !ok {
			sc = &scope{}
			sc.reserve(serviceNames...)
			n.reserveOld(sc, s.Package.Path+".")
			scopes[s.Package] = sc
			order = append(order, sc)
		}
		if s.Parent.Parent == nil && !n.cfg.LikeStainless() && !n.cfg.InRoot() {
			s.Service, s.New, s.Make = "Service", "New", "NewService"
			continue
		}
		place := types.ResourcePlace(s.Path)
		if name := n.keep(sc, lockfile.Global, place, s.Package); name != "" {
			s.Service = name
			continue
		}
		var candidates []string
		for i := len(s.Path) - 1; i > 0; i-- {
			name := ""
			for _, word := range s.Path[i:] {
				name += ident.Exported(ident.Singular(word))
			}
			candidates = append(candidates, name+"Service")
		}
		// Two words may have the same singular: people, persons.
		candidates = append(candidates, ident.Exported(strings.Join(s.Path[1:], " "))+"Service")
		if n.cfg.LikeStainless() || n.cfg.InRoot() {
			candidates = []string{n.types.ServiceBase(s.Path) + "Service", ident.Exported(strings.Join(s.Path, " ")) + "Service"}
		}
		sc.fresh = append(sc.fresh, &ident.Claim{
			Candidates: candidates, What: fmt.Sprintf("resource %q", strings.Join(s.Path, ".")), Pos: firstPos(s),
			Set: func(name string) { s.Service = name },
		})
	}
	for _, sc := range order {
		sc.settle(n)
	}
}

// settleChildren names the fields of a service that lead to others, which its
// methods must not have.
func (n *namer) settleChildren(s *model.Resource, own ...string) {
	sc := &scope{}
	sc.reserve(own...)
	n.reserveOld(sc, strings.TrimSuffix("Client."+s.Call, ".")+".")
	for _, m := range s.Methods {
		sc.reserve(m.Name.Go)
	}
	for _, m := range s.Methods {
		if m.Result.All != "" && slices.ContainsFunc(s.Methods, func(o *model.Operation) bool { return o.Name.Go == m.Result.All }) {
			m.Result.All = ""
		}
		if m.Result.All != "" {
			sc.reserve(m.Result.All)
		}
	}
	for _, c := range s.Children {
		name := c.Name.Go
		if kept := n.keep(sc, lockfile.Call, types.ResourcePlace(c.Path), nil); kept != "" {
			c.Name.Go = kept
			continue
		}
		sc.fresh = append(sc.fresh, &ident.Claim{
			Candidates: []string{name, name + "Resource"}, What: fmt.Sprintf("resource %q", c.Name.Spec),
			Set: func(name string) { c.Name.Go = name },
		})
	}
	n.nameStreaming(s, sc)
	sc.settle(n)
	for _, c := range s.Children {
		c.Call = strings.TrimPrefix(s.Call+"."+c.Name.Go, ".")
	}
	for _, m := range s.Methods {
		m.Call = strings.TrimPrefix(s.Call+"."+m.Name.Go, ".")
		if m.Streaming != nil {
			m.Streaming.Call = strings.TrimPrefix(s.Call+"."+m.Streaming.Name.Go, ".")
		}
	}
}

// settleDecls names the declarations of every package.
func (n *namer) settleDecls() {
	scopes := map[*model.Package]*scope{}
	packages := slices.Clone(n.api.Packages)
	for _, p := range packages {
		sc := &scope{}
		sc.reserve(reserved[p.Path]...)
		switch {
		case p == n.api.Root.Package:
			sc.reserve(append([]string{"Client", "NewClient", "Version"}, reserved[model.APIErrorPath]...)...)
		case n.isResource(p):
			sc.reserve(serviceNames...)
		}
		if w := n.api.Webhooks; w != nil && p == w.Package {
			sc.reserve("Handler", "Unwrap", "UnwrapWith", "ParseUnverified")
		}
		n.reserveOld(sc, strings.TrimPrefix(p.Path+".", "."))
		scopes[p] = sc
	}
	for _, s := range n.api.Resources() {
		if s.Service != "" && s.Service != "Service" {
			scopes[s.Package].reserve(s.Service)
			if n.cfg.LikeStainless() || n.cfg.InRoot() {
				n.nameConstructors(s, scopes[s.Package])
			}
		}
	}
	pending := n.keepDecls(scopes)
	unsettled := map[model.Decl]bool{}
	for _, d := range pending {
		unsettled[d] = true
	}
	for len(pending) > 0 {
		var later, now []model.Decl
		for _, d := range pending {
			if p := n.types.Origins[d].Parent; p != nil && unsettled[p] {
				later = append(later, d)
				continue
			}
			now = append(now, d)
			decl := d.Declaration()
			sc := scopes[decl.Package]
			o := n.types.Origins[d]
			names := n.candidates(d, o)
			if n.types.Fixed(d) == "" && !n.cfg.LikeStainless() {
				names = shortened(names)
			}
			sc.fresh = append(sc.fresh, &ident.Claim{
				Candidates: n.moved(d, names), What: n.what(d), Pos: decl.Pos, Fixed: n.types.Fixed(d) != "",
				Set: func(name string) { decl.Name.Go = name },
			})
		}
		for _, p := range packages {
			scopes[p].settle(n)
		}
		for _, d := range now {
			delete(unsettled, d)
		}
		if len(now) == 0 {
			panic("build: declarations are parts of each other")
		}
		pending = later
	}
	for _, p := range packages {
		for _, d := range p.Types {
			if e, ok := d.(*model.Enum); ok {
				n.claimConstants(e, scopes[p])
			}
		}
		scopes[p].settle(n)
	}
	for _, p := range packages {
		for _, d := range p.Types {
			if a, ok := d.(*model.Alias); ok {
				n.claimSecondConstants(a, scopes[p])
			}
		}
		scopes[p].settle(n)
	}
}

func (n *namer) isResource(p *model.Package) bool {
	return slices.ContainsFunc(n.api.Root.Children, func(r *model.Resource) bool { return r.Package == p })
}

// decls returns every declaration of the SDK, the params structs and pages too.
func (n *namer) decls() []model.Decl {
	var list []model.Decl
	for _, op := range n.api.Operations {
		if op.Params != nil {
			list = append(list, op.Params)
		}
	}
	for _, p := range n.api.Pages {
		list = append(list, p)
	}
	for _, p := range n.api.Packages {
		for _, d := range p.Types {
			if d.Declaration().Name.Go == "" {
				list = append(list, d)
			}
		}
	}
	return list
}

// what describes a declaration in messages about its name.
func (n *namer) what(d model.Decl) string {
	if p := n.types.Origins[d].Page; p != nil {
		return fmt.Sprintf("page %q", n.types.Origins[d].Op.Call)
	}
	return fmt.Sprintf("schema %q", n.path(d))
}

func (n *namer) path(d model.Decl) string {
	o := n.types.Origins[d]
	switch {
	case o.Parent != nil:
		return n.path(o.Parent) + "." + o.Text
	case o.Page != nil:
		return o.Op.Call
	case o.Op != nil:
		return o.Op.Call + "." + o.Text
	}
	return o.Text
}

func (n *namer) claimConstants(e *model.Enum, sc *scope) {
	for _, v := range e.Values {
		if v.Name.Go != "" {
			continue // kept
		}
		name := e.Name.Go + ident.Exported(spoken(v.Name.Spec))
		sc.fresh = append(sc.fresh, &ident.Claim{
			Candidates: []string{name, e.Name.Go + ident.Exported(spoken(v.Value)), e.Name.Go + ident.Spelled(v.Value)},
			What:       fmt.Sprintf("value %q", n.path(e)+"."+v.Value), Pos: e.Pos,
			Set: func(name string) { v.Name.Go = name },
		})
	}
}

// settleFields names the fields of a struct. A parameter and a member of the
// body that want one name are told apart by where they go; a member of a page
// gives way to the page's methods.
func (n *namer) settleFields(o *model.Object, page *model.Page) {
	sc := &scope{}
	if page != nil {
		sc.reserve("All", "Pages", "Next", "More")
	}
	if o.Tuple {
		sc.reserve("MarshalJSONTo", "UnmarshalJSONFrom")
	}
	in := n.inputsOf(o)
	place := n.types.PlaceOf(n.declOf(o, page))
	n.keepFields(sc, o, place, in)
	for _, f := range o.Fields {
		if f.Name.Go != "" {
			continue // kept
		}
		name := ident.Exported(spoken(cmp.Or(f.Own, f.Name.Spec)))
		where := in[f]
		if where == "" {
			where = "Body"
		}
		candidates := []string{name}
		if len(in) > 0 {
			candidates = append(candidates, where+name)
		}
		if page != nil {
			candidates = append(candidates, name+factWord(page, f))
		}
		sc.fresh = append(sc.fresh, &ident.Claim{
			Candidates: candidates, What: fmt.Sprintf("property %q", f.Name.Spec), Pos: f.Pos,
			Set: func(name string) { f.Name.Go = name },
		})
	}
	sc.settle(n)
	if o.Extra != nil && o.Extra.Name.Go == "" {
		name, other := "Extra", "ExtraMembers"
		if o.Tuple {
			name, other = "Rest", "RestElements"
		}
		o.Extra.Name.Go = name
		if slices.ContainsFunc(o.Fields, func(f *model.Field) bool { return f.Name.Go == name }) {
			o.Extra.Name.Go = other
		}
	}
}

// settleArgs names the positional parameters of a method.
func settleArgs(op *model.Operation) {
	taken := map[string]bool{}
	for _, arg := range op.Args {
		name := ident.Unexported(cmp.Or(arg.Own, arg.Name.Spec))
		for taken[name] {
			name += "Value"
		}
		taken[name] = true
		arg.Name.Go = name
	}
}

// factWord is what a member of a page that cannot have its own name is called
// besides.
func factWord(page *model.Page, f *model.Field) string {
	switch fact := page.Fact(model.Next); {
	case fact == nil || fact.Path[len(fact.Path)-1] != f:
		return "Value"
	case page.Style == model.NextURLPage:
		return "URL"
	}
	return "Cursor"
}

// firstPos is where the first operation of a resource stands, or of those below.
func firstPos(r *model.Resource) diag.Pos {
	if len(r.Methods) > 0 {
		return r.Methods[0].Pos
	}
	for _, c := range r.Children {
		if pos := firstPos(c); pos != (diag.Pos{}) {
			return pos
		}
	}
	return diag.Pos{}
}
