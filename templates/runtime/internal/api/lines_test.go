package api_test

import (
	"errors"
	"io"
	"iter"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// A list can be sent again, a sequence cannot once it was asked.
func TestLinesAndRetries(t *testing.T) {
	const text = "{\"name\":\"a\"}\n{\"name\":\"b\"}\n"
	values := []storeParams{{Name: "a"}, {Name: "b"}}
	for _, tt := range []struct {
		name  string
		body  api.Body
		tries int
		want  string
	}{
		{"a list", api.Lines("application/jsonl", param.LinesOf(values...)), 2, text},
		{"a sequence", api.Lines("application/jsonl", param.LinesSeq(slices.Values(values))), 1, text},
		{"a text", api.Lines("application/jsonl", param.LinesReader[storeParams](strings.NewReader(text))), 2, text},
		{"a text that cannot go back", api.Lines("application/jsonl", param.LinesReader[storeParams](io.MultiReader(strings.NewReader(text)))), 1, text},
		{"a JSON sequence", api.Sequence("application/json-seq", param.LinesOf(values...)), 2, "\x1e{\"name\":\"a\"}\n\x1e{\"name\":\"b\"}\n"},
		{"an empty list", api.Lines("application/jsonl", param.LinesOf[storeParams]()), 2, ""},
		{"none", api.Lines("application/jsonl", param.Lines[storeParams]{}), 2, ""},
		{"no sequence", api.Lines("application/jsonl", param.LinesSeq[storeParams](nil)), 2, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := script(t, step{status: 500}, step{status: 200})
				s.steps = s.steps[2-tt.tries:]
				if tt.tries == 1 {
					s.steps[0].status = 500
				}
				req := api.Request{Operation: "A", Method: "PUT", Path: "/a", Body: tt.body}
				if err := s.client().Do(t.Context(), &req, nil, nil); (err == nil) != (tt.tries == 2) {
					t.Error(err)
				}
				if len(s.seen) != tt.tries {
					t.Errorf("%d requests", len(s.seen))
				}
				for _, r := range s.seen {
					if r.body != tt.want {
						t.Errorf("got %q, want %q", r.body, tt.want)
					}
				}
			})
		})
	}
}

// A sequence that is given up is left, and nothing is left behind, whoever gives
// it up and when.
func TestLinesAreLeft(t *testing.T) {
	quiet(t)
	left := 0
	endless := func(yield func(storeParams) bool) {
		defer func() { left++ }()
		for yield(storeParams{Name: strings.Repeat("a", 1000)}) {
		}
	}
	for name, do := range map[string]doer{
		"before it began": func(*http.Request) (*http.Response, error) { return nil, errors.New("no") },
		"after some": func(req *http.Request) (*http.Response, error) {
			io.CopyN(io.Discard, req.Body, 5000)
			req.Body.Close()
			return nil, errors.New("no")
		},
		"while it is read": func(req *http.Request) (*http.Response, error) {
			done := make(chan struct{})
			go func() {
				defer close(done)
				io.Copy(io.Discard, req.Body)
			}()
			io.CopyN(io.Discard, req.Body, 5000)
			req.Body.Close()
			<-done
			return nil, errors.New("no")
		},
	} {
		left = 0
		synctest.Test(t, func(t *testing.T) { // which fails if a goroutine is left
			client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(do), option.WithMaxRetries(0))
			req := api.Request{Operation: "A", Method: "PUT", Path: "/a", Body: api.Lines("application/jsonl", param.LinesSeq(iter.Seq[storeParams](endless)))}
			if err := client.Do(t.Context(), &req, nil, nil); err == nil {
				t.Errorf("%s: no error", name)
			}
		})
		if want := min(1, strings.Count(name, "some")+strings.Count(name, "while")); left != want {
			t.Errorf("%s: it was left %d times, not %d", name, left, want)
		}
	}
}

func TestWith(t *testing.T) {
	type body struct {
		Name  string         `json:"name"`
		Extra map[string]any `json:",embed"`
	}
	full := body{Name: `"a"`, Extra: map[string]any{"stream": 1, "z": []int{1}}}
	for _, tt := range []struct {
		name string
		body api.Body
		want string
	}{
		{"JSON", api.JSON(body{Name: "a"}), `{"name":"a","stream":true}`},
		{"one that is there", api.JSON(full), `{"name":"\"a\"","z":[1],"stream":true}`},
		{"no member", api.JSON(struct{}{}), `{"stream":true}`},
		{"nothing", api.Optional(api.JSON((*body)(nil))), `{"stream":true}`},
		{"a form", api.Form(body{Name: "a"}), `name=a&stream=true`},
		{"a form that has it", api.Form(full), `name=%22a%22&z=1&stream=true`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client, requests := serve(t, withAPIToken("t"))
			req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.With(tt.body, "stream", true)}
			if err := client.Do(t.Context(), &req, nil, nil); err != nil {
				t.Fatal(err)
			}
			if got := (*requests)[0].body; got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	t.Run("as another media type", func(t *testing.T) {
		client, requests := serve(t, withAPIToken("t"))
		for _, media := range []string{"application/x-www-form-urlencoded", "multipart/form-data", "application/merge-patch+json"} {
			req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.With(api.JSON(body{Name: "a"}), "stream", true)}
			req.Also(api.With(api.Multipart(body{Name: "a"}, api.Part{Name: "name", ContentType: "text/css"}), "stream", true))
			if err := client.Do(t.Context(), &req, nil, []api.Option{option.WithRequestContentType(media)}); err != nil {
				t.Fatal(err)
			}
		}
		form, multipart, patch := (*requests)[0], (*requests)[1], (*requests)[2]
		if form.body != "name=a&stream=true" || patch.body != `{"name":"a","stream":true}` {
			t.Errorf("got %s and %s", form.body, patch.body)
		}
		if got := parts(t, multipart.header, multipart.body); got != "name,,text/css,a|stream,,,true" {
			t.Error(got)
		}
	})
	t.Run("multipart", func(t *testing.T) {
		client, requests := serve(t, withAPIToken("t"))
		req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.With(api.Multipart(body{Name: "a"}), "stream", true)}
		if err := client.Do(t.Context(), &req, nil, nil); err != nil {
			t.Fatal(err)
		}
		if got := parts(t, (*requests)[0].header, (*requests)[0].body); got != "name,,,a|stream,,,true" {
			t.Error(got)
		}
	})
	t.Run("no object", func(t *testing.T) {
		client, _ := serve(t, withAPIToken("t"))
		req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.With(api.JSON([]int{1}), "stream", true)}
		if err := client.Do(t.Context(), &req, nil, nil); err == nil || !strings.Contains(err.Error(), "it is no object, which could have the member stream") {
			t.Error(err)
		}
	})
}
