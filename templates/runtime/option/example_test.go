package option_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
)

// The examples call a client of this kind, where the generated package has a
// NewClient and methods of its own.
func newClient(opts ...option.RequestOption) *api.Client { return api.NewClient(&things, opts...) }

func ExampleWithBaseURL() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.Method, r.URL.Path)
		io.WriteString(w, `{}`)
	}))
	defer server.Close()

	client := newClient(option.WithBaseURL(server.URL + "/test"))
	fmt.Println(list(context.Background(), client))
	// Output:
	// GET /test/things
	// <nil>
}

func ExampleWithHTTPClient() {
	client := newClient(option.WithHTTPClient(&http.Client{
		Transport: doer(func(req *http.Request) (*http.Response, error) {
			fmt.Println("asked for", req.URL)
			return answer(req, http.StatusOK, `{}`), nil
		}),
	}))
	fmt.Println(list(context.Background(), client))
	// Output:
	// asked for https://api.example.com/v1/things
	// <nil>
}

func ExampleWithMiddleware() {
	client := newClient(option.WithHTTPClient(new(server)), option.WithMiddleware(
		func(req *http.Request, next option.Next) (*http.Response, error) {
			resp, err := next(req)
			if err == nil {
				fmt.Println(req.Method, req.URL.Path, resp.StatusCode)
			}
			return resp, err
		}))
	fmt.Println(list(context.Background(), client))
	// Output:
	// GET /v1/things 200
	// <nil>
}

// Metrics, and traces of any kind, need no more than this: a span begins before
// next, goes on to the attempts in the context, and ends after it.
func ExampleWithCallMiddleware() {
	type span struct{}
	client := newClient(
		option.WithHTTPClient(&server{statuses: []int{http.StatusNotFound}}),
		option.WithCallMiddleware(func(ctx context.Context, call *option.Call, next func(context.Context) error) error {
			err := next(context.WithValue(ctx, span{}, "span of "+call.Operation))
			fmt.Println(call.Method, call.Route, "status", call.StatusCode, "attempts", call.Attempts)
			return err
		}),
		option.WithMiddleware(func(req *http.Request, next option.Next) (*http.Response, error) {
			fmt.Println("attempt", option.CallOf(req.Context()).Attempts, "in the", req.Context().Value(span{}))
			return next(req)
		}),
	)
	fmt.Println(list(context.Background(), client) != nil)
	// Output:
	// attempt 1 in the span of Things.List
	// GET /things status 404 attempts 1
	// true
}

func ExampleWithJSONSet() {
	client := newClient(option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(req.Body)
		fmt.Println(string(body), err)
		return answer(req, http.StatusOK, `{"id":"t1"}`), nil
	})))
	err := create(context.Background(), client,
		option.WithJSONSet("labels.team", "search"),
		option.WithJSONSet("sizes", []int{1, 2}),
		option.WithJSONSet("sizes.-1", 3),
		option.WithJSONDel("name"))
	fmt.Println(err)
	// Output:
	// {"labels":{"team":"search"},"sizes":[1,2,3]} <nil>
	// <nil>
}

func ExampleWithRetryDelay() {
	client := newClient(
		option.WithRetryDelay(100*time.Millisecond, 2*time.Second),
		option.WithRetryNonIdempotent(true), // this API does not do things twice
		option.WithHTTPClient(new(server)))
	fmt.Println(create(context.Background(), client))
	// Output: <nil>
}

func ExampleWithHeader() {
	s := new(server)
	client := newClient(option.WithHTTPClient(s), option.WithHeader("X-Team", "search"))
	list(context.Background(), client)
	list(context.Background(), client, option.WithHeader("X-Team", "billing"))
	fmt.Print(s.sent[0], s.sent[1])
	// Output:
	// GET https://api.example.com/v1/things
	// Accept: application/json
	// User-Agent: things-go/1.0
	// X-Team: search
	// GET https://api.example.com/v1/things
	// Accept: application/json
	// User-Agent: things-go/1.0
	// X-Team: billing
}

func ExampleWithMaxRetries() {
	attempts := 0
	client := newClient(option.WithMaxRetries(4), option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		attempts++
		resp := answer(req, http.StatusServiceUnavailable, `{}`)
		resp.Header = http.Header{"Retry-After-Ms": {"1"}}
		return resp, nil
	})))
	list(context.Background(), client)
	fmt.Println(attempts)
	list(context.Background(), client, option.WithMaxRetries(0))
	fmt.Println(attempts)
	// Output:
	// 5
	// 6
}

func ExampleWithRetryPolicy() {
	client := newClient(option.WithHTTPClient(&server{statuses: []int{http.StatusNotFound}}),
		option.WithRetryPolicy(func(a option.Attempt) bool {
			fmt.Println(a.Operation, "attempt", a.Number, "status", a.Response.StatusCode)
			return a.Retry
		}))
	fmt.Println(list(context.Background(), client) != nil)
	// Output:
	// Things.List attempt 1 status 404
	// true
}

func ExampleWithTimeout() {
	client := newClient(option.WithHTTPClient(new(server)), option.WithTimeout(5*time.Second)) // for each attempt
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)                      // for a call with its retries
	defer cancel()
	fmt.Println(list(ctx, client))
	// Output: <nil>
}

func ExampleWithResponse() {
	client := newClient(option.WithHTTPClient(new(server)))
	var resp *http.Response
	err := list(context.Background(), client, option.WithResponse(&resp))
	fmt.Println(resp.StatusCode, resp.Header.Get("Content-Type"), err)
	// Output: 200 application/json <nil>
}

func ExampleWithIdempotencyKey() {
	client := newClient(option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		fmt.Println("key", req.Header.Get("Idempotency-Key"))
		return answer(req, http.StatusOK, `{"id":"t1"}`), nil
	})))
	fmt.Println(create(context.Background(), client, option.WithIdempotencyKey("order-1234")))
	// Output:
	// key order-1234
	// <nil>
}

func ExampleWithRequestBody() {
	client := newClient(option.WithHTTPClient(doer(func(req *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(req.Body)
		fmt.Println(req.Header.Get("Content-Type"), string(body), err)
		return answer(req, http.StatusOK, `{"id":"t1"}`), nil
	})))
	fmt.Println(create(context.Background(), client, option.WithRequestBody("text/csv", "name,size\n")))
	// Output:
	// text/csv name,size
	//  <nil>
	// <nil>
}

func ExampleWithLogger() {
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == "duration" {
				return slog.Attr{}
			}
			return a
		},
	}))
	client := newClient(option.WithHTTPClient(new(server)), option.WithLogger(logger))
	list(context.Background(), client)
	// Output:
	// level=DEBUG msg=request operation=Things.List method=GET route=/things attempt=1 status=200
}
