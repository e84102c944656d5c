package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/tolerant"
)

// decoding has the options to read responses with.
type decoding struct {
	strict   json.Options
	once     sync.Once
	tolerant json.Options // made when first needed, which may be never
}

func (d *decoding) init() { d.strict = Lenient() }

func (d *decoding) forgiving() json.Options {
	d.once.Do(func() { d.tolerant = json.JoinOptions(d.strict, json.WithUnmarshalers(tolerant.Unmarshalers())) })
	return d.tolerant
}

// finish decodes the response of an attempt that succeeded.
func (x *exchange) finish(ctx context.Context, a *attempt) error {
	defer x.client.release(a.body)
	x.capture(ctx, a)
	if a.excess {
		return x.decodeError(a, "", fmt.Errorf("it is longer than %d bytes, and option.WithMaxResultSize allows no more", x.config.MaxResult))
	}
	if a.content != nil {
		x.handOver(a)
		return nil
	}
	body := a.body.Bytes()
	if failed, err := x.decode(a, body); failed {
		return x.apiError(a, "its body says "+x.config.api.Envelope.Success+" is false")
	} else if err != nil {
		return x.decodeError(a, a.resp.Header.Get("Content-Type"), err)
	}
	if x.page {
		x.reply = Reply{URL: a.req.URL, Header: a.resp.Header, MaxPages: x.config.MaxPages}
		if x.sum {
			x.reply.Sum = maphash.Bytes(x.client.seed, body)
		}
		x.reply.Cursor = x.req.asked(a.req.URL.RawQuery)
	}
	return nil
}

// decodeError makes the error of a result, or a part of one, that is not what
// the API describes. The media type is named if it is the reason.
func (x *exchange) decodeError(a *attempt, contentType string, err error) error {
	m := x.masks()
	encoding := encodingOf(a.resp)
	if a.excess {
		encoding = "" // which is not what is wrong
	}
	return apierror.NewDecode(apierror.DecodeError{
		Operation:  x.req.Operation,
		Method:     a.req.Method,
		Path:       m.String(a.req.URL.EscapedPath()),
		StatusCode: a.resp.StatusCode,
		RequestID:  x.requestID(a.resp),
		Encoding:   encoding,
	}, contentType, err)
}

// decode reads a body into x.out, and reports whether the envelope says that
// the call failed.
func (x *exchange) decode(a *attempt, body []byte) (failed bool, err error) {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if x.raw(a, body) {
		return false, nil
	}
	if len(bytes.TrimSpace(body)) == 0 {
		if x.required(a) {
			return false, errors.New("it is empty")
		}
		return false, nil
	}
	if body, err = x.config.api.fromXML(a.resp.Header.Get("Content-Type"), body, x.out); err != nil {
		return false, err
	}
	success := x.config.api.Envelope.Success
	if x.out != nil && x.req.Unwrap != "" {
		e := envelope{success: success, unwrap: x.req.Unwrap, out: x.out}
		if err = x.unmarshal(body, &e); err == nil && e.null && !e.failed && x.required(a) && x.req.Method == http.MethodGet {
			return false, errors.New("its " + x.req.Unwrap + " is null")
		}
		if err == nil || e.failed {
			return e.failed, err
		}
	}
	if mayFail(body, success) { // look at the envelope alone
		e := envelope{success: success}
		if json.Unmarshal(body, &e, x.client.lenient.strict) == nil && e.failed {
			return true, nil
		}
	}
	if err != nil || x.out == nil {
		return false, err
	}
	return false, x.unmarshal(body, x.out)
}

// fromXML turns a body of XML into the JSON of what out points to, if the API
// has any. Others stay as they are.
func (a *API) fromXML(contentType string, body []byte, out any) ([]byte, error) {
	if a.ReadXML == nil || contentType != "" && isJSON(contentType) || mediaType(contentType) == "text/html" {
		return body, nil
	}
	if !bytes.HasPrefix(bytes.TrimLeft(body, "\ufeff \t\r\n"), []byte("<")) {
		return body, nil
	}
	return a.ReadXML(body, reflect.TypeOf(out))
}

// mayFail reports whether it is worth a look whether the member called success
// is false. It is a member of the outermost object, and what comes with a
// failure is short: so only the ends of the body are searched.
func mayFail(body []byte, success string) bool {
	const window = 4 << 10
	if success == "" {
		return false
	}
	name := []byte(`"` + success + `"`)
	if len(body) > 2*window {
		return saysFalse(body[:window], name) || saysFalse(body[len(body)-window:], name)
	}
	return saysFalse(body, name)
}

// saysFalse reports whether a member of this quoted name, at whatever depth,
// is false.
func saysFalse(text, name []byte) bool {
	for {
		i := bytes.Index(text, name)
		if i < 0 {
			return false
		}
		text = bytes.TrimLeft(text[i+len(name):], " \t\r\n:")
		if bytes.HasPrefix(text, []byte("false")) {
			return true
		}
	}
}

