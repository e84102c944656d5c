package build

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
)

// resultText is how an operation is paged, what its pages hold and what they
// tell: "cursor (after): []Thing in data; next meta.next".
func resultText(op *model.Operation) string {
	r := op.Result
	if r.Kind != model.PageResult {
		return [...]string{"nothing", "a value", "a page", "a stream", "a text"}[r.Kind]
	}
	items := "the whole"
	if !r.Page.Bare {
		items = way(r.Page.Items)
	}
	if r.Unwrap != "" {
		items = r.Unwrap + ">" + items
	}
	s := op.Paging + ": " + typeText(r.Type) + " in " + items
	facts := slices.Clone(r.Page.Facts)
	slices.SortFunc(facts, func(a, b model.Fact) int { return int(a.Role - b.Role) })
	for _, f := range facts {
		s += "; " + [...]string{"page", "size", "total", "pages", "next", "more", "offset", "last id"}[f.Role] + " " + way(f.Path)
	}
	return s
}

func way(path []*model.Field) string {
	var names []string
	for _, f := range path {
		names = append(names, f.Name.Spec)
	}
	return strings.Join(names, ".")
}

// param is a query parameter in YAML.
func param(name, typ string) string {
	return fmt.Sprintf("{name: %q, in: query, schema: {type: %s}}", name, typ)
}

