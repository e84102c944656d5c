package config

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Format writes the text of a gen.yaml that says what c says, in the order of
// the documentation. Reading it again gives c, apart from its places.
func Format(c *Config) []byte {
	w := &writer{}
	w.part(func() {
		w.text("spec", c.Spec)
		w.text("output", c.Output)
		w.text("package", c.Package)
		w.text("module", c.Module)
		w.text("go", c.Go)
		w.truth("strict", c.Strict)
		w.truth("tests", c.Tests)
		w.text("version", c.Version)
		w.text("license", c.License)
		w.text("lock", c.LockFile)
		w.text("root", c.Root)
		w.list("allow_hosts", c.AllowHosts)
		w.limits(c.Limits)
		w.list("overlays", c.Overlays)
	})
	w.part(func() {
		w.text("surface", c.Surface)
		w.text("layout", c.Layout)
		w.text("positional", c.Positional)
		w.object("casings", func() {
			for _, casing := range c.Casings {
				w.text(casing.Word, casing.Form)
			}
		})
	})
	w.part(func() {
		w.rules("include", c.Include)
		w.rules("exclude", c.Exclude)
	})
	w.part(func() {
		w.text("base_url", c.BaseURL)
		w.object("servers", func() {
			for _, s := range c.Servers {
				w.text(s.Name, s.URL)
			}
		})
		if c.BaseURLEnv != "" {
			w.line("environment: {base_url: " + Quote(c.BaseURLEnv) + "}")
		}
		w.object("credentials", func() {
			for _, cred := range c.Credentials {
				w.flow(cred.Scheme, pair{"env", cred.Env}, pair{"env_password", cred.EnvPassword}, pair{"option", cred.Option})
			}
		})
		w.object("client_parameters", func() {
			for _, p := range c.ClientParams {
				w.flow(p.Name, pair{"env", p.Env}, pair{"header", p.Header}, pair{"query", p.Query}, pair{"default", p.Default})
			}
		})
	})
	w.part(func() {
		w.duration("timeout", c.Timeout)
		if r := c.Retries; r != nil {
			w.flow("retries", pair{"max", count0(r.Max)}, pair{"min_delay", durationText(r.MinDelay)}, pair{"max_delay", durationText(r.MaxDelay)})
		}
		w.text("idempotency_header", c.IdempotencyHeader)
		w.object("headers", func() {
			for _, h := range c.Headers {
				w.text(h.Name, h.Value)
			}
		})
		if c.QueryArrays+c.QueryObjects != "" {
			w.flow("query", pair{"arrays", c.QueryArrays}, pair{"objects", c.QueryObjects})
		}
	})
	w.part(func() {
		w.envelope(c)
		w.list("unwrap", c.Unwrap)
		w.infer(c)
		w.paginations(c.Pagination)
		if c.StreamEnd != "" {
			w.flow("streams", pair{"end", c.StreamEnd})
		}
	})
	w.part(func() { w.operations(c.Operations) })
	w.part(func() { w.schemas(c.Schemas) })
	w.part(func() {
		w.object("renames", func() {
			for _, r := range c.Renames {
				w.text(r.Old, r.New)
			}
		})
		w.truth("operation_types", c.OperationTypes)
		w.truth("unused_schemas", c.UnusedSchemas)
	})
	w.part(func() { w.webhooks(&c.Webhooks) })
	w.part(func() { w.docs(c.Docs) })
	return w.b.Bytes()
}

// A writer writes block-style YAML, with what belongs together in one line.
type writer struct {
	b      bytes.Buffer
	indent string
}

// A pair is a member whose value is a text; an empty one is left out.
type pair struct{ name, text string }

// literal is a value that is written as it is: a number, or what is in braces.
const literal = "\x00"

// part writes what do writes, after an empty line if something stands before it.
func (w *writer) part(do func()) {
	before := w.b.Len()
	do()
	if before > 0 && w.b.Len() > before {
		rest := bytes.Clone(w.b.Bytes()[before:])
		w.b.Truncate(before)
		w.b.WriteByte('\n')
		w.b.Write(rest)
	}
}