// raw gives the body as it is to a caller who wants text or bytes and gets no
// JSON.
func (x *exchange) raw(a *attempt, body []byte) bool {
	switch x.out.(type) {
	case *string, *[]byte:
	default:
		return false
	}
	if isJSON(x.req.Accept) && isJSON(a.resp.Header.Get("Content-Type")) {
		return false
	}
	switch out := x.out.(type) {
	case *string:
		*out = string(body)
	case *[]byte:
		*out = bytes.Clone(body)
	}
	return true
}

// isJSON reports whether a media type is JSON; none at all is.
func isJSON(contentType string) bool {
	media := mediaType(contentType)
	return media == "" || media == "application/json" || media == "text/json" || strings.HasSuffix(media, "+json")
}

// unmarshal decodes data strictly, and if a value in it is not written as it
// should be, once more and tolerantly. The second time costs nothing normally.
func (x *exchange) unmarshal(data []byte, out any) error {
	return x.client.lenient.read(data, out, x.out)
}

// unmarshal decodes data into what out points to, as results are decoded.
func (d *decoding) unmarshal(data []byte, out any) error { return d.read(data, out, out) }

// read decodes data into out, which fills in value.
func (d *decoding) read(data []byte, out, value any) error {
	err := json.Unmarshal(data, out, d.strict)
	if _, ok := errors.AsType[*json.SemanticError](err); !ok {
		return err
	}
	reset(value)
	if again := json.Unmarshal(data, out, d.forgiving()); again != nil {
		return err // the first says more of what the description promised
	}
	return nil
}

// reset makes what p points to zero.
func reset(p any) {
	if v := reflect.ValueOf(p); v.Kind() == reflect.Pointer && !v.IsNil() {
		v.Elem().SetZero()
	}
}

// envelope reads the object round a result in one pass: the result into out,
// everything else is skipped.
type envelope struct {
	success string // member that is false if the call failed; "" if not to be looked at
	unwrap  string // member that is the result
	out     any    // nil if the result is not wanted
	failed  bool
	null    bool // the result is, although it is described as an object
}

func (e *envelope) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() != '{' {
		if e.out == nil {
			return dec.SkipValue()
		}
		return json.UnmarshalDecode(dec, e.out) // no envelope: the result itself
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadValue()
		if err != nil {
			return err
		}
		switch {
		case e.success != "" && is(name, e.success):
			e.failed = dec.PeekKind() == 'f'
			err = dec.SkipValue()
		case e.out != nil && is(name, e.unwrap):
			e.null = dec.PeekKind() == 'n' && reflect.TypeOf(e.out).Elem().Kind() == reflect.Struct
			err = json.UnmarshalDecode(dec, e.out)
		default:
			err = dec.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

// is reports whether a quoted name is name. Names with escapes in them are not
// looked for.
func is(quoted jsontext.Value, name string) bool {
	return len(quoted) == len(name)+2 && string(quoted[1:len(quoted)-1]) == name
}

// required reports whether a response must have a body: there is a result that
// its status promises.
func (x *exchange) required(a *attempt) bool {
	if x.out == nil || x.req.MayBeEmpty || x.req.Operation == undescribedCall || x.req.Method == http.MethodHead {
		return false
	}
	return a.resp.StatusCode == http.StatusOK
}

// encodingOf is what the body of a response is still encoded with; "" if it is
// not.
func encodingOf(resp *http.Response) string {
	if e := strings.TrimSpace(resp.Header.Get("Content-Encoding")); !strings.EqualFold(e, "identity") {
		return e
	}
	return ""
}

// capture hands the response of the last attempt to a caller who asked for it,
// with a body that can be read; nil if there is none.
func (x *exchange) capture(ctx context.Context, a *attempt) {
	if x.config.Response == nil && x.config.OnResponse == nil && len(x.config.Headers) == 0 {
		return
	}
	var resp *http.Response
	if a != nil {
		for i := range x.config.Headers {
			x.config.Headers[i].read(a.resp.Header)
		}
		if x.config.Response == nil && x.config.OnResponse == nil {
			return
		}
		seen := *a.resp
		seen.Body = io.NopCloser(bytes.NewReader(bytes.Clone(a.body.Bytes())))
		m := x.masksOf(a.req)
		seen.Request = (&http.Request{Method: a.req.Method, URL: m.URL(a.req.URL), Host: a.req.Host, Header: m.Header(a.req.Header)}).WithContext(ctx)
		resp = &seen
	}
	if x.config.Response != nil {
		*x.config.Response = resp
	}
	if x.config.OnResponse != nil {
		x.call.Operation, x.call.Method, x.call.Route = x.req.Operation, x.req.Method, x.req.route()
		call := x.call
		x.config.OnResponse(&call, resp)
	}
}
