package schema

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A View is a schema as one object: references followed, allOf merged, the
// dialects of OpenAPI 3.0 and JSON Schema 2020-12 made one.
type View struct {
	Kinds         []string // the JSON types that are allowed, without null; empty: any
	Nullable      bool
	Format        string
	pattern       bool // or another keyword that only strings have
	patterns      []string
	File          bool   // content with a media type of its own
	MediaType     string // of text that is a document of its own
	Enum          []*spec.Node
	Props         []*Prop
	Required      map[string]bool
	Items         *spec.Node
	Prefix        []*spec.Node
	Extra         *spec.Node // additionalProperties, or the one schema of patternProperties
	Closed        bool
	OneOf         [][]*spec.Node // each oneOf or anyOf that was met
	Discriminator *spec.Node     // beside a oneOf or anyOf
	Family        *Family        // whose members are the first alternatives; nil if there is none
	base          bool           // what is being merged is a base of union variants
	deep          int            // in how many allOf it stands
	annotations
}

// A Prop is a property. It has several nodes when several members of an allOf
// declare it.
type Prop struct {
	Name  string
	Pos   diag.Pos
	Nodes []*spec.Node
}

// annotations are the keywords that describe a value and do not restrict its
// type. The outermost one that is there wins.
type annotations struct {
	Title, Description   string
	Deprecated           bool
	Reason               string       // why it is deprecated
	xml                  []*spec.Node // XML objects, the outermost first
	ReadOnly, WriteOnly  bool
	Sensitive            bool
	Def                  *spec.Node
	Minimum, Maximum     *spec.Node
	ExclusiveMinimum     *spec.Node // a number, as in JSON Schema
	ExclusiveMaximum     *spec.Node
	minLength, maxLength *spec.Node
	MinItems, MaxItems   *spec.Node
}

// View merges schemas that all apply to one value.
func (f *Facts) View(nodes ...*spec.Node) *View {
	v := &View{Required: map[string]bool{}}
	seen := map[*spec.Node]bool{}
	for _, n := range nodes {
		f.merge(v, n, seen)
	}
	v.infer()
	return v
}

// merge adds what n says to v. Of keywords that cannot be combined the first
// one stays, so what stands nearer to the use wins.
func (f *Facts) merge(v *View, n *spec.Node, seen map[*spec.Node]bool) {
	if n == nil || seen[n] {
		return
	}
	seen[n] = true
	if f.bases[n] && !v.base {
		v.base = true
		defer func() { v.base = false }()
	}
	if !n.Is(spec.Object) {
		return
	}
	// OpenAPI 3.0 ignores what stands beside a reference, 3.1 does not. People
	// who write it mean it, in either.
	f.mergeKeywords(v, n, seen)
	if n.Get("$ref").Is(spec.String) {
		target, err := f.doc.Deref(n)
		if err != nil {
			f.diags.Add(spec.Loosen(err))
		}
		f.merge(v, target, seen)
	}
}

