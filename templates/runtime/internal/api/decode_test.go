package api_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/xmlcodec"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// answering returns a client whose every request is answered so.
func answering(t testing.TB, status int, body string, header ...string) *api.Client {
	quiet(t)
	open := newBodies(t)
	return api.NewClient(&cloud, withAPIToken("t"), option.WithMaxRetries(0), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		return open.respond(req, status, body, header...), nil
	})))
}

func do(t testing.TB, client *api.Client, unwrap string, out any) error {
	return client.Do(t.Context(), &api.Request{Operation: "Things.Get", Method: "GET", Path: "/things", Unwrap: unwrap}, out, nil)
}

type thing struct {
	ID    string                    `json:"id"`
	N     int64                     `json:"n"`
	Extra map[string]jsontext.Value `json:",embed"`
}

func TestUnwrap(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"object", `{"success":true,"result":{"id":"a","n":1}}`, "a"},
		{"result first", ` {"result":{"id":"a"},"errors":[{"a":[1,{}]}],"success":true} `, "a"},
		{"missing", `{"success":true}`, ""},
		{"twice", `{"result":{"id":"a"},"result":{"id":"b"}}`, "b"},
		{"members twice", `{"result":{"id":"a","id":"b"}}`, "b"},
		{"bytes that are no text", "{\"result\":{\"id\":\"a\xff\"}}", "a\ufffd"},
		{"no envelope", `["x"]`, ""},
		{"a nested result", `{"other":{"result":{"id":"x"}},"result":{"id":"a"}}`, "a"},
		{"a nested success", `{"result":{"id":"a","success":false}}`, "a"},
		{"success that is no boolean", `{"success":"false","result":{"id":"a"}}`, "a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out any = new(thing)
			if tt.name == "no envelope" {
				out = new([]string)
			}
			if err := do(t, answering(t, 200, tt.body), "result", out); err != nil {
				t.Fatal(err)
			}
			switch out := out.(type) {
			case *thing:
				if out.ID != tt.want {
					t.Errorf("ID = %q, want %q", out.ID, tt.want)
				}
			case *[]string:
				if len(*out) != 1 {
					t.Errorf("out = %v", *out)
				}
			}
		})
	}
	for _, body := range []string{``, " \n", "\ufeff", `{"success":true,"result":null}`} {
		t.Run("no result: "+body, func(t *testing.T) {
			out := thing{ID: "old"}
			var broken *apierror.DecodeError
			if err := do(t, answering(t, 200, body), "result", &out); !errors.As(err, &broken) {
				t.Errorf("err = %v, out = %v", err, out)
			}
			for _, status := range []int{202, 204} {
				if err := do(t, answering(t, status, ""), "result", &out); err != nil {
					t.Errorf("%d: %v", status, err)
				}
			}
			req := &api.Request{Operation: "Things.Get", Method: "GET", Path: "/things", Unwrap: "result", MayBeEmpty: true}
			if err := answering(t, 200, body).Do(t.Context(), req, &out, nil); err != nil {
				t.Errorf("what may be empty is not: %v", err)
			}
		})
	}
	t.Run("list", func(t *testing.T) {
		var out []thing
		if err := do(t, answering(t, 200, `{"result":[{"id":"a"},{"id":"b"}]}`), "result", &out); err != nil || len(out) != 2 || out[1].ID != "b" {
			t.Errorf("out = %v, %v", out, err)
		}
	})
	t.Run("unknown members are kept", func(t *testing.T) {
		var out thing
		if err := do(t, answering(t, 200, `{"result":{"id":"a","new":[1, 2]}}`), "result", &out); err != nil || string(out.Extra["new"]) != "[1, 2]" {
			t.Errorf("out = %v, %v", out, err)
		}
	})
}

