package config

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// largest is the size that no config reaches. What is larger is a description,
// and is not read twice to find that out.
const largest = 256 << 10

// Is reports whether the file name holds a config rather than a description. A
// file that cannot be read or understood is none: the reader of descriptions
// has the better words for what is wrong with it.
func Is(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, largest+1))
	return err == nil && IsText(name, data)
}

// IsText is [Is] of a file whose text is at hand.
func IsText(name string, data []byte) bool {
	if len(data) > largest {
		return false
	}
	root, err := spec.Parse(name, data, spec.Limits{})
	if err != nil || root.Has("openapi") || root.Has("swagger") {
		return false
	}
	return slices.ContainsFunc(new(reader).keys(new(Config)), func(k key) bool { return root.Has(k.name) })
}

// Read reads the config in the file name. Every problem of the file is in the
// list; the config is nil if one of them is an error.
func Read(name string) (*Config, *diag.List) {
	var problems diag.List
	data, err := os.ReadFile(name)
	if err != nil {
		if path := (*os.PathError)(nil); errors.As(err, &path) {
			err = path.Err
		}
		problems.Errorf(diag.Pos{File: name}, "config-unreadable", "the config cannot be read: %v", err)
		return nil, &problems
	}
	return Parse(name, data)
}

// Parse is [Read] of a file whose text is at hand.
func Parse(name string, data []byte) (*Config, *diag.List) {
	var problems diag.List
	root, err := spec.Parse(name, data, spec.Limits{})
	if err != nil {
		problems.Add(err)
		return nil, &problems
	}
	c := &Config{File: name, root: root}
	r := &reader{problems: &problems}
	if root.Has("openapi") || root.Has("swagger") {
		problems.Errorf(root.Pos(), "config-is-spec", "this is a description, not a config; give it as the argument SPEC")
		return nil, &problems
	}
	r.object("", root, r.keys(c))
	if env := root.Get("environment"); env != nil {
		r.environment(c, env)
	}
	if problems.Failed() {
		return nil, &problems
	}
	return c, &problems
}

// A reader fills a Config and collects what is wrong with the file.
type reader struct{ problems *diag.List }

// whole is how messages call the way to the whole file, which is empty.
const whole = "the config"

// A key is a member that an object of the config may have, and what reads its
// value. The way is the keys that lead to the value, for messages.
type key struct {
	name  string
	read  func(way string, n *spec.Node)
	shape shape // of the values that read takes, for [JSONSchema]
}

