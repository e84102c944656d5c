package ident

import "testing"

func TestIsVersion(t *testing.T) {
	for _, s := range []string{"v1", "V2", "v1beta1", "v1alpha2", "v1.0", "2.0", "2010-04-01", "2026-09", "2026-09-beta", "2025-09-03-preview"} {
		if !IsVersion(s) {
			t.Errorf("IsVersion(%q) is false", s)
		}
	}
	for _, s := range []string{"", "v", "video", "vms", "v1x", "1", "10-20", "2026-9", "1999-123", "2010-4-1x", "beta"} {
		if IsVersion(s) {
			t.Errorf("IsVersion(%q) is true", s)
		}
	}
}