// A body that says the call failed is an error, whatever its status.
func TestSuccessFalse(t *testing.T) {
	long := `,"pad":"` + strings.Repeat("x", 10<<10) + `"`
	for _, tt := range []struct {
		name, body string
		failed     bool
	}{
		{"first", `{"success":false,"errors":[{"code":7,"message":"no"}],"result":null}`, true},
		{"last", `{"errors":[{"code":7,"message":"no"}],"result":null, "success" : false}`, true},
		{"after a result that does not fit", `{"result":{"id":[]},"errors":[{"code":7,"message":"no"}],"success":false}`, true},
		{"true", `{"success":true,"result":{"id":"a","success":false}}`, false},
		{"nested", `{"result":{"id":"a","success":false}}`, false},
		{"long, first", `{"success":false,"errors":[{"code":7,"message":"no"}]` + long + `}`, true},
		{"long, last", `{"errors":[{"code":7,"message":"no"}]` + long + `,"success":false}`, true},
		{"long, true", `{"result":{"id":"a"}` + long + `,"paused":false,"success":true}`, false},
	} {
		for _, unwrap := range []string{"result", "", "nothing"} {
			t.Run(tt.name+" "+unwrap, func(t *testing.T) {
				var out any = new(thing)
				if unwrap == "" {
					out = new(struct {
						Result thing `json:"result"`
					})
				} else if unwrap == "nothing" {
					unwrap, out = "", nil
				}
				err := do(t, answering(t, 200, tt.body, "Cf-Ray", "r1"), unwrap, out)
				apiErr, ok := errors.AsType[*apierror.Error](err)
				if ok != tt.failed || !ok && err != nil {
					t.Fatalf("err = %v", err)
				}
				if want := "Things.Get: GET /client/v4/things: 200 OK, but its body says success is false: no (code 7) [request r1]"; ok && err.Error() != want {
					t.Errorf("err  = %v\nwant %s", err, want)
				}
				if ok && (errors.Is(err, apierror.ErrInternalServer) || len(apiErr.Errors) != 1) {
					t.Errorf("err = %+v", apiErr.Errors)
				}
			})
		}
	}
}

