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
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	things "github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/bodies"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/contents"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/cookies"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/forms"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/media"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/names"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/option"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/param"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/parts"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/paths"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/queries"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/search"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/shared"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/constructs/sdk/xml"
)

// A server keeps the last request in a form that reads well, and answers with
// what it is told to.
type server struct {
	*things.Client
	line   string // the method and the URL, encoded
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
		s.header, s.line = r.Header, r.Method+" "+strings.TrimPrefix(r.RequestURI, "/v1")
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
	{"a form that unsets a value", func(ctx context.Context, s *server) error {
		return s.Forms.Styled(ctx, forms.StyledParams{Address: forms.StyledParamsAddress{Empty: true}})
	}, "POST /forms/styled\napplication/x-www-form-urlencoded\naddress="},
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
			Row: &bodies.ExactParamsRow{First: "a", Rest: []int64{5}}, Either: bodies.ExactParamsEither{IntegerValue: param.Some[int64](3)},
		})
		return err
	}, "POST /bodies/exact?since=18446744073709551615&most=0.10\napplication/json\n" +
		`{"big":9007199254740993,"huge":123456789012345678901234567890,"row":["a",null,null,5],"either":3}`},
	{"XML", func(ctx context.Context, s *server) error {
		_, err := s.XML.Bucket(ctx, bucket())
		return err
	}, "POST /xml/bucket\napplication/xml\n" + bucketText},
	{"XML of one member", func(ctx context.Context, s *server) error {
		_, err := s.XML.Tagging(ctx, xml.TaggingParams{Tagging: xml.TaggingParamsTagging{Tag: []string{"a", "b"}}})
		return err
	}, "PUT /xml/tagging\ntext/xml\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Tagging><Tag>a</Tag><Tag>b</Tag></Tagging>"},
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

// What goes where in the first line and the header of a request, encoded as it
// arrives.
func TestParameters(t *testing.T) {
	for _, tt := range []struct {
		name string
		call func(context.Context, *server) error
		want string // of the request line
		head string // a name and its value
	}{
		{"a form as the query string", func(ctx context.Context, s *server) error {
			return s.Search.Form(ctx, search.FormParams{Q: &search.FormParamsQ{Text: "a b", Tags: []string{"x", "y&z"}}})
		}, "GET /search?text=a%20b&tags=x&tags=y%26z", ""},
		{"no query string", func(ctx context.Context, s *server) error {
			return s.Search.Form(ctx, search.FormParams{})
		}, "GET /search", ""},
		{"JSON as the query string", func(ctx context.Context, s *server) error {
			return s.Search.JSON(ctx, search.JSONParams{Q: &search.JSONParamsQ{Text: param.Some("a&b")}})
		}, "GET /search/json?%7B%22text%22%3A%22a%26b%22%7D", ""},
		{"text as the query string", func(ctx context.Context, s *server) error {
			return s.Search.Path(ctx, search.PathParams{Q: "$.a[?@.b==1]"})
		}, "GET /search/path?%24.a%5B%3F%40.b%3D%3D1%5D", ""},
		{"the method query", func(ctx context.Context, s *server) error {
			_, err := s.Search.Query(ctx, search.QueryParams{Text: "a"})
			return err
		}, "QUERY /search", "Content-Type: application/json"},
		{"a method of its own", func(ctx context.Context, s *server) error {
			return s.Search.Copy(ctx, search.CopyParams{Destination: "/there"})
		}, "COPY /search", "Destination: /there"},
		{"a method in lower case", func(ctx context.Context, s *server) error { return s.Search.Link(ctx) }, "link /search", ""},
		{"cookies", func(ctx context.Context, s *server) error {
			return s.Cookies.Get(ctx, cookies.GetParams{
				Plain: param.Some("a b;c"), Raw: param.Some("a b=c"), List: []string{"x", "y"}, Joined: []string{"p", "q,r"},
				Object: &cookies.GetParamsObject{A: param.Some("1")}, JSON: &cookies.GetParamsJSON{A: param.Some("1")},
			})
		}, "GET /cookies", "Cookie: plain=a%20b%3Bc; raw=a b=c; list=x; list=y; joined=p,q%2Cr; object=a,1; json=%7B%22a%22%3A%221%22%7D"},
		{"content", func(ctx context.Context, s *server) error {
			return s.Contents.Get(ctx, contents.GetParamsID{A: param.Some[int64](1)}, contents.GetParams{
				XFilter: []string{"a", "b"}, Note: param.Some("n"), Day: param.Some(param.Date{Year: 2024, Month: 2, Day: 29}),
			})
		}, "GET /contents/%7B%22a%22:1%7D?note=n&day=%222024-02-29%22", `X-Filter: ["a","b"]`},
		{"a suffix", func(ctx context.Context, s *server) error { return s.Paths.JSON(ctx, "a/b") }, "GET /paths/a%2Fb.json", ""},
		{"a verb", func(ctx context.Context, s *server) error { return s.Paths.Start(ctx, "a:b") }, "POST /paths/a:b:start", ""},
		{"several in a segment", func(ctx context.Context, s *server) error { return s.Paths.Range(ctx, 1, -2, []string{"x", "y"}) }, "GET /paths/1..-2,x,y", ""},
		{"a fragment", func(ctx context.Context, s *server) error {
			return s.Paths.Fragment(ctx, "a", paths.FragmentParams{Q: param.Some("b")})
		}, "GET /paths/a?q=b", ""},
		{"a query", func(ctx context.Context, s *server) error {
			return s.Paths.Full(ctx, "a", paths.FullParams{Q: param.Some("b")})
		}, "GET /paths/a?full=true&q=b", ""},
		{"a parameter in the query of a path", func(ctx context.Context, s *server) error { return s.Paths.By(ctx, "a&b") }, "GET /paths?by=a%26b&sort=up", ""},
		{"label and matrix", func(ctx context.Context, s *server) error {
			return s.Paths.Styled(ctx, []string{"a", "b"}, paths.PathsStyledParamsMatrix{X: param.Some[int64](1)})
		}, "GET /paths/.a,b;x=1", ""},
		{"reserved characters in a path", func(ctx context.Context, s *server) error { return s.Paths.Reserved(ctx, "a/b;c?d#e") }, "GET /paths/any/a/b;c%3Fd%23e", ""},
		{"reserved characters in a query", func(ctx context.Context, s *server) error {
			return s.Queries.Reserved(ctx, queries.ReservedParams{Callback: param.Some("https://a/b?c&d"), Fields: []string{"a/b", "c"}})
		}, "GET /queries/reserved?callback=https://a/b?c%26d&fields=a/b,c", ""},
		{"names", func(ctx context.Context, s *server) error {
			return s.Names.Get(ctx, names.GetParams{IDs: []int64{1, 2}, FilterName: param.Some("a"), PageSize: param.Some[int64](3), Top: param.Some[int64](4), Grid: [][]int64{{1, 2}, {3}}})
		}, "GET /names?ids%5B%5D=1&ids%5B%5D=2&filter.name=a&page%5Bsize%5D=3&%24top=4&grid=1,2,3", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t)
			if err := tt.call(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			if s.line != tt.want {
				t.Errorf("arrived %s, want %s", s.line, tt.want)
			}
			name, value, _ := strings.Cut(tt.head, ": ")
			if s.header.Get(name) != value {
				t.Errorf("%s is %s, want %s", name, s.header.Get(name), value)
			}
		})
	}
}