func TestInferPages(t *testing.T) {
	const strs = "{type: array, items: {type: string}}"
	const things = "{type: array, items: {$ref: '#/components/schemas/Thing'}}"
	object := func(members string) string { return "{type: object, properties: {" + members + "}}" }
	for _, tt := range []struct {
		name    string
		params  string
		schema  string
		headers string
		want    string
	}{
		{"page number", param("page", "integer"), object("data: " + strs), "", "page number (page): String in data"},
		{"page number of another name", param("pageNumber", "integer"), object("data: " + strs), "", "page number (pageNumber): String in data"},
		{
			"what a page tells", param("page", "integer"),
			object("items: " + strs + ", meta: " + object("page: {type: integer}, per_page: {type: integer}, total_count: {type: integer}, total_pages: {type: integer}")), "",
			"page number (page): String in items; page meta.page; size meta.per_page; total meta.total_count; pages meta.total_pages",
		},
		{
			"an object called next", param("after", "string"), object("results: " + strs + ", paging: " + object("next: "+object("after: {type: string}, link: {type: string}"))), "",
			"cursor (after): String in results; next paging.next.after",
		},
		{
			"an object called next with a URL", param("limit", "integer"), object("items: " + strs + ", _links: " + object("next: "+object("href: {type: string}"))), "",
			"next URL: String in items; next _links.next.href",
		},
		{
			"an envelope without a flag", param("page", "integer"), object("code: {type: integer}, data: " + object("list: "+strs+", total: {type: integer}")), "",
			"page number (page): String in data>list; total total",
		},
		{"an object with other things is no envelope", param("page", "integer"), object("colour: {type: string}, data: " + object("list: "+strs+", total: {type: integer}")), "", "a value"},
		{
			"dotted parameters", param("listOptions.limit", "integer") + ", " + param("listOptions.continue", "string"), object("items: " + strs + ", metadata: " + object("continue: {type: string}")), "",
			"cursor (listOptions.continue): String in items; next metadata.continue",
		},
		{
			"what the last one is called", param("start_after_thing_id", "string"), object("things: " + things + ", last_thing_id: {type: string}, has_more: {type: boolean}"), "",
			"cursor (start_after_thing_id): Thing in things; next last_thing_id; more has_more",
		},
		{"no word of more", param("start_after_thing_id", "string"), object("things: " + things + ", last_thing_id: {type: string}"), "", "a value"},
		{
			"a page that is no number", param("page", "string"), object("data: " + strs + ", next_page: {type: string}, has_more: {type: boolean}"), "",
			"cursor (page): String in data; next next_page; more has_more",
		},
		{
			"a cursor inside of a URL", param("cursor", "string"), object("data: " + strs + ", links: " + object("next: {type: string}")), "",
			"next URL: String in data; next links.next",
		},
		{
			"the page before what is in it", param("page", "integer"), object("items: " + strs + ", total: {type: integer}, meta: " + object("total: {type: integer}")), "",
			"page number (page): String in items; total total",
		},
		{
			"two objects deep", param("page", "integer"), object("items: " + strs + ", meta: " + object("pagination: "+object("total: {type: integer}"))), "",
			"page number (page): String in items; total meta.pagination.total",
		},
		{
			"a number of something else", param("page", "integer"), object("items: " + strs + ", owner: " + object("total: {type: integer}")), "",
			"page number (page): String in items",
		},
		{"offset", param("offset", "integer") + ", " + param("limit", "integer"), object("results: " + strs + ", total: {type: integer}"), "", "offset (offset): String in results; total total"},
		{"offset called skip", param("$skip", "integer"), object("value: " + strs), "", "offset ($skip): String in value"},
		{"page before offset", param("offset", "integer") + ", " + param("page", "integer"), object("data: " + strs), "", "page number (page): String in data"},
		{"cursor", param("cursor", "string"), object("data: " + strs + ", next_cursor: {type: string}"), "", "cursor (cursor): String in data; next next_cursor"},
		{"cursor in an object", param("pageToken", "string"), object("data: " + strs + ", paging: " + object("after: {type: string}")), "", "cursor (pageToken): String in data; next paging.after"},
		{"cursor before page", param("page", "integer") + ", " + param("after", "string"), object("data: " + strs + ", after: {type: string}"), "", "cursor (after): String in data; next after"},
		{
			"cursor and whether there is more", param("cursor", "string"), object("data: " + strs + ", next: {type: [string, 'null']}, has_more: {type: boolean}"), "",
			"cursor (cursor): String in data; next next; more has_more",
		},
		{"the last item's ID", param("starting_after", "string"), object("data: " + things + ", has_more: {type: boolean}"), "", "cursor (starting_after): Thing in data; more has_more; last id data"},
		{"next URL", "", object("data: " + strs + ", next_url: {type: string}"), "", "next URL: String in data; next next_url"},
		{"next URL in an object", "", object("data: " + strs + ", links: " + object("nextPageUrl: {type: string}")), "", "next URL: String in data; next links.nextPageUrl"},
		{"next link of OData", "", object("value: " + strs + ", nextLink: {type: string}"), "", "next URL: String in value; next nextLink"},
		{"Link header of a bare list", "", strs, "{Link: {schema: {type: string}}}", "Link header: String in the whole"},
		{"link header in small letters", "", strs, "{link: {schema: {type: string}}}", "Link header: String in the whole"},
		{"Link header before page", param("page", "integer"), strs, "{Link: {schema: {type: string}}}", "Link header: String in the whole"},
		{"bare list with a page", param("page", "integer"), strs, "", "page number (page): String in the whole"},
		{"bare list with an offset", param("offset", "integer"), strs, "", "offset (offset): String in the whole"},
		{"items called so among other lists", param("page", "integer"), object("warnings: " + strs + ", items: " + strs), "", "page number (page): String in items"},
		{"items of their own name", param("page", "integer"), object("widgets: " + strs), "", "page number (page): String in widgets"},
		{"envelope with a list", "", object("success: {type: boolean}, result: " + strs), "", "single page: String in result"},
		{"envelope with a list and a page", param("page", "integer"), object("success: {type: boolean}, errors: " + strs + ", result: " + strs + ", result_info: " + object("total_count: {type: integer}")), "", "page number (page): String in result; total result_info.total_count"},
		{"items in the result", param("page", "integer"), object("success: {type: boolean}, result: " + object("items: "+strs+", total: {type: integer}")), "", "page number (page): String in result>items; total total"},

		{"no parameter", "", object("data: " + strs), "", "a value"},
		{"a page that is a text", param("page", "string"), object("items: " + strs), "", "a value"},
		{"an offset that is a text", param("offset", "string"), object("items: " + strs), "", "a value"},
		{"a cursor that is a number", param("cursor", "integer"), object("items: " + strs + ", next: {type: string}"), "", "a value"},
		{"two lists and neither called so", param("page", "integer"), object("cats: " + strs + ", dogs: " + strs), "", "a value"},
		{"a cursor, but no next one", param("cursor", "string"), object("items: " + strs), "", "a value"},
		{"a cursor, but the next is an object", param("cursor", "string"), object("items: " + strs + ", next: " + object("id: {type: string}")), "", "a value"},
		{"a next cursor, but no parameter", "", object("items: " + strs + ", next_page_token: {type: string}"), "", "a value"},
		{"a next cursor of something else", param("cursor", "string"), object("items: " + strs + ", owner: " + object("next_cursor: {type: string}")), "", "a value"},
		{"starts after, but does not say if there is more", param("starting_after", "string"), object("data: " + things), "", "a value"},
		{"starts after, but items have no ID", param("starting_after", "string"), object("data: " + strs + ", has_more: {type: boolean}"), "", "a value"},
		{"a page in the header", "{name: page, in: header, schema: {type: integer}}", object("items: " + strs), "", "a value"},
		{"a page size alone", param("per_page", "integer"), object("items: " + strs), "", "a value"},
		{"a bare list without a page", param("limit", "integer"), strs, "", "a value"},
		{"a bare list with a cursor", param("cursor", "string"), strs, "", "a value"},
		{"no list", param("page", "integer"), object("id: {type: string}"), "", "a value"},
		{"a list that is deeper", param("page", "integer"), object("book: " + object("items: "+strs)), "", "a value"},
		{"envelope with an object", param("page", "integer"), object("success: {type: boolean}, result: " + object("id: {type: string}")), "", "a value"},
		{"items in the result, but no parameter", "", object("success: {type: boolean}, result: " + object("items: "+strs)), "", "a value"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, fmt.Sprintf(`
paths:
  /things:
    get:
      operationId: listThings
      parameters: [%s]
      responses: {'200': {description: d, headers: %s, content: {application/json: {schema: %s}}}}
components: {schemas: {Thing: {type: object, properties: {id: {type: string}}}}}
`, tt.params, cmp.Or(tt.headers, "{}"), tt.schema), config.Config{})
			if got := resultText(operations(api)["listThings"]); got != tt.want {
				t.Errorf("got\n\t%s\nwant\n\t%s", got, tt.want)
			}
		})
	}
}

