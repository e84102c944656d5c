package mask

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	s := new(Set)
	for _, secret := range []string{"hunter2", "hunter2-long", "q\"u\no", "a b&c/d", "xy", ""} {
		s.Add(secret)
	}
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "is hunter2 it?", "is [redacted] it?"},
		{"the longer first", "hunter2-long", "[redacted]"},
		{"in JSON", `{"v":"q\"u\no"}`, `{"v":"[redacted]"}`},
		{"in a query", "v=a+b%26c%2Fd&w=a%20b%26c%2Fd", "v=[redacted]&w=[redacted]"},
		{"short in a word", "galaxy", "galaxy"},
		{"short as a JSON string", `["xy","xyz"]`, `["[redacted]","xyz"]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := s.String(tt.in); got != tt.want {
				t.Errorf("String(%q) = %q, want %q", tt.in, got, tt.want)
			}
			in := []byte(tt.in)
			if got := s.Bytes(in); string(got) != tt.want || string(in) != tt.in {
				t.Errorf("Bytes(%q) = %q, want %q", in, got, tt.want)
			}
		})
	}
}

func TestHeader(t *testing.T) {
	s := &Set{Headers: []string{"X-Auth-Key"}}
	s.Add("hunter2")
	in := http.Header{
		"Authorization": {"Bearer t"}, "Cookie": {"a=b"}, "Set-Cookie": {"a=b", "c=d"}, "X-Auth-Key": {"k"},
		"X-Echo": {"you sent hunter2"}, "Accept": {"application/json"},
	}
	got := s.Header(in)
	for name, want := range map[string]string{
		"Authorization": Text, "Cookie": Text, "Set-Cookie": Text + "," + Text, "X-Auth-Key": Text,
		"X-Echo": "you sent " + Text, "Accept": "application/json",
	} {
		if got := strings.Join(got[name], ","); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if in.Get("X-Auth-Key") != "k" {
		t.Error("the header itself was changed")
	}
}

func TestURL(t *testing.T) {
	s := &Set{Queries: []string{"api key"}}
	s.Add("hunter2")
	in, err := url.Parse("https://u:p@example.com/v1/hunter2/x?b=1&api%20key=k&a=hunter2")
	if err != nil {
		t.Fatal(err)
	}
	got := s.URL(in).String()
	if strings.Contains(got, "hunter2") || strings.Contains(got, ":p@") || strings.Contains(got, "=k") || !strings.Contains(got, "b=1&api%20key=") {
		t.Errorf("URL = %s", got)
	}
	if new(Set).URL(nil) != nil {
		t.Error("URL(nil) is not nil")
	}
}

func TestNil(t *testing.T) {
	var s *Set
	if s.String("a") != "a" || string(s.Bytes([]byte("a"))) != "a" || !s.SecretHeader("cookie") || s.SecretHeader("Accept") {
		t.Error("a nil Set masks something else than the usual headers")
	}
}
