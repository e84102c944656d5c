package spec

import (
	"encoding/json"
	"testing"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// Every method stands for an absent value on a nil node.
func TestNil(t *testing.T) {
	var n *Node
	if n.Get("a").At(1).Get("b") != nil || n.Has("a") || n.Member("a") != nil || n.Is(Null) {
		t.Error("there is something in nothing")
	}
	if n.Kind() != Invalid || n.Kind().String() != "nothing" || n.Text() != "" || n.Len() != 0 || n.True() || n.False() || n.IsRef() {
		t.Error("nothing is something")
	}
	if n.Pos() != (diag.Pos{}) || n.All() != nil || n.Elements() != nil {
		t.Error("nothing is somewhere")
	}
	for range n.Members() {
		t.Error("nothing has members")
	}
	for range n.Items() {
		t.Error("nothing has elements")
	}
	if _, ok := n.Int(); ok {
		t.Error("nothing is an integer")
	}
	if got := string(n.AppendJSON(nil)); got != "null" {
		t.Errorf("nothing is written as %s", got)
	}
}

func TestNew(t *testing.T) {
	pos := diag.Pos{File: "a", Line: 1, Col: 2}
	a := NewObject(pos, Member{Name: "a", Pos: pos, Value: newBool(pos, true)})
	text, err := json.Marshal(NewAllOf(a, NewObject(diag.Pos{})))
	if got, want := string(text), `{"allOf":[{"a":true},{}]}`; got != want || err != nil {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	if got := NewAllOf(a, NewObject(diag.Pos{})).Pos(); got != pos {
		t.Errorf("it is at %s", got)
	}
}
