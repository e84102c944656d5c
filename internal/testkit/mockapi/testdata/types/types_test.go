// Package types_test calls the client of openapi.yaml, and looks at what is sent
// and what is made of the answers. It is run in a module of its own, beside the
// client that gen has just made there.
package types_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	sdk "github.com/openapi-lathe/lathe/internal/testkit/mockapi/types/sdk"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/types/sdk/enums"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/types/sdk/forms"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/types/sdk/loose"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/types/sdk/messages"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/types/sdk/option"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/types/sdk/param"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/types/sdk/unions"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/types/sdk/widgets"
)

// A server keeps the last request and answers with JSON; "" is 204.
type server struct {
	*sdk.Client
	line, body string
	header     http.Header
	answer     string
}

func start(t *testing.T) *server {
	t.Helper()
	s := &server{}
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		s.line, s.body, s.header = r.Method+" "+r.RequestURI, string(body), r.Header
		if s.answer == "" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, s.answer)
	}))
	t.Cleanup(ts.Close)
	s.Client = sdk.NewClient(option.WithBaseURL(ts.URL), option.WithMaxRetries(0))
	return s
}

// sent checks the last request.
func (s *server) sent(t *testing.T, err error, line, body string) {
	t.Helper()
	if err != nil || s.line != line || s.body != body {
		t.Errorf("sent %s %s, %v\nwant %s %s", s.line, s.body, err, line, body)
	}
}

func TestConstants(t *testing.T) {
	s := start(t)
	err := s.Messages.Create(t.Context(), messages.CreateParams{Text: "hi"})
	s.sent(t, err, "POST /v2/messages?kind=only&acl=true", `{"object":"message","revision":3,"stream":true,"text":"hi"}`)
	if got := s.header.Get("X-Version"); got != "2024-01-01" {
		t.Errorf("X-Version is %q", got)
	}
	err = s.Messages.Create(t.Context(), messages.CreateParams{Object: "note", Text: "hi", Hint: messages.CreateParamsHintMaybe})
	s.sent(t, err, "POST /v2/messages?kind=only&acl=true", `{"object":"note","revision":3,"stream":true,"text":"hi","hint":"maybe"}`)

	err = s.Forms.Create(t.Context(), forms.CreateParams{Code: "x"})
	s.sent(t, err, "POST /forms", "grant_type=authorization_code&code=x")
}

// An enum is of the type that it declares, whatever its values look like.
func TestEnumsOfAnotherKind(t *testing.T) {
	s := start(t)
	s.answer = `{"version":1,"only":"8","size":4.1,"flag":"true","said":true,"every":"5"}`
	got, err := s.Enums.Update(t.Context(), enums.UpdateParams{
		Version: "1", Only: "8", Size: "3_lite", Flag: param.Some(true), Said: "false", Every: 1440,
	})
	s.sent(t, err, "PUT /enums", `{"version":"1","only":"8","size":"3_lite","flag":true,"said":"false","every":1440}`)
	if err == nil && (got.Version != "1" || got.Only != "8" || got.Size != "4.1" || !got.Flag.Or(false) || got.Said != "true" || got.Every != 5) {
		t.Errorf("read %+v", got)
	}
}

