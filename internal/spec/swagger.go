package spec

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// A converter turns a description of version 2.0 into one of version 3.0.
//
// Schemas change where they are, so that who refers to one still gets the same
// node. All else is made anew around them, at the position of what it comes
// from, and done tells what became of it. References keep their text: what it
// leads to in the old tree is looked up in done.
type converter struct {
	*Document
	done     map[*Node]*Node
	schemas  map[*Node]bool
	consumes []*Node // by all operations that do not say otherwise
	produces []*Node
}

// convert turns the document into one of version 3.0.
func (d *Document) convert() {
	old := d.Root
	c := converter{
		Document: d,
		done:     map[*Node]*Node{},
		schemas:  map[*Node]bool{},
		consumes: mediaTypes(old.Get("consumes")),
		produces: mediaTypes(old.Get("produces")),
	}
	d.Root = c.description(old)
	d.converted, d.origins = c.done, map[*Node]*Node{}
	for from, to := range c.done {
		d.origins[to] = from
	}
	d.owner.raw, d.owner.root = old, d.Root
	d.owner.main.node = d.Root
}

// description converts the whole.
func (c *converter) description(old *Node) *Node {
	var members []Member
	once := map[string]bool{}
	for _, m := range old.members {
		switch m.Name {
		case "swagger", "openapi":
			members = append(members, Member{"openapi", m.Pos, newString(m.Value.pos, "3.0.3")})
		case "host", "basePath", "schemes":
			if servers := c.servers(old, old.Get("schemes")); servers != nil && !once["servers"] {
				members = append(members, Member{"servers", m.Pos, servers})
			}
			once["servers"] = true
		case "consumes", "produces":
		case "definitions", "parameters", "responses", "securityDefinitions":
			if !once["components"] {
				members = append(members, Member{"components", m.Pos, c.components(old, m.Value.pos)})
			}
			once["components"] = true
		case "paths":
			members = append(members, Member{m.Name, m.Pos, c.each(m.Value, c.pathItem)})
		default:
			members = append(members, m)
		}
	}
	return NewObject(old.pos, members...)
}

// each converts the values of an object, but for its extensions.
func (c *converter) each(n *Node, convert func(*Node) *Node) *Node {
	if !n.Is(Object) {
		return n
	}
	members := slices.Clone(n.members)
	for i, m := range members {
		if !strings.HasPrefix(m.Name, "x-") && m.Value.Is(Object) {
			members[i].Value = convert(m.Value)
		}
	}
	return NewObject(n.pos, members...)
}

// servers makes servers of the host, the base path and schemes, of which there
// may be none. It is nil if there is nothing to say.
func (c *converter) servers(old, schemes *Node) *Node {
	host, base := old.Get("host"), old.Get("basePath")
	path := strings.TrimSuffix(base.Text(), "/")
	if path != "" && path[0] != '/' {
		path = "/" + path
	}
	if host.Text() == "" {
		if base == nil {
			return nil
		}
		if path == "" {
			path = "/"
		}
		return newArray(base.pos, NewObject(base.pos, member("url", newString(base.pos, path))))
	}
	name := host.Text()
	if _, after, ok := strings.Cut(name, "://"); ok {
		name = after
	}
	name = strings.TrimSuffix(name, "/")
	servers := newArray(host.pos)
	for _, scheme := range schemes.Items() {
		if s := strings.ToLower(scheme.Text()); s != "" {
			servers.items = append(servers.items, NewObject(scheme.pos, member("url", newString(scheme.pos, s+"://"+name+path))))
		}
	}
	if servers.Len() == 0 {
		scheme := "https"
		if strings.HasPrefix(name, "localhost") || strings.HasPrefix(name, "127.") {
			scheme = "http"
		}
		servers.items = []*Node{NewObject(host.pos, member("url", newString(host.pos, scheme+"://"+name+path)))}
	}
	return servers
}

