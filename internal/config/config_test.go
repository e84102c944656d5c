package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

func TestParse(t *testing.T) {
	const text = `spec: api.yaml
output: ../sdk
package: acme
module: example.com/acme/v2
go: 1.27
strict: true
base_url: https://api.example.com/v1
environment:
  base_url: ACME_URL
  token: ACME_TOKEN
  key: ACME_KEY
credentials:
  key: {option: APIKey}
  other: {env: ACME_OTHER, option: Other}
client_parameters:
  account_id: {env: ACME_ACCOUNT}
  zone_id:
envelope: {result: data, errors: problems}
pagination:
  - {style: cursor, param: after, next: meta.cursor, items: data}
  - {style: page, total: meta.total, total_pages: meta.pages, has_more: more}
operations:
  listThings: {resource: things.parts, method: list, pagination: false}
  GET /things/{id}: {pagination: {style: link}}
  # nothing more is decided
schemas:
  thing_object: {name: Thing}
operation_types: true
lock: names.lock
root: ..
allow_hosts: [a.example.com, 'b.example.com:8080']
limits: {bytes: 1000000000000, nodes: 7}
`
	got, problems := Parse("gen.yaml", []byte(text))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	at := func(line, col int) diag.Pos { return diag.Pos{File: "gen.yaml", Line: line, Col: col} }
	want := &Config{
		File: "gen.yaml", Spec: "api.yaml", Output: "../sdk", Package: "acme", Module: "example.com/acme/v2", Go: "1.27", Strict: true,
		LockFile: "names.lock", Root: "..", AllowHosts: []string{"a.example.com", "b.example.com:8080"}, Limits: spec.Limits{Bytes: 1e12, Nodes: 7},
		BaseURL: "https://api.example.com/v1", BaseURLEnv: "ACME_URL",
		Credentials: []Credential{
			{Scheme: "key", Env: "ACME_KEY", Option: "APIKey", Pos: at(13, 3)},
			{Scheme: "other", Env: "ACME_OTHER", Option: "Other", Pos: at(14, 3)},
			{Scheme: "token", Env: "ACME_TOKEN", Pos: at(10, 3)},
		},
		ClientParams: []ClientParam{
			{Name: "account_id", Env: "ACME_ACCOUNT", Pos: at(16, 3)},
			{Name: "zone_id", Pos: at(17, 3)},
		},
		Envelope: &Envelope{Result: "data", Errors: "problems", Pos: at(18, 11)},
		Pagination: []Pagination{
			{Style: "cursor", Param: "after", Next: "meta.cursor", Items: "data", Pos: at(20, 5)},
			{Style: "page", Total: "meta.total", TotalPages: "meta.pages", HasMore: "more", Pos: at(21, 5)},
		},
		Operations: []Operation{
			{Key: "listThings", Resource: "things.parts", Method: "list", NoPaging: true, Pos: at(23, 3)},
			{Key: "GET /things/{id}", Pagination: &Pagination{Style: "link", Pos: at(24, 34)}, Pos: at(24, 3)},
		},
		Schemas:        []Schema{{Component: "thing_object", Name: "Thing", Pos: at(27, 3)}},
		OperationTypes: true,
	}
	unexported := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".root" }, cmp.Ignore())
	if diff := cmp.Diff(want, got, unexported); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	for _, tt := range []struct {
		keys []string
		want diag.Pos
	}{
		{[]string{"package"}, at(3, 10)},
		{[]string{"envelope", "errors"}, at(18, 34)},
		{[]string{"envelope", "success"}, at(18, 11)},
		{[]string{"nothing"}, at(1, 1)},
	} {
		if got := got.Pos(tt.keys...); got != tt.want {
			t.Errorf("Pos(%q) = %s, want %s", tt.keys, got, tt.want)
		}
	}
	if pos := new(Config).Pos("package"); !pos.IsZero() {
		t.Errorf("a place in no file: %s", pos)
	}
}

func TestParseShortForms(t *testing.T) {
	got, problems := Parse("gen.yaml", []byte("client_parameters: [account_id]\nenvelope: false\npagination: {style: offset}\noperations:\n"))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	if len(got.ClientParams) != 1 || got.ClientParams[0].Name != "account_id" {
		t.Errorf("client parameters %v", got.ClientParams)
	}
	if !got.NoEnvelope || got.Envelope != nil {
		t.Errorf("no envelope is %v, and there is %v", got.NoEnvelope, got.Envelope)
	}
	if len(got.Pagination) != 1 || got.Pagination[0].Style != "offset" {
		t.Errorf("pagination %v", got.Pagination)
	}
}

