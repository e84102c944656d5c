package api

import (
	"net/url"
	"testing"
)

func TestSameOrigin(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"https://h/a", "https://h/b?c", true},
		{"https://h/a", "https://H:443/", true},
		{"http://h:80", "http://h", true},
		{"http://h", "https://h", true},
		{"https://h", "http://h", false},
		{"https://h", "https://h:8443", false},
		{"http://h:8080", "https://h", false},
		{"https://h", "https://sub.h", false},
		{"https://sub.h", "https://h", false},
		{"https://h", "https://h.evil.com", false},
		{"https://h@evil", "https://h", false},
	} {
		a, _ := url.Parse(tt.a)
		b, _ := url.Parse(tt.b)
		if got := sameOrigin(a, b); got != tt.want {
			t.Errorf("sameOrigin(%s, %s) = %t", tt.a, tt.b, got)
		}
	}
}
