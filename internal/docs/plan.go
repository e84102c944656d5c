package docs

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
)

// A home is where a type is shown: a page of its own, or a place in another
// one.
type home struct {
	page *page
	id   string // of the place; empty if the page is the type's own
	in   *model.Declared
	op   *model.Operation // of whose page it is a part, directly or in another type
}

// A use is a place that mentions a type.
type use struct {
	op   *model.Operation
	decl model.Decl
}

// plan settles which pages there are, in the order in which people read them.
func (s *site) plan() {
	s.collect()
	s.settleHomes()
	s.addGuides()
	s.addResource(s.api.Root, nil)
	s.addTypes()
	s.addErrors()
	s.addOwn()
	s.addWebhooks()
	s.addChanges()
	var last *page
	for _, p := range s.pages {
		if p.op != nil || p.guide != nil {
			if last != nil && (last.guide == nil) == (p.guide == nil) {
				last.next, p.prev = p, last
			}
			last = p
		}
	}
}

// walk calls visit with a resource and all below it, parents first.
func walk(r *model.Resource, visit func(*model.Resource)) {
	visit(r)
	for _, c := range r.Children {
		walk(c, visit)
	}
}

// methods are the methods of a service, those that stream among them.
func methods(r *model.Resource) []*model.Operation {
	var list []*model.Operation
	for _, op := range r.Methods {
		list = append(list, op)
		if op.Streaming != nil {
			list = append(list, op.Streaming)
		}
	}
	return list
}

// named returns the declaration that a type is or is made of; nil if it is made
// of none.
func named(t model.Type) model.Decl {
	for ; t != nil; t = model.Elem(t) {
		if _, ok := t.(*model.OrNull); ok {
			continue
		}
		if d, ok := t.(model.Decl); ok {
			return d
		}
	}
	return nil
}

// target looks through other names of a type.
func target(t model.Type) model.Type {
	for {
		a, ok := t.(*model.Alias)
		if !ok {
			return t
		}
		t = a.Target
	}
}

// collect finds all types and who mentions them.
func (s *site) collect() {
	seen := map[*model.Declared]bool{}
	add := func(d model.Decl) {
		if _, ok := d.(*model.OrNull); ok || d == nil || seen[d.Declaration()] {
			return
		}
		seen[d.Declaration()] = true
		s.decls = append(s.decls, d)
	}
	note := func(t model.Type, by use) {
		if d := named(t); d != nil {
			s.uses[d.Declaration()] = append(s.uses[d.Declaration()], by)
		}
	}
	walk(s.api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			by := use{op: op}
			if op.Params != nil {
				for _, f := range op.Params.Fields {
					note(f.Type, by)
				}
				if op.Params.Extra != nil {
					note(op.Params.Extra.Type, by)
				}
			}
			for _, arg := range op.Args {
				note(arg.Type, by)
			}
			note(op.Result.Type, by)
			if op.Result.Page != nil {
				note(op.Result.Page, by)
			}
			for _, e := range op.Errors {
				note(e.Type, by)
				note(e.Type, by) // it has a page of its own
			}
			if op.Streaming != nil {
				note(op.Streaming.Result.Type, use{op: op.Streaming})
			}
		}
	})
	if hooks := s.api.Webhooks; hooks != nil {
		for _, v := range hooks.Union.Variants {
			note(v.Type, use{decl: hooks.Union}) // it has a page of its own, beside that of its event
		}
	}
	for _, p := range s.api.Packages {
		for _, d := range p.Types {
			add(d)
		}
	}
	for _, p := range s.api.Pages {
		add(p)
	}
	if s.api.ErrorData != nil && s.api.ErrorData.Data.Package != nil {
		add(s.api.ErrorData.Data)
	}
	for _, d := range s.decls {
		for _, t := range inside(d) {
			note(t, use{decl: d})
		}
	}
}

// inside are the types that a declaration mentions.
func inside(d model.Decl) []model.Type {
	var list []model.Type
	fields := func(o *model.Object) {
		for _, f := range o.Fields {
			list = append(list, f.Type)
		}
		if o.Extra != nil {
			list = append(list, o.Extra.Type)
		}
	}
	switch d := d.(type) {
	case *model.Object:
		fields(d)
	case *model.Page:
		fields(&d.Object)
	case *model.Union:
		for _, v := range d.Variants {
			list = append(list, v.Type)
		}
	case *model.Defined:
		list = append(list, d.Under)
	case *model.Alias:
		list = append(list, d.Target)
	}
	return list
}