// A value that would end a cookie is refused before anything is sent.
func TestCookieThatEnds(t *testing.T) {
	s := start(t)
	err := s.Cookies.Get(t.Context(), cookies.GetParams{Raw: param.Some("a; admin=1")})
	if err == nil || !strings.Contains(err.Error(), `cookie "raw"`) || s.line != "" {
		t.Errorf("%v, %s", err, s.line)
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

func bucket() xml.BucketParams {
	return xml.BucketParams{
		ID: 7, Name: "a & b", Created: param.Some(time.Date(2024, 2, 29, 1, 2, 3, 0, time.UTC)),
		Tags: []string{"x", "y"}, Parts: []xml.BucketParamsPart{{Size: param.Some[int64](1)}, {}},
	}
}

const bucketText = `<?xml version="1.0" encoding="UTF-8"?>
<Bucket xmlns="urn:buckets" id="7"><n:Name xmlns:n="urn:names">a &amp; b</n:Name><created>2024-02-29T01:02:03Z</created><Tags><Tag>x</Tag><Tag>y</Tag></Tags><Part><size>1</size></Part><Part></Part></Bucket>`

func TestXML(t *testing.T) {
	s := start(t)
	s.answer = "application/xml; charset=utf-8\n" + bucketText
	got, err := s.XML.Bucket(t.Context(), bucket())
	if err != nil {
		t.Fatal(err)
	}
	want := bucket()
	if got.ID != want.ID || got.Name != want.Name || got.Created != want.Created || !slices.Equal(got.Tags, want.Tags) ||
		len(got.Parts) != 2 || got.Parts[0].Size != want.Parts[0].Size || len(got.Extra) > 0 {
		t.Errorf("%+v", got)
	}
	s.answer = "application/json\n" + `{"id":8,"name":"b"}` // some answer so whatever they are asked for
	if got, err = s.XML.Bucket(t.Context(), bucket()); err != nil || got.ID != 8 {
		t.Errorf("%+v, %v", got, err)
	}
	s.answer = "application/xml\n<Bucket>"
	if got, err = s.XML.Bucket(t.Context(), bucket()); err == nil {
		t.Errorf("%+v", got)
	}
	s.answer = "text/xml\n<a/>"
	if text, err := s.XML.Tagging(t.Context(), xml.TaggingParams{}); err != nil || text != "<a/>" {
		t.Errorf("%q, %v", text, err)
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
