package union

import (
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A Choice is what tells a variant of a union from the others where something
// outside of the value names it, as the header of a webhook does.
type Choice struct {
	// Names are those that mean the variant. Case, and whether words are joined
	// with a hyphen, a line or a dot, say nothing.
	Names []string
	// Member has one of Values where several variants have one name; empty if no
	// member tells.
	Member string
	Values []string
}

// tolerant reads what servers send.
func tolerant() json.Options {
	return json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// Named decodes a payload into the union that u points to, of which each variant has
// a choice. A name that means none, or several that no member tells apart, leaves it
// to the payload. A payload that does not decode as what it is named is kept as it
// came; one that is no JSON is an error.
func Named(payload []byte, u any, name string, choices []Choice) error {
	i := choose(payload, name, choices)
	if i < 0 {
		return json.Unmarshal(payload, u, tolerant())
	}
	fields := reflect.ValueOf(u).Elem()
	fields.SetZero()
	if json.Unmarshal(payload, fields.Field(i).Addr().Interface(), tolerant()) == nil {
		return nil
	}
	fields.SetZero()
	return json.Unmarshal(payload, fields.Field(fields.NumField()-1).Addr().Interface(), tolerant())
}

// choose returns the variant that a name means, -1 if it means none or several.
func choose(payload []byte, name string, choices []Choice) int {
	name = foldName(name)
	var found []int
	for i := range choices {
		if name != "" && slices.ContainsFunc(choices[i].Names, func(n string) bool { return foldName(n) == name }) {
			found = append(found, i)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	if len(found) == 0 || !jsontext.Value(payload).IsValid(tolerant()) {
		return -1
	}
	value := jsontext.Value(payload).Clone()
	if value.Compact(tolerant()) != nil || value.Kind() != '{' {
		return -1
	}
	chosen := -1
	members(part{text: value}, func(name []byte, value part) bool {
		for _, i := range found {
			text, ok := scalar(value.text)
			if c := &choices[i]; ok && c.Member != "" && is(name, c.Member) && in(c.Values, text) {
				chosen = i
			}
		}
		return chosen < 0
	})
	return chosen
}

// foldName is a name without what its spelling leaves open.
func foldName(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(name))
}