func (f *Facts) mergeKeywords(v *View, n *spec.Node, seen map[*spec.Node]bool) {
	if t := n.Get("type"); t != nil && len(v.Kinds) == 0 {
		v.types(t)
	}
	if n.Get("nullable").True() || n.Get("x-nullable").True() {
		v.Nullable = true
	}
	if format := n.Get("format").Text(); v.Format == "" {
		v.Format = format
	}
	for _, k := range []string{"pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType"} {
		v.pattern = v.pattern || n.Has(k)
	}
	if p := n.Get("pattern").Text(); p != "" {
		v.patterns = append(v.patterns, p)
	}
	if m := n.Get("contentMediaType").Text(); v.MediaType == "" {
		v.MediaType = m
	}
	v.File = v.File || n.Get("contentMediaType").Text() == "application/octet-stream" && !n.Has("contentEncoding")
	if n.Get("contentEncoding").Text() == "base64" && v.Format == "" {
		v.Format = "byte"
	}
	if e := n.Get("enum"); e.Is(spec.Array) && (v.Enum == nil || e.Len() < len(v.Enum)) {
		v.Enum = e.Elements() // of two lists, both of which hold, the shorter says more
	}
	if c := n.Get("const"); c != nil {
		v.Enum = []*spec.Node{c}
	}
	for _, name := range n.Get("required").Items() {
		v.Required[name.Text()] = true
	}
	for _, m := range n.Get("properties").All() {
		v.addProp(m)
	}
	if items := n.Get("items"); items != nil && v.Items == nil {
		v.Items = items
	}
	for _, p := range n.Get("prefixItems").Items() {
		v.Prefix = append(v.Prefix, p)
	}
	f.additional(v, n)
	for _, k := range []string{"oneOf", "anyOf"} {
		if list := n.Get(k); list.Len() > 0 && !v.base {
			v.OneOf = append(v.OneOf, list.Elements())
			if d := n.Get("discriminator"); d.Is(spec.Object) && v.Discriminator == nil {
				v.Discriminator = d
			}
		}
	}
	if v.deep == 0 && len(v.OneOf) == 0 && !v.base { // else it is only a part of what it is
		if v.Family = f.familyOf(n); v.Family != nil {
			v.OneOf, v.Discriminator = append(v.OneOf, v.Family.Members), n.Get("discriminator")
		}
	}
	v.annotate(n)
	parts := n.Get("allOf").Elements()
	if len(parts) == 0 {
		return
	}
	deeper := 1
	if wrapped(n) != nil {
		deeper = 0 // it is all that its one part is
	}
	v.deep += deeper
	for _, part := range parts {
		f.merge(v, part, seen)
	}
	v.deep -= deeper
}

// additional reads what members there can be beside the properties. A name that
// has a pattern is one of them, so that a schema with patterns is never closed.
func (f *Facts) additional(v *View, n *spec.Node) {
	var schemas []*spec.Node
	for _, schema := range n.Get("patternProperties").Members() {
		if !schema.False() {
			schemas = append(schemas, schema)
		}
	}
	a := n.Get("additionalProperties")
	if a.False() {
		v.Closed = v.Closed || len(schemas) == 0
	}
	switch {
	case v.Extra != nil:
	case a.True(), a.Is(spec.Object) && (a.Len() == 0 || len(schemas) == 0):
		v.Extra = a
	case len(schemas) == 1 && !a.Is(spec.Object):
		v.Extra = schemas[0]
	case len(schemas) > 0:
		if f.extras[n] == nil { // always the same one, so that it is one type
			if a.Is(spec.Object) {
				schemas = append(schemas, a)
			}
			f.extras[n] = spec.NewAnyOf(n.Pos(), schemas...)
		}
		v.Extra = f.extras[n]
	}
}

// types reads the type keyword, which may be a list.
func (v *View) types(t *spec.Node) {
	names := []string{t.Text()}
	if t.Is(spec.Array) {
		names = nil
		for _, item := range t.Items() {
			names = append(names, item.Text())
		}
	}
	for _, name := range names {
		switch name {
		case "null":
			v.Nullable = true
		case "object", "array", "string", "integer", "number", "boolean":
			if !slices.Contains(v.Kinds, name) {
				v.Kinds = append(v.Kinds, name)
			}
		case "file":
			v.Kinds, v.Format = append(v.Kinds, "string"), "binary"
		}
	}
}

func (v *View) addProp(m spec.Member) {
	for _, p := range v.Props {
		if p.Name == m.Name {
			if !slices.Contains(p.Nodes, m.Value) {
				p.Nodes = append(p.Nodes, m.Value)
			}
			return
		}
	}
	v.Props = append(v.Props, &Prop{Name: m.Name, Pos: m.Pos, Nodes: []*spec.Node{m.Value}})
}

