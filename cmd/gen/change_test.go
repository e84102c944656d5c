package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// A change makes random changes of a description.
type change struct {
	*rand.Rand
	tree
}

func (c *change) clone() tree {
	data, err := json.Marshal(c.tree)
	if err != nil {
		panic(err)
	}
	var d tree
	if err := json.Unmarshal(data, &d); err != nil {
		panic(err)
	}
	return d
}

// pick returns one of the keys of a member of the description.
func (c *change) pick(of map[string]any) string {
	keys := slices.Sorted(maps.Keys(of))
	if len(keys) == 0 {
		return ""
	}
	return keys[c.IntN(len(keys))]
}

func (c *change) at(way ...string) map[string]any {
	m := map[string]any(c.tree)
	for _, key := range way {
		next, ok := m[key].(map[string]any)
		if !ok {
			next = map[string]any{}
			m[key] = next
		}
		m = next
	}
	return m
}

var words = strings.Fields("alpha beta items list all page params response service error data client store secret state status type get create v2 bulk extra next")

func (c *change) word() string { return words[c.IntN(len(words))] }

// anOperation returns the path and verb of one of the operations.
func (c *change) anOperation() (path, verb string) {
	for range 100 {
		path = c.pick(c.at("paths"))
		item, _ := c.at("paths")[path].(map[string]any)
		verb = c.pick(item)
		if op, ok := item[verb].(map[string]any); ok && op["responses"] != nil {
			return path, verb
		}
	}
	return "", ""
}

// addSchema adds a schema with a name like those that are there.
func (c *change) addSchema() string {
	schemas := c.at("components", "schemas")
	like := c.pick(schemas)
	name := like
	for schemas[name] != nil || name == "" {
		switch c.IntN(5) {
		case 0:
			name = strings.ToUpper(like[:min(1, len(like))]) + like[min(1, len(like)):] + "_" + c.word()
		case 1:
			name = c.word() + "-" + like
		case 2:
			name = strings.ReplaceAll(like, "_", "-")
		case 3:
			name = c.word() + strings.ToUpper(c.word())
		default:
			name = like + "." + c.word()
		}
	}
	if c.IntN(2) == 0 && like != "" {
		schemas[name] = clone(schemas[like])
		return name
	}
	properties := map[string]any{"id": map[string]any{"type": "string"}}
	for range c.IntN(4) {
		var value any = map[string]any{"type": "string", "enum": []any{c.word(), c.word() + "x"}}
		if other := c.pick(schemas); c.IntN(2) == 0 && other != "" {
			value = map[string]any{"$ref": "#/components/schemas/" + escape(other)}
		}
		properties[c.word()] = value
	}
	schemas[name] = map[string]any{"type": "object", "properties": properties}
	return name
}

func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "%", "%25").Replace(name)
}

func clone(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var copied any
	if err := json.Unmarshal(data, &copied); err != nil {
		panic(err)
	}
	return copied
}

// addOperation adds an operation near one that is there: a copy of it, or one
// that uses schemas which others use.
func (c *change) addOperation() string {
	path, verb := c.anOperation()
	if path == "" {
		return "nothing"
	}
	source := c.at("paths", path)[verb]
	at := path
	switch c.IntN(4) {
	case 0:
		at += "/" + c.word()
	case 1:
		at = at[:strings.LastIndex(at, "/")+1] + c.word()
	case 2:
		at = "/" + c.word() + at
	}
	verbs := []string{"get", "put", "post", "delete", "patch"}
	to := verbs[c.IntN(len(verbs))]
	if c.at("paths", at)[to] != nil {
		return "nothing"
	}
	op := clone(source).(map[string]any)
	item := c.at("paths", path)
	if shared, ok := item["parameters"]; ok && at != path && c.at("paths", at)["parameters"] == nil {
		c.at("paths", at)["parameters"] = clone(shared)
	}
	if c.IntN(2) == 0 {
		op["operationId"] = fmt.Sprintf("%s-%s-%d", c.word(), c.word(), c.IntN(1000))
	} else {
		delete(op, "operationId")
	}
	if c.IntN(3) == 0 {
		name := c.addSchema()
		op["responses"] = map[string]any{"200": map[string]any{"description": "", "content": map[string]any{
			"application/json": map[string]any{"schema": map[string]any{"$ref": "#/components/schemas/" + escape(name)}}}}}
	}
	c.at("paths", at)[to] = op
	return to + " " + at
}

