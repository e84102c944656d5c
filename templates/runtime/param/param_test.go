package param_test

import (
	"bytes"
	jsonv1 "encoding/json"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

type enum string

type inner struct {
	A int `json:"a"`
}

// all has an Opt of every kind.
type all struct {
	S    param.Opt[string]         `json:"s,omitzero"`
	E    param.Opt[enum]           `json:"e,omitzero"`
	B    param.Opt[bool]           `json:"b,omitzero"`
	I    param.Opt[int64]          `json:"i,omitzero"`
	I32  param.Opt[int32]          `json:"i32,omitzero"`
	U    param.Opt[uint64]         `json:"u,omitzero"`
	F    param.Opt[float64]        `json:"f,omitzero"`
	T    param.Opt[time.Time]      `json:"t,omitzero"`
	D    param.Opt[param.Date]     `json:"d,omitzero"`
	X    param.Opt[param.Secret]   `json:"x,omitzero"`
	L    param.Opt[[]string]       `json:"l,omitzero"`
	M    param.Opt[map[string]int] `json:"m,omitzero"`
	O    param.Opt[inner]          `json:"o,omitzero"`
	Any  param.Opt[any]            `json:"any,omitzero"`
	Raw  param.Opt[jsontext.Value] `json:"raw,omitzero"`
	Must param.Opt[string]         `json:"must"`
	List []param.Opt[int64]        `json:"list,omitzero"`
}

// What is absent, null and a value stays so there and back, with json/v2 and
// with encoding/json.
func TestRoundTrip(t *testing.T) {
	for _, text := range []string{
		`{"must":null}`,
		`{"must":""}`,
		`{"s":"","e":"","b":false,"i":0,"f":0,"must":"m"}`,
		`{"s":"a\"\n","e":"red","b":true,"i":-5,"i32":7,"u":18446744073709551615,"f":1.5,"must":null}`,
		`{"s":null,"e":null,"b":null,"i":null,"i32":null,"u":null,"f":null,"t":null,"d":null,"l":null,"m":null,"o":null,"must":null}`,
		`{"i":9007199254740993,"must":null}`,
		`{"i":-9223372036854775808,"must":null}`,
		`{"t":"2023-09-21T18:56:32.624632Z","d":"2024-02-29","must":null}`,
		`{"l":[],"m":{},"o":{"a":1},"any":[1,{"k":null}],"raw":{"z":1,"a":[]},"must":null}`,
		`{"must":null,"list":[1,null,2]}`,
	} {
		var v2, v1 all
		if err := json.Unmarshal([]byte(text), &v2); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := json.Marshal(v2, json.Deterministic(true)); err != nil || string(got) != text {
			t.Errorf("json/v2: %s, %v\nwant     %s", got, err, text)
		}
		if err := jsonv1.Unmarshal([]byte(text), &v1); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := jsonv1.Marshal(v1); err != nil || string(got) != text {
			t.Errorf("encoding/json: %s, %v\nwant           %s", got, err, text)
		}
	}
}

// A number that is written as a string stays exact.
func TestNumbersInStrings(t *testing.T) {
	var o param.Opt[int64]
	for _, text := range []string{`"9007199254740993"`, `null`} {
		if err := json.Unmarshal([]byte(text), &o, json.StringifyNumbers(true)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got, err := json.Marshal(o, json.StringifyNumbers(true)); err != nil || string(got) != text {
			t.Errorf("%s becomes %s, %v", text, got, err)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		name, json, want string
	}{
		{"integer with a fraction of zero", `{"i":20.0}`, "20"},
		{"large, with a fraction of zero", `{"i":9007199254740993.0}`, "9007199254740993"},
		{"exponent", `{"i":2e3}`, "2000"},
		{"escapes", `{"s":"\u00e9\n"}`, "é\n"},
		{"replaces", `{"s":"a","s":"b"}`, "b"},
		{"null replaces", `{"s":"a","s":null}`, "null"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var v all
			if err := json.Unmarshal([]byte(tt.json), &v, jsontext.AllowDuplicateNames(true)); err != nil {
				t.Fatal(err)
			}
			got := v.S.String()
			if v.S.IsZero() {
				got = v.I.String()
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	for _, tt := range []struct{ json, pointer, goType string }{
		{`{"o":{"a":"x"}}`, "/o/a", "int"},
		{`{"i":"x"}`, "/i", "int64"},
		{`{"i":1.5}`, "/i", "int64"},
		{`{"i":9223372036854775808}`, "/i", "int64"},
		{`{"i":1e300}`, "/i", "int64"},
		{`{"f":1e999}`, "/f", "float64"},
		{`{"b":"true"}`, "/b", "bool"},
		{`{"s":1}`, "/s", "string"},
		{`{"e":[]}`, "/e", "param_test.enum"},
		{`{"t":"soon"}`, "/t", "time.Time"},
		{`{"d":"soon"}`, "/d", "param.Date"},
	} {
		var v all
		err := json.Unmarshal([]byte(tt.json), &v)
		semantic, ok := err.(*json.SemanticError)
		if !ok || string(semantic.JSONPointer) != tt.pointer || fmt.Sprint(semantic.GoType) != tt.goType {
			t.Errorf("%s: %v at %s", tt.json, err, semantic.JSONPointer)
		}
	}
}

func TestOpt(t *testing.T) {
	var unset param.Opt[int]
	null, five := param.Null[int](), param.Some(5)
	for _, tt := range []struct {
		name         string
		o            param.Opt[int]
		value        int
		ok           bool
		or           int
		null, zero   bool
		any          any
		v, d, goText string
	}{
		{"unset", unset, 0, false, 9, false, true, nil, "<unset>", "<unset>", "param.Opt[int]{}"},
		{"null", null, 0, false, 9, true, false, nil, "null", "null", "param.Null[int]()"},
		{"five", five, 5, true, 5, false, false, 5, "5", "005", "param.Some[int](5)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, ok := tt.o.Get()
			if v != tt.value || ok != tt.ok || tt.o.Or(9) != tt.or || tt.o.IsNull() != tt.null || tt.o.IsZero() != tt.zero || tt.o.Any() != tt.any {
				t.Errorf("%+v: %v, %t, %v, %t, %t, %v", tt, v, ok, tt.o.Or(9), tt.o.IsNull(), tt.o.IsZero(), tt.o.Any())
			}
			for verb, want := range map[string]string{"%v": tt.v, "%+v": tt.v, "%s": tt.v, "%03d": tt.d, "%#v": tt.goText} {
				if got := fmt.Sprintf(verb, tt.o); got != want && verb != "%s" {
					t.Errorf("%s prints %s, want %s", verb, got, want)
				}
			}
			if tt.o.String() != tt.v {
				t.Errorf("String() = %s, want %s", tt.o.String(), tt.v)
			}
		})
	}
	if got := fmt.Sprintf("%+v", struct{ A, B param.Opt[inner] }{A: param.Some(inner{1})}); got != "{A:{A:1} B:<unset>}" {
		t.Error(got)
	}
	if got := fmt.Sprintf("%q %v", param.Some("a\n"), &five); got != `"a\n" 5` {
		t.Error(got)
	}
}

func TestSecret(t *testing.T) {
	const text = "planted \"secret\""
	type holder struct {
		S  param.Secret              `json:"s"`
		O  param.Opt[param.Secret]   `json:"o"`
		P  *param.Secret             `json:"p"`
		L  []param.Secret            `json:"l"`
		M  map[string]param.Secret   `json:"m"`
		I  any                       `json:"i"`
		OL param.Opt[[]param.Secret] `json:"ol"`
	}
	s := param.Secret(text)
	h := holder{s, param.Some(s), &s, []param.Secret{s}, map[string]param.Secret{"k": s}, s, param.Some([]param.Secret{s})}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s", "%-5.3v", "%T"} {
		for _, v := range []any{s, &s, h, &h, []holder{h}, param.Some(s), param.Some(h), fmt.Errorf("e: %v", s)} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
	}
	for _, v := range []any{s, h, &h} {
		for _, marshal := range []func() ([]byte, error){
			func() ([]byte, error) { return json.Marshal(v) },
			func() ([]byte, error) { return jsonv1.Marshal(v) },
		} {
			data, err := marshal()
			if err != nil {
				t.Error(err)
			}
			out.Write(data)
		}
	}
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info(s.String(), "s", s, "o", h.O, "h", h, slog.Any("a", &h))
	}
	if got := out.String(); strings.Contains(got, "planted") || strings.Contains(got, "706c616e74") || strings.Count(got, "[redacted]") < 100 {
		t.Errorf("output: %s", got)
	}
	if s.Reveal() != text || fmt.Sprintf("%v|%q|%#v", param.Secret(""), param.Secret(""), param.Secret("")) != `|""|param.Secret("")` {
		t.Error("an empty secret is shown as one")
	}
	var back holder
	if err := json.Unmarshal([]byte(`{"s":"a","o":"b","p":"c","l":["d"]}`), &back); err != nil || back.S.Reveal()+back.O.Or("").Reveal()+back.P.Reveal()+back.L[0].Reveal() != "abcd" {
		t.Errorf("back = %v, %v", back.S.Reveal(), err)
	}
}

func TestEmpty(t *testing.T) {
	type pair struct{ A, B param.Empty }
	data, err := json.Marshal(pair{A: true})
	if want := `{"A":"","B":null}`; err != nil || string(data) != want {
		t.Errorf("%s, %v; want %s", data, err, want)
	}
	var back pair
	if err := json.Unmarshal([]byte(`{"A":""}`), &back); err != nil || !bool(back.A) || bool(back.B) {
		t.Errorf("%v, %v", back, err)
	}
	for _, text := range []string{`"a"`, `null`, `true`, `{}`} {
		e := param.Empty(true)
		if err := json.Unmarshal([]byte(text), &e); err == nil || bool(e) {
			t.Errorf("%s is read as %v, %v", text, e, err)
		}
	}
}

func TestDate(t *testing.T) {
	d, err := param.ParseDate("2024-02-29")
	if err != nil || d != (param.Date{Year: 2024, Month: time.February, Day: 29}) || d.String() != "2024-02-29" || !d.Valid() {
		t.Errorf("%v, %v", d, err)
	}
	if got := param.DateOf(time.Date(2024, 3, 1, 1, 0, 0, 0, time.FixedZone("", -7200))); got.String() != "2024-03-01" {
		t.Errorf("DateOf = %v", got)
	}
	if got := d.In(time.UTC); !got.Equal(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("In = %v", got)
	}
	later := param.Date{Year: 2024, Month: 3, Day: 1}
	if d.Compare(later) != -1 || later.Compare(d) != 1 || d.Compare(d) != 0 {
		t.Error("Compare")
	}
	for _, text := range []string{"", "2024-2-29", "2023-02-29", "2024-02-29T00:00:00Z", "24-02-29", " 2024-02-29"} {
		if d, err := param.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %v", text, d)
		}
	}
	for _, d := range []param.Date{{}, {2023, 2, 29}, {2024, 13, 1}, {2024, 1, 0}, {-1, 1, 1}, {10000, 1, 1}} {
		if data, err := json.Marshal(d); err == nil || d.Valid() {
			t.Errorf("%v is sent as %s", d, data)
		}
	}
	if !(param.Date{}).IsZero() || d.IsZero() {
		t.Error("IsZero")
	}
}

// What was decoded encodes to what decodes to the same.
func FuzzRoundTrip(f *testing.F) {
	f.Add(`{"s":"a","i":1.0,"t":"2024-01-02T03:04:05Z","must":null,"list":[1]}`)
	f.Add(`{"u":1,"f":1e300,"d":"2024-01-02","l":["\u0000"],"any":{"a":[]},"raw":1e2}`)
	f.Fuzz(func(t *testing.T, text string) {
		var a, b all
		if json.Unmarshal([]byte(text), &a) != nil {
			return
		}
		a.X = param.Opt[param.Secret]{} // masked on purpose
		once, err := json.Marshal(a, json.Deterministic(true))
		if err != nil {
			if a.D.Or(param.Date{Year: 1, Month: 1, Day: 1}).Valid() && a.T.Or(time.Time{}).Year() <= 9999 {
				t.Fatalf("%s: %v", text, err)
			}
			return
		}
		if err := json.Unmarshal(once, &b); err != nil {
			t.Fatalf("%s becomes %s: %v", text, once, err)
		}
		if twice, err := json.Marshal(b, json.Deterministic(true)); err != nil || string(twice) != string(once) {
			t.Fatalf("%s becomes %s, then %s, %v", text, once, twice, err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	type plain struct {
		A string  `json:"a"`
		B string  `json:"b"`
		C int64   `json:"c"`
		D float64 `json:"d"`
		E bool    `json:"e"`
		F enum    `json:"f"`
	}
	type opts struct {
		A param.Opt[string]  `json:"a,omitzero"`
		B param.Opt[string]  `json:"b,omitzero"`
		C param.Opt[int64]   `json:"c,omitzero"`
		D param.Opt[float64] `json:"d,omitzero"`
		E param.Opt[bool]    `json:"e,omitzero"`
		F param.Opt[enum]    `json:"f,omitzero"`
	}
	one := `{"a":"some text","b":"some other text","c":123456,"d":1.25,"e":true,"f":"active"}`
	data := []byte("[" + strings.Repeat(one+",", 999) + one + "]")
	var spent [2]time.Duration
	least := [2]time.Duration{math.MaxInt64, math.MaxInt64}
	for b.Loop() {
		for i, f := range []func() error{
			func() error { var v []plain; return json.Unmarshal(data, &v) },
			func() error { var v []opts; return json.Unmarshal(data, &v) },
		} {
			start := time.Now()
			if err := f(); err != nil {
				b.Fatal(err)
			}
			d := time.Since(start)
			spent[i] += d
			least[i] = min(least[i], d)
		}
	}
	b.ReportMetric(float64(spent[1])/float64(spent[0]), "ratio")
	b.ReportMetric(float64(least[1])/float64(least[0]), "ratio-of-best")
}
