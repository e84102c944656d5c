package sdktest

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// tree is an object in the making: its members are JSON, or trees.
type tree map[string]any

// set sets the member that a way leads to.
func (t tree) set(way []string, value jsontext.Value) {
	for _, step := range way[:len(way)-1] {
		inner, ok := t[step].(tree)
		if !ok {
			inner = tree{}
			t[step] = inner
		}
		t = inner
	}
	t[way[len(way)-1]] = value
}

func (t tree) encode() ([]byte, error) { return json.Marshal(t, json.Deterministic(true)) }

// with returns an object with a member that is true, in place of one that the
// object may have.
func with(object []byte, name string) ([]byte, error) {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(object, &members, api.Lenient()); err != nil {
		return nil, err
	}
	members[name] = jsontext.Value("true")
	return json.Marshal(members, json.Deterministic(true))
}