func TestOtherMediaTypes(t *testing.T) {
	for _, tt := range []struct {
		name, accept, contentType, body string
		out                             any
		want                            string
	}{
		{"text", "text/csv", "text/csv; charset=utf-8", "a,b", new(string), "a,b"},
		{"bytes", "application/zip", "application/zip", "PK\x00", new([]byte), "PK\x00"},
		{"text though JSON was asked for", "", "text/plain", "hello", new(string), "hello"},
		{"JSON text", "", "application/json", `"hello"`, new(string), "hello"},
		{"JSON of a vendor", "", "application/vnd.api+json", `"hello"`, new(string), "hello"},
		{"JSON by mistake", "text/csv", "application/json", `{"a":1}`, new(string), `{"a":1}`},
		{"nothing said", "", "", `"hello"`, new(string), "hello"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client := answering(t, 200, tt.body, "Content-Type", tt.contentType)
			req := api.Request{Operation: "A", Method: "GET", Path: "/a", Accept: tt.accept}
			if err := client.Do(t.Context(), &req, tt.out, nil); err != nil {
				t.Fatal(err)
			}
			got := ""
			switch out := tt.out.(type) {
			case *string:
				got = *out
			case *[]byte:
				got = string(*out)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// An API that has documents can be answered with one anywhere, errors included.
func TestXML(t *testing.T) {
	spoken := cloud
	spoken.ReadXML = xmlcodec.Read
	const doc = "\ufeff <?xml version='1.0'?><Thing><id>a</id><n>3</n></Thing>"
	const page = "<html><body>secret</body></html>"
	for _, tt := range []struct {
		name, contentType, body string
		status                  int
		want                    thing
		err                     string
	}{
		{"a document", "application/xml", doc, 200, thing{ID: "a", N: 3}, ""},
		{"one of a vendor", "application/vnd.thing+xml", doc, 200, thing{ID: "a", N: 3}, ""},
		{"nothing said", "", doc, 200, thing{ID: "a", N: 3}, ""},
		{"JSON", "application/json", `{"id":"a"}`, 200, thing{ID: "a"}, ""},
		{"JSON that nothing says is", "", `{"id":"a"}`, 200, thing{ID: "a"}, ""},
		{"a page", "text/html", page, 200, thing{}, "text/html instead of JSON"},
		{"a broken document", "application/xml", "<Thing><id>", 200, thing{}, "the response cannot be read: "},
		{"a problem", "application/xml", "<Error><Code>Gone</Code><Message>It left</Message></Error>", 404, thing{}, "404 Not Found: It left (code Gone)"},
		{"a problem on a page", "text/html", page, 502, thing{}, "502 Bad Gateway: text/html"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			quiet(t)
			open := newBodies(t)
			client := api.NewClient(&spoken, withAPIToken("t"), option.WithMaxRetries(0), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				return open.respond(req, tt.status, tt.body, "Content-Type", tt.contentType), nil
			})))
			var out thing
			err := do(t, client, "", &out)
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Fatal(err)
			}
			if out.ID != tt.want.ID || out.N != tt.want.N {
				t.Errorf("got %+v", out)
			}
		})
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, tt := range []struct{ name, contentType, body, want string }{
		{"type", "application/json", `{"result":{"id":"secret","n":[1]}}`, `at "/result/n": JSON array into Go int64 [request r1]`},
		{"value", "application/json", `{"result":{"n":"secret"}}`, `at "/result/n": JSON string into Go int64 [request r1]`},
		{"overflow", "application/json", `{"result":{"n":9223372036854775808}}`, `at "/result/n": JSON number into Go int64 [request r1]`},
		{"truncated", "application/json", `{"result":{"id":"secret"`, `broken JSON after 24 bytes [request r1]`},
		{"no JSON", "application/json", `oops`, `broken JSON after 0 bytes [request r1]`},
		{"a page", "text/html; charset=utf-8", `<html>secret</html>`, `text/html instead of JSON [request r1]`},
		{"two values", "application/json", `{} {}`, `broken JSON after 3 bytes [request r1]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := do(t, answering(t, 200, tt.body, "Cf-Ray", "r1", "Content-Type", tt.contentType), "result", new(thing))
			if want := "Things.Get: GET /client/v4/things: 200 OK, but the response cannot be read: " + tt.want; err == nil || err.Error() != want {
				t.Errorf("err  = %v\nwant %s", err, want)
			}
			decode, ok := errors.AsType[*apierror.DecodeError](err)
			if !ok || decode.Operation != "Things.Get" || decode.StatusCode != 200 || decode.RequestID != "r1" || decode.Unwrap() == nil {
				t.Errorf("err = %#v", err)
			}
		})
	}
}

// Times are read as servers write them, and numbers in quotes.
func TestTolerance(t *testing.T) {
	at := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	type times struct {
		T time.Time                 `json:"t"`
		O param.Opt[time.Time]      `json:"o,omitzero"`
		L []time.Time               `json:"l,omitzero"`
		D param.Opt[param.Date]     `json:"d,omitzero"`
		N int64                     `json:"n,omitzero"`
		M param.Opt[int64]          `json:"m,omitzero"`
		I int32                     `json:"i,omitzero"`
		F float64                   `json:"f,omitzero"`
		G param.Opt[float64]        `json:"g,omitzero"`
		S string                    `json:"s,omitzero"`
		X map[string]jsontext.Value `json:",embed"`
	}
	for _, tt := range []struct {
		name, json string
		want       time.Time
	}{
		{"as it should be", `"2024-01-02T03:04:05Z"`, at},
		{"offset", `"2024-01-02T05:04:05+02:00"`, at},
		{"offset without colon", `"2024-01-02T05:04:05+0200"`, at},
		{"no zone", `"2024-01-02T03:04:05"`, at},
		{"fraction, no zone", `"2024-01-02T03:04:05.25"`, at.Add(250 * time.Millisecond)},
		{"space", `"2024-01-02 03:04:05"`, at},
		{"space and zone", `"2024-01-02 03:04:05Z"`, at},
		{"space and offset", `"2024-01-02 05:04:05 +0200"`, at},
		{"as Go prints it", `"2024-01-02 03:04:05.5 +0000 UTC"`, at.Add(500 * time.Millisecond)},
		{"with a zone's name", `"2024-01-02 03:04:05 UTC"`, at},
		{"small letters", `"2024-01-02t03:04:05z"`, at},
		{"minutes", `"2024-01-02T03:04Z"`, at.Add(-5 * time.Second)},
		{"date", `"2024-01-02"`, at.Truncate(24 * time.Hour)},
		{"basic format", `"20240102T030405Z"`, at},
		{"as in HTTP", `"Tue, 02 Jan 2024 03:04:05 GMT"`, at},
		{"seconds", `1704164645`, at},
		{"seconds in quotes", `"1704164645"`, at},
		{"fraction of seconds", `1704164645.25`, at.Add(250 * time.Millisecond)},
		{"milliseconds", `1704164645000`, at},
		{"1970", `0`, time.Unix(0, 0).UTC()},
		{"before 1970", `-1.5`, time.Unix(-2, 5e8).UTC()},
		{"empty", `""`, time.Time{}},
		{"zeros", `"0000-00-00 00:00:00"`, time.Time{}},
		{"null", `null`, time.Time{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out times
			if err := do(t, answering(t, 200, `{"t":`+tt.json+`,"o":`+tt.json+`,"l":[`+tt.json+`],"x":1}`), "", &out); err != nil {
				t.Fatal(err)
			}
			if o, _ := out.O.Get(); !out.T.Equal(tt.want) || !o.Equal(tt.want) || len(out.L) != 1 || !out.L[0].Equal(tt.want) || string(out.X["x"]) != "1" {
				t.Errorf("%s is %v, %v, %v; want %v", tt.json, out.T, out.O, out.L, tt.want)
			}
		})
	}
	t.Run("numbers", func(t *testing.T) {
		var out times
		body := `{"t":"2024-01-02T03:04:05Z","n":"9007199254740993","m":"12.0","i":3e2,"f":"1.5","g":"2","s":7,"d":"2024-01-02T00:00:00Z"}`
		if err := do(t, answering(t, 200, body), "", &out); err != nil {
			t.Fatal(err)
		}
		if out.N != 9007199254740993 || out.M.Or(0) != 12 || out.I != 300 || out.F != 1.5 || out.G.Or(0) != 2 || out.S != "7" || out.D.String() != "2024-01-02" {
			t.Errorf("out = %+v", out)
		}
	})
	t.Run("what is no time", func(t *testing.T) {
		for _, text := range []string{`"soon"`, `true`, `{}`, `"2024-13-45"`, `"NaN"`, `1e300`} {
			var out times
			err := do(t, answering(t, 200, `{"n":1,"t":`+text+`}`), "", &out)
			if decode, ok := errors.AsType[*apierror.DecodeError](err); !ok || decode.Pointer != "/t" || decode.GoType != "time.Time" {
				t.Errorf("%s: %v, %v", text, out.T, err)
			}
		}
	})
}

func FuzzTolerance(f *testing.F) {
	f.Add(`{"t":"2024-01-02","o":1.5,"l":["x"],"n":"1e5"}`)
	f.Fuzz(func(t *testing.T, body string) {
		type all struct {
			T time.Time            `json:"t"`
			O param.Opt[time.Time] `json:"o"`
			L []param.Date         `json:"l"`
			N param.Opt[int64]     `json:"n"`
			F param.Opt[float64]   `json:"f"`
			S param.Opt[string]    `json:"s"`
		}
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithMaxRetries(0), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
			return new(bodies).respond(req, 200, body), nil
		})))
		for _, unwrap := range []string{"", "result"} {
			err := do(t, client, unwrap, new(all))
			if _, ok := errors.AsType[*apierror.DecodeError](err); err != nil && !ok {
				if _, ok := errors.AsType[*apierror.Error](err); !ok {
					t.Fatalf("%T %v", err, err)
				}
			}
		}
	})
}
