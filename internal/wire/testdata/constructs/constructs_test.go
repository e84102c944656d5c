// Package constructs_test calls the client of openapi.yaml and looks at the bytes
// that arrive. It is run in a module of its own, beside the client that gen has
// just made there.
package constructs_test

import (
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	things "github.com/openapi-lathe/lathe/internal/wire/constructs/sdk"
	"github.com/openapi-lathe/lathe/internal/wire/constructs/sdk/bodies"
	"github.com/openapi-lathe/lathe/internal/wire/constructs/sdk/forms"
	"github.com/openapi-lathe/lathe/internal/wire/constructs/sdk/media"
	"github.com/openapi-lathe/lathe/internal/wire/constructs/sdk/option"
	"github.com/openapi-lathe/lathe/internal/wire/constructs/sdk/param"
	"github.com/openapi-lathe/lathe/internal/wire/constructs/sdk/parts"
	"github.com/openapi-lathe/lathe/internal/wire/constructs/sdk/queries"
	"github.com/openapi-lathe/lathe/internal/wire/constructs/sdk/shared"
)

// A server keeps the last request in a form that reads well, and answers with
// what it is told to.
type server struct {
	*things.Client
	got    string
	header http.Header
	answer string // its media type, a line break, and the body; "" is 204
}

func start(t *testing.T) *server {
	t.Helper()
	s := &server{}
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		s.header = r.Header
		uri, err := url.PathUnescape(strings.TrimPrefix(r.RequestURI, "/v1"))
		if err != nil {
			t.Error(err)
		}
		s.got = r.Method + " " + uri
		media, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
		switch {
		case media == "multipart/form-data":
			s.got += "\n" + media + readParts(t, string(body), params["boundary"])
		case media == "application/x-www-form-urlencoded":
			form, err := url.QueryUnescape(string(body))
			if err != nil {
				t.Error(err)
			}
			s.got += "\n" + media + "\n" + form
		case len(body) > 0 || media != "":
			s.got += "\n" + r.Header.Get("Content-Type") + "\n" + string(body)
		}
		if s.answer == "" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		media, text, _ := strings.Cut(s.answer, "\n")
		w.Header().Set("Content-Type", media)
		io.WriteString(w, text)
	}))
	t.Cleanup(ts.Close)
	s.Client = things.NewClient(option.WithBaseURL(ts.URL+"/v1"), option.WithMaxRetries(0))
	return s
}

// readParts writes out each part: its head but for form-data, and its text.
func readParts(t *testing.T, body, boundary string) string {
	t.Helper()
	var b strings.Builder
	r := multipart.NewReader(strings.NewReader(body), boundary)
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "\n%s", strings.TrimPrefix(p.Header.Get("Content-Disposition"), "form-data; "))
		for _, name := range slices.Sorted(func(yield func(string) bool) {
			for name := range p.Header {
				if name != "Content-Disposition" && !yield(name) {
					return
				}
			}
		}) {
			fmt.Fprintf(&b, " %s: %s", name, p.Header.Get(name))
		}
		fmt.Fprintf(&b, "\n%s", text)
	}
}

// A request is one call and what must arrive.
type request struct {
	name string
	call func(context.Context, *server) error
	want string
}

