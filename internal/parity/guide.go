package parity

import (
	"cmp"
	"fmt"
	"go/types"
	"strings"
)

// Guide writes how users move what they have to change: for each method its call
// before and after, and for all else what it was and is. The code after compiles
// with the new SDK, whose root package is called pkg.
func (r *Report) Guide(old, new map[string]*Symbol, pkg string) string {
	left := r.Left()
	var b strings.Builder
	fmt.Fprintf(&b, "# Moving\n\n%d of %d symbols are kept, by themselves or by a second name. These are left:\n", r.Total.Kept+r.Total.Alias, r.Total.Total)
	for _, kind := range Kinds() {
		first := true
		for _, o := range left {
			if o.Kind != kind {
				continue
			}
			if first {
				fmt.Fprintf(&b, "\n## %s\n\n", strings.ToUpper(string(kind[:1]))+string(kind[1:]))
				first = false
			}
			key := string(o.Kind) + " " + o.Name
			switch {
			case kind == Method:
				fmt.Fprintf(&b, "### %s\n\nBefore:\n\n```go\n%s\n```\n\nAfter:\n\n```go\n%s\n```\n\n", o.Name, callOf(old[key], cmp.Or(old[key].Root, pkg)), after(old[key], new[key], pkg))
			case o.Fate == Gone:
				fmt.Fprintf(&b, "- `%s` (`%s`) is gone.\n", o.Name, o.Was)
			default:
				fmt.Fprintf(&b, "- `%s` was `%s`, and is `%s`.\n", o.Name, o.Was, o.Is)
			}
		}
	}
	return b.String()
}

// after is the call in the new SDK: of the method that there is, or of Do.
func after(old, new *Symbol, pkg string) string {
	if new != nil {
		return callOf(new, pkg)
	}
	method, path, ok := strings.Cut(old.Route, " ")
	if !ok {
		method, path = "GET", "/path/of/the/operation"
	}
	return fmt.Sprintf("func(ctx context.Context, client *%s.Client, params any) error {\n\tvar result map[string]any\n\treturn client.Do(ctx, %q, %q, params, &result)\n}", pkg, method, path)
}

// callOf is a function that calls a method with arguments of the types that it
// takes.
func callOf(s *Symbol, pkg string) string {
	sig, ok := s.typ.(*types.Signature)
	if !ok {
		return "client." + s.Name + s.Text
	}
	qualify := func(p *types.Package) string {
		if p.Name() == pkg || p.Name() == "" {
			return pkg
		}
		return p.Name()
	}
	var params, args []string
	for i := range sig.Params().Len() {
		v := sig.Params().At(i)
		if sig.Variadic() && i == sig.Params().Len()-1 {
			break
		}
		name := v.Name()
		if name == "" || name == "_" || name == "client" {
			name = fmt.Sprintf("arg%d", i)
		}
		params = append(params, name+" "+types.TypeString(v.Type(), qualify))
		args = append(args, name)
	}
	results := sig.Results().Len()
	call := fmt.Sprintf("client.%s(%s)", s.Name, strings.Join(args, ", "))
	body := "return " + call
	switch {
	case results == 0:
		body = call + "\n\treturn nil"
	case results == 1 && types.TypeString(sig.Results().At(0).Type(), qualify) != "error":
		body = "_ = " + call + "\n\treturn nil"
	case results == 2:
		body = "_, err := " + call + "\n\treturn err"
	}
	return fmt.Sprintf("func(%s) error {\n\t%s\n}", strings.Join(append([]string{"client *" + pkg + ".Client"}, params...), ", "), body)
}