// shows reports whether there is anything to show of a type where it is used.
func shows(d model.Decl) bool {
	switch d := d.(type) {
	case *model.Enum:
		return len(d.Values) > 0
	case *model.Union:
		return len(d.Variants) > 0
	case *model.Object:
		for _, f := range d.Fields {
			if f.In == model.InRequest || model.Taggable(f.Name.Spec) {
				return true
			}
		}
		return d.Extra != nil && d.Extra.Type != model.Any
	}
	return false
}

// heavy is how many members a page may show in all before types in it get pages
// of their own, and light how many a type must have for that to be worth it.
const (
	heavy = 160
	light = 6
)

// settleHomes decides which types are shown where they are used: those that the
// description does not name and one place mentions.
func (s *site) settleHomes() {
	local := map[*model.Declared]bool{}
	for _, d := range s.decls {
		decl := d.Declaration()
		switch d.(type) {
		case *model.Object, *model.Enum, *model.Union:
			local[decl] = !decl.Component && !decl.Repeated && len(s.uses[decl]) == 1 && shows(d)
		}
	}
	if s.api.ErrorData != nil {
		local[&s.api.ErrorData.Data.Declared] = false
	}
	done := map[*model.Declared]int{}
	var weigh func(d model.Decl) int
	container := func(types []model.Type) int {
		type part struct {
			d model.Decl
			w int
		}
		sum, parts := 0, []part(nil)
		for _, t := range types {
			sum++
			if d := named(t); d != nil && local[d.Declaration()] {
				w := weigh(d)
				sum += w
				parts = append(parts, part{d, w})
			}
		}
		slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.w, a.w) })
		for _, p := range parts {
			if sum <= heavy || p.w < light {
				break
			}
			local[p.d.Declaration()] = false
			sum -= p.w
		}
		return sum
	}
	weigh = func(d model.Decl) int {
		decl := d.Declaration()
		if w, ok := done[decl]; ok {
			return w
		}
		done[decl] = 1
		w := 0
		if e, ok := d.(*model.Enum); ok {
			w = len(e.Values) / 6
			for _, v := range e.Values {
				if v.Doc != "" {
					w++
				}
			}
		} else {
			w = container(inside(d))
		}
		done[decl] = w
		return w
	}
	walk(s.api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			var types []model.Type
			if op.Params != nil {
				types = inside(op.Params)
			}
			types = append(types, op.Result.Type)
			container(types)
		}
	})
	for _, d := range s.decls {
		if !local[d.Declaration()] {
			weigh(d)
		}
	}
	for d, is := range local { // in any order: it fills a table
		if is {
			by := s.uses[d][0]
			h := home{id: "type-" + d.Name.Go, op: by.op}
			if by.decl != nil {
				h.in = by.decl.Declaration()
			}
			s.homes[d] = h
		}
	}
}

// isLocal reports whether a type is shown where it is used.
func (s *site) isLocal(d model.Decl) bool { return s.homes[d.Declaration()].id != "" }

// where is the page that shows a type, and the place in it.
func (s *site) where(d *model.Declared) (*page, string) {
	h, ok := s.homes[d]
	if !ok {
		return nil, ""
	}
	id := h.id
	for h.page == nil {
		switch {
		case h.op != nil:
			return s.ops[h.op], id
		case h.in != nil:
			h = s.homes[h.in]
		default:
			return nil, ""
		}
	}
	return h.page, id
}

// addResource adds the pages of a resource, of its operations and of all below
// it.
func (s *site) addResource(r *model.Resource, above *page) {
	dir := "api/"
	p := &page{path: "api/index.html", title: "API reference", label: "API reference", resource: r, about: "Every resource and operation of " + s.title() + "."}
	if above != nil {
		dir = s.claim(strings.TrimSuffix(above.path, "index.html"), strings.ToLower(r.Name.Go)) + "/"
		p = &page{path: dir + "index.html", title: spaced(r.Name.Spec, r.Name.Go), label: r.Name.Go, resource: r, about: sentence(r.Doc)}
		p.crumbs = append(append(p.crumbs, above.crumbs...), above)
		if p.about == "" {
			p.about = "The operations of client." + r.Call + "."
		}
	}
	s.branches[r] = p
	s.pages = append(s.pages, p)
	for _, op := range methods(r) {
		o := &page{path: s.claim(dir, strings.ToLower(op.Name.Go)) + ".html", title: operationTitle(op), label: op.Name.Go, op: op, resource: r}
		o.crumbs = append(append(o.crumbs, p.crumbs...), p)
		o.about = sentence(op.Doc)
		if o.about == "" {
			o.about = op.Method + " " + op.Path
		}
		s.ops[op] = o
		s.pages = append(s.pages, o)
	}
	for _, c := range r.Children {
		s.parents[c] = r
		s.addResource(c, p)
	}
}

