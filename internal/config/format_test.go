package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

const everything = `spec: "my api.yaml"
output: sdk
package: acme
module: example.com/acme
go: "1.26"
strict: true
tests: true
version: 1.2.0
license: LICENSE.txt
lock: names.lock
root: ..
allow_hosts: [example.com]
limits: {bytes: 10, depth: 20, files: 30}
overlays: [a.yaml, b.yaml]

surface: stainless
layout: resources
positional: last
casings:
  openai: OpenAI

include:
  - {path: ["/v1/**"], method: [GET, POST]}
exclude:
  - {tag: [a, "b c"], operation_id: [x], extension: [x-internal]}

base_url: "https://api.example.com"
servers:
  production: "https://api.example.com"
environment: {base_url: ACME_URL}
credentials:
  Bearer: {env: ACME_KEY, env_password: ACME_SECRET, option: APIKey}
client_parameters:
  account_id: {env: ACCOUNT}
  tenant: {header: X-Tenant, query: tenant, default: yes}

timeout: 1m30s
retries: {max: 0, min_delay: 250ms, max_delay: 1h}
idempotency_header: X-Key
headers:
  X-Version: "2026"
query: {arrays: comma, objects: dots}

envelope: {result: result, success: ok, errors: errors}
unwrap: [data]
infer: {operations: false, pagination: false}
pagination:
  - {name: CursorPage, style: cursor, param: after, in: query, with: [limit], members: [object], items: data, next: meta.next, has_more: more, total: n, total_pages: m}
streams: {end: "[DONE]"}

operations:
  "POST /things": {resource: things, method: new, also: [{resource: $client, method: makeThing}], positional: [], body_name: things, unwrap: false, skip: true, deprecated: "no: more", timeout: 2m, max_retries: 3, pagination: {style: single}, stream: {method: newStreaming, flag: live, event: Event, end: x, item: data}}
  listThings: {unwrap: data, pagination: false, stream: false}

schemas:
  "#/components/schemas/A/properties/b": {name: B, also: [C, D], resource: $shared}

renames:
  things.Thing: things.Item
operation_types: true
unused_schemas: true

webhooks:
  package: events
  signature: {header: X-Signature, prefix: v1=, hash: sha256, encoding: hex}
  event_header: X-Event
  event_member: type

docs:
  output: site
  title: Acme
  images: true
`

// What is written says what the config says, and what is read of it says it again.
func TestFormat(t *testing.T) {
	c, problems := Parse("gen.yaml", []byte(everything))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(everything, string(Format(c))); diff != "" {
		t.Errorf("the text is not the one that was read (-want +got):\n%s", diff)
	}
	if text := Format(new(Config)); len(text) > 0 {
		t.Errorf("a config that says nothing is %q", text)
	}
}

// Every key that is read is written.
func TestFormatHasTheKeys(t *testing.T) {
	for _, k := range new(reader).keys(new(Config)) {
		if !strings.Contains("\n"+everything, "\n"+k.name+":") {
			t.Errorf("the text of this test has no %s, so nobody knows whether Format writes it", k.name)
		}
	}
}

func FuzzFormat(f *testing.F) {
	f.Add(everything)
	f.Add("casings: {a: B}\nheaders: {X-A: \"#\"}\noperations: {\"a: b\": {deprecated: \"- \\n\"}}")
	same := cmp.Options{cmpopts.IgnoreTypes(diag.Pos{}), cmpopts.IgnoreFields(Config{}, "File", "root", "Lock"), cmpopts.EquateEmpty(), cmp.AllowUnexported(spec.Limits{})}
	f.Fuzz(func(t *testing.T, text string) {
		c, problems := Parse("gen.yaml", []byte(text))
		if problems.Failed() || len(Format(c)) == 0 {
			return
		}
		again, problems := Parse("gen.yaml", Format(c))
		if err := problems.Err(); err != nil {
			t.Fatalf("%v\n%s", err, Format(c))
		}
		if diff := cmp.Diff(c, again, same); diff != "" {
			t.Errorf("it says something else:\n%s\n%s", diff, Format(c))
		}
	})
}
