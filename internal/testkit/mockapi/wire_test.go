package mockapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/sample"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi"
)

// petstore has one of everything that a request may have wrong.
const petstore = `{
	"openapi": "3.0.3", "info": {"title": "t", "version": "1"},
	"servers": [{"url": "https://{region}.example.com/v1/", "variables": {"region": {"default": "eu"}}}],
	"security": [{"key": []}, {"user": [], "token": []}],
	"paths": {
		"/pets": {
			"parameters": [{"name": "X-Trace", "in": "header", "schema": {"type": "string", "format": "uuid"}}],
			"get": {
				"operationId": "list",
				"parameters": [
					{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}},
					{"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
					{"name": "ids", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "integer"}}},
					{"name": "filter", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {
						"name": {"type": "string"}, "ages": {"type": "array", "items": {"type": "integer"}}, "owner": {"type": "object", "properties": {"id": {"type": "integer"}}}}}},
					{"name": "size", "in": "query", "schema": {"type": "object", "properties": {"height": {"type": "integer"}, "width": {"type": "integer"}}}},
					{"name": "since", "in": "query", "schema": {"type": "string", "format": "date"}},
					{"name": "alive", "in": "query", "schema": {"type": "boolean"}},
					{"name": "any", "in": "query", "schema": {}},
					{"name": "id", "in": "query", "schema": {"oneOf": [{"type": "integer"}, {"type": "string", "enum": ["last"]}]}},
					{"name": "deep", "in": "query", "schema": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}},
					{"name": "odd", "in": "query", "style": "matrix", "schema": {"type": "string"}},
					{"name": "nowhere", "in": "path", "required": true, "schema": {"type": "string"}},
					{"name": "json", "in": "query", "content": {"application/json": {"schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}}}},
					{"name": "Accept", "in": "header", "required": true, "schema": {"type": "string", "enum": ["nothing"]}}
				],
				"responses": {"200": {"description": "ok", "headers": {"X-Total": {"schema": {"type": "integer", "example": 7}}},
					"content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}}}}
			},
			"post": {
				"operationId": "create",
				"requestBody": {"required": true, "content": {
					"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
					"application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Pet"}},
					"application/merge-patch+json": {"schema": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["id", "kind"]}]}},
					"application/xml": {"schema": {"$ref": "#/components/schemas/Pet"}},
					"application/x-ndjson": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}},
					"multipart/form-data": {"encoding": {"owner": {"contentType": "application/json"}, "photo": {"contentType": "image/png, image/jpeg"}}, "schema": {"type": "object", "required": ["name"], "properties": {
						"name": {"type": "string"}, "lives": {"type": "integer"}, "owner": {"type": "object", "required": ["email"], "properties": {"email": {"type": "string"}}},
						"photo": {"type": "string", "format": "binary"}, "more": {"type": "array", "items": {"type": "string", "format": "binary"}}, "tags": {"type": "array", "items": {"type": "integer"}}}}}
				}},
				"responses": {
					"201": {"description": "made", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}, "example": {"name": "Rex", "kind": "dog"}}}},
					"409": {"description": "there", "content": {"application/problem+json": {"schema": {"type": "object"}, "example": {"title": "there"}}}},
					"default": {"description": "else", "content": {"text/plain": {"schema": {"type": "string"}, "example": "else"}}}
				}
			}
		},
		"/pets/{id}": {
			"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
			"get": {"operationId": "get", "security": [], "responses": {"200": {"description": "ok", "content": {
				"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}, "example": {"name": 1}}, "application/xml": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}},
			"delete": {"operationId": "delete", "responses": {"204": {"description": "gone"}}}
		},
		"/pets/events": {"get": {"operationId": "events", "security": [{}, {"key": []}], "responses": {"200": {"description": "ok", "content": {"text/event-stream": {"itemSchema": {"type": "object", "required": ["event", "data"], "properties": {"event": {"const": "born"}, "data": {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}}}}}}}}}},
		"/pets/mine": {"get": {"operationId": "mine", "security": [{}, {"key": []}], "responses": {"200": {"description": "ok", "content": {"text/event-stream": {"schema": {"type": "string"}}}}}}},
		"/pets/{id}:move": {"post": {"operationId": "move", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}], "responses": {"200": {"description": "ok"}}}},
		"/pets/{name}#rename": {"get": {"operationId": "rename", "parameters": [{"name": "name", "in": "path", "required": true, "schema": {"type": "string"}}, {"name": "to", "in": "query", "required": true, "schema": {"type": "string"}}], "responses": {"200": {"description": "ok"}}}},
		"/pets/{id}?full=true": {"get": {"operationId": "full", "security": [{"token": []}], "parameters": [{"name": "X-Key", "in": "header", "schema": {"type": "string"}}, {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}], "responses": {"200": {"description": "ok"}}}}
	},
	"components": {
		"schemas": {"Pet": {"type": "object", "required": ["name"], "properties": {
			"id": {"type": "integer", "readOnly": true}, "name": {"type": "string"}, "kind": {"type": "string", "enum": ["dog", "cat"]},
			"born": {"type": "string", "format": "date"}, "tags": {"type": "array", "items": {"type": "string"}}, "owner": {"type": "object", "properties": {"email": {"type": "string", "format": "email"}}},
			"secret": {"type": "string", "writeOnly": true}, "etag": {"allOf": [{"type": "string"}, {"readOnly": true}]}}}},
		"securitySchemes": {
			"key": {"type": "apiKey", "in": "header", "name": "X-Key"},
			"user": {"type": "apiKey", "in": "query", "name": "user"},
			"token": {"type": "http", "scheme": "bearer"},
			"password": {"type": "http", "scheme": "basic"},
			"session": {"type": "apiKey", "in": "cookie", "name": "session"}
		}
	}
}`

