package operation

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// An SDK can have the shape of those that Stainless made, so that programs which
// call one of them go on compiling.
//
// Problem: whoever has callers cannot rename every method and type for a new
// generator, however good its own names are.
//
// Decision: a config may ask for the surface stainless. It changes names, packages
// and signatures, and nothing of what is sent: create is New, the last parameter of
// a path is an argument and the others are fields, types are called after the whole
// way to their resource, and what the config names no schema for is called after
// its method. Each of these choices is one function here.

// surface notes in the model what emit has to know of it.
func (rd *reader) surface() {
	if rd.cfg.LikeStainless() {
		rd.api.Surface = model.Stainless
	}
	rd.api.Timeout = rd.cfg.Timeout
	if r := rd.cfg.Retries; r != nil {
		rd.api.Retries = &model.Retries{Max: -1, MinDelay: r.MinDelay, MaxDelay: r.MaxDelay}
		if r.Max != nil {
			rd.api.Retries.Max = *r.Max
		}
	}
	for _, h := range rd.cfg.Headers {
		rd.api.Headers = append(rd.api.Headers, model.Constant{Name: h.Name, Value: h.Value})
	}
	rd.api.IdempotencyKey = rd.cfg.IdempotencyHeader
}

// isListed reports whether an operation may become a method.
func (rd *reader) isListed(op *Operation) bool {
	if op.cfg == nil {
		return !rd.cfg.ListedOperations
	}
	return !op.cfg.Skip
}

// again adds the further methods of operations that have several.
func (rd *reader) again(ops []*Operation) []*Operation {
	var all []*Operation
	for _, op := range ops {
		all = append(all, op)
		if op.cfg == nil {
			continue
		}
		for _, call := range op.cfg.Also {
			more := rd.readOperation(op.Method, op.Path, op.item, op.Node)
			cfg := *op.cfg
			cfg.Resource, cfg.Method, cfg.Also, cfg.Pos = call.Resource, call.Method, nil, call.Pos
			if s := cfg.Stream; s != nil {
				stream := *s
				stream.Method = "" // after its own name
				cfg.Stream = &stream
			}
			more.cfg, more.As = &cfg, call.Resource+"."+call.Method
			all = append(all, more)
		}
	}
	return all
}

// decided returns the resource and the name that the config gives an operation,
// if it gives both: nothing moves it from there.
func decided(c *config.Operation) (way []string, name string, ok bool) {
	if c == nil || c.Resource == "" || c.Method == "" {
		return nil, "", false
	}
	if c.Resource != config.Root {
		for word := range strings.SplitSeq(c.Resource, ".") {
			way = append(way, ident.Camel(word))
		}
	}
	return way, ident.Camel(c.Method), true
}

// oneName reports methods that the config gives one name.
func (rd *reader) oneName() {
	first := map[string]*Operation{}
	for _, op := range rd.all {
		if op.cfg == nil || op.cfg.Method == "" {
			continue
		}
		key := strings.Join(op.Resource.Path, ".") + "." + op.Name.Go
		if other := first[key]; other != nil {
			rd.diags.Errorf(op.cfg.Pos, "config-value", "%s and %s are both called %s; give one of them another method or resource",
				types.Route(other.Operation), types.Route(op.Operation), strings.TrimPrefix(key, "."))
		}
		first[key] = op
	}
}

// verbName is what an inferred name is in the surface of the SDK.
func (rd *reader) verbName(name string, taken func(string) bool) string {
	if rd.cfg.LikeStainless() && name == "create" && !taken("new") {
		return "new"
	}
	return name
}

// isArg reports whether path parameter i of an operation is an argument, and not
// a field of the params.
func (rd *reader) isArg(op *Operation, path []*parameter, i int) bool {
	if op.cfg != nil && op.cfg.Positional != nil {
		return slices.Contains(*op.cfg.Positional, path[i].name)
	}
	mode := rd.cfg.Positional
	if mode == "" && rd.cfg.LikeStainless() {
		mode = "last"
	}
	switch mode {
	case "last":
		return i == len(path)-1
	case "none":
		return false
	}
	return true
}

// inOrder puts arguments in the order that the config has them.
func inOrder(op *Operation) {
	if op.cfg == nil || op.cfg.Positional == nil {
		return
	}
	slices.SortStableFunc(op.Args, func(a, c *model.Arg) int {
		return slices.Index(*op.cfg.Positional, a.Name.Spec) - slices.Index(*op.cfg.Positional, c.Name.Spec)
	})
}

// unwrapped returns the property of a response that is the result, because the
// config says so: for the operation, or for all where it is the only one.
func (rd *reader) unwrapped(op *Operation, v *schema.View) *schema.Prop {
	if op.cfg != nil && op.cfg.NoUnwrap || !v.Is("object") {
		return nil
	}
	if op.cfg != nil && op.cfg.Unwrap != "" {
		p := v.Prop(op.cfg.Unwrap)
		if p == nil {
			rd.diags.Warningf(op.cfg.Pos, "config-unused", "%s answers without a member %s; the whole response is its result", types.Route(op.Operation), op.cfg.Unwrap)
		}
		return p
	}
	for _, name := range rd.cfg.Unwrap {
		if p := v.Prop(name); p != nil && len(v.Props) == 1 {
			return p
		}
	}
	return nil
}

// queryStyle is how a parameter of a query is written whose description does not
// say: as the config has it for lists and objects.
func (rd *reader) queryStyle(p *parameter) model.Style {
	v := rd.facts.View(p.node.Get("schema"))
	switch {
	case v.Is("array"):
		return map[string]model.Style{"comma": model.FormJoined, "brackets": model.Brackets, "indices": model.DeepObject}[rd.cfg.QueryArrays]
	case v.Is("object"):
		return map[string]model.Style{"brackets": model.DeepObject, "dots": model.Dots}[rd.cfg.QueryObjects]
	}
	return model.Default
}

// limits takes over what the config says of how an operation is sent.
func (rd *reader) limits(op *Operation) {
	if op.cfg != nil {
		op.Timeout, op.MaxRetries = op.cfg.Timeout, op.cfg.MaxRetries
	}
	if rd.cfg.IdempotencyHeader != "" && op.IdempotencyKey == "" && op.Method != "GET" && op.Method != "HEAD" {
		op.IdempotencyKey = rd.cfg.IdempotencyHeader
	}
}