// components makes components of what is defined once for all.
func (c *converter) components(old *Node, pos diag.Pos) *Node {
	var members []Member
	for _, m := range old.members {
		switch m.Name {
		case "definitions":
			for _, s := range m.Value.Members() {
				c.schema(s)
			}
			members = append(members, Member{"schemas", m.Pos, m.Value})
		case "parameters":
			var kept []Member
			for _, p := range m.Value.All() {
				switch c.written(p.Value).Get("in").Text() {
				case "body", "formData": // which belong to the operations that use them
				default:
					kept = append(kept, Member{p.Name, p.Pos, c.parameter(p.Value)})
				}
			}
			if len(kept) > 0 {
				members = append(members, Member{m.Name, m.Pos, NewObject(m.Value.pos, kept...)})
			}
		case "responses":
			members = append(members, Member{m.Name, m.Pos, c.each(m.Value, func(n *Node) *Node { return c.response(n, c.produces) })})
		case "securityDefinitions":
			members = append(members, Member{"securitySchemes", m.Pos, c.each(m.Value, c.securityScheme)})
		}
	}
	return NewObject(pos, members...)
}

// pathItem converts a path item.
func (c *converter) pathItem(old *Node) *Node {
	if refOf(old) != nil {
		if to := c.written(old); to.Is(Object) {
			c.pathItem(to)
		}
		return old
	}
	if n := c.done[old]; n != nil {
		return n
	}
	n := NewObject(old.pos)
	c.done[old] = n
	shared, rest := c.parameters(old.Get("parameters"))
	var members []Member
	for _, m := range old.members {
		switch {
		case m.Name == "parameters":
			if rest.Len() > 0 || !m.Value.Is(Array) {
				members = append(members, Member{m.Name, m.Pos, rest})
			}
		case pathItemShape.member(m.Name).shape == operationShape && m.Value.Is(Object):
			members = append(members, Member{m.Name, m.Pos, c.operation(m.Value, shared)})
		default:
			members = append(members, m)
		}
	}
	n.setMembers(members)
	return n
}

// parameters converts a list of parameters, and splits off those, not yet
// converted, that are part of a body.
func (c *converter) parameters(old *Node) (body []*Node, rest *Node) {
	if !old.Is(Array) {
		return nil, old
	}
	rest = newArray(old.pos)
	for _, p := range old.items {
		to := c.written(p)
		switch to.Get("in").Text() {
		case "body", "formData":
			body = append(body, to)
		default:
			rest.items = append(rest.items, c.parameter(p))
		}
	}
	return body, rest
}

// operation converts an operation; inherited are the parts of a body that the
// path item has for all.
func (c *converter) operation(old *Node, inherited []*Node) *Node {
	consumes, produces := c.consumes, c.produces
	if own := old.Get("consumes"); own.Is(Array) {
		consumes = mediaTypes(own)
	}
	if own := old.Get("produces"); own.Is(Array) {
		produces = mediaTypes(own)
	}
	body, rest := c.parameters(old.Get("parameters"))
	for _, p := range inherited {
		same := func(q *Node) bool { return q.Get("name").Text() == p.Get("name").Text() }
		if !slices.ContainsFunc(body, same) {
			body = append(body, p)
		}
	}
	requestBody := c.requestBody(body, consumes)
	var members []Member
	for _, m := range old.members {
		switch m.Name {
		case "parameters":
			if rest.Len() > 0 || !m.Value.Is(Array) {
				members = append(members, Member{m.Name, m.Pos, rest})
			}
			if requestBody != nil {
				members = append(members, Member{"requestBody", requestBody.pos, requestBody})
			}
		case "consumes", "produces":
		case "schemes":
			if c.Root.Has("host") {
				members = append(members, Member{"servers", m.Pos, c.servers(c.Root, m.Value)})
			}
		case "responses":
			responses := c.each(m.Value, func(n *Node) *Node { return c.response(n, produces) })
			if own := old.Get("produces"); own.Is(Array) && own.Len() > 0 {
				c.files(m.Value, responses, produces)
			}
			members = append(members, Member{m.Name, m.Pos, responses})
		default:
			members = append(members, m)
		}
	}
	if requestBody != nil && !old.Has("parameters") {
		members = append(members, Member{"requestBody", requestBody.pos, requestBody})
	}
	n := NewObject(old.pos, members...)
	c.done[old] = n
	return n
}

