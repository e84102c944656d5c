package build

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/restree"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// An operation is one of the description's on its way into the model.
type operation struct {
	*model.Operation
	node    *spec.Node
	item    *spec.Node // the path item it is in
	cfg     *config.Operation
	success *response       // nil if no response tells of success
	locked  *lockfile.Entry // the call that it has had and keeps; nil if it has none
}

// verbs are the keys of a path item that are operations, beside
// additionalOperations.
var verbs = [...]string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

// readOperations finds every operation that becomes a method, in the order of
// the description.
func (b *builder) readOperations() []*operation {
	var ops []*operation
	for path, item := range b.doc.Root.Get("paths").Members() {
		if strings.HasPrefix(path, "x-") {
			continue
		}
		item = b.facts.MustDeref(item)
		for _, m := range item.All() {
			switch {
			case slices.Contains(verbs[:], m.Name):
				ops = append(ops, b.readOperation(strings.ToUpper(m.Name), path, item, m.Value))
			case m.Name == "additionalOperations":
				for _, m := range m.Value.All() {
					ops = append(ops, b.readOperation(m.Name, path, item, m.Value))
				}
			}
		}
	}
	b.api.Operation = len(ops)
	b.all = b.again(b.filter(ops))
	for _, op := range b.all {
		b.api.Operations = append(b.api.Operations, op.Operation)
	}
	for _, op := range b.all {
		op.success = b.successOf(op)
	}
	return b.all
}

// noOperations warns of an SDK with nothing in it to call.
func (b *builder) noOperations() {
	if b.api.Operation > 0 || b.api.Webhooks != nil { // that a filter leaves one is looked at where it is
		return
	}
	pos, why := b.doc.Root.Pos(), "no paths"
	if paths := b.doc.Root.Member("paths"); paths != nil {
		pos, why = paths.Pos, "no operation"
	}
	b.diags.Warningf(pos, "no-operations", "the description has %s, so the SDK has no method", why)
}

func (b *builder) readOperation(method, path string, item, n *spec.Node) *operation {
	op := &operation{
		Operation: &model.Operation{
			Pos:        n.Pos(),
			ID:         n.Get("operationId").Text(),
			Method:     method,
			Path:       path,
			Doc:        cmp.Or(operationDoc(n), operationDoc(item)), // a path item speaks for its operations
			Deprecated: schema.Deprecation(n.Get("deprecated").True(), schema.DeprecatedReason(n)),
		},
		node: n,
		item: item,
	}
	if op.cfg = b.cfg.ForOperation(op.ID, op.Method+" "+op.Path); op.cfg != nil && op.cfg.Deprecated != "" {
		op.Deprecated = op.cfg.Deprecated
	}
	return op
}

// operationDoc is the summary of an operation and, where it says more, its
// description.
func operationDoc(n *spec.Node) string {
	summary := strings.TrimSpace(n.Get("summary").Text())
	description := strings.TrimSpace(n.Get("description").Text())
	switch {
	case description == "" || strings.HasPrefix(summary, description):
		return summary
	case summary == "" || strings.HasPrefix(description, summary):
		return description
	case !strings.Contains(description, "\n") && len(description) < 240 && (!goesOn(description) || repeats(description, summary)):
		return description
	}
	return summary + "\n\n" + description
}

// goesOn reports whether a text begins like one that goes on after another: with
// no verb that says what an operation does.
func goesOn(text string) bool {
	word, _, _ := strings.Cut(strings.ToLower(text), " ")
	return slices.Contains(continuations, strings.Trim(word, "*_`.,:;!"))
}

var continuations = strings.Fields(`a an the this that these those it its they you your we our on in at by for from to with without as of if when where while
	once after before until since because unless only not no note notice warning important caution tip please see deprecated beta preview
	requires required must may can should will is are all any each every both some there here optionally currently`)

// repeats reports whether a text has all words of a shorter one, so that it says
// the same at greater length. Short words, and endings, do not count.
func repeats(text, short string) bool {
	const stem = 4
	stems := func(s string) map[string]bool {
		found := map[string]bool{}
		for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if r := []rune(w); len(r) >= 3 && !slices.Contains(continuations, w) {
				found[string(r[:min(len(r), stem)])] = true
			}
		}
		return found
	}
	all, want := stems(text), stems(short)
	for s := range want {
		if !all[s] {
			return false
		}
	}
	return len(want) > 0
}