// What servers write that is not what they promise, and whose meaning is plain.
func TestTolerantReading(t *testing.T) {
	s := start(t)
	object := func(l *loose.Loose) any {
		if l.Object == nil {
			return nil
		}
		return *l.Object
	}
	for _, tt := range []struct {
		answer string
		get    func(*loose.Loose) any
		want   any
	}{
		{`{"integer":"1"}`, func(l *loose.Loose) any { return l.Integer.Any() }, int64(1)},
		{`{"integer":1.0}`, func(l *loose.Loose) any { return l.Integer.Any() }, int64(1)},
		{`{"small":"7"}`, func(l *loose.Loose) any { return l.Small.Any() }, int32(7)},
		{`{"level":"1"}`, func(l *loose.Loose) any { return l.Level }, loose.LooseLevel(1)},
		{`{"level":2.0}`, func(l *loose.Loose) any { return l.Level }, loose.LooseLevel(2)},
		{`{"text":1}`, func(l *loose.Loose) any { return l.Text.Any() }, "1"},
		{`{"text":true}`, func(l *loose.Loose) any { return l.Text.Any() }, "true"},
		{`{"color":1}`, func(l *loose.Loose) any { return l.Color }, loose.LooseColor("1")},
		{`{"flag":"true"}`, func(l *loose.Loose) any { return l.Flag.Any() }, true},
		{`{"flag":1}`, func(l *loose.Loose) any { return l.Flag.Any() }, true},
		{`{"flag":0}`, func(l *loose.Loose) any { return l.Flag.Any() }, false},
		{`{"data":"YQ"}`, func(l *loose.Loose) any { return string(l.Data) }, "a"},
		{`{"data":"-_-_"}`, func(l *loose.Loose) any { return string(l.Data) }, "\xfb\xff\xbf"},
		{`{"map":[ ]}`, func(l *loose.Loose) any { return l.Map != nil && len(l.Map) == 0 }, true},
		{`{"object":[]}`, object, nil},
		{`{"object":""}`, object, nil},
		{`{"must":[],"text":"after"}`, func(l *loose.Loose) any { return l.Text.Any() }, "after"},
		{"\ufeff" + `{"text":"after"}`, func(l *loose.Loose) any { return l.Text.Any() }, "after"},
		{`{"latitude":37.77597542841264}`, func(l *loose.Loose) any { return l.Latitude.Any() }, 37.77597542841264},
		{`{"status":"90"}`, func(l *loose.Loose) any { return l.Status.Any() }, "90"},
	} {
		s.answer = tt.answer
		got, err := s.Loose.Get(t.Context(), "1")
		if err != nil {
			t.Errorf("%s: %v", tt.answer, err)
		} else if got := tt.get(got); got != tt.want {
			t.Errorf("%s: got %#v, want %#v", tt.answer, got, tt.want)
		}
	}
	for _, answer := range []string{`{"flag":"maybe"}`, `{"flag":2}`, `{"map":["a"]}`, `{"object":"text"}`, `{"data":"!"}`, `{"integer":"one"}`, `{"small":3000000000}`} {
		s.answer = answer
		if got, err := s.Loose.Get(t.Context(), "1"); err == nil {
			t.Errorf("%s: read as %+v", answer, got)
		}
	}
}

// The variant is the one that the description means, whatever tells it.
func TestUnionsAreDecided(t *testing.T) {
	s := start(t)
	for _, tt := range []struct {
		answer string
		get    func(*unions.Unions) any
		want   any
	}{
		{`{"step":{"kind":"status","sources":["x"]}}`, func(u *unions.Unions) any { return u.Step.Status != nil }, true},
		{`{"step":{"kind":"lookup","ref":"x"}}`, func(u *unions.Unions) any { return u.Step.Table != nil }, true},
		{`{"step":{"sources":["x"]}}`, func(u *unions.Unions) any { return u.Step.Bare != nil }, true},
		{`{"meta":7}`, func(u *unions.Unions) any { return u.Meta.Variant() }, int64(7)},
		{`{"meta":7.5}`, func(u *unions.Unions) any { return u.Meta.Variant() }, 7.5},
		{`{"order":9007199254740993}`, func(u *unions.Unions) any { n, _ := u.Order.Get(); return n.String() }, "9007199254740993"},
		{`{"values":[1.5]}`, func(u *unions.Unions) any { return u.Values.NumberList[0] }, 1.5},
		{`{"values":["a"]}`, func(u *unions.Unions) any { return u.Values.StringList[0] }, "a"},
		{`{"people":[{"starred_at":"now","user":{"id":7}}]}`, func(u *unions.Unions) any { return u.People.StarList[0].User.ID }, int64(7)},
		{`{"people":[{"id":7}]}`, func(u *unions.Unions) any { return u.People.UserList[0].ID }, int64(7)},
		{`{"model":"large"}`, func(u *unions.Unions) any { return u.Model == unions.UpdateParamsModelLarge }, true},
		{`{"model":"other"}`, func(u *unions.Unions) any { return string(u.Model) }, "other"},
		{`{"measure":{"value":2}}`, func(u *unions.Unions) any { return u.Measure.Number != nil }, true},
		{`{"shape":{"form":"square","size":2}}`, func(u *unions.Unions) any { return u.Shape.Square != nil }, true},
	} {
		s.answer = tt.answer
		got, err := s.Unions.Update(t.Context(), unions.UpdateParams{})
		if err != nil {
			t.Errorf("%s: %v", tt.answer, err)
		} else if got := tt.get(got); got != tt.want {
			t.Errorf("%s: got %#v, want %#v", tt.answer, got, tt.want)
		}
	}
}

