package spec

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/openapi-lathe/lathe/internal/testkit/effort"
)

// slow is how long nothing takes, on the slowest of machines: what is not linear
// takes longer.
const slow = 5 * time.Minute

// What is small and could take for ever, or all memory.
func TestHostile(t *testing.T) {
	const head = "openapi: 3.0.0\ninfo: {title: t, version: 1.0.0}\npaths: {}\ncomponents:\n  schemas:\n"
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i, i+1)
		}
		return b.String()
	}
	dense := func() string {
		var b strings.Builder
		b.WriteString(head)
		for i := range 300 {
			fmt.Fprintf(&b, "    S%d:\n      properties:\n", i)
			for j := range 200 {
				fmt.Fprintf(&b, "        p%d: {$ref: '#/components/schemas/S%d'}\n", j, (i+j)%300)
			}
		}
		return b.String()
	}
	for _, tt := range []struct{ name, text, want string }{
		{"deep JSON", strings.Repeat(`{"a":`, 1_000_000), "api.yaml:1:2561: error: values are nested deeper than 512 levels; if that is meant, raise the limit with --max-depth [limit]"},
		{"deep flow", "a: " + strings.Repeat("[", 1_000_000), "api.yaml:1:517: error: values are nested deeper than 512 levels; if that is meant, raise the limit with --max-depth [limit]"},
		{"deep blocks", strings.Repeat("- ", 1_000_000), "api.yaml:1:1027: error: values are nested deeper than 512 levels; if that is meant, raise the limit with --max-depth [limit]"},
		{"deep names", strings.Repeat("? ", 100_000), "api.yaml:1:1027: error: values are nested deeper than 512 levels; if that is meant, raise the limit with --max-depth [limit]"},
		{"aliases", "openapi: 3.0.0\na0: &a0 [x, x]\n" + repeat(40, "a%[2]d: &a%[2]d [*a%[1]d, *a%[1]d]\n"),
			"api.yaml:24:12: error: the file has more than 20000000 values; if that is meant, raise the limit with --max-nodes [limit]"},
		{"merges", "openapi: 3.0.0\na: &a {" + repeat(2000, "n%[1]d: 1, ") + "}\nb:\n" + repeat(3000, "  n%[1]d: {<<: [*a, *a, *a, *a, *a]}\n"),
			"api.yaml:1003:10: error: the file has more than 20000000 values; if that is meant, raise the limit with --max-nodes [limit]"},
		{"chain of references", head + "    S0: {type: string}\n" + repeat(20_000, "    S%[2]d: {$ref: '#/components/schemas/S%[1]d'}\n"), ""},
		{"chain the other way", head + repeat(20_000, "    S%[1]d: {$ref: '#/components/schemas/S%[2]d'}\n") + "    S20000: {type: string}\n", ""},
		{"circle of references", head + repeat(20_000, "    S%[1]d: {$ref: '#/components/schemas/S%[2]d'}\n") + "    S20000: {$ref: '#/components/schemas/S0'}\n", ""},
		{"dense references", dense(), ""},
		{"all dangling", head + repeat(5000, "    S%[1]d: {$ref: '#/components/schemas/s_%[1]dx'}\n"), ""},
		{"pointers through references", head + "    S0: {properties: {a: {type: string}}}\n" + repeat(3000, "    S%[2]d: {$ref: '#/components/schemas/S%[1]d', properties: {b: {$ref: '#/components/schemas/S%[1]d/properties/a'}}}\n"), ""},
		{"joined twice", head + "    S0: {properties: {a: {type: string}, b: {type: string}}}\n" +
			repeat(40, "    S%[2]d: {properties: {a: {properties: {$ref: '#/components/schemas/S%[1]d/properties'}}, b: {properties: {$ref: '#/components/schemas/S%[1]d/properties'}}}}\n"),
			"api.yaml:1:1: error: with what it refers to, the description has more than 20000000 values; if that is meant, raise the limit with --max-nodes [limit]"},
		{"many required properties", head + "    S:\n      properties:\n" + repeat(5000, "        p%[1]d: {required: true}\n"), ""},
		{"many names", head + repeat(20_000, "    S%[1]d: {}\n"), ""},
		{"long text", head + "    S: {description: '" + strings.Repeat("x", 10_000_000) + "'}\n", ""},
		{"long number", head + "    S: {minimum: 1" + strings.Repeat("0", 100_000) + "}\n", ""},
		{"long hexadecimal", head + "    S: {minimum: 0x1" + strings.Repeat("0", 1_000_000) + "}\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if testing.Short() && (tt.name == "merges" || tt.name == "dense references") {
				t.Skip("it takes seconds")
			}
			write(t, map[string]string{"api.yaml": tt.text})
			start := time.Now()
			d, list := Load("api.yaml", Options{})
			if took := time.Since(start); took > slow {
				t.Errorf("it takes %s to load", took)
			}
			if d == nil {
				if got := list.Sorted()[0].Error(); got != tt.want {
					t.Errorf("got  %s\nwant %s", got, tt.want)
				}
				return
			}
			if tt.want != "" {
				t.Fatalf("it is loaded; want %s", tt.want)
			}
			start = time.Now()
			follow(d)
			d.JSON()
			d.Pointer(d.Root.Get("components").Get("schemas"))
			if took := time.Since(start); took > slow {
				t.Errorf("it takes %s to follow and to write", took)
			}
			start = time.Now()
			if effort.Full() {
				d.Validate()
			}
			if took := time.Since(start); took > slow {
				t.Errorf("it takes %s to validate", took)
			}
		})
	}
}
