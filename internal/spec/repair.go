package spec

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// This file mends the shape of a description where it is clear what was meant:
// a list of one that is not written as a list, a number in quotes, a null. Each
// repair is a warning, but for text that YAML takes for a number or a boolean,
// where nothing was ever in doubt. What a description means, and whether it
// makes sense, is not judged here.

// want is what a plain member should be.
type want uint8

const (
	text    want = iota // a string
	boolean             // true or false
	number              // a number
	count               // an integer from 0
	bound               // a number, or a boolean as OpenAPI 3.0 has it
	texts               // a list of strings
	values              // a list
)

// plain has the members that have no shape of their own, but of which it is
// known what they should be.
var plain = []struct {
	in      shape
	want    want
	members string
}{
	{descriptionShape, values, "security"},
	{infoShape, text, "title summary description termsOfService version"},
	{contactShape, text, "name url email"},
	{licenseShape, text, "name identifier url"},
	{externalDocsShape, text, "description url"},
	{tagShape, text, "name summary description parent kind"},
	{serverShape, text, "url description name"},
	{serverVariableShape, text, "default description"},
	{serverVariableShape, texts, "enum"},
	{pathItemShape, text, "summary description"},
	{operationShape, text, "operationId summary description"},
	{operationShape, boolean, "deprecated"},
	{operationShape, texts, "tags"},
	{operationShape, values, "security"},
	{parameterShape, text, "name in style description"},
	{parameterShape, boolean, "required deprecated explode allowReserved allowEmptyValue"},
	{requestBodyShape, text, "description"},
	{requestBodyShape, boolean, "required"},
	{responseShape, text, "description summary"},
	{headerShape, text, "style description"},
	{headerShape, boolean, "required deprecated explode"},
	{encodingShape, text, "contentType style"},
	{encodingShape, boolean, "explode allowReserved"},
	{exampleShape, text, "summary description externalValue"},
	{linkShape, text, "operationId operationRef description"},
	{schemaShape, text, "title description format pattern contentEncoding contentMediaType $comment"},
	{schemaShape, boolean, "nullable readOnly writeOnly deprecated uniqueItems"},
	{schemaShape, number, "minimum maximum multipleOf"},
	{schemaShape, bound, "exclusiveMinimum exclusiveMaximum"},
	{schemaShape, count, "minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains"},
	{schemaShape, texts, "required"},
	{schemaShape, values, "enum examples"},
	{discriminatorShape, text, "propertyName"},
	{xmlShape, text, "name namespace prefix nodeType"},
	{xmlShape, boolean, "attribute wrapped"},
	{securitySchemeShape, text, "type description name in scheme bearerFormat openIdConnectUrl"},
	{flowShape, text, "authorizationUrl tokenUrl refreshUrl"},
}

// spellings has the members that must be one of a few words. Another case of
// one is a slip.
var spellings = []struct {
	in            shape
	member, words string
}{
	{parameterShape, "in", "query querystring header path cookie"},
	{parameterShape, "style", "form simple label matrix spaceDelimited pipeDelimited deepObject"},
	{schemaShape, "type", "string number integer boolean array object null"},
	{securitySchemeShape, "type", "apiKey http oauth2 openIdConnect mutualTLS"},
	{securitySchemeShape, "in", "query header cookie"},
}

// renames has the names of members that are spelled the wrong way, by the
// shape of the object that they are in.
var renames = []struct {
	in   shape
	code string
	name func(string) string
	why  string
}{
	{pathsShape, "path-slash", withSlash, "a path starts with a slash and has no blank around it"},
	{pathItemShape, "method-case", lowerMethod, "methods are written in lower case"},
	{responsesShape, "status-case", statusCode, "a range of status codes has capitals, default has none, and neither has spaces"},
}

// rewrites has the repairs that need more than a table.
var rewrites = []struct {
	in shape
	do func(*repairer, *Node)
}{
	{requestBodyShape, (*repairer).mediaTypes},
	{responseShape, (*repairer).mediaTypes},
	{schemaShape, (*repairer).propertyRequired},
	{schemaShape, (*repairer).typeNull},
	{schemaShape, (*repairer).typeWord},
	{schemaShape, (*repairer).itemsList},
	{parameterShape, (*repairer).schemaOrContent},
	{headerShape, (*repairer).schemaOrContent},
}

