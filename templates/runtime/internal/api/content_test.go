package api_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

type upload struct {
	Name     string            `json:"name"`
	Comment  param.Opt[string] `json:"comment,omitzero"`
	Password param.Secret      `json:"password"`
	Meta     map[string]int    `json:"meta,omitzero"`
	Tags     []string          `json:"tags,omitzero"`
	File     param.File        `json:"file,omitzero"`
	More     []param.File      `json:"more,omitzero"`
	Hidden   string            `json:"-"`
	Extra    map[string]any    `json:",embed"`
}

// parts reads a multipart body as a list of name, file name, media type and
// text.
func parts(t *testing.T, header http.Header, body string) string {
	t.Helper()
	_, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	r := multipart.NewReader(strings.NewReader(body), params["boundary"])
	for {
		p, err := r.NextPart()
		if err == io.EOF {
			return strings.Join(list, "|")
		}
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(p)
		list = append(list, fmt.Sprintf("%s,%s,%s,%s", p.FormName(), p.FileName(), p.Header.Get("Content-Type"), data))
	}
}

func TestMultipart(t *testing.T) {
	full := func() upload {
		return upload{
			Name: "é\r\n", Comment: param.Some("c"), Password: "planted", Meta: map[string]int{"b": 2, "a": 1}, Tags: []string{"x", "y"},
			File:   param.File{Content: strings.NewReader("content"), Name: `a"b.txt`, ContentType: "text/plain"},
			More:   []param.File{{Content: strings.NewReader("1")}, {Content: strings.NewReader("")}},
			Hidden: "no", Extra: map[string]any{"z": true, "k": "v"},
		}
	}
	pointer := full()
	all := "name,,,é\r\n|comment,,,c|password,,,planted|meta,,application/json,{\"a\":1,\"b\":2}|tags,,,x|tags,,,y|file,a%22b.txt,text/plain,content|" +
		"more,more,application/octet-stream,1|more,more,application/octet-stream,|k,,,v|z,,,true"
	for _, tt := range []struct {
		name     string
		body     any
		attempts int
		want     string
	}{
		{"everything", full(), 2, all},
		{"a pointer", &pointer, 2, all},
		{"nothing set", upload{}, 2, "name,,,|password,,,"},
		{"a stream that cannot go back", upload{File: param.File{Content: io.MultiReader(strings.NewReader("s"))}}, 1, "name,,,|password,,,|file,file,application/octet-stream,s"},
		{"a map", map[string]any{"b": 1, "a": "x"}, 2, "a,,,x|b,,,1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := script(t, step{status: 500}, step{status: 200})
				if tt.attempts == 1 {
					s.steps = s.steps[1:]
				}
				req := api.Request{Operation: "A", Method: "PUT", Path: "/a", Body: api.Multipart(tt.body)}
				if err := s.client().Do(t.Context(), &req, nil, nil); err != nil {
					t.Fatal(err)
				}
				for _, r := range s.seen {
					if got := parts(t, r.header, r.body); got != tt.want {
						t.Errorf("got  %q\nwant %q", got, tt.want)
					}
				}
			})
		})
	}
	t.Run("the length is known", func(t *testing.T) {
		client, requests := serve(t, withAPIToken("t"))
		req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.Multipart(full())}
		if err := client.Do(t.Context(), &req, nil, nil); err != nil {
			t.Fatal(err)
		}
		r := (*requests)[0]
		if got := parts(t, r.header, r.body); got != all || r.header.Get("Content-Length") != fmt.Sprint(len(r.body)) {
			t.Errorf("Content-Length %s of %d: %q", r.header.Get("Content-Length"), len(r.body), got)
		}
	})
	t.Run("another type", func(t *testing.T) {
		type draft struct {
			Meta    map[string]int `json:"meta,omitzero"`
			Content param.File     `json:"content"`
		}
		for media, first := range map[string]string{"multipart/mixed": "", "multipart/related": "text/html", "Multipart/Related; a=b": "text/html"} {
			page := param.File{Content: strings.NewReader("<p>"), Name: "p.html", ContentType: "text/html"}
			client, requests := serve(t, withAPIToken("t"))
			req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.MultipartAs(media, draft{Content: page})}
			if err := client.Do(t.Context(), &req, nil, nil); err != nil {
				t.Fatal(err)
			}
			r := (*requests)[0]
			got, params, err := mime.ParseMediaType(r.header.Get("Content-Type"))
			if want, _, _ := strings.Cut(strings.ToLower(media), ";"); err != nil || got != want || params["type"] != first {
				t.Errorf("%s goes out as %s", media, r.header.Get("Content-Type"))
			}
			if got := parts(t, r.header, r.body); got != "content,p.html,text/html,<p>" {
				t.Errorf("%s: got %q", media, got)
			}
		}
	})
	t.Run("a list is no form", func(t *testing.T) {
		client, _ := serve(t, withAPIToken("t"))
		req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: api.Multipart([]int{1})}
		if err := client.Do(t.Context(), &req, nil, nil); err == nil || err.Error() != "A: the body cannot be encoded: a multipart body is an object" {
			t.Errorf("err = %v", err)
		}
	})
}