// keys returns what the top level may have.
func (r *reader) keys(c *Config) []key {
	return []key{
		r.text("spec", &c.Spec, nil),
		r.text("output", &c.Output, nil),
		r.text("package", &c.Package, CheckPackage),
		r.text("module", &c.Module, CheckModule),
		r.version("go", &c.Go),
		r.truth("strict", &c.Strict),
		r.truth("tests", &c.Tests),
		r.text("version", &c.Version, CheckVersion),
		r.text("license", &c.License, nil),
		r.text("base_url", &c.BaseURL, CheckURL),
		r.text("lock", &c.LockFile, nil),
		r.text("root", &c.Root, nil),
		r.list("allow_hosts", &c.AllowHosts, nil),
		{"limits", func(way string, n *spec.Node) { r.object(way, n, r.limitKeys(&c.Limits)) }, objectOf(r.limitKeys)},
		r.list("overlays", &c.Overlays, nil),
		r.rules("include", &c.Include),
		r.rules("exclude", &c.Exclude),
		{"environment", func(string, *spec.Node) {}, environmentShape()}, // read after everything that it adds to
		{"credentials", func(way string, n *spec.Node) { r.credentials(c, way, n) }, mapOf(r.credentialKeys)},
		{"client_parameters", func(way string, n *spec.Node) { r.clientParams(c, way, n) }, clientParamsShape(r)},
		{"envelope", func(way string, n *spec.Node) { r.envelope(c, way, n) }, orFalse(objectOf(r.envelopeKeys))},
		r.list("unwrap", &c.Unwrap, nil),
		{"infer", func(way string, n *spec.Node) { r.object(way, n, r.inferKeys(c)) }, objectOf(r.inferKeys)},
		{"pagination", func(way string, n *spec.Node) { r.paginations(c, way, n) }, orList(objectOf(r.paginationKeys))},
		{"streams", func(way string, n *spec.Node) { r.object(way, n, r.streamsKeys(c)) }, objectOf(r.streamsKeys)},
		{"operations", func(way string, n *spec.Node) { r.operations(c, way, n) }, mapOf(r.operationKeys)},
		{"schemas", func(way string, n *spec.Node) { r.schemas(c, way, n) }, mapOf(r.schemaKeys)},
		r.choice("surface", &c.Surface, Surfaces()),
		r.choice("layout", &c.Layout, Layouts()),
		r.choice("positional", &c.Positional, Positionals()),
		{"casings", func(way string, n *spec.Node) { r.casings(c, way, n) }, namesShape()},
		{"servers", func(way string, n *spec.Node) { r.servers(c, way, n) }, namesShape()},
		r.duration("timeout", &c.Timeout),
		{"retries", func(way string, n *spec.Node) {
			c.Retries = &Retries{Pos: n.Pos()}
			r.object(way, n, r.retryKeys(c.Retries))
		}, objectOf(r.retryKeys)},
		r.text("idempotency_header", &c.IdempotencyHeader, CheckHeader),
		{"headers", func(way string, n *spec.Node) { r.headers(c, way, n) }, namesShape()},
		{"query", func(way string, n *spec.Node) { r.object(way, n, r.queryKeys(c)) }, objectOf(r.queryKeys)},
		{"renames", func(way string, n *spec.Node) { r.renames(c, way, n) }, renamesShape()},
		{"webhooks", func(way string, n *spec.Node) { c.Webhooks.Pos = n.Pos(); r.object(way, n, r.webhookKeys(&c.Webhooks)) }, objectOf(r.webhookKeys)},
		r.truth("unused_schemas", &c.UnusedSchemas),
		r.truth("operation_types", &c.OperationTypes),
		{"docs", func(way string, n *spec.Node) { r.object(way, n, r.docsKeys(&c.Docs)) }, objectOf(r.docsKeys)},
	}
}

// object reads the members of n by keys.
func (r *reader) object(way string, n *spec.Node, keys []key) {
	for name, value := range r.members(way, n) {
		if way == "" && name == schemaName {
			continue
		}
		i := slices.IndexFunc(keys, func(k key) bool { return k.name == name })
		if i < 0 {
			r.unknown(way, n.Member(name).Pos, name, keys)
			continue
		}
		if !value.Is(spec.Null) {
			keys[i].read(strings.TrimPrefix(way+"."+name, "."), value)
		}
	}
}

func (r *reader) unknown(way string, pos diag.Pos, name string, keys []key) {
	known := make([]string, len(keys))
	for i, k := range keys {
		known[i] = k.name
	}
	hint := "; it can have " + strings.Join(known, ", ")
	if near := diag.Nearest(name, known); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	r.problems.Errorf(pos, "config-key", "%s has no key %q%s", cmp.Or(way, whole), name, hint)
}

// members yields the members of n, and reports n if it is not an object. What
// is null has none: a list of decisions may have lost its last one to a comment.
func (r *reader) members(way string, n *spec.Node) iter.Seq2[string, *spec.Node] {
	r.is(way, n, spec.Object, spec.Null)
	return n.Members()
}

// is reports whether n is of one of the kinds, and if not, tells the user.
func (r *reader) is(way string, n *spec.Node, kinds ...spec.Kind) bool {
	if slices.Contains(kinds, n.Kind()) {
		return true
	}
	var words []string
	for _, k := range kinds {
		if k != spec.Null {
			words = append(words, k.String())
		}
	}
	r.invalid(n, "%s is %s, and should be %s", cmp.Or(way, whole), n.Kind(), strings.Join(words, " or "))
	return false
}

func (r *reader) invalid(n *spec.Node, format string, args ...any) {
	r.problems.Errorf(n.Pos(), "config-value", format, args...)
}

// text is a key whose value is a string that check, if there is one, accepts.
func (r *reader) text(name string, to *string, check func(string) error) key {
	return key{name, func(way string, n *spec.Node) { r.string(way, n, to, check) }, text}
}

// version is a key whose value is a Go version: YAML has 1.26 for a number.
func (r *reader) version(name string, to *string) key {
	return key{name, func(way string, n *spec.Node) { r.scalar(way, n, to, CheckGo, spec.String, spec.Number) }, versionShape()}
}