// refHere has the shapes that may be a reference.
var refHere = [shapeCount]bool{
	pathItemShape: true, parameterShape: true, requestBodyShape: true, responseShape: true, headerShape: true,
	mediaTypeShape: true, exampleShape: true, linkShape: true, callbackShape: true, schemaShape: true,
	securitySchemeShape: true,
}

// A repairer goes through a description.
type repairer struct {
	*Document
	joined    bool // what was misplaced took the place of a reference
	plain     [shapeCount]map[string]want
	spellings [shapeCount]map[string][]string
}

// repair mends the shape of the document and of all to which it refers.
func (d *Document) repair() {
	r := repairer{Document: d}
	for _, p := range plain {
		if r.plain[p.in] == nil {
			r.plain[p.in] = map[string]want{}
		}
		for name := range strings.FieldsSeq(p.members) {
			r.plain[p.in][name] = p.want
		}
	}
	for _, s := range spellings {
		if r.spellings[s.in] == nil {
			r.spellings[s.in] = map[string][]string{}
		}
		r.spellings[s.in][s.member] = strings.Fields(s.words)
	}
	d.visit(d.Root, descriptionShape, r.object)
	if r.joined && d.Root.size(map[*Node]int{}, d.files.limits.Nodes) > d.files.limits.Nodes {
		d.list.Add(tooMuch(d.Root.pos, "--max-nodes", "with what it refers to, the description has more than %d values", d.files.limits.Nodes))
	}
}

// object mends one node. Its members are new where they change, since YAML may
// have others share them.
func (r *repairer) object(n *Node, s shape) {
	if !n.Is(Object) {
		return
	}
	changed := false
	members := n.members
	for i := range members {
		m := r.member(members[i], s)
		if m != members[i] {
			if !changed {
				changed, members = true, slices.Clone(members)
			}
			members[i] = m
		}
	}
	if changed {
		n.setMembers(slices.DeleteFunc(members, func(m Member) bool { return m.Value == nil }))
	}
	for _, rename := range renames {
		if rename.in == s {
			r.rename(n, rename.code, rename.why, rename.name)
		}
	}
	for _, rewrite := range rewrites {
		if rewrite.in == s {
			rewrite.do(r, n)
		}
	}
}

// warn reports a repair.
func (r *repairer) warn(pos diag.Pos, code, format string, args ...any) {
	r.list.Warningf(pos, code, format, args...)
}

// member returns what a member of an object of shape s should be, without a
// value if it should not be at all.
func (r *repairer) member(m Member, s shape) Member {
	if f := s.member(m.Name); f.shape != unknown {
		m.Value = r.shaped(m, f)
		return m
	}
	if w, ok := r.plain[s][m.Name]; ok && m.Value.Kind() != Null {
		m.Value = r.wanted(m, w)
	}
	if words := r.spellings[s][m.Name]; words != nil {
		m.Value = r.spelled(m, words)
	}
	return m
}

// shaped mends the value of a member that the grammar knows.
func (r *repairer) shaped(m Member, f field) *Node {
	v := m.Value
	switch {
	case !v.Is(Null):
	case f.every:
		return r.nothing(m.Name, v)
	default:
		r.warn(v.pos, "null-value", "%s is null; it is read as if it were not there", m.Name)
		return nil
	}
	if refOf(v) != nil && (f.holds == Object || f.holds == Array || !refHere[f.shape]) {
		if v = r.misplaced(naming(m.Name, f), v, f.shape == operationShape); v == nil {
			return nil
		}
	}
	switch f.holds {
	case Array:
		return r.listOf(m.Name, v, f.shape)
	case Object:
		return r.named(m.Name, v, f.shape)
	}
	return r.single(m.Name, v, f.shape)
}

// naming is how a message names a member that is one thing: by what it is, so that
// a warning which many members get is the same for all of them.
func naming(name string, f field) string {
	if f.holds == 0 && words[f.shape] != "" {
		return f.shape.String()
	}
	return name
}

