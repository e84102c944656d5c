package mockapi

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"time"
)

// Diff compares two JSON texts member by member and returns where they differ,
// a JSON pointer and the two values for each place. Numbers are equal if they
// are the same number, and times if they are the same moment, however they are
// written. A member that is null may be missing.
func Diff(want, got []byte) []string {
	w, err := decodeJSON(want)
	if err != nil {
		return []string{"what is wanted is not JSON: " + err.Error()}
	}
	g, err := decodeJSON(got)
	if err != nil {
		return []string{"what is there is not JSON: " + err.Error()}
	}
	return diff(nil, "", w, g)
}

func diff(list []string, at string, want, got any) []string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			break
		}
		for _, name := range slices.Sorted(maps.Keys(w)) {
			here := at + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
			if v, ok := g[name]; ok {
				list = diff(list, here, w[name], v)
			} else if w[name] != nil { // what is only received has no null of its own
				list = append(list, here+" is missing")
			}
		}
		for _, name := range slices.Sorted(maps.Keys(g)) {
			if _, ok := w[name]; !ok {
				list = append(list, fmt.Sprintf("%s/%s is too many: %s", at, name, encodeJSON(g[name])))
			}
		}
		return list
	case []any:
		g, ok := got.([]any)
		if !ok || len(w) != len(g) {
			break
		}
		for i := range w {
			list = diff(list, fmt.Sprintf("%s/%d", at, i), w[i], g[i])
		}
		return list
	}
	if !same(want, got) {
		list = append(list, fmt.Sprintf("%s is %s, not %s", at, encodeJSON(got), encodeJSON(want)))
	}
	return list
}

// same reports whether two values that are not both lists or objects are equal.
func same(a, b any) bool {
	if string(encodeJSON(a)) == string(encodeJSON(b)) {
		return true
	}
	x, y := fmt.Sprint(a), fmt.Sprint(b)
	if fmt.Sprintf("%T", a) != fmt.Sprintf("%T", b) {
		return false
	}
	if _, ok := a.(string); ok {
		t, err := time.Parse(time.RFC3339Nano, x)
		u, err2 := time.Parse(time.RFC3339Nano, y)
		return err == nil && err2 == nil && t.Equal(u)
	}
	n, ok := new(big.Rat).SetString(x)
	m, ok2 := new(big.Rat).SetString(y)
	return ok && ok2 && n.Cmp(m) == 0
}