func (r *reader) truth(name string, to *bool) key {
	return key{name, func(way string, n *spec.Node) {
		if r.is(way, n, spec.Bool) {
			*to = n.True()
		}
	}, shape{types: []string{"boolean"}}}
}

func (r *reader) webhookKeys(w *Webhooks) []key {
	names := shape{types: text.types, enum: literals(Signatures())}
	return []key{
		r.text("package", &w.Package, CheckPackage),
		{"signature", func(way string, n *spec.Node) {
			if !n.Is(spec.Object) {
				r.scalar(way, n, &w.Signature, checkSignature, spec.String, spec.Object)
				return
			}
			w.HMAC = &Signature{}
			r.object(way, n, r.signatureKeys(w.HMAC))
			if w.HMAC.Header == "" && !r.problems.Failed() {
				r.invalid(n, "%s has no header; name the one that has the signature", way)
			}
		}, shape{or: []shape{names, objectOf(r.signatureKeys)}}},
		r.text("event_header", &w.Header, nil),
		r.text("event_member", &w.Member, nil),
	}
}

func (r *reader) signatureKeys(s *Signature) []key {
	one := func(name string, to *string, words ...string) key {
		k := r.text(name, to, func(word string) error { return OneOf(word, words) })
		k.shape.enum = literals(words)
		return k
	}
	return []key{
		r.text("header", &s.Header, nil),
		r.text("separator", &s.Separator, nil),
		r.text("prefix", &s.Prefix, nil),
		one("hash", &s.Hash, "sha1", "sha256", "sha512"),
		one("encoding", &s.Encoding, "hex", "base64"),
		r.text("timestamp", &s.Timestamp, nil),
		r.text("id", &s.ID, nil),
		r.text("signed", &s.Signed, checkSigned),
		r.text("secret_prefix", &s.SecretPrefix, nil),
	}
}

func checkSignature(name string) error { return OneOf(name, Signatures()) }

// checkSigned sees to it that what is signed has the payload in it.
func checkSigned(signed string) error {
	if !strings.Contains(signed, "{body}") {
		return fmt.Errorf("%q has no {body}, so that any payload would do", signed)
	}
	return nil
}

func (r *reader) limitKeys(l *spec.Limits) []key {
	return []key{
		count(r, "bytes", &l.Bytes),
		count(r, "depth", &l.Depth),
		count(r, "nodes", &l.Nodes),
		count(r, "files", &l.Files),
	}
}

// count is a key whose value is a number of things, at least one.
func count[T int | int64](r *reader, name string, to *T) key {
	return key{name, func(way string, n *spec.Node) {
		if !r.is(way, n, spec.Number) {
			return
		}
		v, err := strconv.ParseInt(n.Text(), 10, 64)
		if err != nil || v < 1 || int64(T(v)) != v {
			r.invalid(n, "%s is %s, and should be a whole number from 1", way, n.Text())
			return
		}
		*to = T(v)
	}, shape{types: []string{"integer"}, minimum: 1}}
}

// choice is a key whose value is one of a few words.
func (r *reader) choice(name string, to *string, words []string) key {
	k := r.text(name, to, func(word string) error { return OneOf(word, words) })
	k.shape.enum = literals(words)
	return k
}

// duration is a key whose value is a time as Go writes it, such as 1m30s.
func (r *reader) duration(name string, to *time.Duration) key {
	return key{name, func(way string, n *spec.Node) {
		var text string
		if r.string(way, n, &text, checkDuration); text != "" {
			*to, _ = time.ParseDuration(text) // which was checked
		}
	}, text}
}

// countFrom is a key whose value is a whole number that is not below least.
func (r *reader) countFrom(name string, to **int, least int) key {
	return key{name, func(way string, n *spec.Node) {
		v, ok := n.Int()
		switch {
		case !r.is(way, n, spec.Number):
		case !ok || v < int64(least) || int64(int(v)) != v:
			r.invalid(n, "%s is %s, and should be a whole number from %d", way, n.Text(), least)
		default:
			count := int(v)
			*to = &count
		}
	}, shape{types: []string{"integer"}}}
}

func (r *reader) string(way string, n *spec.Node, to *string, check func(string) error) {
	r.scalar(way, n, to, check, spec.String)
}

