package emit

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/openapi-lathe/lathe/internal/model"
)

// BenchmarkFiles writes an SDK of about 100,000 lines.
func BenchmarkFiles(b *testing.B) {
	api := large(120, 10)
	var files map[string][]byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if files, err = Files(api); err != nil {
			b.Fatal(err)
		}
	}
	lines := 0
	for _, text := range files {
		lines += bytes.Count(text, []byte("\n"))
	}
	b.ReportMetric(float64(lines), "lines")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/float64(lines)*1e5, "s/100klines")
}

// large is an API of so many resources, each with so many services of two
// operations and four types.
func large(resources, services int) *model.API {
	api := sample()
	numbered := api.Pages[1]
	for i := range resources {
		pkg := &model.Package{Name: fmt.Sprintf("r%d", i), Path: fmt.Sprintf("r%d", i)}
		top := &model.Resource{Name: model.Name{Spec: pkg.Name, Go: fmt.Sprintf("R%d", i)}, Call: fmt.Sprintf("R%d", i), Service: "Service", Package: pkg, File: pkg.Name}
		for j := range services {
			r := largeService(top, j, numbered)
			top.Children = append(top.Children, r)
		}
		api.Root.Children = append(api.Root.Children, top)
		api.Packages = append(api.Packages, pkg)
	}
	return api
}

func largeService(top *model.Resource, j int, page *model.Page) *model.Resource {
	pkg := top.Package
	name := fmt.Sprintf("Thing%d", j)
	r := &model.Resource{Name: model.Name{Spec: name, Go: name}, Call: top.Call + "." + name, Service: name + "Service", Package: pkg, File: fmt.Sprintf("thing%d", j)}
	account := &model.Field{Name: model.Name{Spec: "account_id", Go: "AccountID"}, Type: model.String, In: model.InRequest, Doc: "The identifier of the account. At most 32 characters."}
	var last model.Type = model.String
	for k := range 4 {
		o := &model.Object{
			Declared: model.Declared{Name: model.Name{Spec: "thing", Go: fmt.Sprintf("%s%c", name, 'A'+k)}, Package: pkg, File: r.File + "_types", Doc: "A thing that **does** what [things](https://example.com) do.\n\n- one\n- two"},
			Extra:    &model.Field{Type: model.Any},
		}
		for f := range 6 {
			o.Fields = append(o.Fields, &model.Field{
				Name: model.Name{Spec: fmt.Sprintf("field_%d", f), Go: fmt.Sprintf("Field%d", f)},
				Doc:  "What the field of the thing holds, which is what it says it is, or `null` if it says nothing.",
				Type: last, Presence: model.Presence(f % 4),
			})
		}
		pkg.Types = append(pkg.Types, o)
		last = o
	}
	for _, method := range []string{"GET", "POST"} {
		params := &model.Object{Declared: model.Declared{Name: model.Name{Go: name + method + "Params"}, Package: pkg, File: r.File}, Fields: []*model.Field{account}}
		op := &model.Operation{
			Method: method, Path: "/accounts/{account_id}/things", Name: model.Name{Spec: method, Go: "Do" + method}, Call: r.Call + ".Do" + method,
			Doc: "Returns a thing, which is described elsewhere, if it is there.", Params: params,
			Inputs: []*model.Input{{Name: "account_id", Field: account}},
			Result: model.Result{Kind: model.PageResult, Type: last, Page: page, All: "Do" + method + "All", Cursor: "page"},
		}
		r.Methods = append(r.Methods, op)
	}
	return r
}
