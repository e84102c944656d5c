package build

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A view is a schema as one object: references followed, allOf merged, the
// dialects of OpenAPI 3.0 and JSON Schema 2020-12 made one.
type view struct {
	kinds         []string // the JSON types that are allowed, without null; empty: any
	nullable      bool
	format        string
	pattern       bool   // or another keyword that only strings have
	file          bool   // content with a media type of its own
	mediaType     string // of text that is a document of its own
	enum          []*spec.Node
	props         []*prop
	required      map[string]bool
	items         *spec.Node
	prefix        []*spec.Node
	extra         *spec.Node // additionalProperties, or the one schema of patternProperties
	closed        bool
	oneOf         [][]*spec.Node // each oneOf or anyOf that was met
	discriminator *spec.Node     // beside a oneOf or anyOf
	family        *family        // whose members are the first alternatives; nil if there is none
	base          bool           // what is being merged is a base of union variants
	deep          int            // in how many allOf it stands
	annotations
}

// A prop is a property. It has several nodes when several members of an allOf
// declare it.
type prop struct {
	name  string
	pos   diag.Pos
	nodes []*spec.Node
}

// annotations are the keywords that describe a value and do not restrict its
// type. The outermost one that is there wins.
type annotations struct {
	title, description   string
	deprecated           bool
	xml                  []*spec.Node // XML objects, the outermost first
	readOnly, writeOnly  bool
	sensitive            bool
	def                  *spec.Node
	minimum, maximum     *spec.Node
	exclusiveMinimum     *spec.Node // a number, as in JSON Schema
	exclusiveMaximum     *spec.Node
	minLength, maxLength *spec.Node
	minItems, maxItems   *spec.Node
}

// view merges schemas that all apply to one value.
func (b *builder) view(nodes ...*spec.Node) *view {
	v := &view{required: map[string]bool{}}
	seen := map[*spec.Node]bool{}
	for _, n := range nodes {
		b.merge(v, n, seen)
	}
	v.infer()
	return v
}

// merge adds what n says to v. Of keywords that cannot be combined the first
// one stays, so what stands nearer to the use wins.
func (b *builder) merge(v *view, n *spec.Node, seen map[*spec.Node]bool) {
	if n == nil || seen[n] {
		return
	}
	seen[n] = true
	if b.bases[n] && !v.base {
		v.base = true
		defer func() { v.base = false }()
	}
	if !n.Is(spec.Object) {
		return
	}
	// OpenAPI 3.0 ignores what stands beside a reference, 3.1 does not. People
	// who write it mean it, in either.
	b.mergeKeywords(v, n, seen)
	if n.Get("$ref").Is(spec.String) {
		target, err := b.doc.Deref(n)
		if err != nil {
			b.diags.Add(degrade(err))
		}
		b.merge(v, target, seen)
	}
}

// degrade makes a warning of the error that a schema's reference leads nowhere:
// what refers to it can still be typed as free-form. References that lead only
// to each other mean nothing at all and stay an error.
func degrade(err error) error {
	if d, ok := err.(*diag.Diagnostic); ok && d.Code != "ref-cycle" {
		loose := *d
		loose.Severity = diag.Warning
		return &loose
	}
	return err
}