func (v *View) annotate(n *spec.Node) {
	text := func(to *string, key string) {
		if *to == "" && n.Get(key).Is(spec.String) {
			*to = n.Get(key).Text()
		}
	}
	flag := func(to *bool, key string) { *to = *to || n.Get(key).True() }
	value := func(to **spec.Node, key string) {
		if *to == nil {
			*to = n.Get(key)
		}
	}
	if x := n.Get("xml"); x.Is(spec.Object) {
		v.xml = append(v.xml, x)
	}
	text(&v.Title, "title")
	text(&v.Description, "description")
	flag(&v.Deprecated, "deprecated")
	if v.Reason == "" {
		v.Reason = DeprecatedReason(n)
	}
	flag(&v.ReadOnly, "readOnly")
	flag(&v.WriteOnly, "writeOnly")
	flag(&v.Sensitive, "x-sensitive")
	value(&v.Def, "default")
	value(&v.Minimum, "minimum")
	value(&v.Maximum, "maximum")
	value(&v.ExclusiveMinimum, "exclusiveMinimum")
	value(&v.ExclusiveMaximum, "exclusiveMaximum")
	value(&v.minLength, "minLength")
	value(&v.maxLength, "maxLength")
	value(&v.MinItems, "minItems")
	value(&v.MaxItems, "maxItems")
}

// infer completes a schema that leaves its type out, as many do, from the
// keywords that only one type has, and else from its values.
func (v *View) infer() {
	if len(v.Kinds) > 0 {
		return
	}
	switch {
	case len(v.Props) > 0 || v.Extra != nil || v.Closed:
		v.Kinds = []string{"object"}
	case v.Items != nil || len(v.Prefix) > 0:
		v.Kinds = []string{"array"}
	case v.Enum != nil:
		for _, e := range v.Enum {
			if kind := KindOf(e); kind != "" && !slices.Contains(v.Kinds, kind) {
				v.Kinds = append(v.Kinds, kind)
			}
		}
	case len(v.OneOf) == 0 && (v.pattern || stringFormat(v.Format)):
		v.Kinds = []string{"string"}
	case len(v.OneOf) == 0 && (v.Minimum != nil || v.Maximum != nil):
		v.Kinds = []string{"number"}
	}
}

// KindOf returns the JSON type of a value, "" for null.
func KindOf(n *spec.Node) string {
	switch n.Kind() {
	case spec.String:
		return "string"
	case spec.Bool:
		return "boolean"
	case spec.Number:
		if _, ok := n.Int(); ok || strings.Trim(n.Text(), "-0123456789") == "" {
			return "integer"
		}
		return "number"
	case spec.Array:
		return "array"
	case spec.Object:
		return "object"
	}
	return ""
}

func stringFormat(format string) bool {
	switch format {
	case "date-time", "date", "byte", "binary", "password", "uuid", "uri", "email", "hostname", "ipv4", "ipv6":
		return true
	}
	return false
}

// Is reports whether v allows one JSON type only, null aside.
func (v *View) Is(kind string) bool { return len(v.Kinds) == 1 && v.Kinds[0] == kind }

// Prop returns a property by name, nil if v has none.
func (v *View) Prop(name string) *Prop {
	for _, p := range v.Props {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// isAnnotation reports whether a keyword says nothing of a value's type, so
// that what it stands beside keeps its identity.
func isAnnotation(key string) bool {
	switch key {
	case "title", "description", "deprecated", "readOnly", "writeOnly", "default", "example", "examples",
		"nullable", "externalDocs", "xml", "minLength", "maxLength", "pattern", "minItems", "maxItems",
		"uniqueItems", "minimum", "maximum", "minProperties", "maxProperties", "$comment", "$schema", "$id", "$anchor":
		return true
	}
	return len(key) > 2 && key[:2] == "x-"
}

// OnlyValue returns the one value that v allows, if that is a text, a number or a
// boolean.
func (v *View) OnlyValue() (*spec.Node, bool) {
	if len(v.Enum) != 1 || v.AllowsNull() || len(v.OneOf) > 0 {
		return nil, false
	}
	only := v.Enum[0]
	return only, only.Is(spec.String) || only.Is(spec.Number) || only.Is(spec.Bool)
}
