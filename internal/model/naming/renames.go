package naming

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// What was renamed is there under its old name too, deprecated. The lock has
// the new name by now, if anything has it; what is left is to add the old one,
// and to keep others from it.

// reserveOld keeps the old names in a package, or in a resource, from all that
// has none yet. Where the new name is not there, the old one is not free: it is
// what is to be renamed.
func (n *namer) reserveOld(sc *scope, prefix string) {
	for _, r := range n.cfg.Renames {
		rest, ok := strings.CutPrefix(r.Old, prefix)
		if ok && !strings.Contains(rest, ".") && len(n.cfg.Lock.Named(r.New)) > 0 {
			sc.fix(rest, "the old name of "+r.New, r.Pos)
		}
	}
}

// rename adds the old names.
func (n *namer) rename() {
	old := n.cfg.OldNames
	for _, s := range n.api.Resources() {
		if s.Parent != nil {
			s.Old = old("Client." + s.Call)
			s.OldService = old(s.Package.Path + "." + s.Service)
		}
		for _, op := range s.Methods {
			call := "Client." + op.Call
			op.Old = old(call)
			if op.Streaming != nil {
				op.Streaming.Old = old("Client." + op.Streaming.Call)
			}
			if op.Result.All != "" {
				op.Result.OldAll = old(strings.TrimSuffix(call, op.Name.Go) + op.Result.All)
				for _, name := range op.Old {
					op.Result.OldAll = append(op.Result.OldAll, name+"All")
				}
			}
		}
	}
	for _, o := range n.options() {
		o.Old = old("option." + o.Go)
	}
	n.renameDecls(old)
}

// renameDecls adds the old names of types and constants.
func (n *namer) renameDecls(old func(string) []string) {
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
		list = append(list, p.Types...)
	}
	for _, d := range list {
		decl := d.Declaration()
		prefix := strings.TrimPrefix(decl.Package.Path+".", ".")
		for _, name := range old(prefix + decl.Name.Go) {
			alias := &model.Alias{Target: d}
			alias.Name = model.Name{Spec: decl.Name.Spec, Go: name}
			alias.Package, alias.File, alias.Pos = decl.Package, "renamed_types", decl.Pos
			alias.Deprecated = "use [" + decl.Name.Go + "]."
			decl.Package.Types = append(decl.Package.Types, alias)
		}
		if e, ok := d.(*model.Enum); ok {
			for _, v := range e.Values {
				v.Old = old(prefix + v.Name.Go)
			}
		}
	}
}
