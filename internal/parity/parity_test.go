package parity

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/spec"
)

var oldFiles = map[string][]byte{
	"client.go": []byte(`package acme

import (
	"context"
	"net/http"

	"example.com/old/option"
)

type Client struct {
	Options []option.RequestOption
	Things  *ThingService
}

func (c *Client) Get(ctx context.Context, path string, params any, res any, opts ...option.RequestOption) error { return nil }

type ThingService struct {
	Options []option.RequestOption
	Parts   *ThingPartService
}

type ThingPartService struct{ Options []option.RequestOption }

func (r *ThingService) New(ctx context.Context, body ThingNewParams, opts ...option.RequestOption) (res *Thing, err error) {
	path := "things"
	err = execute(ctx, http.MethodPost, path, body, &res, opts...)
	return
}

func (r *ThingService) Get(ctx context.Context, thingID string, opts ...option.RequestOption) (res *Thing, err error) {
	path := fmt.Sprintf("things/%s", thingID)
	err = execute(ctx, http.MethodGet, path, nil, &res, opts...)
	return
}

func (r *ThingPartService) List(ctx context.Context, thingID string, opts ...option.RequestOption) (res *[]Part, err error) {
	err = execute(ctx, http.MethodGet, fmt.Sprintf("things/%s/parts", thingID), nil, &res, opts...)
	return
}

// Gone is no more.
//
//	DELETE /things/{id}
func (r *ThingService) Gone(ctx context.Context, opts ...option.RequestOption) error { return nil }
`),
	"types.go": []byte(`package acme

import "time"

type Thing struct {
	ID   string
	Made time.Time
	Size int64
	Gone string
	JSON thingJSON
}
type thingJSON struct{}
type ThingNewParams struct{ Name string }
type Part struct{ ID string }
type Lost struct{ A string }
type Color string
const (
	ColorRed  Color = "red"
	ColorBlue Color = "blue"
)
type Error struct{ StatusCode int }
`),
	"option/option.go": []byte(`package option

type RequestOption func()
func WithAPIKey(key string) RequestOption { return nil }
func WithGone() RequestOption { return nil }
`),
}

var newFiles = map[string][]byte{
	"client.go": []byte(`package acme

import (
	"context"

	"example.com/new/option"
)

type Client struct{ Things ThingService }

func (c *Client) Do(ctx context.Context, method, path string, params, result any, opts ...option.RequestOption) error { return nil }

type ThingService struct{ Parts ThingPartService }
type ThingPartService struct{}

func (s *ThingService) New(ctx context.Context, params ThingNewParams, opts ...option.RequestOption) (*Thing, error) { return nil, nil }
func (s *ThingService) Get(ctx context.Context, id string, params ThingGetParams, opts ...option.RequestOption) (*Thing, error) { return nil, nil }
func (s *ThingPartService) List(ctx context.Context, id string, opts ...option.RequestOption) (*[]Piece, error) { return nil, nil }

type ThingGetParams struct{ Full bool }
`),
	"types.go": []byte(`package acme

import (
	"time"

	"example.com/new/apierror"
)

type Thing struct {
	ID   string
	Made time.Time
	Size int32
}
type ThingNewParams struct{ Name string }
type Piece struct{ ID string }
type Part = Piece
type Color string
const ColorRed Color = "red"
type Error = apierror.Error
`),
	"apierror/error.go": []byte("package apierror\n\ntype Error struct{ StatusCode int }\n"),
	"option/option.go":  []byte("package option\n\ntype RequestOption func()\n\nfunc WithAPIKey(key string) RequestOption { return nil }\n"),
}

func loaded(t *testing.T, module string, files map[string][]byte) map[string]*Symbol {
	t.Helper()
	sdk, err := Load(module, files)
	if err != nil {
		t.Fatal(err)
	}
	return sdk.Symbols()
}

func TestCompare(t *testing.T) {
	old, new := loaded(t, "example.com/old", oldFiles), loaded(t, "example.com/new", newFiles)
	r := Compare(old, new)
	got := map[string]Fate{}
	for _, o := range r.Outcomes {
		got[string(o.Kind)+" "+o.Name] = o.Fate
	}
	want := map[string]Fate{
		"methods Things.New": Kept, "methods Things.Get": Changed, "methods Things.Parts.List": Alias, "methods Things.Gone": Gone,
		"params ThingNewParams": Kept, "types Thing": Kept, "types Part": Alias, "types Lost": Gone, "types Color": Kept,
		"fields Thing.ID": Kept, "fields Thing.Made": Kept, "fields Thing.Size": Changed, "fields Thing.Gone": Gone,
		"fields ThingNewParams.Name": Kept, "fields Part.ID": Kept, "fields Lost.A": Gone,
		"constants ColorRed": Kept, "constants ColorBlue": Gone, "options option.WithAPIKey": Kept, "options option.WithGone": Gone,
		"errors Error": Alias, "types option.RequestOption": Kept,
	}
	for key, fate := range want {
		if got[key] != fate {
			t.Errorf("%s is %q, want %s", key, got[key], fate)
		}
	}
	for key := range got {
		if want[key] == "" {
			t.Errorf("%s is there too", key)
		}
	}
	if r.Total.Total != len(want) || r.Counts[0].Rate != 50 {
		t.Errorf("total %+v, methods %+v", r.Total, r.Counts[0])
	}
	if !strings.Contains(r.Table(), "| methods | 4 | 1 | 1 | 1 | 1 | 50.0 % |") || !strings.Contains(r.Text(), "methods") {
		t.Error(r.Table())
	}
	if same := Compare(old, old); same.Total.Rate != 100 || len(same.Left()) > 0 {
		t.Errorf("with itself: %+v", same.Total)
	}
}