// files makes files of the successful responses that have no schema, of an operation
// that says itself that it produces something other than JSON: there is no other reason
// to say so, and go-swagger and swaggo leave the schema of a file out.
func (c *converter) files(old, responses *Node, produces []*Node) {
	if slices.ContainsFunc(produces, func(t *Node) bool { return strings.Contains(t.text, "json") || strings.Contains(t.text, "*") }) {
		return
	}
	for _, m := range old.All() {
		n := responses.Get(m.Name)
		if !strings.HasPrefix(m.Name, "2") || m.Name == "204" || m.Name == "205" || !n.Is(Object) || refOf(n) != nil || n.Has("content") {
			continue
		}
		content := NewObject(m.Pos)
		for _, t := range produces {
			file := NewObject(t.pos, member("type", newString(t.pos, "string")), member("format", newString(t.pos, "binary")))
			content.put(t.text, NewObject(t.pos, member("schema", file)))
		}
		n.put("content", content)
	}
}

// facets are the members of a parameter or header that belong to its schema.
var facets = map[string]bool{
	"type": true, "format": true, "items": true, "default": true, "enum": true, "pattern": true,
	"maximum": true, "exclusiveMaximum": true, "minimum": true, "exclusiveMinimum": true, "multipleOf": true,
	"maxLength": true, "minLength": true, "maxItems": true, "minItems": true, "uniqueItems": true,
	"x-nullable": true, "nullable": true, "title": true,
}

// split returns the schema that a parameter or header is, and the members that
// are not of the schema.
func (c *converter) split(old *Node) (s *Node, rest []Member) {
	var members []Member
	for _, m := range old.members {
		switch {
		case facets[m.Name]:
			members = append(members, m)
		case m.Name == "collectionFormat":
		default:
			if strings.HasPrefix(m.Name, "x-") && strings.Contains(m.Name, "enum") {
				members = append(members, m) // what the values are called belongs to both
			}
			if m.Name == "x-example" && !old.Has("example") {
				m.Name = "example"
			}
			rest = append(rest, m)
		}
	}
	s = NewObject(old.pos, members...)
	c.schema(s)
	return s, rest
}

// parameter converts a parameter that is not part of a body.
func (c *converter) parameter(old *Node) *Node {
	if refOf(old) != nil {
		if to := c.written(old); to.Is(Object) {
			c.parameter(to)
		}
		return old
	}
	if n := c.done[old]; n != nil || !old.Is(Object) {
		return cmp.Or(n, old)
	}
	s, members := c.split(old)
	switch {
	case old.Has("schema"): // as in 3.0
		c.schema(old.Get("schema"))
	case s.Len() > 0:
		members = append(members, member("schema", s))
	}
	if s.Get("type").Text() == "array" {
		members = append(members, c.style(old, "parameter")...)
	}
	n := NewObject(old.pos, members...)
	c.done[old] = n
	return n
}

// styles has what becomes of a collectionFormat in the query or a form.
var styles = map[string]struct {
	style   string
	explode bool
}{
	"csv":   {"form", false},
	"multi": {"form", true},
	"ssv":   {"spaceDelimited", false},
	"pipes": {"pipeDelimited", false},
}

// style returns how the elements of an array are written. By default they are
// separated by commas, other than in 3.0.
func (c *converter) style(old *Node, what string) []Member {
	format := old.Get("collectionFormat")
	pos, word := old.pos, "csv"
	if format.Text() != "" {
		pos, word = format.pos, strings.ToLower(format.Text())
	}
	s, ok := styles[word]
	in := old.Get("in").Text()
	if in == "path" || in == "header" {
		s.style, ok = "simple", word == "csv" || word == "multi"
		s.explode = false
	}
	members := []Member{member("style", newString(pos, s.style)), member("explode", newBool(pos, s.explode))}
	if ok {
		return members
	}
	if s.style == "" {
		members[0].Value.text = "form"
	}
	c.list.Warningf(pos, "collection-format", "the collectionFormat %s of the %s %s %q has no equal in OpenAPI 3; its values are separated by commas", word, in, what, old.Get("name").Text())
	return append(members, member("x-collection-format", newString(pos, word)))
}

