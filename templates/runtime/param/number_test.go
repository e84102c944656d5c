package param_test

import (
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

func TestNumber(t *testing.T) {
	for _, tt := range []struct{ in, out string }{
		{"0", "0"},
		{"-1", "-1"},
		{"9223372036854775808", "9223372036854775808"},
		{"123456789012345678901234567890", "123456789012345678901234567890"},
		{"0.10", "0.10"},
		{"1e400", "1e400"},
		{`"12"`, "12"},
		{"null", "0"},
	} {
		var n param.Number
		if err := json.Unmarshal([]byte(tt.in), &n); err != nil {
			t.Errorf("%s: %v", tt.in, err)
			continue
		}
		out, err := json.Marshal(n)
		if err != nil || string(out) != tt.out || n.String() != tt.out {
			t.Errorf("%s is %s, %q, %v", tt.in, out, n, err)
		}
	}
	for _, in := range []string{`"x"`, `""`, "true", "{}", `"0x10"`} {
		var n param.Number
		if err := json.Unmarshal([]byte(in), &n); err == nil {
			t.Errorf("%s is %q", in, n)
		}
	}
	for _, n := range []param.Number{"+1", "0x10", "NaN", "1 ", " 1", "1,2", "null"} {
		if out, err := json.Marshal(n); err == nil {
			t.Errorf("%q is written %s", n, out)
		}
	}
	if i, err := param.Number("").Int64(); i != 0 || err != nil {
		t.Errorf("the zero Number is %d, %v", i, err)
	}
	if i, err := param.Number("9223372036854775807").Int64(); i != 9223372036854775807 || err != nil {
		t.Errorf("%d, %v", i, err)
	}
	if i, err := param.Number("9223372036854775808").Int64(); err == nil {
		t.Errorf("%d fits", i)
	}
	if f, err := param.Number("0.5").Float64(); f != 0.5 || err != nil {
		t.Errorf("%g, %v", f, err)
	}
}
