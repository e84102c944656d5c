package build

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// packages puts every declaration that the SDK reaches into the one package
// that reaches it, or into package shared if several do; see the package
// documentation.
func (b *builder) packages() {
	owners := map[model.Decl][]*model.Package{}
	first := map[model.Decl]*operation{}
	var order []model.Decl
	seen := map[*model.Package]map[model.Decl]bool{}
	b.roots(func(t model.Type, op *operation) {
		pkg := b.rootPackage(t, op)
		if seen[pkg] == nil {
			seen[pkg] = map[model.Decl]bool{}
		}
		walk(t, seen[pkg], func(d model.Decl) {
			if len(owners[d]) == 0 {
				order = append(order, d)
				first[d] = op
			}
			owners[d] = append(owners[d], pkg)
		})
	})
	b.lockedOwners(slices.Clone(order), func(d model.Decl, pkg *model.Package) {
		if seen[pkg] == nil {
			seen[pkg] = map[model.Decl]bool{}
		}
		walk(d, seen[pkg], func(d model.Decl) { owners[d] = append(owners[d], pkg) })
	})
	shared := b.sharedSchemas(order)
	for _, d := range order {
		decl := d.Declaration()
		if len(owners[d]) > 1 || shared[d] {
			decl.Package = b.newPackage(model.SharedPath)
		} else {
			decl.Package = owners[d][0]
		}
		switch {
		case decl.Package.Path == model.PaginationPath:
			decl.File = "pages"
		case decl.Package.Path == model.APIErrorPath:
			decl.File = "data"
		case decl.Package.Path != model.SharedPath:
			decl.File = fileOf(first[d].Resource) + "_types"
		}
		if o := b.types.Origins[d]; o.Op != nil && d == model.Decl(o.Op.Params) {
			decl.File = fileOf(o.Op.Resource)
			continue // stands beside its operation
		}
		if _, ok := d.(*model.Page); ok {
			continue // listed as a page
		}
		decl.Package.Types = append(decl.Package.Types, d)
	}
	for _, s := range b.serviceList() {
		s.File = fileOf(s)
	}
	b.nameErrorData()
}

// nameErrorData sees to it that a problem is called Data in package apierror:
// by its own name, or by a second one if it is a type of the resources too.
func (b *builder) nameErrorData() {
	e := b.api.ErrorData
	if e == nil {
		return
	}
	o := b.types.Origins[e.Data]
	if o.Fixed == "Data" && e.Data.Package.Path == model.APIErrorPath {
		return
	}
	o.Fixed = ""
	b.types.Origins[e.Data] = o
	alias := &model.Alias{Target: e.Data}
	alias.Name.Go, alias.Package, alias.File = "Data", b.newPackage(model.APIErrorPath), "data"
	alias.Package.Types = append(alias.Package.Types, alias)
}

// rootPackage is the package that names a type directly.
func (b *builder) rootPackage(t model.Type, op *operation) *model.Package {
	if op != nil {
		p := op.Resource.Package
		if p == b.api.Root.Package && !slices.Contains(b.api.Packages, p) {
			b.api.Packages = append(b.api.Packages, p) // methods of the client: its package has types
		}
		return p
	}
	if _, ok := t.(*model.Page); ok {
		return b.newPackage(model.PaginationPath)
	}
	return b.newPackage(model.APIErrorPath)
}

// fileOf is the name of a service's file, without its extension. It has no
// underscore, because Go reads meaning into what follows one: _test, _linux.
func fileOf(s *model.Resource) string {
	if s.Parent == nil {
		return "methods"
	}
	if s.Package.Path == "" {
		return fileWord(strings.Join(s.Path, ""))
	}
	if s.Parent.Parent == nil {
		return s.Package.Name
	}
	return fileWord(strings.Join(s.Path[1:], ""))
}

// longestFile is how many letters the name of a file may have before its ending.
// File systems take 255 bytes; what has a longer name shares a file with what
// begins alike.
const longestFile = 200

func fileWord(name string) string {
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

// serviceList returns every service, parents before their children.
func (b *builder) serviceList() []*model.Resource {
	var list []*model.Resource
	var visit func(r *model.Resource)
	visit = func(r *model.Resource) {
		list = append(list, r)
		for _, c := range r.Children {
			visit(c)
		}
	}
	visit(b.api.Root)
	return list
}
