package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// planTests adds the tests of the operations that have samples.
func (e *emitter) planTests() {
	walk(e.api.Root, func(r *model.Resource) {
		for _, op := range methods(r) {
			if len(op.Samples) == 0 {
				continue
			}
			f := e.testFile(r)
			f.deprecated = f.deprecated || op.Deprecated != "" || deprecatedSample(op.Samples)
			f.add(func(g *jen.File) { g.Add(e.test(r, op)) })
		}
	})
}

// testFile is the file of a resource's tests: of a package of its own, which
// sees what users see.
func (e *emitter) testFile(r *model.Resource) *file {
	pkg, name, base := r.Package.Path, r.Package.Name, r.File
	if r == e.api.Root {
		pkg, name, base = "", e.api.Package, "client"
	}
	f := e.file(pkg, name+"_test", base+"_test")
	f.importPath = e.importPath(pkg) + "_test"
	return f
}

// test writes the test of an operation.
func (e *emitter) test(r *model.Resource, op *model.Operation) jen.Code {
	var runs []jen.Code
	for _, s := range op.Samples {
		runs = append(runs, jen.Id("t").Dot("Run").Call(jen.Lit(s.Name), jen.Func().Params(testingT()).Block(e.testCall(r, op, s)...)))
	}
	return jen.Func().Id("Test" + serviceName(e.api, r) + "_" + op.Name.Go).Params(testingT()).Block(runs...)
}

func testingT() *jen.Statement { return jen.Id("t").Op("*").Qual("testing", "T") }

// testCall writes one call and the check of it.
func (e *emitter) testCall(r *model.Resource, op *model.Operation, s *model.Sample) []jen.Code {
	locals := scope{} // that hide no package
	for _, name := range e.packages {
		locals[name] = true
	}
	started, client, result := locals.local("call"), locals.local("client"), locals.local("got")
	newClient := jen.Qual(e.api.Module, "NewClient")
	way := strings.Split(r.Call, ".")
	if r != e.api.Root {
		client = locals.local("service")
		top := r
		for top.Parent != e.api.Root {
			top = top.Parent
		}
		newClient = jen.Qual(e.importPath(r.Package.Path), top.New)
		way = way[1:]
	}
	call := jen.Id(client)
	for _, part := range way {
		if part != "" {
			call.Dot(part)
		}
	}
	args := []jen.Code{jen.Id("t").Dot("Context").Call()}
	for _, v := range s.Args {
		args = append(args, e.use.Value(v))
	}
	if s.Params != nil {
		args = append(args, e.use.Value(s.Params))
	}
	call.Dot(op.Name.Go).Call(args...)
	if op.Result.Kind == model.ItemsResult {
		if e.api.Surface == model.Stainless {
			call.Dot("All").Call()
		}
		call = e.apitest("Items").Call(call)
	}
	got, results := jen.Id(result), []jen.Code{jen.Id(result), jen.Err()}
	if op.Result.Kind == model.NoResult {
		got, results = jen.Nil(), []jen.Code{jen.Err()}
	}
	return []jen.Code{
		jen.Id(started).Op(":=").Add(e.apitest("Start")).Call(jen.Id("t"), jen.Op("&").Qual(e.importPath("internal/config"), "API"), e.testOperation(op, s)),
		jen.Id(client).Op(":=").Add(newClient).Call(jen.Id(started).Dot("Options").Call().Op("...")),
		jen.List(results...).Op(":=").Add(call),
		jen.Id(started).Dot("Check").Call(got, jen.Err()),
	}
}

// testOperation writes what the test knows of the operation.
func (e *emitter) testOperation(op *model.Operation, s *model.Sample) *jen.Statement {
	answer := []entry{{"Status", jen.Lit(s.Answer.Status)}}
	if s.Answer.ContentType != "" {
		answer = append(answer, entry{"ContentType", jen.Lit(s.Answer.ContentType)}, entry{"Body", stringLiteral(string(s.Answer.Body))})
	}
	if len(s.Answer.Means) > 0 {
		answer = append(answer, entry{"Means", stringLiteral(string(s.Answer.Means))})
	}
	entries := []entry{{"Method", verb(op.Method)}, {"Path", jen.Lit(op.Path)}}
	if op.Result.Unwrap != "" {
		entries = append(entries, entry{"Result", jen.Lit(op.Result.Unwrap)})
	}
	if s := op.Result.Stream; s != nil && s.Whole {
		entries = append(entries, entry{"Whole", jen.True()})
	} else if s != nil && s.AsJSON {
		entries = append(entries, entry{"Lines", jen.True()})
	}
	if s := op.Result.Stream; s != nil && s.End != "" {
		entries = append(entries, entry{"End", jen.Lit(s.End)})
	}
	return literal(e.apitest("Operation"), append(entries, entry{"Answer", e.apitest("Answer").Add(compact(answer...))})...)
}

func (e *emitter) apitest(name string) *jen.Statement {
	return jen.Qual(e.importPath("internal/apitest"), name)
}

// deprecatedSample reports whether a sample has something that the API
// deprecates, which tools tell users not to use.
func deprecatedSample(samples []*model.Sample) bool {
	for _, s := range samples {
		for _, v := range append(s.Args, s.Params) {
			if deprecatedValue(v) {
				return true
			}
		}
	}
	return false
}

func deprecatedValue(v *model.Value) bool {
	if v == nil {
		return false
	}
	if d := named(v.Type); d != nil && d.Deprecated != "" {
		return true
	}
	for _, f := range v.Fields {
		if f.Field.Deprecated != "" || deprecatedValue(f.Value) {
			return true
		}
	}
	for _, item := range v.Items {
		if deprecatedValue(item) {
			return true
		}
	}
	for _, entry := range v.Entries {
		if deprecatedValue(entry.Value) {
			return true
		}
	}
	return deprecatedValue(v.Inner)
}