var requests = []request{
	{"a form with lists and objects in each other", func(ctx context.Context, s *server) error {
		return s.Forms.Nested(ctx, forms.NestedParams{
			Lines: []shared.NestedParamsLine{{Amount: param.Some[int64](1), Taxes: []string{"a", "b"}}, {Amount: param.Some[int64](2)}},
			Tags:  []string{"x", "y"},
			Owner: &shared.NestedParamsOwner{Email: param.Some("a@b"), Roles: []string{"r", "s"}},
		})
	}, "POST /forms/nested\napplication/x-www-form-urlencoded\n" +
		"lines[0][amount]=1&lines[0][taxes][0]=a&lines[0][taxes][1]=b&lines[1][amount]=2&tags=x&tags=y&owner[email]=a@b&owner[roles][0]=r&owner[roles][1]=s"},
	{"a form that says how its members are written", func(ctx context.Context, s *server) error {
		return s.Forms.Styled(ctx, forms.StyledParams{Expand: []string{"a", "b"}, IDs: []int64{1, 2}, Meta: map[string]string{"k": "v"}, Path: param.Some("/a?b")})
	}, "POST /forms/styled\napplication/x-www-form-urlencoded\n" + `expand[0]=a&expand[1]=b&ids=1,2&meta={"k":"v"}&path=/a?b`},
	{"deepObject", func(ctx context.Context, s *server) error {
		return s.Queries.Deep(ctx, queries.DeepParams{
			Filter: &queries.Invoice{Lines: []shared.NestedParamsLine{{Amount: param.Some[int64](1)}, {Amount: param.Some[int64](2)}}, Tags: []string{"x"}},
			IDs:    []string{"a", "b"},
		})
	}, "GET /queries/deep?filter[lines][0][amount]=1&filter[lines][1][amount]=2&filter[tags][0]=x&ids[0]=a&ids[1]=b"},
	{"a file, one of two ways to give it", func(ctx context.Context, s *server) error {
		return s.Parts.Choice(ctx, parts.ChoiceParams{Purpose: "p", File: param.File{Content: strings.NewReader("text"), Name: "a.txt"}, Page: param.Some[int64](3)})
	}, "POST /parts/choice\nmultipart/form-data\nname=\"purpose\"\np\nname=\"file\"; filename=\"a.txt\" Content-Type: application/octet-stream\ntext\nname=\"page\"\n3"},
	{"a URL, the other way", func(ctx context.Context, s *server) error {
		return s.Parts.Choice(ctx, parts.ChoiceParams{Purpose: "p", URL: param.Some("u")})
	}, "POST /parts/choice\nmultipart/form-data\nname=\"purpose\"\np\nname=\"url\"\nu"},
	{"parts that say what they are", func(ctx context.Context, s *server) error {
		return s.Parts.Encoded(ctx, parts.EncodedParams{
			Title: param.Some("t"), Note: param.Some("n"), Rows: []string{"a", "b"}, IDs: []int64{1, 2}, Drawing: param.Some("<svg/>"),
			Photo: param.File{Content: strings.NewReader("JPEG"), Name: "a.jpg", Header: map[string][]string{"Content-Id": {"1"}}},
		})
	}, "POST /parts/encoded\nmultipart/form-data\nname=\"title\" Content-Type: application/json\n\"t\"\n" +
		"name=\"note\" Content-Type: text/markdown X-Version: v2\nn\nname=\"rows\"\na\nname=\"rows\"\nb\nname=\"ids\"\n1,2\n" +
		"name=\"drawing\" Content-Type: image/svg+xml\n<svg/>\nname=\"photo\"; filename=\"a.jpg\" Content-Id: 1 Content-Type: image/jpeg\nJPEG"},
	{"an optional body that is left out", func(ctx context.Context, s *server) error {
		return s.Bodies.Optional(ctx, bodies.OptionalParams{Trace: param.Some("t")})
	}, "POST /bodies/optional?trace=t"},
	{"an optional body that only says no", func(ctx context.Context, s *server) error {
		return s.Bodies.Optional(ctx, bodies.OptionalParams{Enabled: param.Some(false)})
	}, "POST /bodies/optional\napplication/json\n" + `{"name":"","enabled":false,"tags":[]}`},
	{"exact numbers", func(ctx context.Context, s *server) error {
		_, err := s.Bodies.Exact(ctx, bodies.ExactParams{
			Since: param.Some[uint64](18446744073709551615), Most: param.Some[param.Number]("0.10"),
			Big: param.Some[int64](9007199254740993), Huge: param.Some[param.Number]("123456789012345678901234567890"),
			Row: &bodies.ExactParamsRow{First: "a", Rest: []int64{5}}, Either: bodies.ExactParamsEither{Integer: param.Some[int64](3)},
		})
		return err
	}, "POST /bodies/exact?since=18446744073709551615&most=0.10\napplication/json\n" +
		`{"big":9007199254740993,"huge":123456789012345678901234567890,"row":["a",null,null,5],"either":3}`},
	{"the usual one of several media types", func(ctx context.Context, s *server) error {
		return s.Media.Same(ctx, media.SameParams{Tags: []string{"a", "b"}})
	}, "POST /media/same\napplication/json\n" + `{"tags":["a","b"]}`},
	{"another one, as it says that it is written", func(ctx context.Context, s *server) error {
		return s.Media.Same(ctx, media.SameParams{Tags: []string{"a", "b"}}, option.WithRequestContentType("application/x-www-form-urlencoded"))
	}, "POST /media/same\napplication/x-www-form-urlencoded\ntags=a,b"},
	{"a third", func(ctx context.Context, s *server) error {
		return s.Media.Same(ctx, media.SameParams{Tags: []string{"a", "b"}}, option.WithRequestContentType("multipart/form-data"))
	}, "POST /media/same\nmultipart/form-data\nname=\"tags\"\na\nname=\"tags\"\nb"},
	{"JSON, where parts are something else", func(ctx context.Context, s *server) error {
		return s.Media.Other(ctx, media.OtherParams{URL: "u"})
	}, "POST /media/other\napplication/json\n" + `{"url":"u"}`},
	{"parts that are something else than JSON", func(ctx context.Context, s *server) error {
		return s.Media.Other(ctx, media.OtherParams{Multipart: &media.OtherParamsMultipart{File: param.File{Content: strings.NewReader("text")}, Name: param.Some("n")}})
	}, "POST /media/other\nmultipart/form-data\nname=\"file\"; filename=\"file\" Content-Type: application/octet-stream\ntext\nname=\"name\"\nn"},
	{"JSON that is something else than JSON", func(ctx context.Context, s *server) error {
		return s.Media.Other(ctx, media.OtherParams{VndThingsBatch: []string{"a"}})
	}, "POST /media/other\napplication/vnd.things.batch+json\n" + `["a"]`},
	{"a media type that callers write themselves", func(ctx context.Context, s *server) error {
		return s.Media.Other(ctx, media.OtherParams{}, option.WithRequestBody("application/xml", "<a/>"))
	}, "POST /media/other\napplication/xml\n<a/>"},
	{"parts of a caller's own", func(ctx context.Context, s *server) error {
		return s.Media.Other(ctx, media.OtherParams{}, option.WithRequestBody("multipart/form-data", map[string]any{"a": 1, "f": param.File{Content: strings.NewReader("text"), Name: "f.txt"}}))
	}, "POST /media/other\nmultipart/form-data\nname=\"a\"\n1\nname=\"f\"; filename=\"f.txt\" Content-Type: application/octet-stream\ntext"},
}

