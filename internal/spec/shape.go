package spec

import "strings"

// A shape is what a node is by its place in a description of version 3.
type shape uint8

const (
	unknown shape = iota // data, such as an example, or not visited
	descriptionShape
	infoShape
	contactShape
	licenseShape
	externalDocsShape
	tagShape
	serverShape
	serverVariableShape
	componentsShape
	pathsShape
	pathItemShape
	operationShape
	parameterShape
	requestBodyShape
	responsesShape
	responseShape
	headerShape
	mediaTypeShape
	encodingShape
	exampleShape
	linkShape
	callbackShape
	schemaShape
	discriminatorShape
	xmlShape
	securitySchemeShape
	flowsShape
	flowShape
	shapeCount // how many there are
)

// String returns the shape in words, with its article, for messages.
func (s shape) String() string {
	if s == unknown || words[s] == "" {
		return "an object"
	}
	return words[s]
}

// words has the shapes of which messages speak.
var words = [shapeCount]string{
	tagShape: "a tag", serverShape: "a server", pathItemShape: "a path item", operationShape: "an operation",
	parameterShape: "a parameter", requestBodyShape: "a request body", responseShape: "a response", headerShape: "a header",
	mediaTypeShape: "a media type", encodingShape: "an encoding", exampleShape: "an example", linkShape: "a link",
	callbackShape: "a callback", schemaShape: "a schema", securitySchemeShape: "a security scheme",
}

// A field says what the value of a member is: one thing, a list of them or an
// object of them by name.
type field struct {
	shape shape
	holds Kind // Array or Object, else the value itself has the shape
	every bool // the name is the description's own
}

func one(s shape) field    { return field{shape: s} }
func list(s shape) field   { return field{shape: s, holds: Array} }
func byName(s shape) field { return field{shape: s, holds: Object} }
func all(s shape) field    { return field{shape: s, every: true} }

// every is the name under which the grammar has what all members are whose
// name is no extension's.
const every = "*"

// grammar has the members of each shape that have a shape themselves.
var grammar = [shapeCount]map[string]field{
	descriptionShape: {
		"info": one(infoShape), "servers": list(serverShape), "paths": one(pathsShape), "webhooks": byName(pathItemShape),
		"components": one(componentsShape), "tags": list(tagShape), "externalDocs": one(externalDocsShape),
	},
	infoShape: {"contact": one(contactShape), "license": one(licenseShape)},
	tagShape:  {"externalDocs": one(externalDocsShape)},
	componentsShape: {
		"schemas": byName(schemaShape), "responses": byName(responseShape), "parameters": byName(parameterShape),
		"examples": byName(exampleShape), "requestBodies": byName(requestBodyShape), "headers": byName(headerShape),
		"securitySchemes": byName(securitySchemeShape), "links": byName(linkShape), "callbacks": byName(callbackShape),
		"pathItems": byName(pathItemShape), "mediaTypes": byName(mediaTypeShape),
	},
	serverShape: {"variables": byName(serverVariableShape)},
	pathsShape:  {every: all(pathItemShape)},
	pathItemShape: {
		"get": one(operationShape), "put": one(operationShape), "post": one(operationShape), "delete": one(operationShape),
		"options": one(operationShape), "head": one(operationShape), "patch": one(operationShape), "trace": one(operationShape),
		"query": one(operationShape), "additionalOperations": byName(operationShape),
		"parameters": list(parameterShape), "servers": list(serverShape),
	},
	operationShape: {
		"parameters": list(parameterShape), "requestBody": one(requestBodyShape), "responses": one(responsesShape),
		"callbacks": byName(callbackShape), "servers": list(serverShape), "externalDocs": one(externalDocsShape),
	},
	parameterShape:   {"schema": one(schemaShape), "content": byName(mediaTypeShape), "examples": byName(exampleShape)},
	requestBodyShape: {"content": byName(mediaTypeShape)},
	responsesShape:   {every: all(responseShape)},
	responseShape:    {"headers": byName(headerShape), "content": byName(mediaTypeShape), "links": byName(linkShape)},
	headerShape:      {"schema": one(schemaShape), "content": byName(mediaTypeShape), "examples": byName(exampleShape)},
	mediaTypeShape: {
		"schema": one(schemaShape), "itemSchema": one(schemaShape), "examples": byName(exampleShape),
		"encoding": byName(encodingShape), "prefixEncoding": list(encodingShape), "itemEncoding": one(encodingShape),
	},
	encodingShape: {
		"headers":  byName(headerShape),
		"encoding": byName(encodingShape), "prefixEncoding": list(encodingShape), "itemEncoding": one(encodingShape),
	},
	linkShape:     {"server": one(serverShape)},
	callbackShape: {every: all(pathItemShape)},
	schemaShape: {
		"properties": byName(schemaShape), "patternProperties": byName(schemaShape), "dependentSchemas": byName(schemaShape),
		"$defs": byName(schemaShape), "definitions": byName(schemaShape),
		"allOf": list(schemaShape), "anyOf": list(schemaShape), "oneOf": list(schemaShape), "prefixItems": list(schemaShape),
		"items": one(schemaShape), "additionalItems": one(schemaShape), "unevaluatedItems": one(schemaShape), "contains": one(schemaShape),
		"additionalProperties": one(schemaShape), "unevaluatedProperties": one(schemaShape), "propertyNames": one(schemaShape),
		"not": one(schemaShape), "if": one(schemaShape), "then": one(schemaShape), "else": one(schemaShape), "contentSchema": one(schemaShape),
		"discriminator": one(discriminatorShape), "xml": one(xmlShape), "externalDocs": one(externalDocsShape),
	},
	securitySchemeShape: {"flows": one(flowsShape)},
	flowsShape: {
		"implicit": one(flowShape), "password": one(flowShape), "clientCredentials": one(flowShape), "authorizationCode": one(flowShape),
		"deviceAuthorization": one(flowShape),
	},
}

