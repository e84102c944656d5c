package api

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func expandWith(template, text string) (string, error) {
	out, err := expand(nil, template, func(dst []byte, name string) ([]byte, error) {
		if name == "missing" {
			return nil, errors.New("missing")
		}
		return segment.append(dst, text), nil
	})
	return string(out), err
}

func TestExpand(t *testing.T) {
	for _, tt := range []struct{ name, template, value, want string }{
		{"plain", "/a/{x}/b", "v", "/a/v/b"},
		{"without a slash", "a/{x}", "v", "/a/v"},
		{"slash", "/a/{x}", "a/b", "/a/a%2Fb"},
		{"query and fragment", "/a/{x}", "?b=1#c", "/a/%3Fb%3D1%23c"},
		{"percent", "/a/{x}", "50%", "/a/50%25"},
		{"encoded already", "/a/{x}", "%2F", "/a/%252F"},
		{"space and plus", "/a/{x}", "a b+c", "/a/a%20b%2Bc"},
		{"matrix parameter", "/a/{x}", "b;c=d", "/a/b%3Bc%3Dd"},
		{"kept", "/ai/{x}", "@cf:a-b_c.d~e", "/ai/@cf:a-b_c.d~e"},
		{"any script", "/a/{x}", "é日", "/a/%C3%A9%E6%97%A5"},
		{"bytes that are no text", "/a/{x}", "\xff\x00", "/a/%FF%00"},
		{"twice", "/{x}/{y}", "v", "/v/v"},
		{"in a segment", "/user({x}).json", "v", "/user(v).json"},
		{"action", "/a/{x}:cancel", "v", "/a/v:cancel"},
		{"dots in a name", "/a/{x}", "..a", "/a/..a"},
		{"dot before a suffix", "/a/{x}.json", ".", "/a/..json"},
		{"a brace alone", "/a/}{x", "v", "/a/%7D%7Bx"},
		{"literal that needs it", "/a b/é", "", "/a%20b/%C3%A9"},
		{"root", "/", "", "/"},
		{"empty", "", "", "/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := expandWith(tt.template, tt.value)
			if err != nil || got != tt.want {
				t.Errorf("expand(%q, %q) = %q, %v; want %q", tt.template, tt.value, got, err, tt.want)
			}
		})
	}
}

func TestExpandRefuses(t *testing.T) {
	for _, tt := range []struct{ name, template, value, want string }{
		{"parent", "/a/{x}/b", "..", `a path parameter is "..", which leads to another path`},
		{"itself", "/a/{x}", ".", `a path parameter is ".", which leads to another path`},
		{"put together", "/a/{x}{y}", ".", `a path parameter is "..", which leads to another path`},
		{"missing", "/a/{missing}", "", "missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := expandWith(tt.template, tt.value); err == nil || err.Error() != tt.want {
				t.Errorf("expand(%q, %q) = %q, %v; want error %q", tt.template, tt.value, got, err, tt.want)
			}
		})
	}
}

// What a description has in its paths is sent as it stands there, but for what no
// path may have.
func TestLiteralPath(t *testing.T) {
	for path, want := range map[string]string{
		"/articles('{x}')":      "/articles('a%28b')",
		"/foo/*":                "/foo/*",
		"/a!$&'()*+,;=:@b/{x}!": "/a!$&'()*+,;=:@b/a%28b!",
		"/array of":             "/array%20of",
		"/a%2Fb":                "/a%2Fb",
	} {
		expanded, err := expandWith(path, "a(b")
		if err != nil {
			t.Fatal(err)
		}
		var u url.URL
		if u.Path, u.RawPath, err = unescape(expanded); err != nil || u.EscapedPath() != want {
			t.Errorf("%s goes out as %s, %v, not as %s", path, u.EscapedPath(), err, want)
		}
	}
}

// A value is one segment of the path, and arrives as it was, or is refused.
func FuzzPath(f *testing.F) {
	for _, s := range []string{"a", "", ".", "..", "a/../b", "%2e%2e", "?", "#", "%", "\x00\xff", "é;b=c", "//"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		path, err := expandWith("/a/{x}/b", value)
		if err != nil {
			if value != "." && value != ".." {
				t.Fatalf("%q is refused: %v", value, err)
			}
			return
		}
		u := url.URL{Scheme: "https", Host: "h"}
		if u.Path, u.RawPath, err = unescape(path); err != nil {
			t.Fatal(err)
		}
		parsed, err := url.Parse(u.String() + "?q")
		if err != nil {
			t.Fatal(err)
		}
		segments := strings.Split(parsed.EscapedPath(), "/")
		if len(segments) != 4 || parsed.RawQuery != "q" || parsed.Fragment != "" {
			t.Fatalf("%q makes %s", value, parsed)
		}
		if got, err := url.PathUnescape(segments[2]); err != nil || got != value {
			t.Fatalf("%q arrives as %q, %v", value, got, err)
		}
	})
}