func (r *reader) scalar(way string, n *spec.Node, to *string, check func(string) error, kinds ...spec.Kind) {
	if !r.is(way, n, kinds...) {
		return
	}
	if n.Text() == "" {
		r.invalid(n, "%s is empty; leave it out if nothing is meant", way)
		return
	}
	if check != nil {
		if err := check(n.Text()); err != nil {
			r.invalid(n, "%s: %v", way, err)
			return
		}
	}
	*to = n.Text()
}

func (r *reader) credentials(c *Config, way string, n *spec.Node) {
	for scheme, value := range r.members(way, n) {
		cred := Credential{Scheme: scheme, Pos: n.Member(scheme).Pos}
		r.object(way+"."+scheme, value, r.credentialKeys(&cred))
		c.Credentials = append(c.Credentials, cred)
	}
}

func (r *reader) credentialKeys(cred *Credential) []key {
	return []key{
		r.text("env", &cred.Env, CheckEnv),
		r.text("env_password", &cred.EnvPassword, CheckEnv),
		r.text("option", &cred.Option, CheckExported),
	}
}

// environment reads the short form of what base URL and credentials are called
// in the environment.
func (r *reader) environment(c *Config, n *spec.Node) {
	for name, value := range r.members("environment", n) {
		way := "environment." + name
		if name == "base_url" {
			r.string(way, value, &c.BaseURLEnv, CheckEnv)
			continue
		}
		var env string
		r.string(way, value, &env, CheckEnv)
		i := slices.IndexFunc(c.Credentials, func(cred Credential) bool { return cred.Scheme == name })
		switch {
		case i < 0:
			c.Credentials = append(c.Credentials, Credential{Scheme: name, Env: env, Pos: n.Member(name).Pos})
		case c.Credentials[i].Env != "":
			r.invalid(value, "%s is given at %s too, by credentials; keep one of them", way, c.Credentials[i].Pos)
		default:
			c.Credentials[i].Env = env
		}
	}
}

func (r *reader) clientParams(c *Config, way string, n *spec.Node) {
	if !r.is(way, n, spec.Object, spec.Array) {
		return
	}
	for _, item := range n.Items() {
		param := ClientParam{Pos: item.Pos()}
		r.string("a name in "+way, item, &param.Name, nil)
		c.ClientParams = append(c.ClientParams, param)
	}
	for name, value := range n.Members() {
		param := ClientParam{Name: name, Pos: n.Member(name).Pos}
		r.object(way+"."+name, value, r.clientParamKeys(&param))
		c.ClientParams = append(c.ClientParams, param)
	}
}

func (r *reader) clientParamKeys(param *ClientParam) []key {
	return []key{
		r.text("env", &param.Env, CheckEnv),
		r.text("header", &param.Header, CheckHeader),
		r.text("query", &param.Query, nil),
		r.text("default", &param.Default, nil),
	}
}

func (r *reader) envelope(c *Config, way string, n *spec.Node) {
	if n.False() {
		c.NoEnvelope = true
		return
	}
	if n.Is(spec.Bool) {
		r.invalid(n, "%s is false, or an object that names its members", way)
		return
	}
	c.Envelope = &Envelope{Pos: n.Pos()}
	r.object(way, n, r.envelopeKeys(c.Envelope))
}

func (r *reader) envelopeKeys(e *Envelope) []key {
	return []key{
		r.text("result", &e.Result, nil),
		r.text("success", &e.Success, nil),
		r.text("errors", &e.Errors, nil),
	}
}

// paginations reads one way of paging, or a list of them.
func (r *reader) paginations(c *Config, way string, n *spec.Node) {
	if !r.is(way, n, spec.Object, spec.Array) {
		return
	}
	if n.Is(spec.Object) {
		c.Pagination = append(c.Pagination, *r.pagination(way, n))
	}
	for i, item := range n.Items() {
		c.Pagination = append(c.Pagination, *r.pagination(fmt.Sprintf("%s[%d]", way, i), item))
	}
}

func (r *reader) pagination(way string, n *spec.Node) *Pagination {
	p := &Pagination{Pos: n.Pos()}
	r.object(way, n, r.paginationKeys(p))
	return p
}

