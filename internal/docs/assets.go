package docs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/templates"
)

// icon stands in for a logo.
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="%s"/><path d="M10 8l8 8-8 8M19 24h5" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>
`

const usualColor = "#0b6b62"

// assets adds the files that are no pages.
func (s *site) assets(files map[string][]byte) error {
	for _, name := range []string{"style.css", "site.js"} {
		text, err := templates.Docs.ReadFile("docs/" + name)
		if err != nil {
			return err
		}
		if s.opts.Templates != nil {
			if own, err := fs.ReadFile(s.opts.Templates, name); err == nil {
				text = own
			}
		}
		files[name] = text
	}
	chosen := usualColor
	if s.opts.Color != "" {
		if err := CheckColor(s.opts.Color); err != nil {
			return err
		}
		chosen = s.opts.Color
		files["style.css"] = append(bytes.Clone(files["style.css"]), theme(chosen)...)
	}
	files["icon.svg"] = fmt.Appendf(nil, icon, chosen)
	if len(s.opts.Logo) > 0 {
		files["logo."+imageKind(s.opts.Logo)] = s.opts.Logo
	}
	if s.opts.Name != "" {
		files[s.opts.Name] = s.opts.Description
	}
	files["nav.js"] = s.nav()
	return nil
}

// theme sets the accent, in the dark mixed with white so that it stays legible.
func theme(color string) string {
	return fmt.Sprintf("\n:root{--accent:%s}:root[data-theme=dark]{--accent:color-mix(in srgb,%s 45%%,white)}@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--accent:color-mix(in srgb,%s 45%%,white)}}\n", color, color, color)
}

// imageKind is the extension of an image.
func imageKind(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG")):
		return "png"
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		return "jpg"
	}
	return "svg"
}

// letters stand for methods in nav.js.
var letters = map[string]string{"GET": "G", "POST": "P", "PUT": "U", "PATCH": "A", "DELETE": "D", "HEAD": "H", "OPTIONS": "O"}

// nav is the resource tree; the script knows the form.
func (s *site) nav() []byte {
	var b strings.Builder
	var write func(r *model.Resource, depth int)
	line := func(depth int, kind, name, path string) {
		b.WriteString(strings.Repeat("\t", depth))
		b.WriteString(kind)
		b.WriteString(name)
		if seg := last(path); seg != strings.ToLower(name) {
			b.WriteString("=" + seg)
		}
		b.WriteByte('\n')
	}
	write = func(r *model.Resource, depth int) {
		for _, op := range methods(r) {
			kind := letters[op.Method]
			if kind == "" {
				kind = "?"
			}
			line(depth, kind, op.Name.Go, strings.TrimSuffix(s.ops[op].path, ".html"))
		}
		for _, c := range r.Children {
			line(depth, "r", c.Name.Go, strings.TrimSuffix(s.branches[c].path, "/index.html"))
			write(c, depth+1)
		}
	}
	write(s.api.Root, 0)
	type more struct {
		Guides   [][]string `json:"guides"`
		More     [][]string `json:"more"`
		Versions [][]any    `json:"versions,omitempty"`
	}
	var m more
	for _, p := range s.guideOrder() {
		if p.path != "changelog.html" {
			m.Guides = append(m.Guides, []string{p.label, p.path})
		}
	}
	m.More = append(m.More, []string{"API reference", "api/index.html"}, []string{"Types", "types/index.html"})
	if p := s.guides["events"]; p != nil {
		m.More = append(m.More, []string{p.label, p.path})
	}
	if p := s.guides["changelog"]; p != nil {
		m.More = append(m.More, []string{p.label, p.path})
	}
	if s.opts.Name != "" {
		m.More = append(m.More, []string{"Description (" + last(strings.ReplaceAll(s.opts.Name, ".", "/")) + ")", s.opts.Name})
	}
	for _, v := range s.opts.Versions {
		m.Versions = append(m.Versions, []any{v.Name, v.URL, v.Current})
	}
	return fmt.Appendf(nil, "latheNav(%s,%s);\n", script(b.String()), script(m))
}

// last is the last segment of a path.
func last(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// script is a value as a literal of JavaScript. JSON is one (ECMAScript 2019).
func script(v any) string {
	if text, ok := v.(string); ok && !utf8.ValidString(text) {
		v = strings.ToValidUTF8(text, "\ufffd")
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(true)
	if err := enc.Encode(v); err != nil {
		panic(err) // strings, lists and truths can always be written
	}
	return strings.TrimSpace(b.String())
}