// misplaced returns what a reference leads to that may not be one, to take its
// place. People split descriptions that way, and some tools join them again. One
// that leads nowhere is a warning, unless what is lost is needed.
func (r *repairer) misplaced(name string, v *Node, needed bool) *Node {
	to, err := r.Deref(v)
	switch {
	case err != nil && needed:
		r.list.Add(err)
		return nil
	case err != nil:
		r.list.Add(Loosen(err))
		return nil
	case to.contains(v, map[*Node]bool{}):
		r.list.Errorf(refOf(v).pos, "ref-cycle", "%q leads to what it is part of, where no reference may be", refOf(v).text)
		return nil
	}
	r.warn(refOf(v).pos, "misplaced-ref", "%s may not be a reference; it is read as if what it leads to stood here", name)
	r.joined = true
	return to
}

// listOf mends a list of things that have a shape.
func (r *repairer) listOf(name string, v *Node, s shape) *Node {
	switch v.kind {
	case Array:
	case Object:
		r.warn(v.pos, "not-a-list", "%s must be a list; it is read as a list of this one", name)
		return newArray(v.pos, v)
	default:
		r.warn(v.pos, "not-a-list", "%s must be a list, not %s; it is ignored", name, v.kind)
		return nil
	}
	items, changed := slices.Clone(v.items), false
	for i, item := range items {
		if item.Is(Null) {
			r.warn(item.pos, "null-value", "an element of %s is null; it is ignored", name)
			items[i] = nil
		} else {
			items[i] = r.single("an element of "+name, item, s)
		}
		changed = changed || items[i] != item
	}
	if !changed {
		return v
	}
	return &Node{kind: Array, pos: v.pos, items: slices.DeleteFunc(items, func(n *Node) bool { return n == nil })}
}

// named mends an object of things that have a shape. None of them is dropped,
// since its name says that something is there.
func (r *repairer) named(name string, v *Node, s shape) *Node {
	switch {
	case v.Is(Array) && v.Len() == 0: // how PHP writes an empty object
		r.warn(v.pos, "not-an-object", "%s must be an object, not an empty array; it is read as one", name)
		return NewObject(v.pos)
	case !v.Is(Object):
		r.warn(v.pos, "not-an-object", "%s must be an object, not %s; it is ignored", name, v.kind)
		return nil
	}
	members, changed := v.members, false
	for i, m := range v.members {
		value := m.Value
		if value.Is(Null) {
			value = r.nothing(m.Name, value)
		} else if value = r.single(strconv.Quote(m.Name), value, s); value == nil {
			value = NewObject(m.Value.pos)
		}
		if value != m.Value {
			if !changed {
				changed, members = true, slices.Clone(members)
			}
			members[i].Value = value
		}
	}
	if changed {
		v = NewObject(v.pos)
		v.setMembers(members)
	}
	return v
}

// nothing returns what a null stands for that has a name of the description's
// own, and so must be something.
func (r *repairer) nothing(name string, v *Node) *Node {
	r.warn(v.pos, "null-value", "%q is null; it is read as {}", name)
	return NewObject(v.pos)
}

// shorthands has the member for which a string stands where there should be an
// object.
var shorthands = [shapeCount]string{serverShape: "url", tagShape: "name", schemaShape: "type", discriminatorShape: "propertyName"}

// single mends one thing that has a shape, which must be an object unless it
// is a schema.
func (r *repairer) single(name string, v *Node, s shape) *Node {
	if refOf(v) != nil && !refHere[s] {
		if v = r.misplaced(name, v, false); v == nil {
			return nil
		}
	}
	switch {
	case v.Is(Object), s == schemaShape && v.Is(Bool):
		return v
	case s == schemaShape && v.Is(Array) && name == "items":
		return v // see itemsList
	case s == schemaShape && (v.text == "true" || v.text == "false"):
		r.warn(v.pos, "boolean-in-quotes", "%s is %s in quotes; it is read as without", name, v.text)
		return newBool(v.pos, v.text == "true")
	case v.Is(String) && shorthands[s] != "" && (s != schemaShape || jsonType.MatchString(v.text)):
		r.warn(v.pos, "not-an-object", "%s must be %s, not a string; it is read as %s: %s", name, s, shorthands[s], v.text)
		return NewObject(v.pos, member(shorthands[s], v))
	case s == exampleShape:
		r.warn(v.pos, "not-an-object", "%s must be an example, not %s; it is read as the value of one", name, v.kind)
		return NewObject(v.pos, member("value", v))
	case v.Is(Array) && v.Len() == 0:
		r.warn(v.pos, "not-an-object", "%s must be an object, not an empty array; it is read as one", name)
		return NewObject(v.pos)
	}
	r.warn(v.pos, "not-an-object", "%s must be %s, not %s; it is ignored", name, s, v.kind)
	return nil
}

