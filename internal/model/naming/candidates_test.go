package naming

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/model"
)

func TestSpoken(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"plain", "size", "size"},
		{"minus", "-size", "minus size"},
		{"plus", "+1", "plus 1"},
		{"two signs", ">=5", "greater equal 5"},
		{"not equal", "!=a", "not equal a"},
		{"less", "<a", "less a"},
		{"a sign inside", "a-b", "a-b"},
		{"a sign after", "a+", "a+"},
		{"a comparison after", "a<", "a less"},
		{"two signs after", "a>=", "a greater equal"},
		{"padding", "YQ==", "YQ=="},
		{"signs alone", "<=", "<="},
		{"nothing", "", ""},
	} {
		if got := spoken(tt.text); got != tt.want {
			t.Errorf("%s: %q: got %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestIsVersion(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"v1", true}, {"V2", true}, {"1.0", true}, {"2024-01", true}, {"v1_2", true},
		{"v1beta", false}, {"x1", false}, {"Store", false}, {"ipv4", false},
	} {
		if got := isVersion(tt.text); got != tt.want {
			t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestWithoutPrefix(t *testing.T) {
	for _, tt := range []struct{ name, text, pkg, want string }{
		{"one word", "StoreSecret", "store", "secret"},
		{"two words", "secrets_store_secret", "secretsstore", "secret"},
		{"more words after", "secrets-store-secret-value", "secretsstore", "secret value"},
		{"nothing would be left", "SecretsStore", "secretsstore", "SecretsStore"},
		{"only part of a word", "Storefront", "store", "Storefront"},
		{"only part of the package", "SecretValue", "secretsstore", "SecretValue"},
		{"in the middle", "OldStoreSecret", "store", "OldStoreSecret"},
		{"no package", "StoreSecret", "", "StoreSecret"},
		{"nothing", "", "store", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := withoutPrefix(tt.text, tt.pkg); got != tt.want {
				t.Errorf("%q in %q: got %q, want %q", tt.text, tt.pkg, got, tt.want)
			}
		})
	}
}

func TestComponentNames(t *testing.T) {
	n := &namer{plain: map[string]bool{"Store": true, "OldStore": true, "Zone": true}}
	for _, tt := range []struct {
		name, text, pkg string
		want            []string
	}{
		{"plain", "Secret", "zones", []string{"Secret"}},
		{"snake", "secret_value", "zones", []string{"SecretValue"}},
		{"repeats its package", "zones_secret", "zones", []string{"Secret", "ZonesSecret"}},
		{"is its package", "Zones", "zones", []string{"Zones"}},
		{"dots", "corp.api.Secret", "zones", []string{"Secret", "APISecret", "CorpAPISecret"}},
		{"slashes", "a/b", "zones", []string{"B", "AB"}},
		{"dots, and the last part repeats its package", "corp.zones_secret", "zones", []string{"Secret", "ZonesSecret", "CorpZonesSecret"}},
		{"a version at the end", "Secret.v1", "zones", []string{"SecretV1"}},
		{"a version in the middle", "corp.v1.Secret", "zones", []string{"Secret", "V1Secret", "CorpV1Secret"}},
		{"the last part is the whole name of another", "old.Store", "zones", []string{"OldStore"}},
		{"the last part is that in other spelling", "old.zone", "zones", []string{"OldZone"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := n.componentNames(tt.text, &model.Package{Name: tt.pkg})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%q in %q: got %q, want %q", tt.text, tt.pkg, got, tt.want)
			}
		})
	}
}