// resources grows the resource tree and gives every operation its service and
// name.
func (b *builder) resources(ops []*operation) {
	list := make([]restree.Operation, len(ops))
	for i, op := range ops {
		group, name := b.given(op)
		source := "extension"
		if op.cfg != nil && (op.cfg.Resource != "" || op.cfg.Method != "") {
			source = "gen.yaml"
		}
		returns, members := b.returned(op)
		sends, sendsList := b.sent(op)
		list[i] = restree.Operation{
			Method: op.Method, Path: op.Path, ID: op.ID,
			Group: group, Name: name, Source: source,
			Returns: returns, Members: members, Created: op.success != nil && op.success.status == "201",
			Sends: sends, SendsList: sendsList,
			Summary: op.node.Get("summary").Text(),
		}
		if way, name, ok := decided(op.cfg); ok {
			list[i].Locked = &restree.Locked{Resource: way, Name: name, Reason: "given in the config"}
		} else {
			b.keepCall(op, &list[i])
		}
		for _, tag := range op.node.Get("tags").Elements() {
			list[i].Tags = append(list[i].Tags, tag.Text())
		}
	}
	root := &model.Resource{Package: &model.Package{Name: b.api.Package}}
	b.api.Root = root
	calls := restree.Infer(list)
	for i, call := range calls {
		op := ops[i]
		op.Resource = root
		for _, word := range call.Resource {
			op.Resource = b.child(op.Resource, word)
		}
		if list[i].Locked == nil {
			call.Name = b.verbName(call.Name, func(name string) bool {
				return slices.ContainsFunc(calls, func(c restree.Call) bool { return c.Name == name && slices.Equal(c.Resource, call.Resource) })
			})
		}
		op.Name = model.Name{Spec: call.Name, Go: b.types.Cased(ident.Exported(call.Name))}
		if e := op.locked; e != nil {
			op.Name.Go = e.Last()
		}
		op.Rule, op.Lost, op.Reason = call.Rule, call.Lost, call.Reason
		op.Resource.Methods = append(op.Resource.Methods, op.Operation)
	}
	b.oneName()
}

// given returns what the config or an extension of the description says of an
// operation's place and name. A user's decision wins over the publisher's.
func (b *builder) given(op *operation) (group []string, name string) {
	if op.cfg != nil {
		if op.cfg.Resource != "" && op.cfg.Resource != config.Root {
			group = strings.Split(op.cfg.Resource, ".")
		}
		name = op.cfg.Method
	}
	for _, e := range [...]struct{ group, name string }{
		{"x-fern-sdk-group-name", "x-fern-sdk-method-name"},
		{"x-speakeasy-group", "x-speakeasy-name-override"},
		{"x-stainless-resource", "x-stainless-method"},
		{"", "x-go-name"},
	} {
		if g := op.node.Get(e.group); group == nil && g != nil {
			parts := []string{g.Text()}
			if g.Is(spec.Array) {
				parts = nil
				for _, item := range g.Elements() {
					parts = append(parts, item.Text())
				}
			}
			for _, part := range parts {
				for word := range strings.SplitSeq(part, ".") {
					if word != "" {
						group = append(group, ident.Camel(word))
					}
				}
			}
		}
		if n := op.node.Get(e.name).Text(); name == "" && n != "" {
			name = ident.Camel(n)
		}
	}
	if own := schema.OwnName(op.node, schema.Method); name == "" && own != "" {
		name = ident.Camel(own)
	}
	return group, name
}

// child returns the resource of a name below a resource, made when it is first
// asked for.
func (b *builder) child(parent *model.Resource, word string) *model.Resource {
	for _, c := range parent.Children {
		if c.Name.Spec == word {
			return c
		}
	}
	s := &model.Resource{
		Name:   model.Name{Spec: word, Go: ident.Exported(word)},
		Parent: parent,
		Path:   append(slices.Clone(parent.Path), word),
	}
	if parent.Parent == nil && !b.cfg.InRoot() {
		s.Package = b.api.AddPackage(ident.Package(word))
	} else {
		s.Package = parent.Package
	}
	parent.Children = append(parent.Children, s)
	return s
}

// operation fills in what a method takes and returns.
func (b *builder) operation(op *operation) {
	if n := op.node.Get("security"); n != nil {
		if s := b.requirements(n); !equalSecurity(s, b.api.Security) {
			op.Security = s
		}
	}
	op.Server = b.operationServer(op)
	op.Params = &model.Object{}
	b.types.Origins[op.Params] = types.Origin{Op: op.Operation, Text: "params"}
	b.parameters(op)
	b.body(op)
	if len(op.Params.Fields) == 0 {
		op.Params = nil
	}
	op.ShouldRetry = b.shouldRetry(op)
	b.limits(op)
	b.result(op)
}

// operationServer is the base URL of an operation or path that has servers of
// its own.
func (b *builder) operationServer(op *operation) string {
	for _, n := range []*spec.Node{op.node, op.item} {
		if s := n.Get("servers"); s.Len() > 0 {
			if url := serverURL(s.At(0), true); url != b.api.BaseURL && strings.Contains(url, "://") {
				return url
			}
		}
	}
	return ""
}