var (
	jsonType   = regexp.MustCompile(`^(?:string|number|integer|boolean|array|object|null)$`)
	jsonNumber = regexp.MustCompile(`^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$`)
)

// wanted mends the value of a plain member. It is nil if there is no telling
// what it means.
func (r *repairer) wanted(m Member, w want) *Node {
	v := m.Value
	switch w {
	case text:
		return r.asText(m.Name, v)
	case boolean:
		return r.asBoolean(m.Name, v)
	case number:
		return r.asNumber(m.Name, v)
	case count:
		return r.asCount(m.Name, v)
	case bound:
		if v.Is(Bool) || v.text == "true" || v.text == "false" {
			return r.asBoolean(m.Name, v)
		}
		return r.asNumber(m.Name, v)
	}
	// A schema's required may be the slip of which propertyRequired knows.
	if m.Name == "required" && (v.True() || v.False()) {
		return v
	}
	if !v.Is(Array) {
		if w == texts && !v.Is(String) && !v.Is(Number) {
			r.warn(v.pos, "not-a-list", "%s must be a list, not %s; it is ignored", m.Name, v.kind)
			return nil
		}
		r.warn(v.pos, "not-a-list", "%s must be a list; it is read as a list of this one", m.Name)
		v = newArray(v.pos, v)
	}
	if w == values || !slices.ContainsFunc(v.items, func(n *Node) bool { return !n.Is(String) }) {
		return v
	}
	var items []*Node
	for _, item := range v.items {
		if item = r.asText("an element of "+m.Name, item); item.Is(Null) {
			r.warn(item.pos, "null-value", "an element of %s is null; it is ignored", m.Name)
		} else if item != nil {
			items = append(items, item)
		}
	}
	return newArray(v.pos, items...)
}

// asText returns v as a string.
func (r *repairer) asText(name string, v *Node) *Node {
	switch v.kind {
	case String, Null:
		return v
	case Number, Bool:
		return newString(v.pos, v.text)
	}
	r.warn(v.pos, "not-text", "%s must be text, not %s; it is ignored", name, v.kind)
	return nil
}

// asBoolean returns v as a boolean.
func (r *repairer) asBoolean(name string, v *Node) *Node {
	word := strings.ToLower(strings.TrimSpace(v.text))
	switch {
	case v.Is(Bool):
		return v
	case v.Is(String) && (word == "true" || word == "false"):
		r.warn(v.pos, "boolean-in-quotes", "%s is %s in quotes; it is read as without", name, word)
		return newBool(v.pos, word == "true")
	case v.Is(String) && (word == "yes" || word == "no"):
		r.warn(v.pos, "not-a-boolean", "%s is %s, which YAML takes for text; it is read as %t", name, word, word == "yes")
		return newBool(v.pos, word == "yes")
	}
	r.warn(v.pos, "not-a-boolean", "%s must be true or false, not %s; it is ignored", name, v.kind)
	return nil
}

// asNumber returns v as a number.
func (r *repairer) asNumber(name string, v *Node) *Node {
	digits := strings.TrimSpace(v.text)
	switch {
	case v.Is(Number):
		return v
	case v.Is(String) && jsonNumber.MatchString(digits):
		r.warn(v.pos, "number-in-quotes", "%s is %s in quotes; it is read as without", name, digits)
		return &Node{kind: Number, pos: v.pos, text: digits}
	}
	r.warn(v.pos, "not-a-number", "%s must be a number, not %s; it is ignored", name, v.kind)
	return nil
}

// asCount returns v as an integer from 0.
func (r *repairer) asCount(name string, v *Node) *Node {
	v = r.asNumber(name, v)
	if v == nil || decimal.MatchString(v.text) {
		return v
	}
	if i, ok := v.Int(); ok && i >= 0 {
		return &Node{kind: Number, pos: v.pos, text: string(strconv.AppendInt(nil, i, 10))}
	}
	r.warn(v.pos, "not-a-count", "%s must be an integer from 0, not %s; it is ignored", name, v.text)
	return nil
}

