package sdktest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// answer is the answer to a request, in the making.
type answer struct {
	server  *Server
	op      *operation // nil if there is none for the request
	call    *Call
	request *http.Request
}

// make makes the response, or returns the error that the connection has.
func (a *answer) make(ctx context.Context) (*http.Response, error) {
	delay, fault := a.planned()
	if err := wait(ctx, delay); err != nil {
		return nil, err
	}
	if fault != nil && !errors.Is(fault, ErrBroken) {
		return a.failed(fault)
	}
	resp, err := a.unplanned(ctx)
	if err == nil && fault != nil {
		resp.Body = &broken{ReadCloser: resp.Body, left: max(resp.ContentLength, 0) / 2}
	}
	return resp, err
}

// planned takes what happens to this request off the plans.
func (a *answer) planned() (delay time.Duration, fault error) {
	a.server.mu.Lock()
	defer a.server.mu.Unlock()
	delay = a.server.plan.delay
	if a.op != nil {
		delay += a.op.delay
		fault = a.op.next()
	}
	if fault == nil {
		fault = a.server.plan.next()
	}
	return delay, fault
}

func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// unplanned answers a request that nothing is planned to happen to.
func (a *answer) unplanned(ctx context.Context) (*http.Response, error) {
	if a.op == nil {
		return a.unexpected("it is no operation of the API; api.Fallback can answer it")
	}
	result, ok, err := a.result(context.WithValue(ctx, callKey{}, a.call))
	switch {
	case !ok:
		return a.unexpected(fmt.Sprintf("say what it answers, with sdktest.Respond(api.On.%s, …) or sdktest.Handle", a.op.name))
	case err != nil:
		return a.failed(err)
	}
	return a.succeeded(result)
}

// result returns what the operation answers with; ok is false if it was not told
// what.
func (a *answer) result(ctx context.Context) (result any, ok bool, err error) {
	a.server.mu.Lock()
	handler := a.op.handler
	if results := a.op.results; len(results) > 0 {
		result, ok = results[0], true
		if len(results) > 1 {
			a.op.results = results[1:]
		}
	}
	a.server.mu.Unlock()
	if !handler.IsValid() {
		return result, ok, nil
	}
	args := []reflect.Value{reflect.ValueOf(ctx)}
	for i, arg := range a.call.Args {
		args = append(args, valueOf(arg, handler.Type().In(i+1)))
	}
	if len(args) < handler.Type().NumIn() {
		args = append(args, valueOf(a.call.Params, handler.Type().In(len(args))))
	}
	out := handler.Call(args)
	err, _ = out[len(out)-1].Interface().(error)
	if len(out) > 1 {
		result = out[0].Interface()
	}
	return result, true, err
}

// valueOf is reflect.ValueOf, for an interface that may be nil too.
func valueOf(v any, t reflect.Type) reflect.Value {
	if v == nil {
		return reflect.Zero(t)
	}
	return reflect.ValueOf(v)
}

// unexpected fails the test, or asks who was told to answer what nobody else does.
func (a *answer) unexpected(help string) (*http.Response, error) {
	if h := a.server.Fallback; h != nil {
		r := a.request.Clone(a.request.Context())
		r.Body = io.NopCloser(bytes.NewReader(a.call.Body))
		recorder := httptest.NewRecorder()
		h.ServeHTTP(recorder, r)
		resp := recorder.Result()
		resp.Request = a.request
		return resp, nil
	}
	what := a.call.Method + " " + a.call.Path
	if a.op != nil {
		what = a.op.name + " (" + what + ")"
	}
	a.server.t.Helper()
	a.server.fail("unexpected request of %s: %s", what, help)
	header := http.Header{"X-Should-Retry": {"false"}, "Content-Type": {"text/plain; charset=utf-8"}}
	return a.response(http.StatusNotImplemented, header, []byte("sdktest: unexpected request of "+what)), nil
}

// failed is what comes of an error.
func (a *answer) failed(err error) (*http.Response, error) {
	if r, ok := errors.AsType[*Response](err); ok {
		status := r.Status
		if status == 0 {
			status = http.StatusOK
		}
		return a.response(status, r.Header, r.Body), nil
	}
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return nil, err
	}
	status := e.StatusCode
	if status == 0 {
		status = http.StatusInternalServerError
	}
	body := e.Body
	if body == nil {
		body, err = a.server.about.problems(e, status)
		if err != nil {
			return nil, err
		}
	}
	header := e.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	if header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/json")
	}
	return a.response(status, header, body), nil
}

