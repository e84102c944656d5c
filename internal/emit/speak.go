package emit

import (
	"path"
	"regexp"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// The runtime's documentation speaks of one SDK, which has this package.
const spokenPackage = "cloudflare."

// spoken finds what stands in an example for a call of the API.
var spoken = regexp.MustCompile(`(?:_|stores), err := client\.SecretsStore\.Stores\.(?:Create|List)\(ctx, params`)

// example is one in the documentation of a package, with the line before it.
var example = regexp.MustCompile(`(?m)^//\n(?://\t.*\n)+`)

// packageClause ends the documentation of a package.
var packageClause = regexp.MustCompile(`(?m)^package \w+$`)

// speak makes a file of the runtime speak of this SDK: of its package, and of
// methods that it has. Behind the package clause of a doc.go stands why the
// runtime is as it is, which is of no use to the users of an SDK.
func (e *emitter) speak(name, text string) string {
	if path.Base(name) == "doc.go" {
		if end := packageClause.FindStringIndex(text); end != nil {
			text = text[:end[1]] + "\n"
		}
	}
	if !strings.Contains(text, "SecretsStore") && !strings.Contains(text, spokenPackage) {
		return text
	}
	kind := func(*model.Operation) bool { return true }
	switch path.Dir(name) {
	case "pagination":
		kind = func(op *model.Operation) bool { return op.Result.Kind == model.PageResult }
	case "streaming":
		kind = func(op *model.Operation) bool { return op.Result.Kind == model.ItemsResult }
	}
	op := e.operation(kind)
	text = strings.ReplaceAll(text, spokenPackage, e.api.Package+".")
	if op == nil {
		return example.ReplaceAllLiteralString(text, "")
	}
	args := "ctx"
	switch len(op.Args) { // by names of no description, so that a parameter of another name changes nothing here
	case 0:
	case 1:
		args += ", id"
	case 2:
		args += ", parentID, id"
	default:
		args += ", ids..."
	}
	if op.Params != nil {
		args += ", params"
	}
	call := "client." + op.Call + "(" + args
	result := "_, err"
	if path.Dir(name) == "option" {
		result = "result, err"
	}
	switch op.Result.Kind {
	case model.NoResult:
		result = "err"
	case model.ItemsResult:
		result = "values"
	}
	text = spoken.ReplaceAllLiteralString(text, result+" := "+call)
	text = strings.ReplaceAll(text, "page, err := client.SecretsStore.Stores.List(ctx, params", "page, err := "+call)
	text = strings.ReplaceAll(text, "api.On.SecretsStore.Stores.List", "api.On."+op.Call)
	return strings.ReplaceAll(text, "client.SecretsStore.Stores.List(ctx, params", call)
}

// operation returns one of a kind: the most central, or else the first; nil if
// there is none.
func (e *emitter) operation(kind func(*model.Operation) bool) *model.Operation {
	for _, op := range snippet.Central(e.api, 100) {
		if kind(op) {
			return op
		}
	}
	var first func(r *model.Resource) *model.Operation
	first = func(r *model.Resource) *model.Operation {
		for _, op := range r.Methods {
			if kind(op) {
				return op
			}
			if op.Streaming != nil && kind(op.Streaming) {
				return op.Streaming
			}
		}
		for _, child := range r.Children {
			if op := first(child); op != nil {
				return op
			}
		}
		return nil
	}
	return first(e.api.Root)
}
