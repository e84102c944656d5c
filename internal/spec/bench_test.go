package spec

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// synthetic is a description of about four megabytes as JSON, and the same as
// YAML.
func synthetic() (asJSON, asYAML []byte) {
	var b strings.Builder
	b.WriteString("openapi: 3.0.3\ninfo: {title: synthetic, version: 1.0.0}\npaths:\n")
	for i := range 650 {
		fmt.Fprintf(&b, `  /things%[1]d/{id}:
    get:
      operationId: getThing%[1]d
      summary: Returns the thing.
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 10}}
      responses:
        "200": {description: Fine., content: {application/json: {schema: {$ref: '#/components/schemas/Thing%[1]d'}}}}
        default: {description: Else., content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
`, i)
	}
	b.WriteString("components:\n  schemas:\n    Error: {type: object, properties: {message: {type: string}}}\n")
	for i := range 1350 {
		fmt.Fprintf(&b, "    Thing%d:\n      type: object\n      description: >-\n        A thing with some properties, which are described\n        in a few words each.\n      required: [id]\n      properties:\n", i)
		for j := range 12 {
			fmt.Fprintf(&b, "        property_%d: {type: string, description: Says what it is., example: value, maxLength: %d}\n", j, j*10)
		}
		fmt.Fprintf(&b, "        next: {$ref: '#/components/schemas/Thing%d'}\n", (i*7+1)%1350)
	}
	asYAML = []byte(b.String())
	root, err := Parse("synthetic.yaml", asYAML, Limits{})
	if err != nil {
		panic(err)
	}
	asJSON, err = json.MarshalIndent(json.RawMessage(root.AppendJSON(nil)), "", "  ")
	if err != nil {
		panic(err)
	}
	return asJSON, asYAML
}

func BenchmarkLoad(b *testing.B) {
	asJSON, asYAML := synthetic()
	for _, bb := range []struct {
		name string
		data []byte
	}{{"json", asJSON}, {"yaml", asYAML}} {
		file := filepath.Join(b.TempDir(), "api."+bb.name)
		if err := os.WriteFile(file, bb.data, 0o666); err != nil {
			b.Fatal(err)
		}
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.data)))
			b.ReportAllocs()
			for b.Loop() {
				if d, list := Load(file, Options{}); d == nil {
					b.Fatal(list.Err())
				}
			}
		})
		b.Run(bb.name+"/kin", func(b *testing.B) {
			b.SetBytes(int64(len(bb.data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := openapi3.NewLoader().LoadFromData(bb.data); err != nil {
					b.Fatal(err)
				}
			}
		})
		// Both in turn, so that what else the machine does counts for both.
		b.Run(bb.name+"/ratio", func(b *testing.B) {
			var ours, kin time.Duration
			for b.Loop() {
				start := time.Now()
				Load(file, Options{})
				ours += time.Since(start)
				start = time.Now()
				openapi3.NewLoader().LoadFromData(bb.data)
				kin += time.Since(start)
			}
			b.ReportMetric(float64(kin)/float64(ours), "kin/ours")
		})
	}
}

func BenchmarkJSON(b *testing.B) {
	asJSON, _ := synthetic()
	file := filepath.Join(b.TempDir(), "api.json")
	if err := os.WriteFile(file, asJSON, 0o666); err != nil {
		b.Fatal(err)
	}
	d, list := Load(file, Options{})
	if d == nil {
		b.Fatal(list.Err())
	}
	b.ReportAllocs()
	for b.Loop() {
		d.JSON()
	}
}