// operationTitle is the summary of an operation, else its name in words.
func operationTitle(op *model.Operation) string {
	title := ""
	if op.Facts != nil {
		title = strings.TrimRight(sentence(op.Facts.Summary), ".")
	}
	const longest, short = 90, 60
	if title == "" || len(title) > longest {
		title = strings.TrimRight(sentence(op.Doc), ".")
	}
	if title == "" || len(title) > short && (op.Facts == nil || title != strings.TrimRight(sentence(op.Facts.Summary), ".")) {
		title = strings.ReplaceAll(op.Call, ".", " ")
		if words := spaced(op.ID, ""); op.ID != "" && len(words) <= short && op.Doc == "" {
			title = words
		}
	}
	if op.Streaming == nil && op.Result.Kind == model.ItemsResult && strings.HasSuffix(op.Name.Go, "Streaming") {
		title += " (streaming)"
	}
	r := []rune(title)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// spaced is a name in words, with a capital: "Secrets store".
func spaced(spec, goName string) string {
	words := ident.Words(spec)
	if len(words) == 0 {
		words = ident.Words(goName)
	}
	for i, w := range words {
		switch {
		case ident.IsInitialism(strings.ToLower(w)):
			words[i] = strings.ToUpper(w)
		case i == 0 && w != "":
			r := []rune(w)
			words[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
		}
	}
	return strings.Join(words, " ")
}

// addTypes adds a page for each type that is not shown elsewhere, and one for
// each package of them.
func (s *site) addTypes() {
	top := &page{path: "types/index.html", title: "Types", label: "Types", about: "Every type of the SDK, by package.", listing: &listing{}}
	byPackage := map[*model.Package]*page{}
	var packages []*page
	var types []*page
	for _, d := range s.decls {
		decl := d.Declaration()
		if s.isLocal(d) || decl.Package == nil {
			continue
		}
		if a, ok := d.(*model.Alias); ok && a.Moved {
			continue
		}
		pkg := byPackage[decl.Package]
		if pkg == nil {
			name := decl.Package.Name
			dir := s.claim("types/", strings.ReplaceAll(cmp.Or(decl.Package.Path, name), "/", ".")) + "/"
			pkg = &page{path: dir + "index.html", title: "Package " + name, label: name, crumbs: []*page{top}, listing: &listing{pkg: decl.Package}}
			pkg.about = "The types of package " + name + "."
			byPackage[decl.Package] = pkg
			packages = append(packages, pkg)
		}
		p := &page{
			path:  s.claim(strings.TrimSuffix(pkg.path, "index.html"), decl.Name.Go) + ".html",
			title: decl.Name.Go, label: decl.Name.Go, decl: d, crumbs: []*page{top, pkg}, about: sentence(decl.Doc),
		}
		if p.about == "" {
			p.about = decl.Package.Name + "." + decl.Name.Go + ", " + article(kindOf(d)) + " of the SDK."
		}
		s.homes[decl] = home{page: p}
		types = append(types, p)
		pkg.listing.pages = append(pkg.listing.pages, p)
	}
	top.listing.pages = packages
	s.guides["types"] = top
	s.pages = append(append(append(s.pages, top), packages...), types...)
}

// article puts a or an before a noun.
func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// kindOf is the word for what a declaration is.
func kindOf(d model.Decl) string {
	switch d := d.(type) {
	case *model.Enum:
		return "enum"
	case *model.Union:
		return "union"
	case *model.Page:
		return "page"
	case *model.Alias:
		return "alias"
	case *model.Object:
		if d.Tuple {
			return "tuple"
		}
		return "struct"
	}
	return "type"
}

// A listing is a page that lists others.
type listing struct {
	pkg   *model.Package
	pages []*page
}