// requestBody makes a body of the parameters that are part of it, nil if none is.
func (c *converter) requestBody(parts []*Node, consumes []*Node) *Node {
	for _, p := range parts {
		if p.Get("in").Text() == "body" {
			return c.wholeBody(p, consumes)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return c.form(parts, consumes)
}

// wholeBody makes a body of a parameter that is one.
func (c *converter) wholeBody(old *Node, consumes []*Node) *Node {
	var members []Member
	for _, m := range old.members {
		switch m.Name {
		case "name", "in", "schema":
		default:
			members = append(members, m)
		}
	}
	s := old.Get("schema")
	c.schema(s)
	members = append(members, member("content", c.content(old.pos, consumes, s)))
	return NewObject(old.pos, members...)
}

// content makes the content of a body that has one schema, which may be nil.
func (c *converter) content(pos diag.Pos, types []*Node, s *Node) *Node {
	if len(types) == 0 {
		types = []*Node{newString(pos, "application/json")}
		if s.Get("format").Text() == "binary" {
			types[0].text = "application/octet-stream"
		}
	}
	var members []Member
	for _, t := range types {
		m := NewObject(pos)
		if s != nil {
			m.setMembers([]Member{member("schema", s)})
		}
		members = append(members, Member{t.text, t.pos, m})
	}
	return NewObject(pos, members...)
}

// form makes a body of the fields of a form.
func (c *converter) form(fields []*Node, consumes []*Node) *Node {
	pos := fields[0].pos
	var properties, encodings []Member
	var required []*Node
	file := false
	for _, f := range fields {
		name := f.Get("name").Text()
		property := c.done[f]
		if property == nil {
			s, rest := c.split(f)
			for _, m := range rest {
				if m.Name == "description" || m.Name == "example" || strings.HasPrefix(m.Name, "x-") && !s.Has(m.Name) {
					s.setMembers(append(s.members, m))
				}
			}
			property = s
			c.done[f] = s
		}
		properties = append(properties, Member{name, f.pos, property})
		if f.Get("required").True() {
			required = append(required, newString(f.Get("required").pos, name))
		}
		file = file || f.Get("type").Text() == "file"
		if f.Get("type").Text() == "array" {
			encodings = append(encodings, Member{name, f.pos, NewObject(f.pos, c.style(f, "field")...)})
		}
	}
	s := NewObject(pos, member("type", newString(pos, "object")), member("properties", NewObject(pos, properties...)))
	if len(required) > 0 {
		s.put("required", newArray(required[0].pos, required...))
	}
	var types []*Node
	for _, t := range consumes {
		switch essence(t.text) {
		case "multipart/form-data":
			types = append(types, t)
		case "application/x-www-form-urlencoded":
			if !file {
				types = append(types, t)
			}
		}
	}
	switch {
	case len(types) > 0:
	case file:
		types = []*Node{newString(pos, "multipart/form-data")}
	default:
		types = []*Node{newString(pos, "application/x-www-form-urlencoded")}
	}
	content := c.content(pos, types, s)
	if len(encodings) > 0 {
		for _, m := range content.Members() {
			m.put("encoding", NewObject(pos, encodings...))
		}
	}
	body := NewObject(pos, member("content", content))
	if len(required) > 0 {
		body.put("required", newBool(required[0].pos, true))
	}
	return body
}

// response converts a response.
func (c *converter) response(old *Node, produces []*Node) *Node {
	if refOf(old) != nil {
		to := c.written(old)
		switch {
		case !to.Is(Object):
			return old
		case to.Has("schema") && !slices.EqualFunc(produces, c.produces, func(a, b *Node) bool { return a.text == b.text }):
			return c.newResponse(to, produces) // of other media types than who else refers to it
		case c.done[to] == nil:
			c.done[to] = c.newResponse(to, c.produces)
		}
		return old
	}
	if c.done[old] == nil {
		c.done[old] = c.newResponse(old, produces)
	}
	return c.done[old]
}

// newResponse makes a response.
func (c *converter) newResponse(old *Node, produces []*Node) *Node {
	s, examples := old.Get("schema"), old.Get("examples")
	if s != nil {
		c.schema(s)
	}
	types := slices.Clone(produces)
	for _, m := range examples.All() { // which may be of a type that goes without saying
		if !slices.ContainsFunc(types, func(t *Node) bool { return essence(t.text) == essence(m.Name) }) {
			types = append(types, newString(m.Pos, m.Name))
		}
	}
	var content *Node
	if s != nil || examples.Is(Object) && examples.Len() > 0 {
		content = c.content(cmp.Or(s, examples).pos, types, s)
		for mime, m := range content.Members() {
			if e := cmp.Or(examples.Get(mime), examples.Get(essence(mime))); e != nil {
				m.put("example", e)
			}
		}
	}
	var members []Member
	for _, m := range old.members {
		switch {
		case m.Name == "headers":
			members = append(members, Member{m.Name, m.Pos, c.each(m.Value, c.header)})
		case m.Name == "schema", m.Name == "examples":
			if content != nil && !slices.ContainsFunc(members, func(m Member) bool { return m.Name == "content" }) {
				members = append(members, Member{"content", m.Pos, content})
			}
		default:
			members = append(members, m)
		}
	}
	return NewObject(old.pos, members...)
}

// header converts a header.
func (c *converter) header(old *Node) *Node {
	if c.done[old] == nil {
		s, members := c.split(old)
		if s.Len() > 0 && !old.Has("schema") {
			members = append(members, member("schema", s))
		}
		c.done[old] = NewObject(old.pos, members...)
	}
	return c.done[old]
}

// flowNames has what the flows of OAuth are called in 3.0.
var flowNames = map[string]string{
	"implicit": "implicit", "password": "password", "application": "clientCredentials", "accessCode": "authorizationCode",
	"clientCredentials": "clientCredentials", "authorizationCode": "authorizationCode", // who writes so means the same
}

// securityScheme converts a security scheme.
func (c *converter) securityScheme(old *Node) *Node {
	kind := old.Get("type")
	switch strings.ToLower(kind.Text()) {
	case "basic":
		n := NewObject(old.pos, old.members...)
		n.put("type", newString(kind.pos, "http"))
		n.put("scheme", newString(kind.pos, "basic"))
		return n
	case "oauth2":
		f := NewObject(old.pos)
		n := NewObject(old.pos)
		for _, m := range old.members {
			switch m.Name {
			case "flow":
			case "authorizationUrl", "tokenUrl", "scopes":
				f.put(m.Name, m.Value)
			default:
				n.put(m.Name, m.Value)
			}
		}
		if !f.Has("scopes") {
			f.put("scopes", NewObject(old.pos))
		}
		name := flowNames[old.Get("flow").Text()]
		if name == "" {
			name = "implicit"
			if f.Has("tokenUrl") {
				name = "clientCredentials"
			}
			c.list.Warningf(old.pos, "oauth-flow", "the flow %q is none of OAuth; it is read as %s", old.Get("flow").Text(), name)
		}
		n.put("flows", NewObject(old.pos, member(name, f)))
		return n
	}
	return old
}

// schema converts a schema, which stays the same node, and what it refers to.
func (c *converter) schema(n *Node) {
	if !n.Is(Object) || c.schemas[n] {
		return
	}
	c.schemas[n] = true
	if refOf(n) != nil {
		c.schema(c.written(n))
		return
	}
	if kind := n.Get("type"); kind.Text() == "file" {
		n.put("type", newString(kind.pos, "string"))
		n.put("format", newString(kind.pos, "binary"))
	}
	if d := n.Get("discriminator"); d.Is(String) {
		n.put("discriminator", NewObject(d.pos, member("propertyName", d)))
	}
	if null := n.Get("x-nullable"); null != nil {
		n.drop("x-nullable")
		if !n.Has("nullable") {
			n.put("nullable", null)
		}
	}
	n.drop("collectionFormat") // of items, which only say it where they are in a parameter
	for _, m := range n.members {
		f := schemaShape.member(m.Name)
		switch {
		case f.shape != schemaShape:
		case f.holds == Object:
			for _, s := range m.Value.Members() {
				c.schema(s)
			}
		case f.holds == Array || m.Value.Is(Array):
			for _, s := range m.Value.Items() {
				c.schema(s)
			}
		default:
			c.schema(m.Value)
		}
	}
}

// essence returns a media type without its parameters.
func essence(mediaType string) string {
	e, _, _ := strings.Cut(mediaType, ";")
	return strings.TrimSpace(e)
}

// mediaTypes returns the strings of a list, or one string.
func mediaTypes(n *Node) []*Node {
	if n.Is(String) {
		return []*Node{n}
	}
	var types []*Node
	for _, t := range n.Items() {
		if t.Is(String) && t.text != "" && !slices.ContainsFunc(types, func(u *Node) bool { return u.text == t.text }) {
			types = append(types, t)
		}
	}
	return types
}