func (r *reader) paginationKeys(p *Pagination) []key {
	style := r.text("style", &p.Style, checkStyle)
	style.shape.enum = literals(Styles())
	return []key{
		style,
		r.text("name", &p.Name, CheckExported),
		r.text("param", &p.Param, nil),
		r.list("with", &p.With, nil),
		r.list("members", &p.Members, nil),
		r.choice("in", &p.In, []string{"query", "body"}),
		r.text("items", &p.Items, nil),
		r.text("next", &p.Next, nil),
		r.text("has_more", &p.HasMore, nil),
		r.text("total", &p.Total, nil),
		r.text("total_pages", &p.TotalPages, nil),
	}
}

func (r *reader) operations(c *Config, way string, n *spec.Node) {
	for name, value := range r.members(way, n) {
		op := Operation{Key: name, Pos: n.Member(name).Pos}
		r.object(way+"."+name, value, r.operationKeys(&op))
		c.Operations = append(c.Operations, op)
	}
}

func (r *reader) operationKeys(op *Operation) []key {
	return []key{
		r.text("resource", &op.Resource, checkResource),
		r.text("method", &op.Method, checkWord),
		{"also", func(way string, n *spec.Node) { r.also(op, way, n) }, orList(objectOf(r.callKeys))},
		{"positional", func(way string, n *spec.Node) {
			names := []string{}
			if r.is(way, n, spec.Array) {
				r.list("", &names, nil).read(way, n)
			}
			op.Positional = &names
		}, shape{types: []string{"array"}, items: &text}},
		r.text("body_name", &op.BodyName, checkWord),
		{"unwrap", func(way string, n *spec.Node) {
			if op.NoUnwrap = n.False(); !op.NoUnwrap {
				r.string(way, n, &op.Unwrap, nil)
			}
		}, orFalse(text)},
		r.truth("skip", &op.Skip),
		r.text("deprecated", &op.Deprecated, nil),
		r.duration("timeout", &op.Timeout),
		r.countFrom("max_retries", &op.MaxRetries, 0),
		{"pagination", func(way string, n *spec.Node) {
			if n.False() {
				op.NoPaging = true
				return
			}
			op.Pagination = r.pagination(way, n)
		}, orFalse(objectOf(r.paginationKeys))},
		{"stream", func(way string, n *spec.Node) {
			if n.False() {
				op.NoStream = true
				return
			}
			op.Stream = &Stream{Pos: n.Pos()}
			r.object(way, n, r.streamKeys(op.Stream))
		}, orFalse(objectOf(r.streamKeys))},
	}
}

func (r *reader) also(op *Operation, way string, n *spec.Node) {
	if !r.is(way, n, spec.Object, spec.Array) {
		return
	}
	calls := n.Elements()
	if n.Is(spec.Object) {
		calls = []*spec.Node{n}
	}
	for i, item := range calls {
		call := Call{Pos: item.Pos()}
		at := fmt.Sprintf("%s[%d]", way, i)
		before := r.problems.Len()
		if r.object(at, item, r.callKeys(&call)); r.problems.Len() > before {
			continue
		}
		if call.Resource == "" || call.Method == "" {
			r.invalid(item, "%s needs a resource and a method, to be told from the first", at)
			continue
		}
		op.Also = append(op.Also, call)
	}
}

func (r *reader) callKeys(c *Call) []key {
	return []key{r.text("resource", &c.Resource, checkResource), r.text("method", &c.Method, checkWord)}
}

func (r *reader) inferKeys(c *Config) []key {
	return []key{r.untruth("operations", &c.ListedOperations), r.untruth("pagination", &c.ListedPages)}
}

// untruth is a key whose value is true unless something is to be left out.
func (r *reader) untruth(name string, to *bool) key {
	return key{name, func(way string, n *spec.Node) {
		if r.is(way, n, spec.Bool) {
			*to = n.False()
		}
	}, shape{types: []string{"boolean"}}}
}

// pairs reads an object of texts.
func (r *reader) pairs(way string, n *spec.Node, checkName, checkValue func(string) error, add func(name, value string, pos diag.Pos)) {
	for name, value := range r.members(way, n) {
		pos := n.Member(name).Pos
		if err := checkName(name); err != nil {
			r.problems.Errorf(pos, "config-value", "%s: %v", way, err)
			continue
		}
		var text string
		if r.string(way+"."+name, value, &text, checkValue); text != "" {
			add(name, text, pos)
		}
	}
}