func TestRequests(t *testing.T) {
	for _, tt := range requests {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t)
			if err := tt.call(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			if s.got != tt.want {
				t.Errorf("arrived:\n%s\nwant:\n%s", s.got, tt.want)
			}
		})
	}
}

// Reserved characters stay as they are where the description asks for it.
func TestReserved(t *testing.T) {
	var uri string
	ts := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { uri = r.RequestURI }))
	t.Cleanup(ts.Close)
	client := things.NewClient(option.WithBaseURL(ts.URL))
	err := client.Queries.Reserved(t.Context(), queries.ReservedParams{Callback: param.Some("https://a/b?c&d"), Fields: []string{"a/b", "c"}})
	if want := "/queries/reserved?callback=https://a/b?c%26d&fields=a/b,c"; err != nil || uri != want {
		t.Errorf("%s, %v; want %s", uri, err, want)
	}
}

// What is received and sent again is the same.
func TestRoundTrips(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		call       func(context.Context, *server) (any, error)
	}{
		{"members by patterns", `{"name":"a","n_1":1,"s_1":"x"}`, func(ctx context.Context, s *server) (any, error) {
			return s.Bodies.Patterns(ctx, bodies.PatternsParams{})
		}},
		{"without what is write-only", `[{"name":"a"}]`, func(ctx context.Context, s *server) (any, error) {
			return s.Bodies.Secret(ctx, bodies.SecretParams{})
		}},
		{"exact numbers, tuples, constants", `{"big":9007199254740993,"counter":18446744073709551615,"huge":123456789012345678901234567890,"price":0.10,"text":"9223372036854775808",` +
			`"row":["a",2,{"a":"b","c":[1]},4,5],"pairs":[[true,"x"],[false,""]],"either":[1,2],"mixed":true,"constants":{"n":1.5,"b":false,"o":{"x":[1]},"z":null},"choice":{"a":"1","b":"2","d":3}}`, func(ctx context.Context, s *server) (any, error) {
			return s.Bodies.Exact(ctx, bodies.ExactParams{})
		}},
		{"other values of the same", `{"row":["a"],"pairs":[],"either":"x","mixed":"auto"}`, func(ctx context.Context, s *server) (any, error) {
			return s.Bodies.Exact(ctx, bodies.ExactParams{})
		}},
		{"values that the description does not know", `{"either":{"x":1},"mixed":1.5}`, func(ctx context.Context, s *server) (any, error) {
			return s.Bodies.Exact(ctx, bodies.ExactParams{})
		}},
		{"names that no tag can have", `{"plain":"p","":true,"a,b":1,"it's":"x"}`, func(ctx context.Context, s *server) (any, error) {
			return s.Bodies.Names(ctx, bodies.NamesParams{})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t)
			s.answer = "application/json\n" + tt.text
			result, err := tt.call(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			again, err := json.Marshal(result, json.Deterministic(true))
			if err != nil || canonical(t, again) != canonical(t, []byte(tt.text)) {
				t.Errorf("%s, %v; want %s", again, err, tt.text)
			}
		})
	}
}

func canonical(t *testing.T, text []byte) string {
	t.Helper()
	v := jsontext.Value(slices.Clone(text))
	if err := v.Canonicalize(jsontext.CanonicalizeRawFloats(false), jsontext.CanonicalizeRawInts(false)); err != nil {
		t.Fatal(err)
	}
	return string(v)
}