// member returns what the member of a name is in an object of shape s.
func (s shape) member(name string) field {
	fields := grammar[s]
	if f, ok := fields[every]; ok && name != "$ref" && !strings.HasPrefix(name, "x-") {
		return f
	}
	return fields[name]
}

// visit calls do for n, which has shape s, and then for all in it that has a
// shape, in document order, and then for what its references lead to, in
// whatever file: once for each node. It sees what do changes.
func (d *Document) visit(n *Node, s shape, do func(*Node, shape)) {
	v := visitor{Document: d, do: do}
	v.node(n, s)
	for len(v.later) > 0 {
		next := v.later[0]
		v.later = v.later[1:]
		v.node(next.node, next.shape)
	}
}

// A visitor goes through a document. What a reference leads to comes later,
// so that a long chain of them is no deep recursion, and so that what is in its
// own place has the shape of that place.
type visitor struct {
	*Document
	do    func(*Node, shape)
	later []due
}

// A due is a node that is to be visited, and what it is.
type due struct {
	node  *Node
	shape shape
}

// node visits n and what is in it.
func (v *visitor) node(n *Node, s shape) {
	if n == nil || n.shape != unknown || s == unknown {
		return
	}
	n.shape = s
	v.do(n, s)
	if refOf(n) != nil {
		if to, err := v.step(n); err == nil {
			v.expect(n, s)
			v.later = append(v.later, due{to, s})
		}
	}
	if s == discriminatorShape {
		for _, m := range n.Get("mapping").All() {
			if to, err := v.Lookup(m.Value); err == nil {
				v.later = append(v.later, due{to, schemaShape})
			}
		}
	}
	for _, m := range n.All() {
		f := s.member(m.Name)
		switch f.holds {
		case Array:
			for _, item := range m.Value.Elements() {
				v.node(item, f.shape)
			}
		case Object:
			for _, named := range m.Value.All() {
				v.node(named.Value, f.shape)
			}
		default:
			v.node(m.Value, f.shape)
		}
	}
}

// expect warns if the reference n says itself that it leads to components of
// another shape than s.
func (d *Document) expect(n *Node, s shape) {
	ref := refOf(n)
	_, fragment, _ := strings.Cut(ref.text, "#")
	tokens := strings.Split(fragment, "/")
	if len(tokens) != 4 || tokens[1] != "components" {
		return
	}
	f := componentsShape.member(tokens[2])
	if f.shape != unknown && f.shape != s {
		d.list.Warningf(ref.pos, "ref-kind", "%q leads to %s where %s is needed", ref.text, f.shape, s)
	}
}
