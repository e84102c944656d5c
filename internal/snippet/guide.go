package snippet

import (
	"net/http"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// Handling returns a program that calls an operation and tells its errors apart.
// The operation must not be one that yields a stream of values.
func (w *Writer) Handling(op *model.Operation) (string, error) {
	taken := w.taken(op)
	taken["errors"] = true
	ctx, client := taken.local("ctx"), taken.local("client")
	failure := taken.local("apiErr")
	results := jen.List(jen.Id("_"), jen.Err())
	if op.Result.Kind == model.NoResult {
		results = jen.Err()
	}
	say := func(args ...jen.Code) jen.Code { return jen.Qual("fmt", "Println").Call(args...) }
	root := func(name string) *jen.Statement { return jen.Qual(w.api.Module, name) }
	g := w.file()
	g.Func().Id("main").Params().Block(
		jen.Id(client).Op(":=").Add(root("NewClient")).Call(),
		jen.Id(ctx).Op(":=").Qual("context", "Background").Call(),
		results.Op(":=").Add(way(client, op.Call)).Call(w.call(ctx, op)...),
		jen.Line(),
		jen.Var().Id(failure).Op("*").Add(root("Error")),
		jen.Switch().Block(
			jen.Case(jen.Err().Op("==").Nil()).Block(say(jen.Lit("done"))),
			jen.Case(jen.Qual("errors", "Is").Call(jen.Err(), root("ErrNotFound"))).Block(say(jen.Lit("there is no such thing"))),
			jen.Case(jen.Qual("errors", "Is").Call(jen.Err(), root("ErrRateLimit"))).Block(say(jen.Lit("too many requests, even after the retries"))),
			jen.Case(jen.Qual("errors", "As").Call(jen.Err(), jen.Op("&").Id(failure))).Block(
				say(jen.Id(failure).Dot("StatusCode"), jen.Id(failure).Dot("Message"), jen.Id(failure).Dot("RequestID"))),
			jen.Default().Block(say(jen.Lit("no answer:"), jen.Err())),
		),
	)
	return render(g, op)
}

// Paging returns a program that goes through the results of an operation page by
// page. The operation must be one that is paged.
func (w *Writer) Paging(op *model.Operation) (string, error) {
	taken := w.taken(op)
	ctx, client, first, page, n := taken.local("ctx"), taken.local("client"), taken.local("first"), taken.local("page"), taken.local("n")
	failed := func() jen.Code {
		return jen.If(jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err()))
	}
	g := w.file()
	g.Func().Id("main").Params().Block(
		jen.Id(client).Op(":=").Qual(w.api.Module, "NewClient").Call(),
		jen.Id(ctx).Op(":=").Qual("context", "Background").Call(),
		jen.List(jen.Id(first), jen.Err()).Op(":=").Add(way(client, op.Call)).Call(w.call(ctx, op)...),
		failed(),
		jen.Id(n).Op(":=").Lit(0),
		jen.For(jen.List(jen.Id(page), jen.Err()).Op(":=").Range().Id(first).Dot("Pages").Call(jen.Id(ctx))).Block(
			failed(),
			jen.Id(n).Op("++"),
			jen.Qual("fmt", "Println").Call(jen.Lit("page"), jen.Id(n), jen.Qual(w.importPath("pagination"), "More").Call(jen.Id(page))),
		),
	)
	return render(g, op)
}

// Options returns a program that sets options for a client and for a call. The
// operation must not be one that yields a stream of values.
func (w *Writer) Options(op *model.Operation) (string, error) {
	taken := w.taken(op)
	taken["option"], taken["http"] = true, true
	ctx, client, answer := taken.local("ctx"), taken.local("client"), taken.local("answer")
	option := func(name string, args ...jen.Code) *jen.Statement {
		return jen.Qual(w.importPath("option"), name).Call(args...)
	}
	results := jen.List(jen.Id("_"), jen.Err())
	if op.Result.Kind == model.NoResult {
		results = jen.Err()
	}
	args := append(w.call(ctx, op), option("WithHeader", jen.Lit("X-Trace"), jen.Lit("42")), option("WithResponse", jen.Op("&").Id(answer)))
	g := w.file()
	g.Func().Id("main").Params().Block(
		jen.Id(client).Op(":=").Qual(w.api.Module, "NewClient").Add(lines(
			option("WithMaxRetries", jen.Lit(4)),
			option("WithTimeout", jen.Lit(20).Op("*").Qual("time", "Second")),
		)),
		jen.Id(ctx).Op(":=").Qual("context", "Background").Call(),
		jen.Var().Id(answer).Op("*").Qual("net/http", "Response"),
		results.Op(":=").Add(way(client, op.Call)).Add(lines(args...)),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err())),
		jen.Qual("fmt", "Println").Call(jen.Id(answer).Dot("Status")),
	)
	return render(g, op)
}