func (r *reader) casings(c *Config, way string, n *spec.Node) {
	r.pairs(way, n, checkWord, CheckForm, func(word, form string, pos diag.Pos) {
		c.Casings = append(c.Casings, Casing{Word: strings.ToLower(word), Form: form, Pos: pos})
	})
}

func (r *reader) servers(c *Config, way string, n *spec.Node) {
	r.pairs(way, n, checkWord, CheckURL, func(name, url string, pos diag.Pos) {
		c.Servers = append(c.Servers, Server{Name: name, URL: strings.TrimRight(url, "/"), Pos: pos})
	})
}

func (r *reader) headers(c *Config, way string, n *spec.Node) {
	r.pairs(way, n, CheckHeader, checkLine, func(name, value string, _ diag.Pos) {
		c.Headers = append(c.Headers, Header{name, value})
	})
}

func (r *reader) retryKeys(t *Retries) []key {
	return []key{r.countFrom("max", &t.Max, 0), r.duration("min_delay", &t.MinDelay), r.duration("max_delay", &t.MaxDelay)}
}

func (r *reader) queryKeys(c *Config) []key {
	return []key{r.choice("arrays", &c.QueryArrays, QueryArrays()), r.choice("objects", &c.QueryObjects, QueryObjects())}
}

func (r *reader) streamsKeys(c *Config) []key {
	return []key{r.text("end", &c.StreamEnd, nil)}
}

func (r *reader) streamKeys(s *Stream) []key {
	item := r.text("item", &s.Item, checkItem)
	item.shape.enum = literals(Items())
	return []key{
		r.text("method", &s.Method, checkWord),
		r.text("flag", &s.Flag, nil),
		r.text("event", &s.Event, nil),
		r.text("end", &s.End, nil),
		item,
	}
}

// renames reads old and new names. The new one may be its last part alone, as
// nothing moves from one package or type to another.
func (r *reader) renames(c *Config, way string, n *spec.Node) {
	for old, value := range r.members(way, n) {
		rename := Rename{Old: old, Pos: n.Member(old).Pos}
		r.string(way+"."+old, value, &rename.New, nil)
		if rename.New == "" {
			continue
		}
		if dot := strings.LastIndexByte(old, '.'); dot >= 0 && !strings.Contains(rename.New, ".") {
			rename.New = old[:dot+1] + rename.New
		}
		if err := lockfile.CheckRename(old, rename.New); err != nil {
			r.problems.Errorf(rename.Pos, "config-value", "%s: %v", way, err)
			continue
		}
		c.Renames = append(c.Renames, rename)
	}
}

func (r *reader) schemas(c *Config, way string, n *spec.Node) {
	for name, value := range r.members(way, n) {
		schema := Schema{Component: name, Pos: n.Member(name).Pos}
		r.object(way+"."+name, value, r.schemaKeys(&schema))
		c.Schemas = append(c.Schemas, schema)
	}
}

func (r *reader) schemaKeys(s *Schema) []key {
	return []key{
		r.text("name", &s.Name, CheckExported),
		r.list("also", &s.Also, CheckExported),
		r.text("resource", &s.Resource, checkHome),
	}
}

func (r *reader) docsKeys(d *Docs) []key {
	return []key{
		r.text("output", &d.Output, nil),
		r.text("title", &d.Title, nil),
		r.text("url", &d.URL, CheckURL),
		r.text("color", &d.Color, checkColor),
		r.text("logo", &d.Logo, nil),
		r.text("footer", &d.Footer, nil),
		r.list("pages", &d.Pages, nil),
		r.text("templates", &d.Templates, nil),
		r.truth("images", &d.Images),
		r.text("from", &d.From, nil),
		{"versions", func(way string, n *spec.Node) { r.editions(d, way, n) }, renamesShape()},
	}
}

func (r *reader) editions(d *Docs, way string, n *spec.Node) {
	for name, value := range r.members(way, n) {
		e := Edition{Name: name, Pos: n.Member(name).Pos}
		if !versionName.MatchString(name) {
			r.problems.Errorf(e.Pos, "config-value", "%s: %q cannot be a folder of the site; use letters, digits, dots and dashes", way, name)
		}
		r.string(way+"."+name, value, &e.Spec, nil)
		d.Versions = append(d.Versions, e)
	}
}
