package layout

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// packages puts every declaration that the SDK reaches into the one package
// that reaches it, or into package shared if several do; see the package
// documentation.
func (p *placer) packages() {
	owners := map[model.Decl][]*model.Package{}
	first := map[model.Decl]*model.Operation{}
	var order []model.Decl
	seen := map[*model.Package]map[model.Decl]bool{}
	for t, op := range p.api.Roots() {
		pkg := p.rootPackage(t, op)
		if seen[pkg] == nil {
			seen[pkg] = map[model.Decl]bool{}
		}
		model.Walk(t, seen[pkg], func(d model.Decl) {
			if len(owners[d]) == 0 {
				order = append(order, d)
				first[d] = op
			}
			owners[d] = append(owners[d], pkg)
		})
	}
	p.lockedOwners(slices.Clone(order), func(d model.Decl, pkg *model.Package) {
		if seen[pkg] == nil {
			seen[pkg] = map[model.Decl]bool{}
		}
		model.Walk(d, seen[pkg], func(d model.Decl) { owners[d] = append(owners[d], pkg) })
	})
	shared := p.sharedSchemas(order)
	for _, d := range order {
		decl := d.Declaration()
		if len(owners[d]) > 1 || shared[d] {
			decl.Package = p.api.AddPackage(model.SharedPath)
		} else {
			decl.Package = owners[d][0]
		}
		switch {
		case decl.Package.Path == model.PaginationPath:
			decl.File = "pages"
		case decl.Package.Path == model.APIErrorPath:
			decl.File = "data"
		case p.api.Webhooks != nil && decl.Package == p.api.Webhooks.Package && first[d] == nil:
			decl.File = "event_types"
		case decl.Package.Path != model.SharedPath:
			decl.File = fileOf(first[d].Resource) + "_types"
		}
		if o := p.types.Origins[d]; o.Op != nil && d == model.Decl(o.Op.Params) {
			decl.File = fileOf(o.Op.Resource)
			continue // stands beside its operation
		}
		if _, ok := d.(*model.Page); ok {
			continue // listed as a page
		}
		decl.Package.Types = append(decl.Package.Types, d)
	}
	for _, s := range p.api.Resources() {
		s.File = fileOf(s)
	}
	p.nameErrorData()
}

// nameErrorData sees to it that a problem is called Data in package apierror:
// by its own name, or by a second one if it is a type of the resources too.
func (p *placer) nameErrorData() {
	e := p.api.ErrorData
	if e == nil {
		return
	}
	if e.Data.Package.Path == model.APIErrorPath && p.types.Fixed(e.Data) == "Data" {
		return
	}
	alias := &model.Alias{Target: e.Data}
	alias.Name.Go, alias.Package, alias.File = "Data", p.api.AddPackage(model.APIErrorPath), "data"
	alias.Package.Types = append(alias.Package.Types, alias)
}

// rootPackage is the package that names a type directly.
func (p *placer) rootPackage(t model.Type, op *model.Operation) *model.Package {
	if op != nil {
		pkg := op.Resource.Package
		if pkg == p.api.Root.Package && !slices.Contains(p.api.Packages, pkg) {
			p.api.Packages = append(p.api.Packages, pkg) // methods of the client: its package has types
		}
		return pkg
	}
	if _, ok := t.(*model.Page); ok {
		return p.api.AddPackage(model.PaginationPath)
	}
	if w := p.api.Webhooks; w != nil && t == model.Type(w.Union) {
		return w.Package
	}
	if slices.Contains(p.api.Spare, t) {
		return p.api.AddPackage(model.SharedPath)
	}
	return p.api.AddPackage(model.APIErrorPath)
}

// fileOf is the name of a service's file, without its extension. It has no
// underscore, because Go reads meaning into what follows one: _test, _linux.
func fileOf(s *model.Resource) string {
	if s.Parent == nil {
		return "methods"
	}
	if s.Package.Path == "" {
		return FileWord(strings.Join(s.Path, ""))
	}
	if s.Parent.Parent == nil {
		return s.Package.Name
	}
	return FileWord(strings.Join(s.Path[1:], ""))
}

// longestFile is how many letters the name of a file may have before its ending.
// File systems take 255 bytes; what has a longer name shares a file with what
// begins alike.
const longestFile = 200

func FileWord(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return "x"
	}
	return b.String()[:min(b.Len(), longestFile)]
}