// An upload is read as it is sent, not before.
func TestUploadIsNotBuffered(t *testing.T) {
	var received int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		received, _ = io.Copy(io.Discard, r.Body)
	}))
	t.Cleanup(server.Close)
	quiet(t)
	client := api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL(server.URL))
	const size = 256 << 20
	for name, body := range map[string]api.Body{
		"stream":    api.Stream("application/zip", io.LimitReader(zeros{}, size)),
		"multipart": api.Multipart(upload{File: param.File{Content: io.LimitReader(zeros{}, size)}}),
	} {
		before := heap()
		req := api.Request{Operation: "A", Method: "POST", Path: "/a", Body: body}
		if err := client.Do(t.Context(), &req, nil, nil); err != nil || received < size {
			t.Fatalf("%s: %d bytes, %v", name, received, err)
		}
		if grown := heap() - before; grown > 32<<20 {
			t.Errorf("%s of %d MiB allocated %d MiB", name, size>>20, grown>>20)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestStreamedResult(t *testing.T) {
	get := func(client *api.Client, ctx context.Context, opts ...option.RequestOption) (io.ReadCloser, error) {
		var out io.ReadCloser
		req := api.Request{Operation: "Files.Get", Method: "GET", Path: "/file", Accept: "application/zip"}
		err := client.Do(ctx, &req, &out, opts)
		return out, err
	}
	t.Run("is read by the caller", func(t *testing.T) {
		more := make(chan string)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for text := range more {
				io.WriteString(w, text)
				w.(http.Flusher).Flush()
			}
		}))
		t.Cleanup(server.Close)
		quiet(t)
		client := api.NewClient(&cloud, withAPIToken("t"), option.WithBaseURL(server.URL))
		go func() { more <- "first " }()
		content, err := get(client, t.Context())
		if err != nil {
			t.Fatal(err)
		}
		go func() { more <- "second"; close(more) }()
		data, err := io.ReadAll(content)
		if err != nil || string(data) != "first second" || content.Close() != nil {
			t.Errorf("%s, %v", data, err)
		}
	})
	t.Run("has no limit of time once it began", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			quiet(t)
			open := newBodies(t)
			client := api.NewClient(&cloud, withAPIToken("t"), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
				resp := open.respond(req, 200, "")
				resp.Body.(*counted).Reader = readerFunc(func(p []byte) (int, error) {
					select {
					case <-time.After(time.Hour):
						return 0, io.EOF
					case <-req.Context().Done():
						return 0, req.Context().Err()
					}
				})
				return resp, nil
			})))
			start := time.Now()
			content, err := get(client, t.Context(), option.WithIdleTimeout(0))
			if err != nil {
				t.Fatal(err)
			}
			if data, err := io.ReadAll(content); len(data) != 0 || err != nil || time.Since(start) != time.Hour {
				t.Errorf("%q, %v after %v", data, err, time.Since(start))
			}
			content.Close()

			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if content, err = get(client, ctx); err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadAll(content); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("err = %v", err)
			}
			content.Close()
		})
	})
	t.Run("has one until then", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := script(t, step{hang: true})
			_, err := get(s.client(), t.Context(), option.WithTimeout(time.Second), option.WithMaxRetries(0))
			if !errors.Is(err, apierror.ErrTimeout) || time.Since(s.start) != time.Second {
				t.Errorf("err = %v after %v", err, time.Since(s.start))
			}
		})
	})
	t.Run("is an error like any other", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := script(t, step{status: 503, body: `{"message":"a"}`}, step{status: 404, body: `{"message":"b"}`})
			content, err := get(s.client(), t.Context())
			apiErr, ok := errors.AsType[*apierror.Error](err)
			if content != nil || !ok || apiErr.Message != "b" || apiErr.Attempts != 2 {
				t.Errorf("%v, %v", content, err)
			}
		})
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