var decimal = regexp.MustCompile(`^[0-9]+$`)

// spelled returns a word in the case that it should have, or likewise those of
// a list.
func (r *repairer) spelled(m Member, words []string) *Node {
	v := m.Value
	if v.Is(Array) {
		items, changed := slices.Clone(v.items), false
		for i, item := range items {
			items[i] = r.spelled(Member{Name: m.Name, Value: item}, words)
			changed = changed || items[i] != item
		}
		if changed {
			return newArray(v.pos, items...)
		}
		return v
	}
	if !v.Is(String) || slices.Contains(words, v.text) {
		return v
	}
	for _, word := range words {
		if strings.EqualFold(word, strings.TrimSpace(v.text)) {
			r.warn(v.pos, "spelling", "%s is %q; it is read as %q", m.Name, v.text, word)
			return newString(v.pos, word)
		}
	}
	return v
}

// rename gives members the name that they should have, unless another has it.
func (r *repairer) rename(n *Node, code, why string, name func(string) string) {
	members, changed := n.members, false
	for i, m := range n.members {
		right := name(m.Name)
		if right == m.Name || strings.HasPrefix(m.Name, "x-") || n.Has(right) {
			continue
		}
		r.warn(m.Pos, code, "%q is read as %q: %s", m.Name, right, why)
		if !changed {
			changed, members = true, slices.Clone(members)
		}
		members[i].Name = right
	}
	if changed {
		n.setMembers(members)
	}
}

// withSlash is the name of a path.
func withSlash(name string) string {
	name = strings.TrimSpace(name)
	if name == "$ref" || strings.HasPrefix(name, "/") {
		return name
	}
	return "/" + name
}

// lowerMethod is the name of a member of a path item.
func lowerMethod(name string) string {
	if lower := strings.ToLower(name); pathItemShape.member(lower).shape == operationShape {
		return lower
	}
	return name
}

// statusCode is the name of a response.
func statusCode(name string) string {
	name = strings.TrimSpace(name)
	switch {
	case len(name) == 3 && strings.EqualFold(name[1:], "xx"):
		return name[:1] + "XX"
	case strings.EqualFold(name, "default"):
		return "default"
	}
	return name
}

// mediaTypes completes the names of media types of which only the second half is
// there.
func (r *repairer) mediaTypes(n *Node) {
	if content := n.Get("content"); content.Is(Object) {
		r.rename(content, "media-type", "a media type has a type and a subtype (RFC 9110, section 8.3.1)", mediaType)
	}
}

// mediaType is the name of a member of content.
func mediaType(name string) string {
	if strings.Contains(name, "/") {
		return name
	}
	switch subtype := strings.ToLower(strings.TrimSpace(name)); subtype {
	case "json", "xml", "octet-stream", "x-www-form-urlencoded":
		return "application/" + subtype
	case "plain", "csv", "html", "event-stream":
		return "text/" + subtype
	case "form-data":
		return "multipart/" + subtype
	}
	return name
}

// propertyRequired moves a required: true on a property to the list of the
// object that has the property, which is where JSON Schema looks.
func (r *repairer) propertyRequired(n *Node) {
	var names []*Node
	for _, m := range n.Get("properties").All() {
		required := m.Value.Get("required")
		if !required.True() && !required.False() || m.Value.kind != Object {
			continue
		}
		if required.True() {
			r.warn(required.pos, "required-on-property", "required: true does not belong on a property; it is read as if the object had %q in its list of required properties", m.Name)
		} else {
			r.warn(required.pos, "required-on-property", "required: false does not belong on a property; it is ignored")
		}
		m.Value.drop("required")
		if required.True() {
			names = append(names, newString(required.pos, m.Name))
		}
	}
	if required := n.Get("required"); required.True() || required.False() {
		r.warn(required.pos, "required-on-schema", "required must be a list of names; %s is ignored", required.text)
		n.drop("required")
	}
	if len(names) == 0 {
		return
	}
	list := &Node{kind: Array, pos: names[0].pos}
	if had := n.Get("required"); had.Is(Array) {
		list.pos, list.items = had.pos, slices.Clone(had.items)
	}
	for _, name := range names {
		if !slices.ContainsFunc(list.items, func(n *Node) bool { return n.text == name.text }) {
			list.items = append(list.items, name)
		}
	}
	n.put("required", list)
}