// Testing returns a test in which package sdktest plays the API: it fails once,
// as the client can stand, and then answers. The operation must not be one that
// yields a stream of values.
func (w *Writer) Testing(op *model.Operation) (string, error) {
	taken := w.taken(op)
	taken["sdktest"], taken["testing"], taken["t"] = true, true, true
	api, client := taken.local("api"), taken.local("client")
	fake := func(name string) *jen.Statement { return jen.Qual(w.importPath("sdktest"), name) }
	on := way(api, "On."+op.Call)
	respond := []jen.Code{on.Clone()}
	switch {
	case op.Result.Kind == model.PageResult:
		list := &model.List{Elem: op.Result.Type}
		respond = append(respond, w.Value(StandIn("", list, nil)))
	case op.Result.Kind == model.ValueResult && isObject(op.Result.Type):
		respond = append(respond, jen.Op("&").Add(w.Value(unaliased(StandIn("", op.Result.Type, nil)))))
	}
	results := jen.List(jen.Id("_"), jen.Err())
	if op.Result.Kind == model.NoResult {
		results = jen.Err()
	}
	args := append([]jen.Code{jen.Id("t").Dot("Context").Call()}, w.call("", op)[1:]...)
	body := []jen.Code{
		jen.Id(api).Op(":=").Add(fake("New")).Call(jen.Id("t")),
		fake("Respond").Call(respond...),
		fake("Fail").Call(on.Clone(), jen.Lit(1), fake("Status").Call(jen.Lit(http.StatusTooManyRequests), jen.Lit("Retry-After"), jen.Lit("0"))),
		jen.Line(),
		jen.Id(client).Op(":=").Qual(w.api.Module, "NewClient").Call(jen.Id(api).Dot("Options").Call().Op("...")),
		jen.If(results.Op(":=").Add(way(client, op.Call)).Call(args...), jen.Err().Op("!=").Nil()).Block(jen.Id("t").Dot("Fatal").Call(jen.Err())),
		jen.If(jen.Id("n").Op(":=").Len(fake("Calls").Call(on.Clone())), jen.Id("n").Op("!=").Lit(2)).Block(
			jen.Id("t").Dot("Errorf").Call(jen.Lit("%d requests, want one and its repetition"), jen.Id("n"))),
	}
	g := w.file()
	g.Func().Id("Test" + op.Name.Go).Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(body...)
	text, err := render(g, op)
	return strings.Replace(text, "package main\n", "package main_test\n", 1), err
}

// Credential returns a program that gives a client a credential of its own; ""
// if there is none to give.
func (w *Writer) Credential(op *model.Operation) (string, error) {
	var options []jen.Code
	env := func(name string) jen.Code { return jen.Qual("os", "Getenv").Call(jen.Lit(name)) }
	for _, name := range w.alternative(op) {
		s := w.schemes[name]
		if s == nil || s.Option.Go == "" {
			continue
		}
		args := []jen.Code{env("MY_" + s.Env)}
		if s.Basic {
			args = append(args, env("MY_"+s.EnvPassword))
		}
		options = append(options, jen.Qual(w.importPath("option"), s.Option.Go).Call(args...))
	}
	if len(options) == 0 {
		return "", nil
	}
	taken := w.taken(op)
	ctx, client := taken.local("ctx"), taken.local("client")
	results := jen.List(jen.Id("_"), jen.Err())
	if op.Result.Kind == model.NoResult {
		results = jen.Err()
	}
	g := w.file()
	g.Func().Id("main").Params().Block(
		jen.Id(client).Op(":=").Qual(w.api.Module, "NewClient").Add(lines(options...)),
		jen.Id(ctx).Op(":=").Qual("context", "Background").Call(),
		jen.If(results.Op(":=").Add(way(client, op.Call)).Call(w.call(ctx, op)...), jen.Err().Op("!=").Nil()).
			Block(jen.Qual("log", "Fatal").Call(jen.Err())),
	)
	return render(g, op)
}

// call are the arguments of a call, with its context.
func (w *Writer) call(ctx string, op *model.Operation) []jen.Code {
	return append([]jen.Code{jen.Id(ctx)}, w.arguments(w.values(op))...)
}

// way leads from a variable to what a call names.
func way(from, call string) *jen.Statement {
	s := jen.Id(from)
	for part := range strings.SplitSeq(call, ".") {
		s.Dot(part)
	}
	return s
}

// lines are arguments with one to a line.
func lines(args ...jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true}, args...)
}

func isObject(t model.Type) bool {
	for {
		a, ok := t.(*model.Alias)
		if !ok {
			break
		}
		t = a.Target
	}
	_, ok := t.(*model.Object)
	return ok
}

// unaliased is a value without the other names of its type.
func unaliased(v *model.Value) *model.Value {
	for {
		if _, ok := v.Type.(*model.Alias); !ok {
			return v
		}
		v = v.Inner
	}
}
