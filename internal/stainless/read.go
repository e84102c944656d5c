package stainless

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Is reports whether a file is a stainless.yml: it has what no other kind of
// file at its top has.
func Is(root *spec.Node) bool {
	return root.Has("resources") && (root.Has("organization") || root.Has("targets") || root.Has("environments") || root.Has("client_settings"))
}

// Parse reads the text of a stainless.yml. What it has no use for is a warning;
// the file is nil if the list has an error.
func Parse(name string, data []byte) (*File, *diag.List) {
	var problems diag.List
	root, err := spec.Parse(name, data, spec.Limits{})
	if err != nil {
		problems.Add(err)
		return nil, &problems
	}
	f := &File{}
	r := &reader{f: f, problems: &problems}
	if root.Has("openapi") && root.Get("openapi").Is(spec.String) || root.Has("swagger") {
		problems.Errorf(root.Pos(), "stainless-value", "this is a description, not a stainless.yml")
		return nil, &problems
	}
	r.object("", root, r.top())
	if problems.Failed() {
		return nil, &problems
	}
	return f, &problems
}

// A reader fills a File and collects what is wrong or lost.
type reader struct {
	f        *File
	problems *diag.List
}

// keys are what an object can have, and what reads each. The name "*" stands for
// every other.
type keys map[string]func(way string, m *spec.Member)

// object reads the members of n.
func (r *reader) object(way string, n *spec.Node, known keys) {
	if n.Is(spec.Null) {
		return
	}
	if !n.Is(spec.Object) {
		r.invalid(n.Pos(), "%s is %s, and should be an object", orFile(way), n.Kind())
		return
	}
	for i := range n.All() {
		m := &n.All()[i]
		at := strings.TrimPrefix(way+"."+m.Name, ".")
		read, ok := known[m.Name]
		if !ok {
			read, ok = known["*"]
		}
		switch {
		case ok:
			read(at, m)
		case strings.HasPrefix(m.Name, "x-"):
			r.lost(m.Pos, at, "gen does not know what it means", "say what it does with a key of gen.yaml or an overlay")
		default:
			r.unknown(way, m, known)
		}
	}
}

func orFile(way string) string {
	if way == "" {
		return "stainless.yml"
	}
	return way
}