func TestParseProblems(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"unknown key", "ouput: sdk", `1:1: error: the config has no key "ouput"; did you mean "output"? [config-key]`},
		{"camel case", "operationTypes: true", `1:1: error: the config has no key "operationTypes"; did you mean "operation_types"? [config-key]`},
		{"unknown key deep down", "schemas: {A: {nam: B}}", `1:15: error: schemas.A has no key "nam"; did you mean "name"? [config-key]`},
		{"unknown and unlike any", "envelope: {whatever: x}", `1:12: error: envelope has no key "whatever"; it can have result, success, errors [config-key]`},
		{"wrong kind", "spec: [a]", "1:7: error: spec is an array, and should be a string [config-value]"},
		{"wrong kind deep down", "credentials: {a: {env: 1}, b: null}", "1:24: error: credentials.a.env is a number, and should be a string [config-value]"},
		{"no object", "schemas: x", "1:10: error: schemas is a string, and should be an object [config-value]"},
		{"no object at all", "- a", "1:1: error: the config is an array, and should be an object [config-value]"},
		{"no boolean", "strict: 1", "1:9: error: strict is a number, and should be a boolean [config-value]"},
		{"no count", "limits: {bytes: many}", "1:17: error: limits.bytes is a string, and should be a number [config-value]"},
		{"a count too small", "limits: {files: 0}", "1:17: error: limits.files is 0, and should be a whole number from 1 [config-value]"},
		{"no whole number", "limits: {depth: 1.5}", "1:17: error: limits.depth is 1.5, and should be a whole number from 1 [config-value]"},
		{"a count too large", "limits: {nodes: 1e30}", "1:17: error: limits.nodes is 1e30, and should be a whole number from 1 [config-value]"},
		{"empty", "output: ''", "1:9: error: output is empty; leave it out if nothing is meant [config-value]"},
		{"package", "package: my-sdk", `1:10: error: package: "my-sdk" is not a Go package name; it has letters and digits, and is no keyword [config-value]`},
		{"package main", "package: main", `1:10: error: package: a package "main" cannot be imported; choose another name [config-value]`},
		{"module", "module: example.com/a b", `1:9: error: module: "example.com/a b" is not an import path: "a b" has more than letters, digits, "-", "_", "~" and "." inside [config-value]`},
		{"module version", "module: example.com/a/v1", `1:9: error: module: "example.com/a/v1" is not a module path: a major version at its end is v2 or more [config-value]`},
		{"go", "go: 1.2", `1:5: error: go: "1.2" is not one of 1.26, 1.27; did you mean "1.26"? [config-value]`},
		{"url", "base_url: api.example.com", `1:11: error: base_url: "api.example.com" is not the URL of a server, like https://api.example.com/v1 [config-value]`},
		{"url with query", "base_url: https://a.example?b", `1:11: error: base_url: "https://a.example?b" has a query or fragment, which a base URL cannot have [config-value]`},
		{"variable", "environment: {base_url: A-B}", `1:25: error: environment.base_url: "A-B" is not the name of an environment variable [config-value]`},
		{"twice", "environment: {a: A}\ncredentials: {a: {env: B}}", "1:18: error: environment.a is given at gen.yaml:2:15 too, by credentials; keep one of them [config-value]"},
		{"option", "credentials: {a: {option: token}}", `1:27: error: credentials.a.option: "token" is not an exported Go name, like APIToken [config-value]`},
		{"resource", "operations: {a: {resource: a..b}}", `1:28: error: operations.a.resource: "" is not a name, like bulkDelete [config-value]`},
		{"envelope", "envelope: true", "1:11: error: envelope is false, or an object that names its members [config-value]"},
		{"style", "pagination: {style: cursors}", `1:21: error: pagination.style: "cursors" is not one of single, page, offset, cursor, next_url, link; did you mean "cursor"? [config-value]`},
		{"a description", "openapi: 3.0.3", "1:1: error: this is a description, not a config; give it as the argument SPEC [config-is-spec]"},
		{"several", "b: 1\na: 2", "1:1: error: the config has no key \"b\"; " + known + "\ngen.yaml:2:1: error: the config has no key \"a\"; " + known},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg, problems := Parse("gen.yaml", []byte(tt.text))
			if cfg != nil || problems.Err() == nil {
				t.Fatal("no error")
			}
			if got := problems.Err().Error(); got != "gen.yaml:"+tt.want {
				t.Errorf("got\n\t%s\nwant\n\tgen.yaml:%s", got, tt.want)
			}
		})
	}
}

const known = "it can have spec, output, package, module, go, strict, tests, version, license, base_url, lock, root, allow_hosts, limits, overlays, include, exclude, environment, credentials, client_parameters, " +
	"envelope, unwrap, infer, pagination, streams, operations, schemas, surface, layout, positional, casings, servers, timeout, retries, idempotency_header, headers, query, renames, webhooks, unused_schemas, operation_types, docs [config-key]"

func TestIs(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"config", "spec: openapi.yaml\n", true},
		{"in JSON", `{"package": "a"}`, true},
		{"nothing that a config has", "paths: {}\n", false},
		{"a description", "openapi: 3.0.3\npackage: a\n", false},
		{"an old description", "swagger: '2.0'\noutput: a\n", false},
		{"too large", "spec: a\n" + strings.Repeat("#\n", largest), false},
		{"broken", "spec: [\n", false},
		{"empty", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			name := filepath.Join(t.TempDir(), "file.yaml")
			if err := os.WriteFile(name, []byte(tt.text), 0o666); err != nil {
				t.Fatal(err)
			}
			if got := Is(name); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
	if Is(t.TempDir()) || Is("-") {
		t.Error("a folder, or standard input, is a config")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("spec: a\noperations: {a: {pagination: {style: link}}}")
	f.Add("pagination: [1, {}, null]\nclient_parameters: [null, {}]\nenvironment: []")
	f.Fuzz(func(t *testing.T, text string) {
		cfg, problems := Parse("gen.yaml", []byte(text))
		if (cfg == nil) != problems.Failed() {
			t.Errorf("a config %v, and problems %v", cfg, problems.Err())
		}
	})
}
