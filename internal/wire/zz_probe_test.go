package wire

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/openapi-lathe/lathe/internal/spec"
)

func TestProbeCorpus(t *testing.T) {
	dir := os.Getenv("PROBE")
	if dir == "" {
		t.Skip()
	}
	files, _ := filepath.Glob(dir)
	type stat struct{ ok, bad, none int }
	var all [4]stat
	for _, f := range files {
		start := time.Now()
		doc, problems := spec.Load(f, spec.Options{})
		if doc == nil {
			fmt.Printf("%s: load: %v\n", filepath.Base(f), problems.Err())
			continue
		}
		s, err := New(doc.JSON(), Config{})
		if err != nil {
			fmt.Printf("%s: NEW: %v\n", filepath.Base(f), err)
			continue
		}
		made := time.Since(start)
		var st [4]stat
		causes := map[string]int{}
		example := map[string]string{}
		size := 0
		for _, r := range s.routes {
			for _, method := range slices.Sorted(maps.Keys(r.item.Operations())) {
				op := r.item.Operations()[method]
				try := func(ref *openapi3.SchemaRef, dir Direction, where string) {
					if ref == nil || ref.Value == nil || time.Since(start) > 60*time.Second {
						return
					}
					for _, amount := range []Amount{Minimal, Full} {
						m := Maker{Amount: amount, Direction: dir}
						if s.doc.Components != nil { m.Schemas = s.doc.Components.Schemas }
						i := int(dir)*2 + int(amount)
						v, ok := m.Value(ref)
						if !ok {
							st[i].none++
							causes["none"]++
							example["none"] = where
							continue
						}
						size += len(encodeJSON(v))
						d := openapi3.VisitAsRequest()
						if dir == Response {
							d = openapi3.VisitAsResponse()
						}
						if err := s.validate(ref.Value, v, d); err != nil {
							st[i].bad++
							c := explain(err)[0]
							if j := strings.LastIndex(c, ": "); j > 0 {
								c = c[j+2:]
							}
							if len(c) > 90 { c = c[:90] }
							causes[c]++
							example[c] = where + " " + explain(err)[0]
						} else {
							st[i].ok++
						}
					}
				}
				if op.RequestBody != nil && op.RequestBody.Value != nil {
					for mt, c := range op.RequestBody.Value.Content {
						if c != nil {
							try(c.Schema, Request, method+" "+r.path+" body "+mt)
						}
					}
				}
				for _, p := range parameters(r.item, op) {
					try(p.Value.Schema, Request, method+" "+r.path+" "+p.Value.Name)
				}
				for code, resp := range op.Responses.Map() {
					if resp.Value != nil {
						for mt, c := range resp.Value.Content {
							if c != nil {
								try(c.Schema, Response, method+" "+r.path+" "+code+" "+mt)
							}
						}
					}
				}
			}
		}
		fmt.Printf("%s: new %v all %v size %d  %v\n", filepath.Base(f), made.Round(time.Millisecond), time.Since(start).Round(time.Millisecond), size, st)
		keys := slices.SortedFunc(maps.Keys(causes), func(a, b string) int { return causes[b] - causes[a] })
		for _, k := range keys[:min(4, len(keys))] {
			e := example[k]
			if len(e) > 250 { e = e[:250] }
			fmt.Printf("    %4d %s\n         %s\n", causes[k], k, e)
		}
		for i := range st {
			all[i].ok += st[i].ok
			all[i].bad += st[i].bad
			all[i].none += st[i].none
		}
	}
	fmt.Println("total", all)
}