// problems writes an error as the API does.
func (d *description) problems(e *Error, status int) ([]byte, error) {
	body := tree{}
	if success := d.api.Envelope.Success; success != "" {
		body[success] = jsontext.Value("false")
	}
	w := parseWords(d.error)
	if len(e.Errors) > 0 {
		list, err := api.Encode(e.Errors)
		if err != nil {
			return nil, err
		}
		body.set(w.errors(), list)
		return body.encode()
	}
	message := e.Message
	if message == "" {
		message = http.StatusText(status)
	}
	problem := &node{kind: object}
	for _, member := range []struct{ name, text string }{{w.text("code"), e.Code}, {w.text("message"), message}} {
		if member.name != "" && member.text != "" {
			problem.set([]string{member.name}, member.text)
		}
	}
	if w.has("list") {
		problem.settle(reflect.TypeFor[apierror.Data](), problem)
		body.set(w.errors(), (&node{kind: list, nodes: []*node{problem}}).append(nil))
	} else {
		body.set(w.errors(), problem.append(nil))
	}
	return body.encode()
}

// errors is the way to the problems of an error.
func (w words) errors() []string {
	if way := w.way("list"); way != nil {
		return way
	}
	return []string{"error"}
}

// succeeded writes a result as the API does.
func (a *answer) succeeded(result any) (*http.Response, error) {
	out := a.op.table().out
	switch {
	case out.has("none"):
		return a.response(http.StatusNoContent, nil, nil), nil
	case out.has("string"):
		text, _ := result.(string)
		return a.response(http.StatusOK, typed(out, "text/plain; charset=utf-8"), []byte(text)), nil
	case out.has("download"):
		data, _ := result.([]byte)
		return a.response(http.StatusOK, typed(out, "application/octet-stream"), data), nil
	case out.has("stream"):
		return a.stream(result)
	}
	header := typed(out, "application/json")
	body, err := a.encode(result, out, header)
	if err != nil {
		return nil, fmt.Errorf("sdktest: the result of %s cannot be encoded: %w", a.op.name, err)
	}
	return a.response(http.StatusOK, header, body), nil
}

// typed is a header with the media type that an operation answers with.
func typed(out words, usual string) http.Header {
	media, _, _ := strings.Cut(out.text("type"), ",")
	if media == "" || strings.Contains(media, "*") {
		media = usual
	}
	return http.Header{"Content-Type": {media}}
}

// encode writes a value, or the page of a list that is asked for, in what the
// API puts round it.
func (a *answer) encode(result any, out words, header http.Header) ([]byte, error) {
	if out.has("page") {
		return a.page(result, out, header)
	}
	data, err := api.Encode(result)
	if err != nil {
		return nil, err
	}
	if out.has("xml") {
		return a.server.about.writeXML(out.text("xml"))(data, reflect.TypeOf(result))
	}
	success := a.server.about.api.Envelope.Success
	if unwrap := out.text("unwrap"); unwrap != "" {
		body := tree{unwrap: jsontext.Value(data)}
		a.server.about.succeed(body)
		return body.encode()
	}
	if success == "" || jsontext.Value(data).Kind() != '{' {
		return data, nil
	}
	return with(data, success)
}

// succeed adds what the API says where nothing failed.
func (d *description) succeed(body tree) {
	if success := d.api.Envelope.Success; success != "" {
		body[success] = jsontext.Value("true")
	}
	if way := parseWords(d.error).way("list"); len(way) == 1 && d.api.Envelope.Success != "" {
		body[way[0]] = jsontext.Value("[]")
	}
}

// response is a response with a body of bytes.
func (a *answer) response(status int, header http.Header, body []byte) *http.Response {
	if header = header.Clone(); header == nil {
		header = http.Header{}
	}
	return &http.Response{
		Status:     fmt.Sprintf("%d %s", status, http.StatusText(status)),
		StatusCode: status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        header,
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       a.request,
	}
}

// broken is a body that breaks off.
type broken struct {
	io.ReadCloser
	left int64
}

func (b *broken) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, ErrBroken
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if err == io.EOF {
		err = ErrBroken
	}
	return n, err
}

// send writes a response to a connection.
func send(w http.ResponseWriter, resp *http.Response) {
	defer resp.Body.Close()
	for name, values := range resp.Header {
		w.Header()[name] = values
	}
	if n := resp.ContentLength; n >= 0 && resp.StatusCode != http.StatusNoContent {
		w.Header().Set("Content-Length", fmt.Sprint(n))
	}
	w.WriteHeader(resp.StatusCode)
	control := http.NewResponseController(w)
	buf := make([]byte, 32<<10)
	for {
		n, err := resp.Body.Read(buf)
		if n > 0 {
			if _, err := w.Write(buf[:n]); err != nil {
				return
			}
			_ = control.Flush() // what cannot flush sends at the end
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			panic(http.ErrAbortHandler)
		}
	}
}
