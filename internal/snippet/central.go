package snippet

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
)

// Central returns the operations that a newcomer to the API should see first, at
// most n of them and the best one first: those that need little, on resources that
// the rest of the API speaks of. It returns none that a program could not call
// with a word or a number for each argument.
func Central(api *model.API, n int) []*model.Operation {
	c := &centrality{api: api, mentions: mentions(api)}
	var found []ranked
	var visit func(r *model.Resource, depth int)
	visit = func(r *model.Resource, depth int) {
		for _, op := range r.Methods {
			if cost, ok := c.cost(r, op, depth); ok {
				found = append(found, ranked{op, cost})
			}
		}
		for _, child := range r.Children {
			visit(child, depth+1)
		}
	}
	visit(api.Root, 0)
	slices.SortStableFunc(found, func(a, b ranked) int { return cmp.Compare(a.cost, b.cost) })
	if i := slices.IndexFunc(found, func(r ranked) bool { return r.cost > worthShowing }); i > 0 {
		found = found[:i]
	}
	var list []*model.Operation
	for _, r := range found[:min(n, len(found))] {
		list = append(list, r.op)
	}
	return list
}

type ranked struct {
	op   *model.Operation
	cost float64
}

type centrality struct {
	api      *model.API
	mentions map[string]int
}

// The weights of what makes an operation a bad first one. They are in units of
// one required value: a caller would rather give one value more than read of a
// resource that one in eight knows.
const (
	perLevel      = 1.5 // a resource below another: client.Audio.VoiceConsents
	perValue      = 1.0 // an argument or a required field
	perDoubling   = 0.7 // of the times that the API names the resource
	notAList      = 1.0 // a list shows what there is, and needs nothing
	notRead       = 1.0 // it changes something
	noText        = 2.0 // there is no ID or name to print
	aside         = 4.0 // the resource only keeps what has happened to others
	notForAll     = 8.0 // deprecated, or a stream or a download
	rootOperation = 0.5 // it has no resource

	// worthShowing is the most that a further operation may cost.
	worthShowing = 4.0
)

// cost is how far an operation is from being the one to begin with. It reports
// false for one that a short program cannot call.
func (c *centrality) cost(r *model.Resource, op *model.Operation, depth int) (float64, bool) {
	cost := perLevel * float64(max(0, depth-1))
	for _, arg := range op.Args {
		if !isWord(arg.Type) {
			return 0, false
		}
		cost += perValue
	}
	if op.Params != nil {
		for _, f := range op.Params.Fields {
			switch f.Presence {
			case model.Plain, model.Nullable, model.NullPointer, model.TwoState:
				cost += perValue
				if !isWord(f.Type) {
					cost += perValue
				}
			}
		}
	}
	switch {
	case op.Result.Kind == model.PageResult:
	case op.Result.Kind == model.ValueResult:
		cost += notAList
	case op.Result.Kind == model.NoResult:
		cost += notAList + noText
	default:
		cost += notForAll
	}
	if op.Method != "GET" {
		cost += notRead
	}
	if op.Deprecated != "" {
		cost += notForAll
	}
	if o, ok := op.Result.Type.(*model.Object); ok && len(shownFields(o)) == 0 {
		cost += noText
	}
	if r == c.api.Root {
		return cost + rootOperation, true
	}
	words := ident.Words(r.Name.Spec)
	for _, part := range strings.Split(r.Call, ".") {
		if slices.ContainsFunc(ident.Words(part), func(w string) bool { return slices.Contains(asides, ident.Singular(w)) }) {
			cost += aside
			break
		}
	}
	return cost - perDoubling*math.Log2(float64(1+c.mentions[noun(words)])), true
}

// asides are the nouns of resources that are about others: what was thrown away,
// what was logged, how it is set up.
var asides = strings.Fields(`archive audit batch capability config configuration consent debug diagnostic event export feature flag health history import
	info internal job limit log metric notification operation permission ping preference probe quota report setting snapshot stat statistic
	status sync test trash usage version`)

// shownFields are the fields of a result that a program prints.
func shownFields(o *model.Object) []*model.Field {
	var list []*model.Field
	for _, f := range o.Fields {
		if isText(f.Type) {
			list = append(list, f)
		}
	}
	return list
}

func isText(t model.Type) bool {
	if o, ok := t.(*model.Opt); ok {
		t = o.Elem
	}
	return t == model.String
}

// isWord reports whether a value of a type is a word or a number, so that one
// can stand for all.
func isWord(t model.Type) bool {
	switch t {
	case model.String, model.Secret, model.Bool, model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return true
	}
	enum, ok := t.(*model.Enum)
	return ok && enum.Base == model.String
}

// noun is what one thing of a resource is called: its words, the last in the
// singular.
func noun(words []string) string {
	last := len(words) - 1
	return strings.Join(append(slices.Clone(words[:last]), ident.Singular(words[last])), " ")
}

// mostWords is how many words of a noun are told apart: retention policy.
const mostWords = 3

// mentions counts, for each noun, the fields, parameters and path segments of the
// API that it stands in: customer stands in customer, customer_id and /customers.
func mentions(api *model.API) map[string]int {
	count := map[string]int{}
	note := func(name string) {
		words := ident.Words(name)
		for i := range words {
			for j := i + 1; j <= min(i+mostWords, len(words)); j++ {
				count[noun(words[i:j])]++
			}
		}
	}
	var visit func(r *model.Resource)
	visit = func(r *model.Resource) {
		for _, op := range r.Methods {
			for segment := range strings.SplitSeq(op.Path, "/") {
				if segment != "" && segment[0] != '{' {
					note(segment)
				}
			}
			for _, in := range op.Inputs {
				note(in.Name)
			}
		}
		for _, child := range r.Children {
			visit(child)
		}
	}
	visit(api.Root)
	for _, p := range api.Packages {
		for _, d := range p.Types {
			if o, ok := d.(*model.Object); ok {
				for _, f := range o.Fields {
					note(f.Name.Spec)
				}
			}
		}
	}
	return count
}
