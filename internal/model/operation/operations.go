package operation

import (
	"cmp"
	"regexp"
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

// An Operation is one of the description's on its way into the model.
type Operation struct {
	*model.Operation
	Node    *spec.Node
	item    *spec.Node // the path item it is in
	cfg     *config.Operation
	Success *response       // nil if no response tells of success
	locked  *lockfile.Entry // the call that it has had and keeps; nil if it has none
}

// verbs are the keys of a path item that are operations, beside
// additionalOperations.
var verbs = [...]string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

// readOperations finds every operation that becomes a method, in the order of
// the description.
func (rd *reader) readOperations() []*Operation {
	var ops []*Operation
	for path, item := range rd.doc.Root.Get("paths").Members() {
		if strings.HasPrefix(path, "x-") {
			continue
		}
		item = rd.facts.MustDeref(item)
		path = rd.colons(path, item)
		for _, m := range item.All() {
			switch {
			case slices.Contains(verbs[:], m.Name):
				ops = append(ops, rd.readOperation(strings.ToUpper(m.Name), path, item, m.Value))
			case m.Name == "additionalOperations":
				for _, m := range m.Value.All() {
					ops = append(ops, rd.readOperation(m.Name, path, item, m.Value))
				}
			}
		}
	}
	rd.api.Operation = len(ops)
	rd.all = rd.again(rd.filter(ops))
	for _, op := range rd.all {
		rd.api.Operations = append(rd.api.Operations, op.Operation)
	}
	for _, op := range rd.all {
		op.Success = rd.successOf(op)
	}
	return rd.all
}

// colon is how routers write a path parameter.
var colon = regexp.MustCompile(`/:([A-Za-z_][A-Za-z0-9_]*)`)

// colons writes the parameters of a path as OpenAPI has them, where it has those that
// it declares as routers do: /things/:id for /things/{id}.
func (rd *reader) colons(path string, item *spec.Node) string {
	declared := map[string]bool{}
	note := func(list *spec.Node) {
		for _, p := range list.Elements() {
			if p = rd.facts.Deref(p); p.Get("in").Text() == "path" {
				declared[p.Get("name").Text()] = true
			}
		}
	}
	note(item.Get("parameters"))
	for _, m := range item.All() {
		note(m.Value.Get("parameters"))
	}
	right := colon.ReplaceAllStringFunc(path, func(part string) string {
		if !declared[part[2:]] {
			return part
		}
		return "/{" + part[2:] + "}"
	})
	if right != path {
		rd.diags.Warningf(item.Pos(), "path-colon", "the path %s is read as %s", path, right)
	}
	return right
}

// noOperations warns of an SDK with nothing in it to call.
func (rd *reader) noOperations() {
	if rd.api.Operation > 0 || rd.api.Webhooks != nil { // that a filter leaves one is looked at where it is
		return
	}
	pos, why := rd.doc.Root.Pos(), "no paths"
	if paths := rd.doc.Root.Member("paths"); paths != nil {
		pos, why = paths.Pos, "no operation"
	}
	rd.diags.Warningf(pos, "no-operations", "the description has %s, so the SDK has no method", why)
}

func (rd *reader) readOperation(method, path string, item, n *spec.Node) *Operation {
	op := &Operation{
		Operation: &model.Operation{
			Pos:        n.Pos(),
			ID:         n.Get("operationId").Text(),
			Method:     method,
			Path:       path,
			Doc:        cmp.Or(operationDoc(n), operationDoc(item)), // a path item speaks for its operations
			Deprecated: schema.Deprecation(n.Get("deprecated").True(), schema.DeprecatedReason(n)),
		},
		Node: n,
		item: item,
	}
	if op.cfg = rd.cfg.ForOperation(op.ID, op.Method+" "+op.Path); op.cfg != nil && op.cfg.Deprecated != "" {
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
func (rd *reader) resources(ops []*Operation) {
	list := make([]restree.Operation, len(ops))
	for i, op := range ops {
		group, name := rd.given(op)
		source := "extension"
		if op.cfg != nil && (op.cfg.Resource != "" || op.cfg.Method != "") {
			source = "gen.yaml"
		}
		returns, members := rd.returned(op)
		sends, sendsList := rd.sent(op)
		list[i] = restree.Operation{
			Method: op.Method, Path: op.Path, ID: op.ID,
			Group: group, Name: name, Source: source,
			Returns: returns, Members: members, Created: op.Success != nil && op.Success.Status == "201",
			Sends: sends, SendsList: sendsList,
			Summary: op.Node.Get("summary").Text(),
		}
		if way, name, ok := decided(op.cfg); ok {
			list[i].Locked = &restree.Locked{Resource: way, Name: name, Reason: "given in the config"}
		} else {
			rd.keepCall(op, &list[i])
		}
		for _, tag := range op.Node.Get("tags").Elements() {
			list[i].Tags = append(list[i].Tags, tag.Text())
		}
	}
	root := &model.Resource{Package: &model.Package{Name: rd.api.Package}}
	rd.api.Root = root
	calls := restree.Infer(list)
	for i, call := range calls {
		op := ops[i]
		op.Resource = root
		for _, word := range call.Resource {
			op.Resource = rd.child(op.Resource, word)
		}
		if list[i].Locked == nil {
			call.Name = rd.verbName(call.Name, func(name string) bool {
				return slices.ContainsFunc(calls, func(c restree.Call) bool { return c.Name == name && slices.Equal(c.Resource, call.Resource) })
			})
		}
		op.Name = model.Name{Spec: call.Name, Go: rd.types.Cased(ident.Exported(call.Name))}
		if e := op.locked; e != nil {
			op.Name.Go = e.Last()
		}
		op.Rule, op.Lost, op.Reason = call.Rule, call.Lost, call.Reason
		op.Resource.Methods = append(op.Resource.Methods, op.Operation)
	}
	rd.oneName()
}

// given returns what the config or an extension of the description says of an
// operation's place and name. A user's decision wins over the publisher's.
func (rd *reader) given(op *Operation) (group []string, name string) {
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
		if g := op.Node.Get(e.group); group == nil && g != nil {
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
		if n := op.Node.Get(e.name).Text(); name == "" && n != "" {
			name = ident.Camel(n)
		}
	}
	if own := schema.OwnName(op.Node, schema.Method); name == "" && own != "" {
		name = ident.Camel(own)
	}
	return group, name
}

// child returns the resource of a name below a resource, made when it is first
// asked for.
func (rd *reader) child(parent *model.Resource, word string) *model.Resource {
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
	if parent.Parent == nil && !rd.cfg.InRoot() {
		s.Package = rd.api.AddPackage(ident.Package(word))
	} else {
		s.Package = parent.Package
	}
	parent.Children = append(parent.Children, s)
	return s
}

// fill fills in what a method takes and returns.
func (rd *reader) fill(op *Operation) {
	if n := op.Node.Get("security"); n != nil {
		if s := rd.requirements(n); !equalSecurity(s, rd.api.Security) {
			op.Security = s
		}
	}
	op.Server = rd.operationServer(op)
	op.Params = &model.Object{}
	rd.types.Origins[op.Params] = types.Origin{Op: op.Operation, Text: "params"}
	rd.parameters(op)
	rd.body(op)
	if len(op.Params.Fields) == 0 {
		op.Params = nil
	}
	op.ShouldRetry = rd.shouldRetry(op)
	rd.limits(op)
	rd.result(op)
}

// operationServer is the base URL of an operation or path that has servers of
// its own.
func (rd *reader) operationServer(op *Operation) string {
	for _, n := range []*spec.Node{op.Node, op.item} {
		if s := n.Get("servers"); s.Len() > 0 {
			if url := ServerURL(s.At(0), true); url != rd.api.BaseURL && strings.Contains(url, "://") {
				return url
			}
		}
	}
	return ""
}