// TestInferPagesAll holds that only what is asked for with GET has a twin that
// asks again, and that a config may say that nothing is paged.
func TestInferPagesAll(t *testing.T) {
	for _, tt := range []struct {
		name, method string
		cfg          config.Config
		want         string
	}{
		{"GET", "get", config.Config{}, "ListAll"},
		{"POST", "post", config.Config{}, ""},
		{"not paged", "get", config.Config{Operations: []config.Operation{{Key: "list", NoPaging: true}}}, ""},
		{"not paged, by its path", "get", config.Config{Operations: []config.Operation{{Key: "GET /things", NoPaging: true}}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, fmt.Sprintf(`
paths:
  /things:
    %s:
      operationId: list
      parameters: [%s]
      responses: {'200': {description: d, content: {application/json: {schema: {properties: {items: {type: array, items: {type: string}}}}}}}}
`, tt.method, param("page", "integer")), tt.cfg)
			if got := operations(api)["list"].Result.All; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestMergePages holds which responses are pages of one type, and what it has.
func TestMergePages(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b string // the members beside the items
		want []string
	}{
		{"the same", "total: {type: integer}", "total: {type: integer}", []string{"items omitzero []T; total optional Int64"}},
		{"only one has it", "total: {type: integer}", "size: {type: integer}", []string{"items omitzero []T; total optional Int64; size optional Int64"}},
		{"what is not the same", "total: {type: integer}", "total: {type: string}", []string{"items omitzero []T; total optional Int64", "items omitzero []T; total optional String"}},
		{
			"objects that tell of pages", "meta: {type: object, properties: {a: {type: integer}}}", "meta: {type: object, properties: {b: {type: integer}}}",
			[]string{"items omitzero []T; meta pointer Meta(a optional Int64; b optional Int64)"},
		},
		{
			"objects that do not agree", "meta: {type: object, properties: {a: {type: integer}}}", "meta: {type: object, properties: {a: {type: boolean}}}",
			[]string{"items omitzero []T; meta pointer AsNumberedPageMeta(a optional Int64)", "items omitzero []T; meta pointer BsNumberedPageMeta(a optional Bool)"},
		},
		{"lists of the same values", "kind: {enum: [list, page]}", "kind: {enum: [page, list]}", []string{"items omitzero []T; kind omitzero Kind"}},
		{
			"lists of other values", "kind: {enum: [list]}", "kind: {enum: [rows]}",
			[]string{"items omitzero []T; kind omitzero AsNumberedPageKind", "items omitzero []T; kind omitzero BsNumberedPageKind"},
		},
		{"one required", "total: {type: integer}}, required: [total], x: {", "total: {type: integer}", []string{"items omitzero []T; total optional Int64"}},
		{"both required", "total: {type: integer}}, required: [total], x: {", "total: {type: integer}}, required: [total], x: {", []string{"items omitzero []T; total plain Int64"}},
		{"required, and not there", "total: {type: integer}}, required: [total], x: {", "", []string{"items omitzero []T; total optional Int64"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			operation := func(members string) string {
				return fmt.Sprintf("{get: {parameters: [%s], responses: {'200': {description: d, content: {application/json: {schema: {type: object, x-a: {}, properties: {items: {type: array, items: {type: string}}, %s}}}}}}}}", param("page", "integer"), members)
			}
			api, _ := built(t, "paths:\n  /as: "+operation(tt.a)+"\n  /bs: "+operation(tt.b)+"\n", config.Config{})
			var got []string
			for _, p := range api.Pages {
				got = append(got, pageText(p))
			}
			if diff := gocmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// pageText describes the fields of a page, and those of the structs in it.
func pageText(p *model.Page) string {
	s := fieldsText(p.Fields)
	for _, f := range p.Fields {
		t := f.Type
		if p, ok := t.(*model.Ptr); ok {
			t = p.Elem
		}
		if o, ok := t.(*model.Object); ok {
			s += "(" + fieldsText(o.Fields) + ")"
		}
	}
	return strings.ReplaceAll(s, "*", "")
}

// What the description says of paging comes before what is inferred, if the
// operation has it.
func TestDescribedPages(t *testing.T) {
	const answer = "{type: object, properties: {last: {type: string}, more: {type: string}, rows: {type: array, items: {type: string}}}}"
	for _, tt := range []struct{ name, says, want string }{
		{"nothing", "", "a value"},
		{
			"Speakeasy", "x-speakeasy-pagination: {type: cursor, inputs: [{name: from_id, in: parameters, type: cursor}], outputs: {nextCursor: $.last, results: $.rows}}",
			"cursor (from_id): String in rows; next last",
		},
		{"Speakeasy, a URL", "x-speakeasy-pagination: {type: url, outputs: {nextUrl: $.more}}", "next URL: String in rows; next more"},
		{"Fern", "x-fern-pagination: {cursor: $request.from_id, next_cursor: $response.last, results: $response.rows}", "cursor (from_id): String in rows; next last"},
		{"AutoRest", "x-ms-pageable: {nextLinkName: more, itemName: rows}", "next URL: String in rows; next more"},
		{"a parameter that is not there", "x-fern-pagination: {cursor: $request.other, next_cursor: $response.last, results: $response.rows}", "a value"},
		{"a member that is not there", "x-ms-pageable: {nextLinkName: gone, itemName: rows}", "a value"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, fmt.Sprintf(`
paths:
  /rows:
    get:
      operationId: listRows
      %s
      parameters: [%s]
      responses: {'200': {description: d, content: {application/json: {schema: %s}}}}
`, tt.says, param("from_id", "string"), answer), config.Config{})
			if got := resultText(operations(api)["listRows"]); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