// What the variants share is got without a switch, and a switch is short.
func TestUnionAccessors(t *testing.T) {
	s := start(t)
	s.answer = `{"blocks":[{"id":"a","type":"text","text":"hi"},{"id":"b","type":"image","url":"u"}]}`
	got, err := s.Unions.Update(t.Context(), unions.UpdateParams{})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, block := range got.Blocks {
		list = append(list, block.ID(), block.Type())
		switch b := block.Variant().(type) {
		case *unions.TextBlock:
			list = append(list, b.Text)
		case *unions.ImageBlock:
			list = append(list, b.URL)
		}
	}
	if got := strings.Join(list, " "); got != "a text hi b image u" {
		t.Error(got)
	}
}

// The tag of the variant that is set is sent, where the type of the variant has one
// value for it and where it has not.
func TestTagsAreSent(t *testing.T) {
	s := start(t)
	s.answer = "{}"
	_, err := s.Unions.Update(t.Context(), unions.UpdateParams{Blocks: []unions.Block{{Text: &unions.TextBlock{ID: "a", Text: "hi"}}, {Image: &unions.ImageBlock{ID: "b", URL: "u"}}}})
	s.sent(t, err, "PUT /unions", `{"blocks":[{"id":"a","type":"text","text":"hi"},{"id":"b","type":"image","url":"u"}]}`)
	s.answer = ""
	err = s.Widgets.Create(t.Context(), widgets.CreateParams{Body: widgets.CreateParamsBody{Windows: &widgets.WindowsWidget{}}})
	s.sent(t, err, "POST /widgets", `{"platform":"WINDOWS"}`)
	err = s.Widgets.Create(t.Context(), widgets.CreateParams{Body: widgets.CreateParamsBody{MacOS: &widgets.MACWidget{Enclave: param.Some(true)}}})
	s.sent(t, err, "POST /widgets", `{"platform":"MACOS","enclave":true}`)
}

// Two variants are a mistake, and so is none where there must be one: nothing is
// sent.
func TestOneVariantIsSent(t *testing.T) {
	s := start(t)
	err := s.Widgets.Create(t.Context(), widgets.CreateParams{Body: widgets.CreateParamsBody{Windows: &widgets.WindowsWidget{}, MacOS: &widgets.MACWidget{}}})
	if err == nil || !strings.Contains(err.Error(), "two variants of CreateParamsBody are set") || s.line != "" {
		t.Errorf("%v, sent %s", err, s.line)
	}
	err = s.Widgets.Create(t.Context(), widgets.CreateParams{})
	if err == nil || !strings.Contains(err.Error(), "no variant of CreateParamsBody is set") || s.line != "" {
		t.Errorf("%v, sent %s", err, s.line)
	}
}

// What is only received is there or not, whether a server leaves it out or says
// null.
func TestReceivedNulls(t *testing.T) {
	s := start(t)
	for answer, want := range map[string]string{
		`{"address":{"city":"Oslo"},"tags":["a"],"size":"small"}`: "Oslo 1 small",
		`{"address":null,"tags":null,"size":null}`:                " 0 ",
		`{}`: " 0 ",
	} {
		s.answer = answer
		got, err := s.Things.Get(t.Context(), "1")
		if err != nil {
			t.Fatal(err)
		}
		city := ""
		if got.Address != nil {
			city = got.Address.City
		}
		if got := fmt.Sprint(city, " ", len(got.Tags), " ", got.Size); got != want {
			t.Errorf("%s: %q, want %q", answer, got, want)
		}
	}
}

// A body in which there is nothing to say is no parameter.
func TestEmptyBody(t *testing.T) {
	s := start(t)
	s.sent(t, s.Things.Delete(t.Context(), "1"), "DELETE /things/1", "{}")
}
