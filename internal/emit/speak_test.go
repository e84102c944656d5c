package emit

import (
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/model"
)

// The documentation of an SDK speaks of that SDK, and not of why its runtime is
// as it is, nor of others.
func TestRuntimeSpeaksOfTheSDK(t *testing.T) {
	api := sample()
	api.Package = "acme"
	var rename func(r *model.Resource)
	rename = func(r *model.Resource) {
		for _, op := range r.Methods {
			op.Call, op.Path = strings.ReplaceAll(op.Call, "SecretsStore", "Vault"), strings.ReplaceAll(op.Path, "store_id", "vault_id")
		}
		for _, child := range r.Children {
			rename(child)
		}
	}
	rename(api.Root)
	files := mustFiles(t, api)
	foreign := regexp.MustCompile(`cloudflare\.|SecretsStore|store_id|(?i:\bpeers\b)|Decision:`)
	for name, text := range files {
		switch path.Dir(name) {
		case "apierror", "option", "pagination", "param", "streaming":
		default:
			continue
		}
		for line := range strings.Lines(string(text)) {
			if foreign.MatchString(line) && !strings.Contains(line, "WithStoreID") {
				t.Errorf("%s: %s", name, line)
			}
		}
	}
	if doc := string(files["option/doc.go"]); !strings.Contains(doc, "acme.NewClient(") || !strings.Contains(doc, ":= client.Vault.") {
		t.Errorf("option/doc.go has no example of this SDK:\n%s", doc)
	}
}
