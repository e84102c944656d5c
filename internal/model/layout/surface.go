package layout

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// sharedSchemas marks the declarations that the config puts into package shared,
// and all that these refer to.
func (p *placer) sharedSchemas(order []model.Decl) map[model.Decl]bool {
	marked := map[model.Decl]bool{}
	for _, d := range order {
		if o := p.types.Origins[d]; o.Component {
			if s := p.types.Config(o.Text); s != nil && s.Resource == config.Shared {
				model.Walk(d, marked, func(model.Decl) {})
			}
		}
	}
	return marked
}

// furtherNames adds the second names of schemas, and those that they have in the
// package of the resource that is their home, if they live elsewhere.
func (p *placer) furtherNames() {
	for _, pkg := range slices.Clone(p.api.Packages) {
		for _, d := range slices.Clone(pkg.Types) {
			o := p.types.Origins[d]
			s := p.types.Config(o.Text)
			if !o.Component || s == nil {
				continue
			}
			if s.Pos.IsZero() {
				s.Pos = d.Declaration().Pos
			}
			for _, name := range s.Also {
				p.secondName(pkg, d, p.types.Cased(name), s)
			}
			if home := p.homeOf(s); home != nil && home != pkg {
				p.secondName(home, d, s.Name, s)
			}
		}
	}
}

func (p *placer) secondName(pkg *model.Package, d model.Decl, name string, s *config.Schema) {
	if name == "" {
		return
	}
	alias := &model.Alias{Target: d}
	alias.Package, alias.Pos, alias.File = pkg, s.Pos, d.Declaration().File
	if pkg != d.Declaration().Package {
		alias.File = "aliases"
	}
	alias.Name.Spec = s.Component
	alias.Moved = pkg != d.Declaration().Package
	if e, ok := d.(*model.Enum); ok && alias.Moved {
		for _, v := range e.Values {
			alias.Values = append(alias.Values, &model.AliasValue{Target: v})
		}
	}
	p.types.Origins[alias] = types.Origin{Text: s.Component + " " + name, Fixed: p.types.UnionName(d, name)}
	pkg.Types = append(pkg.Types, alias)
}

// homeOf is the package of the resource that the config says a schema belongs to;
// nil if it says none, or the SDK has no such package.
func (p *placer) homeOf(s *config.Schema) *model.Package {
	if s.Resource == "" || s.Resource == config.Shared || p.cfg.InRoot() {
		return nil
	}
	for _, r := range p.api.Root.Children {
		if r.Name.Spec == ident.Camel(s.Resource) {
			return r.Package
		}
	}
	return nil
}