// A try is a request that is written by hand.
type try struct {
	name    string
	request string   // the method and the URL
	header  []string // names and values by turns; with X-Key: k if nil
	body    string
	want    string // of the problems, a part; "" if there are none
}

// do sends a request to a server of the petstore.
func (tt *try) do(t *testing.T, server *mockapi.Server) (*mockapi.Call, *http.Response) {
	t.Helper()
	server.Reset()
	ts := httptest.NewServer(server)
	defer ts.Close()
	method, url, _ := strings.Cut(tt.request, " ")
	r, err := http.NewRequestWithContext(t.Context(), method, ts.URL+url, strings.NewReader(tt.body))
	if err != nil {
		t.Fatal(err)
	}
	header := tt.header
	if header == nil {
		header = []string{"X-Key", "k"}
	}
	if tt.body != "" && !slices.Contains(header, "Content-Type") {
		header = append(slices.Clone(header), "Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	calls := server.Calls()
	if len(calls) != 1 {
		t.Fatalf("there are %d calls", len(calls))
	}
	return calls[0], response
}

func serve(t *testing.T, doc string, config mockapi.Config) *mockapi.Server {
	t.Helper()
	server, err := mockapi.New([]byte(doc), config)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func TestRequestIsValidated(t *testing.T) {
	server := serve(t, petstore, mockapi.Config{})
	for _, tt := range []try{
		{name: "right", request: "GET /v1/pets?limit=10&tags=a&tags=b&ids=1,2&since=2024-02-29&alive=true"},
		{name: "no such path", request: "GET /v1/cats", want: "no operation is GET /v1/cats"},
		{name: "no such method", request: "PUT /v1/pets", want: "no operation is PUT /v1/pets"},
		{name: "too large", request: "GET /v1/pets?limit=101", want: `query parameter "limit": number must be at most 100`},
		{name: "not a number", request: "GET /v1/pets?limit=ten", want: `query parameter "limit"`},
		{name: "not declared", request: "GET /v1/pets?page=2", want: `query parameter "page" is not declared`},
		{name: "another case", request: "GET /v1/pets?Limit=2", want: `query parameter "Limit" is not declared`},
		{name: "no day", request: "GET /v1/pets?since=2023-02-29", want: `query parameter "since"`},
		{name: "no boolean", request: "GET /v1/pets?alive=1", want: `"1" is neither true nor false`},
		{name: "list in the wrong style", request: "GET /v1/pets?ids=1&ids=x", want: ""}, // kin takes the first

		{name: "object", request: "GET /v1/pets?height=1&width=2"},
		{name: "object of another type", request: "GET /v1/pets?height=x", want: `query parameter "size"`},
		{name: "deep object", request: "GET /v1/pets?filter[name]=a&filter[owner][id]=1"},
		{name: "deep object with a list by index", request: "GET /v1/pets?filter[ages][0]=1&filter[ages][1]=2"},
		{name: "deep object with a list in brackets", request: "GET /v1/pets?filter[ages][]=1&filter[ages][]=2"},
		{name: "deep object with a list repeated", request: "GET /v1/pets?filter[ages]=1&filter[ages]=2"},
		{name: "deep object of another type", request: "GET /v1/pets?filter[ages][]=x", want: `query parameter "filter": /ages/0`},
		{name: "deep object with a member too many", request: "GET /v1/pets?filter[nmae]=a", want: `query parameter "filter[nmae]" is not declared`},
		{name: "without a type", request: "GET /v1/pets?any=x"},
		{name: "one variant", request: "GET /v1/pets?id=3"},
		{name: "the other variant", request: "GET /v1/pets?id=last"},
		{name: "no variant", request: "GET /v1/pets?id=first", want: `query parameter "id"`},
		{name: "JSON", request: "GET /v1/pets?json=%7B%22a%22:1%7D"},
		{name: "JSON of another type", request: "GET /v1/pets?json=%7B%7D", want: `query parameter "json"`},
		{name: "header", request: "GET /v1/pets", header: []string{"X-Key", "k", "X-Trace", "123e4567-e89b-42d3-a456-426614174000"}},
		{name: "header of another format", request: "GET /v1/pets", header: []string{"X-Key", "k", "X-Trace", "none"}, want: `header parameter "X-Trace"`},
		{name: "path of another type", request: "DELETE /v1/pets/x", want: `path parameter "id"`},

		{name: "body", request: "POST /v1/pets", body: `{"name":"Rex","kind":"dog","owner":{"email":"a@example.com"}}`},
		{name: "no body", request: "POST /v1/pets", want: "body: value is required but missing"},
		{name: "a member is missing", request: "POST /v1/pets", body: `{"kind":"dog"}`, want: `property "name" is missing`},
		{name: "a member is read-only", request: "POST /v1/pets", body: `{"name":"Rex","id":1}`, want: "readOnly"},
		{name: "a member is read-only by what it is made of", request: "POST /v1/pets", body: `{"name":"Rex","etag":"1"}`, want: "readOnly"},
		{name: "a read-only member that another part requires", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "application/merge-patch+json"}, body: `{"name":"Rex","kind":"dog"}`},
		{name: "a member that another part requires", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "application/merge-patch+json"}, body: `{"name":"Rex"}`, want: `body: /kind: property "kind" is missing`},
		{name: "enum", request: "POST /v1/pets", body: `{"name":"Rex","kind":"cow"}`, want: "/kind"},
		{name: "format", request: "POST /v1/pets", body: `{"name":"Rex","owner":{"email":"none"}}`, want: "/owner/email"},
		{name: "text after the body", request: "POST /v1/pets", body: `{"name":"Rex"} {}`, want: "there is more after the JSON text"},
		{name: "a member twice", request: "POST /v1/pets", body: `{"name":"Rex","name":"Max"}`, want: "duplicate"},
		{name: "another media type", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "text/html"}, body: "Rex", want: "Content-Type"},
		{name: "a body that is not described", request: "DELETE /v1/pets/1", body: "{}", want: "request body not allowed"},
		{name: "form", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "application/x-www-form-urlencoded"}, body: "name=Rex&tags=a&tags=b&owner[email]=a@example.com"},
		{name: "form with an index", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "application/x-www-form-urlencoded"}, body: "name=Rex&tags[0]=a"},
		{name: "form of another type", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "application/x-www-form-urlencoded"}, body: "name=Rex&owner[email]=none", want: "/owner/email"},
		{name: "XML", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "application/xml"}, body: "<Pet><name>Rex</name><tags>a</tags><tags>b</tags></Pet>"},
		{name: "XML of another type", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "application/xml"}, body: "<Pet><kind>cow</kind></Pet>", want: "/kind"},
		{name: "parts", request: "POST /v1/pets", header: parts, body: part("name", "", "Rex") + part("lives", "", "9") + part("owner", "application/json", `{"email":"a"}`) +
			part(`photo"; filename="a.png`, "image/png", "\x89PNG") + part(`more"; filename="a`, "application/octet-stream", "\x00") + part(`more"; filename="b`, "application/octet-stream", "\x01") +
			part("tags", "", "1") + part("tags", "", "2") + "--b--"},
		{name: "a part of another type", request: "POST /v1/pets", header: parts, body: part("name", "", "Rex") + part("lives", "", "many") + "--b--", want: "/lives"},
		{name: "a part that is missing", request: "POST /v1/pets", header: parts, body: part("lives", "", "9") + "--b--", want: `property "name" is missing`},
		{name: "a part too many", request: "POST /v1/pets", header: parts, body: part("name", "", "Rex") + part("size", "", "9") + "--b--", want: `part "size" is not declared`},
		{name: "a part of another media type", request: "POST /v1/pets", header: parts, body: part("name", "", "Rex") + part("photo", "image/gif", "GIF") + "--b--", want: `part "photo": it is image/gif`},
		{name: "a part as JSON", request: "POST /v1/pets", header: parts, body: part("name", "", "Rex") + part("tags", "application/json", "[1,2]") + "--b--"},
		{name: "accepted", request: "GET /v1/pets", header: []string{"X-Key", "k", "Accept", "text/html, application/*;q=0.5"}},
		{name: "not accepted", request: "GET /v1/pets", header: []string{"X-Key", "k", "Accept", "text/html"}, want: "header Accept: text/html does not include application/json"},
		{name: "lines", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "application/x-ndjson"}, body: "{\"name\":\"a\"}\n{\"name\":\"b\"}\n"},
		{name: "lines of another type", request: "POST /v1/pets", header: []string{"X-Key", "k", "Content-Type", "application/x-ndjson"}, body: "{\"name\":\"a\"}\n{}\n", want: "/1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			call, response := tt.do(t, server)
			got := strings.Join(call.Problems, "\n")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("the problems are %q, not %q", got, tt.want)
			}
			if refused := response.StatusCode == 400 || response.StatusCode == 404; refused != (got != "") || call.Status != response.StatusCode {
				t.Errorf("the status is %d, and the problems are %q", response.StatusCode, got)
			}
		})
	}
}

