package prose

import (
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/model"
)

func TestComment(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"paragraphs", "One\nline.\n\nTwo.", "// One line.\n//\n// Two."},
		{"end of a comment", "one\n*/ func init() {} /*", "// one */ func init() {} /*"},
		{"directive", "//go:generate rm\n\ngo:build x\n\n+build x", "// //go:generate rm\n//\n// go:build x\n//\n// + build x"},
		{"invisible", "a\x00b\u202ec\ufeffd\u200be\x1bf\u2066g", "// abcdefg"},
		{"lines", "a\r\nb\rc\u2028d\u2029e\vf", "// a b c d e f"},
		{"invalid UTF-8", "a\xffb", "// a\ufffdb"},
		{"list", "Kinds:\n* one\n+ two\n  lines\n1) three", "// Kinds:\n//  - one\n//  - two lines\n//  1. three"},
		{"item with paragraphs", "- one\n\n  more\n\nafter", "//  - one more\n//\n// after"},
		{"code", "Send:\n\n    a := 1\n\n      b\n\nDone.", "// Send:\n//\n//\ta := 1\n//\n//\t  b\n//\n// Done."},
		{"fence", "Send:\n```json\n{\"a\": `1`}\n\n```\nDone.", "// Send:\n//\n//\t{\"a\": `1`}\n//\n// Done."},
		{"table", "| a | b |\n|---|---|\n| 1 | 2 |", "//\t| a | b |\n//\t|---|---|\n//\t| 1 | 2 |"},
		{"headings", "# Use\nText.\n\nTitle\n=====\n---\nMore.", "// Use\n//\n// Text.\n//\n// Title\n//\n// More."},
		{"link", "See [the docs](https://x.y/z) and [this](#a), <https://q.r>.", "// See the docs (https://x.y/z) and this, https://q.r."},
		{"link over two lines", "See [the\ndocs](https://x.y/z).", "// See the docs (https://x.y/z)."},
		{"reference link", "See [the docs][1] and [Go].\n\n[1]: https://x.y/z \"Title\"\n[Go]: https://go.dev", "// See the docs (https://x.y/z) and [Go]."},
		{"reference link with its own label", "See [Go][].\n\n[go]: <https://go.dev>", "// See Go (https://go.dev)."},
		{"badge", "[![Build](https://x.y/b.svg)](https://x.y/builds) A tool. ![logo](logo.png)", "// A tool."},
		{"link on the site", "See [keys](/docs/keys) and [more](../more).", "// See keys and more."},
		{"link of code", "A [`Pod`](https://x.y).", "// A `Pod` (https://x.y)."},
		{"html", "<p>One<br>two</p><ul><li>three</li></ul> <code>a</code> <b>b</b> <a href=\"https://u.v\">v</a> <a href=\"/w\">x</a>", "// One two\n//  - three\n//\n// `a` b v (https://u.v) x"},
		{"no html", "The <account_id> of a < b && c > d.", "// The <account_id> of a < b && c > d."},
		{"marks", "**Bold** \\*star\\* &lt;p&gt; `**kept** &amp;`", "// Bold *star* <p> `**kept** &amp;`"},
		{"underscores", "__Old__: a __b c__ d__e__f __g", "// Old: a b c d__e__f __g"},
		{"long name", strings.Repeat("N", 90) + " is a thing.", "// " + strings.Repeat("N", 90) + " is a\n// thing."},
		{"quotation", "> one\n>\n> two", "// one\n//\n// two"},
		{"wide", strings.Repeat("word ", 21), "// " + strings.TrimSpace(strings.Repeat("word ", 19)) + "\n// word word"},
		{"no spaces", strings.Repeat("語", 60), "// " + strings.Repeat("語", 48) + "\n// " + strings.Repeat("語", 12)},
		{"url", "https://" + strings.Repeat("a", 90), "// https://" + strings.Repeat("a", 90)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(Comment(Blocks(tt.in)), "\n"); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// FuzzComment holds every text to the promise of a comment: it is comments only,
// of which nothing means anything to a tool.
func FuzzComment(f *testing.F) {
	for _, seed := range []string{"a", "*/ func init() {} /*", "`", "//go:embed x", "- a\n\t- b", "<p", "[a](b)", "```\n```go", "> ", "\x00", "|", "&#0;&#8232;", "1. ", "#", "+build"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := Comment(Blocks(text))
		src := strings.Join(lines, "\n")
		for _, l := range lines {
			if !strings.HasPrefix(l, "// ") && !strings.HasPrefix(l, "//\t") && l != "//" {
				t.Errorf("%q makes the line %q", text, l)
			}
			if i := strings.IndexFunc(l, func(r rune) bool { return r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }); i >= 0 {
				t.Errorf("%q makes the line %q", text, l)
			}
		}
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", src+"\n\npackage p\n", parser.ParseComments)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if len(file.Decls) > 0 {
			t.Errorf("%q makes code", text)
		}
	})
}

func TestIntroduce(t *testing.T) {
	for _, tt := range []struct{ name, spec, text, want string }{
		{"verb", "create", "Create a store", "Create creates a store."},
		{"paragraphs", "create", "Creates a store\n\nSlowly.", "Create creates a store.|Slowly."},
		{"other", "create", "For admins only", "Create does it. For admins only."},
		{"nothing", "create", "", "Create does it."},
		{"list", "create", "- a", "Create does it.|a"},
		{"a longer name", "v1.NewCreate", "NewCreate makes a store", "Create makes a store."},
		{"only a name", "new_create", "NewCreate", "Create does it."},
		{"another name", "create", "StoreCreateResponse", "Create does it."},
		{"another name with a stop", "create", "capability_param.", "Create does it."},
		{"a word", "create", "Asynchronous", "Create does it. Asynchronous."},
		{"an acronym", "create", "HTTP", "Create does it. HTTP."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			name := model.Name{Spec: tt.spec, Go: "Create"}
			var got []string
			for _, b := range Introduce(name, tt.text, "Create does it.", NewLexicon().Operation) {
				got = append(got, b.Text)
			}
			if want := strings.Split(tt.want, "|"); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// A description that tells of a deprecation is not told of another.
func TestDeprecate(t *testing.T) {
	for _, tt := range []struct{ text, why, want string }{
		{"Get a pet.", "", "Get a pet."},
		{"Get a pet.", "it may go.", "Get a pet.|Deprecated: it may go."},
		{"Get a pet.\n\nDeprecated: use animals.", "it may go.", "Get a pet.|Deprecated: use animals."},
	} {
		var got []string
		for _, b := range Text(tt.text, tt.why) {
			got = append(got, b.Text)
		}
		if want := strings.Split(tt.want, "|"); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