func (b *builder) mergeKeywords(v *view, n *spec.Node, seen map[*spec.Node]bool) {
	if t := n.Get("type"); t != nil && len(v.kinds) == 0 {
		v.types(t)
	}
	if n.Get("nullable").True() || n.Get("x-nullable").True() {
		v.nullable = true
	}
	if f := n.Get("format").Text(); v.format == "" {
		v.format = f
	}
	for _, k := range []string{"pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType"} {
		v.pattern = v.pattern || n.Has(k)
	}
	if m := n.Get("contentMediaType").Text(); v.mediaType == "" {
		v.mediaType = m
	}
	v.file = v.file || n.Get("contentMediaType").Text() == "application/octet-stream" && !n.Has("contentEncoding")
	if n.Get("contentEncoding").Text() == "base64" && v.format == "" {
		v.format = "byte"
	}
	if e := n.Get("enum"); e.Is(spec.Array) && (v.enum == nil || e.Len() < len(v.enum)) {
		v.enum = e.Elements() // of two lists, both of which hold, the shorter says more
	}
	if c := n.Get("const"); c != nil {
		v.enum = []*spec.Node{c}
	}
	for _, name := range n.Get("required").Items() {
		v.required[name.Text()] = true
	}
	for _, m := range n.Get("properties").All() {
		v.addProp(m)
	}
	if items := n.Get("items"); items != nil && v.items == nil {
		v.items = items
	}
	for _, p := range n.Get("prefixItems").Items() {
		v.prefix = append(v.prefix, p)
	}
	b.additional(v, n)
	for _, k := range []string{"oneOf", "anyOf"} {
		if list := n.Get(k); list.Len() > 0 && !v.base {
			v.oneOf = append(v.oneOf, list.Elements())
			if d := n.Get("discriminator"); d.Is(spec.Object) && v.discriminator == nil {
				v.discriminator = d
			}
		}
	}
	if v.deep == 0 && len(v.oneOf) == 0 && !v.base { // else it is only a part of what it is
		if v.family = b.familyOf(n); v.family != nil {
			v.oneOf, v.discriminator = append(v.oneOf, v.family.members), n.Get("discriminator")
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
		b.merge(v, part, seen)
	}
	v.deep -= deeper
}

// additional reads what members there can be beside the properties. A name that
// has a pattern is one of them, so that a schema with patterns is never closed.
func (b *builder) additional(v *view, n *spec.Node) {
	var schemas []*spec.Node
	for _, schema := range n.Get("patternProperties").Members() {
		if !schema.False() {
			schemas = append(schemas, schema)
		}
	}
	a := n.Get("additionalProperties")
	if a.False() {
		v.closed = v.closed || len(schemas) == 0
	}
	switch {
	case v.extra != nil:
	case a.True(), a.Is(spec.Object) && (a.Len() == 0 || len(schemas) == 0):
		v.extra = a
	case len(schemas) == 1 && !a.Is(spec.Object):
		v.extra = schemas[0]
	case len(schemas) > 0:
		if b.extras[n] == nil { // always the same one, so that it is one type
			if a.Is(spec.Object) {
				schemas = append(schemas, a)
			}
			b.extras[n] = spec.NewAnyOf(n.Pos(), schemas...)
		}
		v.extra = b.extras[n]
	}
}

// types reads the type keyword, which may be a list.
func (v *view) types(t *spec.Node) {
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
			v.nullable = true
		case "object", "array", "string", "integer", "number", "boolean":
			if !slices.Contains(v.kinds, name) {
				v.kinds = append(v.kinds, name)
			}
		case "file":
			v.kinds, v.format = append(v.kinds, "string"), "binary"
		}
	}
}

func (v *view) addProp(m spec.Member) {
	for _, p := range v.props {
		if p.name == m.Name {
			if !slices.Contains(p.nodes, m.Value) {
				p.nodes = append(p.nodes, m.Value)
			}
			return
		}
	}
	v.props = append(v.props, &prop{name: m.Name, pos: m.Pos, nodes: []*spec.Node{m.Value}})
}

func (v *view) annotate(n *spec.Node) {
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
	text(&v.title, "title")
	text(&v.description, "description")
	flag(&v.deprecated, "deprecated")
	flag(&v.readOnly, "readOnly")
	flag(&v.writeOnly, "writeOnly")
	flag(&v.sensitive, "x-sensitive")
	value(&v.def, "default")
	value(&v.minimum, "minimum")
	value(&v.maximum, "maximum")
	value(&v.exclusiveMinimum, "exclusiveMinimum")
	value(&v.exclusiveMaximum, "exclusiveMaximum")
	value(&v.minLength, "minLength")
	value(&v.maxLength, "maxLength")
	value(&v.minItems, "minItems")
	value(&v.maxItems, "maxItems")
}

// infer completes a schema that leaves its type out, as many do, from the
// keywords that only one type has, and else from its values.
func (v *view) infer() {
	if len(v.kinds) > 0 {
		return
	}
	switch {
	case len(v.props) > 0 || v.extra != nil || v.closed:
		v.kinds = []string{"object"}
	case v.items != nil || len(v.prefix) > 0:
		v.kinds = []string{"array"}
	case v.enum != nil:
		for _, e := range v.enum {
			if kind := kindOf(e); kind != "" && !slices.Contains(v.kinds, kind) {
				v.kinds = append(v.kinds, kind)
			}
		}
	case len(v.oneOf) == 0 && (v.pattern || stringFormat(v.format)):
		v.kinds = []string{"string"}
	case len(v.oneOf) == 0 && (v.minimum != nil || v.maximum != nil):
		v.kinds = []string{"number"}
	}
}

// kindOf returns the JSON type of a value, "" for null.
func kindOf(n *spec.Node) string {
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

// is reports whether v allows one JSON type only, null aside.
func (v *view) is(kind string) bool { return len(v.kinds) == 1 && v.kinds[0] == kind }

// prop returns a property by name, nil if v has none.
func (v *view) prop(name string) *prop {
	for _, p := range v.props {
		if p.name == name {
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