// What a guide has after compiles with the new SDK.
func TestGuide(t *testing.T) {
	old, new := loaded(t, "example.com/old", oldFiles), loaded(t, "example.com/new", newFiles)
	guide := Compare(old, new).Guide(old, new, "acme")
	for _, want := range []string{"### Things.Get", `client.Do(ctx, "DELETE", "/things/{id}", params, &result)`, "- `Lost` (`struct`) is gone.", "- `Thing.Size` was `int64`, and is `int32`."} {
		if !strings.Contains(guide, want) {
			t.Errorf("no %q in\n%s", want, guide)
		}
	}
	program := "package moved\n\nimport (\n\t\"context\"\n\n\tacme \"example.com/new\"\n)\n"
	after := regexp.MustCompile("(?s)After:\n\n```go\n(.*?)```").FindAllStringSubmatch(guide, -1)
	if len(after) != 2 {
		t.Fatalf("%d calls after in\n%s", len(after), guide)
	}
	for i, m := range after {
		program += fmt.Sprintf("\nvar f%d = %s", i, m[1])
	}
	l := &loader{module: "example.com/new", fset: token.NewFileSet(), files: map[string][]*ast.File{}, sdk: &SDK{Module: "example.com/new", packages: map[string]*types.Package{}, docs: map[string]string{}}, outside: map[string]*types.Package{}, uses: map[string]map[string]int{}}
	for name, text := range newFiles {
		f, err := parser.ParseFile(l.fset, name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		l.add(strings.TrimPrefix(filepath.ToSlash(filepath.Dir(name)), "."), f)
	}
	f, err := parser.ParseFile(l.fset, "moved.go", program, 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, program)
	}
	if _, err := (&types.Config{Importer: importFunc(l.load)}).Check("moved", l.fset, []*ast.File{f}, nil); err != nil {
		t.Errorf("%v\n%s", err, program)
	}
}

func TestReadAPI(t *testing.T) {
	calls := ReadAPI("- <code title=\"post /chat/{id}/x\">client.Chat.<a href=\"u\">Completions</a>.<a href=\"u\">New</a>(ctx <a>context</a>.<a>Context</a>, id <a>string</a>, body <a>openai</a>.<a>XParams</a>) (\\*<a>pagination</a>.Page[<a>openai</a>.<a>Y</a>], <a>error</a>)</code>\n" +
		"- <code title=\"delete /a\">client.A.Delete(ctx context.Context) error</code>\n- <code>Chat</code>\n")
	if len(calls) != 2 {
		t.Fatalf("%d calls", len(calls))
	}
	if got := fmt.Sprintf("%+v", calls[0]); got != "{Name:Chat.Completions.New Verb:POST Paths:[/chat/{}/x] Args:[string openai.XParams] Names:[id body] Result:pagination.Page[openai.Y]}" {
		t.Error(got)
	}
	if calls[1].Result != "" || calls[1].Verb != "DELETE" {
		t.Errorf("%+v", calls[1])
	}
}

// The source of an SDK says in its calls, or in its comments, what it sends; in the
// description paths may have more in front.
func TestCallsAndMatch(t *testing.T) {
	calls, err := Calls("example.com/old", oldFiles)
	if err != nil || len(calls) != 4 {
		t.Fatal(calls, err)
	}
	name := filepath.Join(t.TempDir(), "api.yaml")
	if err := os.WriteFile(name, []byte(`openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /v1/things: {post: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Widget"}}}}}}}
  /v1/things/{thing_id}: {get: {responses: {}}, put: {responses: {}}}
  /v1/things/{thing_id}/parts: {get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Piece"}}}}}}}}
components: {schemas: {Widget: {type: object}, Piece: {type: object}}}
`), 0o666); err != nil {
		t.Fatal(err)
	}
	doc, list := spec.Load(name, spec.Options{})
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	cfg, said := Match(calls, doc)
	want := `surface: stainless

infer: {operations: false, pagination: false}

operations:
  "POST /v1/things": {resource: things, method: new}
  "GET /v1/things/{thing_id}": {resource: things, method: get}
  "GET /v1/things/{thing_id}/parts": {resource: things.parts, method: list}

schemas:
  Widget: {name: Thing}
  Piece: {name: Part}
`
	if got := string(config.Format(cfg)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	text := ""
	for _, d := range said.Sorted() {
		text += d.Message + "\n"
	}
	if !strings.Contains(text, "no operation for 1 of the 4 methods, so the SDK has none: Things.Gone") || !strings.Contains(text, "no method calls PUT /v1/things/{thing_id}") {
		t.Error(text)
	}
}

func FuzzReadAPI(f *testing.F) {
	f.Add("- <code title=\"get /a/{b\">client.A[](ctx, ((a) b</code>")
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range ReadAPI(text) {
			if c.Name == "" || c.Verb == "" || len(c.Args) != len(c.Names) {
				t.Errorf("%+v", c)
			}
		}
	})
}