func (w *writer) line(text string) { w.b.WriteString(w.indent + text + "\n") }

func (w *writer) text(name, value string) {
	if value != "" {
		w.line(Quote(name) + ": " + scalar(value))
	}
}

func (w *writer) truth(name string, value bool) {
	if value {
		w.line(name + ": true")
	}
}

func (w *writer) duration(name string, d time.Duration) { w.text(name, durationText(d)) }

func durationText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	text := d.String()
	for _, unit := range []string{"0s", "0m"} { // 1m0s is 1m
		if before, ok := strings.CutSuffix(text, unit); ok && before != "" && strings.ContainsAny(before[len(before)-1:], "mh") {
			text = before
		}
	}
	return text
}

func count0(n *int) string {
	if n == nil {
		return ""
	}
	return literal + fmt.Sprint(*n)
}

func (w *writer) list(name string, values []string) {
	if len(values) > 0 {
		w.line(Quote(name) + ": " + flowList(values))
	}
}

func flowList(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = Quote(v)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// object writes an object of what members writes, nothing if that is nothing.
func (w *writer) object(name string, members func()) {
	before, indent := w.b.Len(), w.indent
	w.line(Quote(name) + ":")
	within := w.b.Len()
	w.indent += "  "
	members()
	w.indent = indent
	if w.b.Len() == within {
		w.b.Truncate(before)
	}
}

// flow writes an object in one line.
func (w *writer) flow(name string, pairs ...pair) { w.line(Quote(name) + ": " + braces(pairs...)) }

func braces(pairs ...pair) string {
	var members []string
	for _, p := range pairs {
		if p.text != "" {
			members = append(members, p.name+": "+scalar(p.text))
		}
	}
	return "{" + strings.Join(members, ", ") + "}"
}

func scalar(text string) string {
	if as, ok := strings.CutPrefix(text, literal); ok {
		return as
	}
	return Quote(text)
}

func (w *writer) limits(l spec.Limits) {
	if l == (spec.Limits{}) {
		return
	}
	number := func(n int64) string {
		if n == 0 {
			return ""
		}
		return literal + fmt.Sprint(n)
	}
	w.flow("limits", pair{"bytes", number(l.Bytes)}, pair{"depth", number(int64(l.Depth))}, pair{"nodes", number(int64(l.Nodes))}, pair{"files", number(int64(l.Files))})
}

func (w *writer) rules(name string, rules []Rule) {
	if len(rules) == 0 {
		return
	}
	w.line(name + ":")
	list := func(values []string) string {
		if len(values) == 0 {
			return ""
		}
		return literal + flowList(values)
	}
	for _, r := range rules {
		w.line("  - " + braces(pair{"path", list(r.Paths)}, pair{"method", list(r.Methods)}, pair{"tag", list(r.Tags)},
			pair{"operation_id", list(r.IDs)}, pair{"extension", list(r.Extensions)}))
	}
}

func (w *writer) envelope(c *Config) {
	switch e := c.Envelope; {
	case c.NoEnvelope:
		w.line("envelope: false")
	case e != nil:
		w.flow("envelope", pair{"result", e.Result}, pair{"success", e.Success}, pair{"errors", e.Errors})
	}
}

func (w *writer) infer(c *Config) {
	no := func(no bool) string {
		if no {
			return literal + "false"
		}
		return ""
	}
	if c.ListedOperations || c.ListedPages {
		w.flow("infer", pair{"operations", no(c.ListedOperations)}, pair{"pagination", no(c.ListedPages)})
	}
}

func pagination(p *Pagination) string {
	list := func(names []string) string {
		if len(names) == 0 {
			return ""
		}
		return literal + flowList(names)
	}
	return braces(pair{"name", p.Name}, pair{"style", p.Style}, pair{"param", p.Param}, pair{"in", p.In}, pair{"with", list(p.With)}, pair{"members", list(p.Members)}, pair{"items", p.Items},
		pair{"next", p.Next}, pair{"has_more", p.HasMore}, pair{"total", p.Total}, pair{"total_pages", p.TotalPages})
}

func (w *writer) paginations(list []Pagination) {
	if len(list) == 0 {
		return
	}
	w.line("pagination:")
	for i := range list {
		w.line("  - " + pagination(&list[i]))
	}
}

func (w *writer) operations(list []Operation) {
	w.object("operations", func() {
		for i := range list {
			op := &list[i]
			pairs := []pair{{"resource", op.Resource}, {"method", op.Method}}
			if len(op.Also) > 0 {
				var calls []string
				for _, call := range op.Also {
					calls = append(calls, braces(pair{"resource", call.Resource}, pair{"method", call.Method}))
				}
				pairs = append(pairs, pair{"also", literal + "[" + strings.Join(calls, ", ") + "]"})
			}
			if op.Positional != nil {
				pairs = append(pairs, pair{"positional", literal + flowList(*op.Positional)})
			}
			pairs = append(pairs, pair{"body_name", op.BodyName}, pair{"unwrap", orNo(op.Unwrap, op.NoUnwrap)})
			if op.Skip {
				pairs = append(pairs, pair{"skip", literal + "true"})
			}
			pairs = append(pairs, pair{"deprecated", op.Deprecated}, pair{"timeout", durationText(op.Timeout)}, pair{"max_retries", count0(op.MaxRetries)})
			paging := orNo("", op.NoPaging)
			if op.Pagination != nil {
				paging = literal + pagination(op.Pagination)
			}
			stream := orNo("", op.NoStream)
			if s := op.Stream; s != nil {
				stream = literal + braces(pair{"method", s.Method}, pair{"flag", s.Flag}, pair{"event", s.Event}, pair{"end", s.End}, pair{"item", s.Item})
			}
			w.flow(op.Key, append(pairs, pair{"pagination", paging}, pair{"stream", stream})...)
		}
	})
}

func orNo(text string, no bool) string {
	if no {
		return literal + "false"
	}
	return text
}

func (w *writer) schemas(list []Schema) {
	w.object("schemas", func() {
		for _, s := range list {
			also := ""
			if len(s.Also) > 0 {
				also = literal + flowList(s.Also)
			}
			w.flow(s.Component, pair{"name", s.Name}, pair{"also", also}, pair{"resource", s.Resource})
		}
	})
}

// Quote returns a string as YAML has it, in quotes where it needs them.
func Quote(s string) string {
	n, err := spec.Parse("", []byte("k: "+s), spec.Limits{})
	plain := err == nil && n.Get("k").Is(spec.String) && n.Get("k").Text() == s && !strings.ContainsAny(s, ",[]{}#&*!|>'\"%@`?: \n")
	if plain {
		return s
	}
	return string(spec.NewScalar(spec.String, diag.Pos{}, s).AppendJSON(nil))
}

func (w *writer) webhooks(h *Webhooks) {
	w.object("webhooks", func() {
		w.text("package", h.Package)
		w.text("signature", h.Signature)
		if s := h.HMAC; s != nil {
			w.flow("signature", pair{"header", s.Header}, pair{"separator", s.Separator}, pair{"prefix", s.Prefix}, pair{"hash", s.Hash},
				pair{"encoding", s.Encoding}, pair{"timestamp", s.Timestamp}, pair{"id", s.ID}, pair{"signed", s.Signed}, pair{"secret_prefix", s.SecretPrefix})
		}
		w.text("event_header", h.Header)
		w.text("event_member", h.Member)
	})
}

func (w *writer) docs(d Docs) {
	w.object("docs", func() {
		w.text("output", d.Output)
		w.text("title", d.Title)
		w.text("url", d.URL)
		w.text("color", d.Color)
		w.text("logo", d.Logo)
		w.text("footer", d.Footer)
		w.list("pages", d.Pages)
		w.text("templates", d.Templates)
		w.truth("images", d.Images)
		w.text("from", d.From)
		w.object("versions", func() {
			for _, v := range d.Versions {
				w.text(v.Name, v.Spec)
			}
		})
	})
}