// typeNull reads a null as the name of a type as the type null. In OpenAPI 3.0
// there is none, so it must be a name that was left out.
func (r *repairer) typeNull(n *Node) {
	switch t := n.Get("type"); t.Kind() {
	case Null:
		if r.Version < V31 {
			r.warn(t.pos, "null-value", "type is null; it is read as if it were not there")
			n.drop("type")
			return
		}
		r.warn(t.pos, "type-null", `type is null without quotes; it is read as "null"`)
		n.put("type", newString(t.pos, "null"))
	case Array:
		items, changed := slices.Clone(t.items), false
		for i, item := range items {
			if item.Is(Null) {
				r.warn(item.pos, "type-null", `a type is null without quotes; it is read as "null"`)
				items[i], changed = newString(item.pos, "null"), true
			}
		}
		if changed {
			n.put("type", newArray(t.pos, items...))
		}
	}
}

// typeWords has words of programming languages and formats that are taken for
// types, by what they are in JSON Schema.
var typeWords = map[string]struct{ kind, format string }{
	"bool": {"boolean", ""}, "str": {"string", ""}, "text": {"string", ""}, "list": {"array", ""},
	"map": {"object", ""}, "dict": {"object", ""}, "hash": {"object", ""},
	"int": {"integer", ""}, "int32": {"integer", "int32"}, "int64": {"integer", "int64"}, "long": {"integer", "int64"},
	"float": {"number", "float"}, "double": {"number", "double"}, "decimal": {"number", ""},
	"date": {"string", "date"}, "date-time": {"string", "date-time"}, "datetime": {"string", "date-time"}, "uuid": {"string", "uuid"},
}

// typeWord reads a type that is none as the one that it means, if that is
// clear, and else as if it were not there.
func (r *repairer) typeWord(n *Node) {
	t := n.Get("type")
	if !t.Is(String) || t.text == "file" || slices.Contains(r.spellings[schemaShape]["type"], t.text) {
		return
	}
	word, known := typeWords[strings.ToLower(t.text)]
	if !known {
		r.warn(t.pos, "schema-type", "there is no type %q; it is read as if it were not there", t.text)
		n.drop("type")
		return
	}
	r.warn(t.pos, "schema-type", "there is no type %q; it is read as %q", t.text, word.kind)
	n.put("type", newString(t.pos, word.kind))
	if word.format != "" && !n.Has("format") {
		n.put("format", newString(t.pos, word.format))
	}
}

// itemsList reads a list of schemas as items as one schema that each element
// fits: any of them. Some who write it mean that, and others mean the first
// element, the second and so on, which fit it too. Where nothing says that the
// value is an array at all, its authors mean the value itself: a message or
// null, and no list of one.
func (r *repairer) itemsList(n *Node) {
	items := n.Get("items")
	if !items.Is(Array) {
		return
	}
	list := r.listOf("items", items, schemaShape)
	t := n.Get("type")
	isArray := t.Text() == "array" || slices.ContainsFunc(t.Elements(), func(t *Node) bool { return t.Text() == "array" })
	if !isArray && list.Len() > 1 && !n.Has("anyOf") {
		r.warn(items.pos, "items-list", "items must be a schema, not a list of them, and nothing says that there is an array; it is read as anyOf")
		n.drop("items")
		n.put("anyOf", list)
		return
	}
	r.warn(items.pos, "items-list", "items must be a schema, not a list of them; it is read as one that any of them fits")
	switch list.Len() {
	case 0:
		n.drop("items")
	case 1:
		n.put("items", list.At(0))
	default:
		n.put("items", NewObject(items.pos, member("anyOf", list)))
	}
}

// schemaOrContent leaves a parameter one of the two ways to say what it is, the
// one that most people use.
func (r *repairer) schemaOrContent(n *Node) {
	if content := n.Get("content"); content != nil && n.Has("schema") {
		r.warn(content.pos, "schema-and-content", "there may be a schema or content, not both; the content is ignored")
		n.drop("content")
	}
}
