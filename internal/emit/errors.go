package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// errors writes the names of package apierror that a program needs to handle
// errors with the root package alone.
func (e *emitter) errors() jen.Code {
	var sentinels []jen.Code
	for _, s := range sentinelErrors {
		sentinels = append(sentinels, jen.Id(s.name).Op("=").Add(e.apierror(s.name)).Op("// "+s.when))
	}
	alias := doc(prose.Block{Text: "Error is an error response of the API. Find it with [errors.As]; match its kind with [errors.Is] and the sentinels below."}).
		Type().Id("Error").Op("=").Add(e.apierror("Error"))
	of := doc(prose.Block{Text: "ErrorOf is an [Error] with its body decoded as a T, for APIs whose errors say more than its fields. Find it with [errors.As]; see [apierror.ErrorOf]." + e.usualErrors()}).
		Type().Id("ErrorOf").Types(jen.Id("T").Any()).Op("=").Add(e.apierror("ErrorOf")).Types(jen.Id("T"))
	return alias.Line().Line().Add(of).Line().Line().Add(doc(prose.Block{Text: "Sentinels for [errors.Is]."})).Var().Defs(sentinels...)
}

var sentinelErrors = [...]struct{ name, when string }{
	{"ErrBadRequest", "400"},
	{"ErrAuthentication", "401"},
	{"ErrPermissionDenied", "403"},
	{"ErrNotFound", "404"},
	{"ErrConflict", "409"},
	{"ErrUnprocessableEntity", "422"},
	{"ErrRateLimit", "429"},
	{"ErrInternalServer", "500 and above"},
	{"ErrNotModified", "304: what a conditional request asks for has not changed"},
	{"ErrPreconditionFailed", "412: what a conditional request changes has changed"},
	{"ErrTimeout", "408, 504, or no response in time"},
	{"ErrConnection", "no response"},
	{"ErrNoCredentials", "no credential is configured; nothing was sent"},
}

// planErrorData adds what the API's error responses look like, in place of the
// runtime's guess.
func (e *emitter) planErrorData() {
	d := e.api.ErrorData
	if d == nil {
		return
	}
	e.file("apierror", "apierror", "data").add(func(g *jen.File) {
		list := jen.Index().Id("Data")
		tags := map[string]string{"json": d.Member}
		if d.XML && d.Tag != "" {
			tags["xml"] = d.Tag
		}
		g.Add(doc(prose.Block{Text: "body is an error response with its error items."})).
			Type().Id("body").Struct(jen.Id("Errors").Add(list).Tag(tags)).Line()
		g.Func().Params(jen.Id("b").Op("*").Id("body")).Id("data").Params().Add(list).
			Add(oneLine(jen.Return(jen.Id("b").Dot("Errors")))).Line()
		g.Add(doc(prose.Block{Text: "summary returns the code and the message of d; either may be empty."})).
			Func().Params(jen.Id("d").Op("*").Id("Data")).Id("summary").Params().Params(jen.List(jen.Id("code"), jen.Id("message")).String()).
			Add(oneLine(jen.Return(problemText(d.Code), problemText(d.Message))))
	})
}

// isErrorData reports whether a second name is that of a problem, which is
// declared elsewhere, in the package of errors.
func isErrorData(api *model.API, a *model.Alias) bool {
	return api.ErrorData != nil && a.Target == model.Type(api.ErrorData.Data) && a.Package.Path == "apierror"
}

// problemText writes the text of a field of an error; what has none is "".
func problemText(f *model.Field) jen.Code {
	switch {
	case f == nil:
		return jen.Lit("")
	case f.Type == model.String && f.Presence == model.Plain:
		return jen.Id("d").Dot(f.Name.Go)
	}
	return jen.Id("text").Call(jen.Id("d").Dot(f.Name.Go))
}

// usualErrors is a sentence about the bodies that most errors have; empty if
// there are none.
func (e *emitter) usualErrors() string {
	var parts []string
	for _, f := range e.api.Errors {
		part := nameOf(f.Type, e.api.Root.Package)
		if len(e.api.Errors) > 1 {
			part += forStatuses(f.Statuses)
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return ""
	}
	return " Unless a method says otherwise, T is " + join(parts, "and") + "."
}

// isUsualError reports whether most operations share the type of a body.
func isUsualError(api *model.API, t model.Type) bool {
	return slices.ContainsFunc(api.Errors, func(f *model.ErrorBody) bool { return f.Type == t })
}

// nameOf is the name of a type as text: a link to it within its package.
func nameOf(t model.Type, from *model.Package) string {
	d := named(t)
	if d.Package == from {
		return "[" + d.Name.Go + "]"
	}
	return d.Package.Name + "." + d.Name.Go
}

// unusual are the bodies of the errors of an operation that are not the usual
// ones.
func (e *emitter) unusual(op *model.Operation) []*model.ErrorBody {
	var list []*model.ErrorBody
	for _, f := range op.Errors {
		if !isUsualError(e.api, f.Type) {
			list = append(list, f)
		}
	}
	return list
}

// failures is a sentence about the bodies of the errors of an operation that are
// not the usual one.
func (e *emitter) failures(op *model.Operation, from *model.Package) []prose.Block {
	var parts []string
	for _, f := range e.unusual(op) {
		parts = append(parts, "with "+nameOf(f.Type, from)+forStatuses(f.Statuses))
	}
	if len(parts) == 0 {
		return nil
	}
	return []prose.Block{{Text: "It fails " + join(parts, "and") + "."}}
}

// forStatuses says for which statuses; nothing for all of them.
func forStatuses(statuses []string) string {
	var names []string
	for _, s := range statuses {
		if s != "default" {
			names = append(names, prose.Line(s))
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case len(names) < len(statuses):
		names = append(names, "others")
	}
	return " for status " + join(names, "and")
}
