package restree

import (
	"testing"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// The tables must agree: a verb that may be a noun is a verb.
func TestVerbTables(t *testing.T) {
	for name, words := range map[string]map[string]bool{"views": views, "particular": particular} {
		for w := range words {
			if !isVerb(w) {
				t.Errorf("%s has %s, which is no verb", name, w)
			}
		}
	}
	for w := range singletons {
		if ident.Singular(w) != w {
			t.Errorf("singletons has the plural %s", w)
		}
	}
}

func TestVerbness(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want strength
	}{
		{"activate", verb}, {"force_notify", verb}, {"batch_activate", verb}, {"delete_by_ids", verb}, {"mark-uncollectible", verb}, {"sendMessage", verb},
		{"preview", either}, {"copy", either}, {"direct_upload", either},
		{"token", noun}, {"login_links", noun}, {"refunds", noun}, {"uploads", noun}, {"configuration", noun}, {"取引先", unknown},
	} {
		if got := verbness(ident.Words(tt.in), ident.Plural(tt.in)); got != tt.want {
			t.Errorf("verbness(%q) = %d, want %d", tt.in, got, tt.want)
		}
	}
}