func (r *reader) unknown(way string, m *spec.Member, known keys) {
	var names []string
	for name := range known {
		if name != "*" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	hint := "it is left out; say what it does with a key of gen.yaml (docs/config.md) or an overlay"
	if near := diag.Nearest(m.Name, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	r.problems.Warningf(m.Pos, "stainless-key", "%s has no key %q that gen knows; %s", orFile(way), m.Name, hint)
}

func (r *reader) invalid(pos diag.Pos, format string, args ...any) {
	r.problems.Errorf(pos, "stainless-value", format, args...)
}

// lost reports a key that is not translated: what goes missing, and how to live
// without it.
func (r *reader) lost(pos diag.Pos, way, what, how string) {
	r.problems.Warningf(pos, "stainless-lost", "%s is not translated: %s; %s", way, what, how)
}

// drop is what reads a key that has no equal.
func (r *reader) drop(what, how string) func(string, *spec.Member) {
	return func(way string, m *spec.Member) { r.lost(m.Pos, way, what, how) }
}

// only reads a scalar of a few kinds.
func (r *reader) scalar(way string, n *spec.Node, kinds ...spec.Kind) (string, bool) {
	if !slices.Contains(kinds, n.Kind()) {
		if !n.Is(spec.Null) {
			r.invalid(n.Pos(), "%s is %s, and should be %s", way, n.Kind(), kinds[0])
		}
		return "", false
	}
	return n.Text(), true
}

// text is what reads a string into to.
func (r *reader) text(to *string) func(string, *spec.Member) {
	return func(way string, m *spec.Member) {
		if text, ok := r.scalar(way, m.Value, spec.String, spec.Number, spec.Bool); ok {
			*to = strings.TrimSpace(text)
		}
	}
}

// texts reads a list of strings.
func (r *reader) texts(way string, n *spec.Node) []string {
	list := []string{}
	if !n.Is(spec.Array) {
		r.invalid(n.Pos(), "%s is %s, and should be a list", way, n.Kind())
		return list
	}
	for i, item := range n.Items() {
		if text, ok := r.scalar(fmt.Sprintf("%s[%d]", way, i), item, spec.String); ok {
			list = append(list, text)
		}
	}
	return list
}

func (r *reader) truth(to *bool) func(string, *spec.Member) {
	return func(way string, m *spec.Member) {
		if _, ok := r.scalar(way, m.Value, spec.Bool); ok {
			*to = m.Value.True()
		}
	}
}

func (r *reader) count(to **int) func(string, *spec.Member) {
	return func(way string, m *spec.Member) {
		n, ok := m.Value.Int()
		if !ok || n < 0 || n > 1000 {
			r.invalid(m.Value.Pos(), "%s should be a count", way)
			return
		}
		count := int(n)
		*to = &count
	}
}

// top is what the file can have.
func (r *reader) top() keys {
	f := r.f
	return keys{
		"organization": func(way string, m *spec.Member) { r.object(way, m.Value, r.organization()) },
		"targets":      func(way string, m *spec.Member) { r.object(way, m.Value, r.targets()) },
		"environments": func(way string, m *spec.Member) { r.object(way, m.Value, keys{"*": r.environment}) },
		"resources": func(way string, m *spec.Member) {
			r.object(way, m.Value, keys{"*": func(way string, m *spec.Member) {
				f.Resources = append(f.Resources, r.resource(way, m, nil))
			}})
		},
		"settings":              func(way string, m *spec.Member) { r.object(way, m.Value, r.settings()) },
		"query_settings":        func(way string, m *spec.Member) { r.object(way, m.Value, r.query()) },
		"client_settings":       func(way string, m *spec.Member) { r.object(way, m.Value, r.clientSettings()) },
		"security":              func(_ string, m *spec.Member) { f.Security = m.Value },
		"security_schemes":      r.securitySchemes,
		"pagination":            r.pagination,
		"streaming":             func(way string, m *spec.Member) { r.object(way, m.Value, r.streaming()) },
		"unspecified_endpoints": r.unspecified,
		"custom_casings":        func(way string, m *spec.Member) { r.object(way, m.Value, keys{"*": r.casing}) },
		"openapi":               func(way string, m *spec.Member) { r.object(way, m.Value, r.openapi()) },
		"readme":                func(way string, m *spec.Member) { r.object(way, m.Value, r.readme()) },
		"errors": r.drop("errors have no types of their own by status or by the tag of their body",
			"an error is *Error, its body is read with errors.As into the type that the description gives it (docs/runtime.md)"),
		"codeflow":    r.drop("it is about releases on GitHub", "write a workflow of your own that runs gen and tags the result"),
		"diagnostics": r.drop("it silences messages of another tool", "gen reports what it finds; --strict makes that an error"),
		"edition":     r.drop("it is a version of another generator", "gen.lock keeps names from run to run"),
		"$schema":     func(string, *spec.Member) {}, // for editors
	}
}

func (r *reader) organization() keys {
	return keys{
		"name":                  r.text(&r.f.Organization),
		"docs":                  r.drop("the README does not link it", "put it into externalDocs of the description, with an overlay"),
		"contact":               r.drop("the README does not name it", "put it into info.contact of the description, with an overlay"),
		"github_org":            r.drop("it names repositories", "the module's path says where the Go SDK is"),
		"security_contact":      r.drop("no SECURITY.md is written", "write one beside the SDK; gen leaves it alone"),
		"security_policy_url":   r.drop("no SECURITY.md is written", "write one beside the SDK; gen leaves it alone"),
		"security_policy_terms": r.drop("no SECURITY.md is written", "write one beside the SDK; gen leaves it alone"),
		"upload_spec":           r.drop("nothing is uploaded", "gen runs on your machine"),
	}
}

func (r *reader) targets() keys {
	return keys{
		"go": func(way string, m *spec.Member) {
			var repo, edition string
			skip := false
			r.object(way, m.Value, keys{
				"package_name":    r.text(&r.f.Target.pkg),
				"production_repo": r.text(&repo),
				"version":         r.text(&r.f.Target.version),
				"skip":            r.truth(&skip),
				"edition":         r.text(&edition),
				"staging_repo":    r.drop("it is a repository of the hosted service", "gen writes into the folder output:"),
				"readme_title":    r.drop("the README has the title of the description", "change info.title with an overlay"),
				"screencast":      r.drop("the README links none", "add it to a page of your own"),
				"publish":         r.drop("gen publishes nothing", "a Go module is published by a tag"),
				"keep_files":      r.drop("gen leaves every file alone that it did not write", "nothing is to be done"),
				"options": func(way string, m *spec.Member) {
					r.object(way, m.Value, keys{
						"enable_v2":                      r.always(),
						"subtle_union_naming":            r.drop("unions are named after their place, without Union", "schemas in gen.yaml names one"),
						"back_compat_use_shared_package": r.always(),
						"client_name":                    r.drop("the client is Client", "an alias in a file of your own beside it gives it a second name"),
						"option_package_name":            r.drop("the package of options is option", "import it under another name"),
						"readme":                         r.drop("the README is gen's", "add a page of your own"),
					})
				},
			})
			if edition != "" {
				r.lost(m.Value.Get("edition").Pos(), way+".edition", "it is a version of another generator", "gen.lock keeps names from run to run")
			}
			r.f.Target.module = modulePath(repo)
			if skip {
				r.lost(m.Value.Member("skip").Pos, way+".skip", "the Go SDK is made, as you ask for it now", "nothing is to be done")
			}
		},
		"*": r.drop("gen makes Go SDKs only", "keep the file for the generator of the other language"),
	}
}

// always is what reads a key that says what this surface has anyway.
func (r *reader) always() func(string, *spec.Member) { return func(string, *spec.Member) {} }

// modulePath is the module of a repository: owner/name, perhaps with #branch.
func modulePath(repo string) string {
	repo, _, _ = strings.Cut(repo, "#")
	repo = strings.TrimSuffix(strings.TrimPrefix(repo, "https://"), ".git")
	switch {
	case repo == "" || strings.Count(repo, "/") == 0:
		return ""
	case strings.Count(repo, "/") == 1:
		repo = "github.com/" + repo
	}
	if config.CheckModule(repo) != nil {
		return ""
	}
	return repo
}

func (r *reader) environment(way string, m *spec.Member) {
	if url, ok := r.scalar(way, m.Value, spec.String); ok {
		r.f.Environments = append(r.f.Environments, server{m.Name, url, m.Pos})
	}
}

func (r *reader) settings() keys {
	s := &r.f.Settings
	return keys{
		"license": r.drop("gen writes the text of a file that you have", "put the text into LICENSE.txt and write license: LICENSE.txt into gen.yaml"),
		"unwrap_response_fields": func(way string, m *spec.Member) {
			s.Unwrap = r.texts(way, m.Value)
		},
		"positional_params": func(way string, m *spec.Member) {
			if _, ok := r.scalar(way, m.Value, spec.Bool); ok {
				s.noPositional = m.Value.False()
			}
		},
		"disable_mock_tests":       r.drop("the tests that gen writes need no mock server", "tests: true in gen.yaml writes them"),
		"skip_prism_mock_tests":    r.drop("the tests that gen writes need no mock server", "tests: true in gen.yaml writes them"),
		"file_header":              r.drop("generated files have no header of yours", "put the text into the file of license:"),
		"sort_schema_properties":   r.drop("fields have the order of the description", "nothing is to be done: order means nothing to callers"),
		"python":                   r.drop("gen makes Go SDKs only", "nothing is to be done"),
		"include_response_headers": r.drop("headers of a response are read with option.WithResponseHeader", "nothing is to be done"),
	}
}

func (r *reader) query() keys {
	s := &r.f.Settings
	word := func(to *string, words []string) func(string, *spec.Member) {
		return func(way string, m *spec.Member) {
			text, ok := r.scalar(way, m.Value, spec.String)
			if !ok {
				return
			}
			if err := config.OneOf(text, words); err != nil {
				r.invalid(m.Value.Pos(), "%s: %v", way, err)
				return
			}
			*to = text
		}
	}
	return keys{"array_format": word(&s.QueryArrays, config.QueryArrays()), "nested_format": word(&s.QueryObjects, config.QueryObjects())}
}

func (r *reader) clientSettings() keys {
	s := &r.f.Settings
	return keys{
		"opts":               func(way string, m *spec.Member) { r.object(way, m.Value, keys{"*": r.option}) },
		"default_env_prefix": r.text(&r.f.EnvPrefix),
		"idempotency": func(way string, m *spec.Member) {
			r.object(way, m.Value, keys{"header": r.text(&s.IdempotencyHeader)})
		},
		"default_headers": func(way string, m *spec.Member) {
			r.object(way, m.Value, keys{"*": func(way string, m *spec.Member) {
				if value, ok := r.scalar(way, m.Value, spec.String, spec.Number, spec.Bool); ok {
					s.Headers = append(s.Headers, config.Header{Name: m.Name, Value: value})
				}
			}})
		},
		"default_timeout": func(way string, m *spec.Member) { s.Timeout = r.duration(way, m.Value) },
		"default_retries": func(way string, m *spec.Member) {
			retries := &config.Retries{Pos: m.Pos}
			r.object(way, m.Value, keys{
				"max_retries":           r.count(&retries.Max),
				"initial_delay_seconds": func(way string, m *spec.Member) { retries.MinDelay = r.seconds(way, m.Value) },
				"max_delay_seconds":     func(way string, m *spec.Member) { retries.MaxDelay = r.seconds(way, m.Value) },
			})
			s.Retries = retries
		},
		"response_headers":       r.drop("headers of a response are no fields of a result", "option.WithResponseHeader reads them"),
		"omit_stainless_headers": r.always(), // none are sent
		"omit_platform_headers":  r.always(),
	}
}

// duration reads a time: milliseconds, or a text as ISO 8601 has it.
func (r *reader) duration(way string, n *spec.Node) time.Duration {
	if ms, ok := n.Float(); ok && ms > 0 && ms < 1e12 {
		return time.Duration(ms * float64(time.Millisecond)).Round(time.Millisecond)
	}
	if n.Is(spec.String) {
		if d, ok := isoDuration(n.Text()); ok && d > 0 {
			return d
		}
	}
	if !n.Is(spec.Null) {
		r.invalid(n.Pos(), "%s is no time: milliseconds, or ISO 8601, like PT60S", way)
	}
	return 0
}

// isoDuration reads a duration of days, hours, minutes and seconds (ISO 8601:
// PT1M30S), in which a year and a month have no length.
func isoDuration(text string) (time.Duration, bool) {
	rest, ok := strings.CutPrefix(strings.ToUpper(text), "P")
	if !ok {
		return 0, false
	}
	days, rest, _ := strings.Cut(rest, "T")
	total := time.Duration(0)
	if days != "" {
		d, err := time.ParseDuration(strings.TrimSuffix(days, "D") + "h")
		if err != nil || !strings.HasSuffix(days, "D") {
			return 0, false
		}
		total = 24 * d
	}
	if rest != "" {
		d, err := time.ParseDuration(strings.ToLower(rest))
		if err != nil {
			return 0, false
		}
		total += d
	}
	return total, days+rest != ""
}

func (r *reader) seconds(way string, n *spec.Node) time.Duration {
	s, ok := n.Float()
	if !ok || s < 0 || s > 1e6 {
		r.invalid(n.Pos(), "%s should be a number of seconds", way)
		return 0
	}
	return time.Duration(s * float64(time.Second)).Round(time.Millisecond)
}

func (r *reader) option(way string, m *spec.Member) {
	o := &option{place: place{m.Name, m.Pos}}
	var kind, example string
	r.object(way, m.Value, keys{
		"type":     r.text(&kind),
		"nullable": r.always(), // options may always be left out
		"read_env": r.text(&o.env),
		"auth": func(way string, m *spec.Member) {
			r.object(way, m.Value, keys{"security_scheme": r.text(&o.scheme), "role": r.text(&o.role), "header": r.text(&o.header)})
		},
		"default":     r.text(&o.value),
		"description": r.text(&o.description),
		"example":     r.text(&example),
		"examples":    r.drop("it is for snippets", "nothing is to be done"),
		"server_variable": func(way string, m *spec.Member) {
			r.text(&o.variable)(way, m)
		},
		"send_in_header":      r.text(&o.header),
		"send_as_query_param": r.text(&o.query),
		"send_as_path_param":  r.drop("a parameter of the path is one of the client by its own name", "client_parameters in gen.yaml lists it"),
		"send_in_body":        r.drop("nothing is added to every body", "option.WithJSONSet adds a member for a client or a call"),
		"required_in_tests":   r.always(), // it is for tests of the service
		"read_file":           r.drop("no option reads a file", "read it and pass the text to the option"),
	})
	if o.description != "" {
		r.lost(m.Value.Member("description").Pos, way+".description", "the option is documented by what the description says of its scheme", "change that with an overlay")
	}
	r.f.Options = append(r.f.Options, o)
}

func (r *reader) securitySchemes(way string, m *spec.Member) {
	r.f.Schemes = m.Value
	for name, n := range m.Value.Members() {
		for key, value := range n.Get("x-stainless-auth").Members() {
			at := way + "." + name + ".x-stainless-auth." + key
			switch key {
			case "scheme_keyword": // translated
			case "disable_base64":
				r.lost(value.Pos(), at, "a user name and a password are sent as RFC 7617 has it", "send another header with option.WithHeader")
			default:
				r.lost(value.Pos(), at, "gen does not know how the credential is made", "send it with option.WithMiddleware")
			}
		}
	}
}

// verbs are the methods that an endpoint can begin with.
var verbs = strings.Fields("get put post delete options head patch trace query")

// endpoint reads a verb and a path: get /things/{id}.
func (r *reader) endpoint(n *spec.Node) (place, bool) {
	if n.Kind() != spec.String {
		r.invalid(n.Pos(), "an endpoint is %s, and should be a verb and a path, like get /things/{id}", n.Kind())
		return place{}, false
	}
	verb, path, ok := strings.Cut(strings.Join(strings.Fields(n.Text()), " "), " ")
	if !ok || !slices.Contains(verbs, strings.ToLower(verb)) || !strings.HasPrefix(path, "/") {
		r.invalid(n.Pos(), "%q is not a verb and a path, like get /things/{id}", n.Text())
		return place{}, false
	}
	return place{strings.ToUpper(verb) + " " + path, n.Pos()}, true
}

func (r *reader) unspecified(way string, m *spec.Member) {
	if !m.Value.Is(spec.Array) {
		r.invalid(m.Value.Pos(), "%s is %s, and should be a list of endpoints", way, m.Value.Kind())
		return
	}
	for _, item := range m.Value.Items() {
		if e, ok := r.endpoint(item); ok {
			r.f.Ignored = append(r.f.Ignored, e)
		}
	}
}

// casing reads how a word is written.
func (r *reader) casing(way string, m *spec.Member) {
	form, initialism, said := "", false, false
	var other string
	r.object(way, m.Value, keys{
		"initialism": func(way string, m *spec.Member) { r.truth(&initialism)(way, m); said = true },
		"pascal":     r.text(&form),
		"snake":      r.text(&other), "camel": r.text(&other), "capital": r.text(&other), "kebab": r.text(&other), // no name in Go has it
		"singular": func(way string, m *spec.Member) { r.object(way, m.Value, r.forms(&form)) },
		"plural": func(way string, m *spec.Member) {
			var plural string
			r.object(way, m.Value, r.forms(&plural))
			if plural != "" {
				r.f.Casings = append(r.f.Casings, config.Casing{Word: strings.ToLower(plural), Form: plural, Pos: m.Pos})
			}
		},
	})
	word := strings.ToLower(m.Name)
	switch {
	case form != "":
	case said && initialism:
		form = strings.ToUpper(word)
	case said:
		form = strings.ToUpper(word[:1]) + word[1:]
	default:
		return // it says nothing that Go has
	}
	r.f.Casings = append(r.f.Casings, config.Casing{Word: word, Form: form, Pos: m.Pos})
}

func (r *reader) forms(pascal *string) keys {
	var other string
	return keys{"pascal": r.text(pascal), "snake": r.text(&other), "camel": r.text(&other), "capital": r.text(&other), "kebab": r.text(&other)}
}

func (r *reader) openapi() keys {
	return keys{
		"transforms":      r.transforms,
		"transformations": r.transforms,
		"code_samples":    r.drop("no samples are written into the description", "gen docs writes a reference with them"),
		"code_sample_languages": r.drop("no samples are written into the description",
			"gen docs writes a reference with them"),
	}
}

func (r *reader) transforms(way string, m *spec.Member) {
	if !m.Value.Is(spec.Array) {
		r.invalid(m.Value.Pos(), "%s is %s, and should be a list", way, m.Value.Kind())
		return
	}
	for i, item := range m.Value.Items() {
		t := &transform{place: place{fmt.Sprintf("%s[%d]", way, i), item.Pos()}}
		r.object(t.text, item, keys{
			"command": r.text(&t.command), "reason": r.text(&t.reason), "description": r.text(&t.reason),
			"args": func(_ string, m *spec.Member) { t.args = m.Value },
		})
		r.f.Transforms = append(r.f.Transforms, t)
	}
}

func (r *reader) readme() keys {
	none := r.drop("the README shows calls that gen chooses", "add a page of your own; gen leaves it alone")
	return keys{
		"example_requests": none, "example_types": none,
		"include_stainless_attribution": r.always(), // it has none
	}
}

func (r *reader) streaming() keys {
	return keys{
		"on_event": func(way string, m *spec.Member) {
			if !m.Value.Is(spec.Array) {
				r.invalid(m.Value.Pos(), "%s is %s, and should be a list", way, m.Value.Kind())
				return
			}
			for i, item := range m.Value.Items() {
				r.onEvent(fmt.Sprintf("%s[%d]", way, i), item)
			}
		},
	}
}

// onEvent reads a rule for events: what to do with those of a name, or whose
// data begins like a text.
func (r *reader) onEvent(way string, n *spec.Node) {
	var starts, handle, kind, name string
	r.object(way, n, keys{
		"data_starts_with": r.text(&starts), "handle": r.text(&handle), "kind": r.text(&kind),
		"event_type": func(way string, m *spec.Member) { name = m.Value.Text(); _ = way },
		"error_property": r.drop("an event that tells of an error is one by its name, error",
			"look at the member in the events that you read"),
	})
	switch {
	case handle == "done" && starts != "":
		r.f.Endings = append(r.f.Endings, starts)
	case handle == "yield" && name == "" && starts == "":
		// what is left is yielded: so it is
	case handle == "yield" || handle == "error" || handle == "continue" || handle == "done" || handle == "":
		if handle != "yield" {
			r.lost(n.Pos(), way, "events of a name are not handled apart", "look at the event's name where you read the stream")
		}
	default:
		r.invalid(n.Get("handle").Pos(), "%s.handle is %q, and should be done, yield, error or continue", way, handle)
	}
}