var parts = []string{"X-Key", "k", "Content-Type", "multipart/form-data; boundary=b"}

// part writes one part of a form.
func part(name, contentType, text string) string {
	if contentType != "" {
		contentType = "Content-Type: " + contentType + "\r\n"
	}
	return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n" + contentType + "\r\n" + text + "\r\n"
}

func TestCredentialsAreChecked(t *testing.T) {
	server := serve(t, petstore, mockapi.Config{})
	for _, tt := range []struct {
		try
		security []string
	}{
		{try{name: "the first", request: "GET /v1/pets", header: []string{"X-Key", "k"}}, []string{"key"}},
		{try{name: "the second", request: "GET /v1/pets?user=u", header: []string{"Authorization", "Bearer t"}}, []string{"token", "user"}},
		{try{name: "none", request: "GET /v1/pets", header: []string{}, want: "credentials: the request has [], which is none of [key], [token user]"}, nil},
		{try{name: "half", request: "GET /v1/pets?user=u", header: []string{}, want: "credentials"}, nil},
		{try{name: "both", request: "GET /v1/pets?user=u", header: []string{"X-Key", "k", "Authorization", "Bearer t"}, want: "the request has [key token user]"}, nil},
		{try{name: "another one too", request: "GET /v1/pets", header: []string{"X-Key", "k", "Cookie", "session=s"}, want: "the request has [key session]"}, nil},
		{try{name: "empty", request: "GET /v1/pets", header: []string{"X-Key", ""}, want: "credentials"}, nil},
		{try{name: "another scheme", request: "GET /v1/pets?user=u", header: []string{"Authorization", "Basic YTpi"}, want: "the request has [password user]"}, nil},
		{try{name: "no user and password", request: "GET /v1/pets?user=u", header: []string{"Authorization", "Basic t"}, want: "credentials"}, nil},
		{try{name: "not needed", request: "GET /v1/pets/1", header: []string{}}, []string{}},
		{try{name: "not wanted", request: "GET /v1/pets/1", header: []string{"X-Key", "k"}, want: "the request has [key]"}, nil},
		{try{name: "a parameter in the place of one", request: "GET /v1/pets/1?full=true", header: []string{"X-Key", "k", "Authorization", "Bearer t"}}, []string{"token"}},
		{try{name: "left out", request: "GET /v1/pets/mine", header: []string{}}, []string{}},
		{try{name: "given", request: "GET /v1/pets/mine", header: []string{"X-Key", "k"}}, []string{"key"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			call, _ := tt.do(t, server)
			got := strings.Join(call.Problems, "\n")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("the problems are %q, not %q", got, tt.want)
			}
			if !slices.Equal(call.Security, tt.security) || (call.Security == nil) != (tt.security == nil) {
				t.Errorf("the alternative is %q, not %q", call.Security, tt.security)
			}
		})
	}
}

