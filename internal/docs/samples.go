package docs

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/snippet"
)

// CodeSamples returns an overlay (OpenAPI Overlay 1.0) that adds the program of
// each operation to the description as x-codeSamples, which other viewers show.
func CodeSamples(api *model.API) ([]byte, error) {
	type sample struct {
		Lang   string `json:"lang"`
		Label  string `json:"label"`
		Source string `json:"source"`
	}
	type action struct {
		Target string              `json:"target"`
		Update map[string][]sample `json:"update"`
	}
	overlay := struct {
		Overlay string            `json:"overlay"`
		Info    map[string]string `json:"info"`
		Actions []action          `json:"actions"`
	}{"1.0.0", map[string]string{"title": "Programs that use the Go SDK", "version": "1.0.0"}, []action{}}
	use := snippet.New(api)
	var failed error
	walk(api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			text, err := use.Program(op)
			if err != nil {
				failed = err
				return
			}
			overlay.Actions = append(overlay.Actions, action{
				Target: "$.paths[" + pathQuote(op.Path) + "]." + strings.ToLower(op.Method),
				Update: map[string][]sample{"x-codeSamples": {{"go", "Go", text}}},
			})
		}
	})
	if failed != nil {
		return nil, failed
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(overlay)
	return b.Bytes(), err
}

// pathQuote is a name as JSONPath has it in brackets (RFC 9535, section 2.3.1).
func pathQuote(name string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(name) + "'"
}
