package spec

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

// shapesOf says what each operation of a document takes and returns. It leaves
// out media types, of which kin-openapi forgets those that the description has
// for all operations.
func shapesOf(doc *openapi3.T) map[string]string {
	all := map[string]string{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			var said []string
			for _, p := range append(slices.Clone(item.Parameters), op.Parameters...) {
				if p.Value == nil {
					continue
				}
				s := p.Value.In + " " + p.Value.Name
				if p.Value.Schema != nil && p.Value.Schema.Value != nil && p.Value.Schema.Value.Type != nil {
					s += fmt.Sprint(" ", *p.Value.Schema.Value.Type)
				}
				said = append(said, s)
			}
			if op.RequestBody != nil && op.RequestBody.Value != nil {
				said = append(said, "body")
				for _, m := range op.RequestBody.Value.Content {
					if m.Schema != nil && m.Schema.Value != nil {
						said = append(said, "fields "+strings.Join(sortedSchemas(m.Schema.Value.Properties), " "))
						break
					}
				}
			}
			if op.Responses != nil {
				for code, r := range op.Responses.Map() {
					s := "response " + code
					if r.Value != nil && len(r.Value.Content) > 0 {
						s += " has content"
					}
					said = append(said, s)
				}
			}
			slices.Sort(said)
			all[method+" "+path] = strings.Join(slices.Compact(said), "\n")
		}
	}
	return all
}

func sortedSchemas(s openapi3.Schemas) []string {
	var names []string
	for name := range s {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// What kin-openapi makes of descriptions of version 2.0 must be what we make
// of them, as far as it makes something.
func TestCorpusSwagger(t *testing.T) {
	same, files := 0, 0
	for _, file := range append(descriptions(t, "real"), descriptions(t, "conformance")...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		root, err := Parse(file, data, Limits{})
		if err != nil || root.Get("swagger").Text() != "2.0" || strings.HasSuffix(file, "/ref-deep.yaml") {
			continue // kin-openapi knows no references into responses
		}
		d, list := Load(file, Options{Root: filepath.Join(corpus, "conformance")})
		if strings.Contains(file, "corpus/real/") {
			d, list = Load(file, Options{})
		}
		if d == nil {
			t.Logf("%s: %v", file, list.Err())
			continue
		}
		ours, err := openapi3.NewLoader().LoadFromData(d.JSON())
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		theirs := convertedByKin(root.AppendJSON(nil))
		if theirs == nil || theirs.Paths == nil {
			continue
		}
		files++
		want, got := shapesOf(theirs), shapesOf(ours)
		for name, said := range want {
			if said == got[name] || said == withoutFiles(said, got[name]) {
				same++
			} else {
				t.Errorf("%s: %s (-kin +ours):\n%s", file, name, cmp.Diff(strings.Split(said, "\n"), strings.Split(got[name], "\n")))
			}
		}
	}
	t.Logf("%d operations of %d files are the same", same, files)
}

// withoutFiles returns what we make of an operation without the content of the
// successful responses to which kin-openapi gives none: an operation of version 2.0
// that produces no JSON may leave the schema of a file out, and then only we see it.
func withoutFiles(kin, ours string) string {
	lines := strings.Split(ours, "\n")
	for i, line := range lines {
		if bare, ok := strings.CutSuffix(line, " has content"); ok && strings.HasPrefix(bare, "response 2") && slices.Contains(strings.Split(kin, "\n"), bare) {
			lines[i] = bare
		}
	}
	return strings.Join(lines, "\n")
}

// convertedByKin returns what kin-openapi makes of a description of version
// 2.0, nil if it fails.
func convertedByKin(data []byte) (doc *openapi3.T) {
	defer func() {
		if recover() != nil {
			doc = nil
		}
	}()
	var v2 openapi2.T
	if err := json.Unmarshal(data, &v2); err != nil {
		return nil
	}
	doc, err := openapi2conv.ToV3(&v2)
	if err != nil {
		return nil
	}
	return doc
}