func TestRoutes(t *testing.T) {
	server := serve(t, petstore, mockapi.Config{})
	for _, tt := range []struct{ request, operation, path string }{
		{"GET /v1/pets/mine", "mine", "/pets/mine"},
		{"DELETE /v1/pets/mine", "delete", "/pets/{id}"}, // mine has no DELETE
		{"POST /v1/pets/a%2Fb:move", "move", "/pets/{id}:move"},
		{"GET /v1/pets/1", "get", "/pets/{id}"},
		{"GET /v1/pets/1?full=true", "full", "/pets/{id}?full=true"},
		{"GET /v1/pets/1?to=b", "rename", "/pets/{name}#rename"},
	} {
		call, _ := (&try{request: tt.request}).do(t, server)
		if call.Operation != tt.operation || call.Path != tt.path {
			t.Errorf("%s is for %s of %s, not %s of %s", tt.request, call.Operation, call.Path, tt.operation, tt.path)
		}
	}
	if server.Base() != "/v1" {
		t.Errorf("the base is %q", server.Base())
	}
}

func TestWhatCannotBeChecked(t *testing.T) {
	call, _ := (&try{request: "GET /v1/pets?deep=a&deep=b&odd=1"}).do(t, serve(t, petstore, mockapi.Config{}))
	want := []string{
		`query parameter "deep": OpenAPI does not say how values in it are written`,
		`query parameter "odd": there is no style matrix there`,
		`path parameter "nowhere": it is not in the path`,
	}
	if !slices.Equal(call.Unchecked, want) || len(call.Problems) > 0 {
		t.Errorf("unchecked is %q, the problems are %q", call.Unchecked, call.Problems)
	}
}