// addMember adds an optional property to an object that stands in an operation,
// or a value to an enum that does. Equal schemas are not equal then.
func (c *change) addMember() string {
	path, verb := c.anOperation()
	if path == "" {
		return "nothing"
	}
	type place struct {
		schema map[string]any
		where  string
	}
	var places []place
	var visit func(v any, where string)
	visit = func(v any, where string) {
		switch v := v.(type) {
		case map[string]any:
			properties, _ := v["properties"].(map[string]any)
			values, _ := v["enum"].([]any)
			if len(properties) > 0 || len(values) > 1 && v["type"] == "string" {
				places = append(places, place{v, where})
			}
			for _, key := range slices.Sorted(maps.Keys(v)) {
				if !strings.HasPrefix(key, "x-") && !strings.HasPrefix(key, "example") {
					visit(v[key], where+"."+key)
				}
			}
		case []any:
			for i, item := range v {
				visit(item, fmt.Sprint(where, ".", i))
			}
		}
	}
	visit(c.at("paths", path)[verb], verb+" "+path)
	if len(places) == 0 {
		return "nothing"
	}
	p := places[c.IntN(len(places))]
	if properties, ok := p.schema["properties"].(map[string]any); ok && len(properties) > 0 {
		properties["zz_added"] = map[string]any{"type": "string"}
		return p.where + ".zz_added"
	}
	p.schema["enum"] = append(p.schema["enum"].([]any), "zz_added")
	return p.where + " zz_added"
}

// add makes a few random additions, and says which.
func (c *change) add() []string {
	var added []string
	for range 1 + c.IntN(6) {
		switch c.IntN(6) {
		case 0, 1:
			added = append(added, "schema "+c.addSchema())
		case 2, 3:
			added = append(added, c.addMember())
		default:
			added = append(added, c.addOperation())
		}
	}
	return added
}

// spoil removes or changes something of a description at random.
func (c *change) spoil() string {
	path, verb := c.anOperation()
	switch c.IntN(6) {
	case 0:
		delete(c.at("paths", path), verb)
		return "no " + verb + " " + path
	case 1:
		op := c.at("paths", path)[verb].(map[string]any)
		list, _ := op["parameters"].([]any)
		if len(list) == 0 {
			return "nothing"
		}
		i := c.IntN(len(list))
		op["parameters"] = slices.Delete(list, i, i+1)
		return "no parameter of " + verb + " " + path
	}
	name := c.pick(c.at("components", "schemas"))
	schema, ok := c.at("components", "schemas")[name].(map[string]any)
	if !ok {
		return "nothing"
	}
	properties, _ := schema["properties"].(map[string]any)
	property := c.pick(properties)
	types := []string{"string", "integer", "boolean", "number", "array", "object"}
	to := types[c.IntN(len(types))]
	switch c.IntN(4) {
	case 0:
		delete(properties, property)
		return "no " + name + "." + property
	case 1:
		if property != "" {
			properties[property] = map[string]any{"type": to, "enum": nil}
			delete(properties[property].(map[string]any), "enum")
			return name + "." + property + " is " + to
		}
	case 2:
		if list, _ := schema["enum"].([]any); len(list) > 1 {
			schema["enum"] = list[1:]
			return name + " has a value less"
		}
	case 3:
		if property != "" {
			schema["required"] = []any{property}
			return name + " requires " + property
		}
	}
	schema["type"] = to
	delete(schema, "properties")
	delete(schema, "allOf")
	return name + " is " + to
}