func TestAnswer(t *testing.T) {
	for _, tt := range []struct {
		try
		config      mockapi.Config
		status      int
		contentType string
		body        string
	}{
		{try{name: "example", request: "POST /v1/pets", body: `{"name":"Rex"}`}, mockapi.Config{}, 201, "application/json", `{"kind":"dog","name":"Rex"}`},
		{try{name: "minimal", request: "POST /v1/pets", body: `{"name":"Rex"}`}, mockapi.Config{Made: true}, 201, "application/json", `{"name":"name"}`},
		{try{name: "full", request: "POST /v1/pets", body: `{"name":"Rex"}`}, mockapi.Config{Made: true, Amount: sample.Full}, 201, "application/json",
			`{"born":"2024-02-29","etag":"etag","id":1,"kind":"dog","name":"name","owner":{"email":"user@example.com"},"tags":["tags","tags"]}`},
		{try{name: "an example that is wrong", request: "GET /v1/pets/1", header: []string{}}, mockapi.Config{}, 200, "application/json", `{"name":"name"}`},
		{try{name: "as it is accepted", request: "GET /v1/pets/1", header: []string{"Accept", "application/xml"}}, mockapi.Config{}, 200, "application/xml",
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Pet><name>name</name></Pet>"},
		{try{name: "no content", request: "DELETE /v1/pets/1"}, mockapi.Config{}, 204, "", ""},
		{try{name: "asked for", request: "POST /v1/pets", header: []string{"X-Key", "k", "Prefer", "code=409"}, body: `{"name":"Rex"}`}, mockapi.Config{}, 409, "application/problem+json", `{"title":"there"}`},
		{try{name: "any other", request: "POST /v1/pets", header: []string{"X-Key", "k", "Prefer", "code=503"}, body: `{"name":"Rex"}`}, mockapi.Config{}, 503, "text/plain", "else"},
		{try{name: "events with their fields", request: "GET /v1/pets/events"}, mockapi.Config{}, 200, "text/event-stream", "data: {\"n\":1}\nevent: born\n\ndata: {\"n\":1}\nevent: born\n\n"},
		{try{name: "events", request: "GET /v1/pets/mine"}, mockapi.Config{}, 200, "text/event-stream", "data: text\n\ndata: text\n\n"},
		{try{name: "wrong", request: "POST /v1/pets", body: `{"name":1}`}, mockapi.Config{}, 400, "application/json", `{"problems":["body: /name: value must be a string"]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			call, response := tt.do(t, serve(t, petstore, tt.config))
			body, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != tt.status || response.Header.Get("Content-Type") != tt.contentType || string(body) != tt.body || string(call.Answer) != tt.body {
				t.Errorf("the answer is %d %s\n\t%s\nnot %d %s\n\t%s", response.StatusCode, response.Header.Get("Content-Type"), body, tt.status, tt.contentType, tt.body)
			}
		})
	}
	_, response := (&try{request: "GET /v1/pets"}).do(t, serve(t, petstore, mockapi.Config{}))
	if total := response.Header.Get("X-Total"); total != "7" {
		t.Errorf("the header is %q", total)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, doc := range []string{"", "[]", `{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{"$ref":"#/nowhere"}}}}}}`} {
		if _, err := mockapi.New([]byte(doc), mockapi.Config{}); err == nil {
			t.Errorf("%s is taken", doc)
		}
	}
}

func TestDiff(t *testing.T) {
	for _, tt := range []struct{ name, want, got, diff string }{
		{"same", `{"a":[1,{"b":null}],"c":"d"}`, `{"c":"d","a":[1,{"b":null}]}`, ""},
		{"number", `[1.0, 100, 9007199254740993]`, `[1, 1e2, 9007199254740993]`, ""},
		{"large number", `9007199254740993`, `9007199254740992`, " is 9007199254740992, not 9007199254740993"},
		{"time", `"2024-02-29T13:37:59.500+00:00"`, `"2024-02-29T13:37:59.5Z"`, ""},
		{"another time", `"2024-02-29T13:37:59Z"`, `"2024-02-29T13:37:59.5Z"`, ` is "2024-02-29T13:37:59.5Z", not "2024-02-29T13:37:59Z"`},
		{"missing", `{"a":{"b/c":1}}`, `{"a":{}}`, "/a/b~1c is missing"},
		{"too many", `{"a":{}}`, `{"a":{"b":1}}`, "/a/b is too many: 1"},
		{"type", `{"a":"1"}`, `{"a":1}`, `/a is 1, not "1"`},
		{"null that is left out", `{"a":null}`, `{}`, ""}, // one who only receives it has one word for both
		{"length", `[1,2]`, `[1]`, " is [1], not [1,2]"},
		{"not JSON", `{`, `{}`, "what is wanted is not JSON: unexpected EOF"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(mockapi.Diff([]byte(tt.want), []byte(tt.got)), "\n"); got != tt.diff && !(tt.name == "not JSON" && strings.HasPrefix(got, "what is wanted is not JSON")) {
				t.Errorf("the difference is %q, not %q", got, tt.diff)
			}
		})
	}
}

func TestServerIsConcurrent(t *testing.T) {
	server := serve(t, petstore, mockapi.Config{})
	ts := httptest.NewServer(server)
	defer ts.Close()
	done := make(chan error)
	for range 8 {
		go func() {
			for range 20 {
				response, err := http.Get(ts.URL + "/v1/pets/1")
				if err != nil {
					done <- err
					return
				}
				var pet map[string]any
				if err := json.NewDecoder(response.Body).Decode(&pet); err != nil {
					done <- err
					return
				}
				response.Body.Close()
			}
			done <- nil
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if n := len(server.Calls()); n != 160 {
		t.Errorf("there are %d calls", n)
	}
}
