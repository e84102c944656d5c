package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"

	"github.com/openapi-lathe/lathe/internal/sample"
	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi"
)

// Calls are how many were made over the wire, and how they went.
type calls struct {
	Made  int
	Valid int // the server had nothing to say against the request
	Same  int // and what was decoded says all that the server said
}

// call is the step that runs the SDK's own tests against a server that knows
// the description. A test makes one call, with what is required or with
// everything, and the server answers in kind.
func (t *trial) call() error {
	server, base, err := t.server()
	if err != nil {
		return fmt.Errorf("there is no server for it: %w", err)
	}
	defer server.Close()
	t.env = []string{"TEST_API_BASE_URL=" + server.URL + base}
	out, err := t.command(&t.row.Call, "go", "test", "-vet=off", "-json", "./"+t.folder+"/...")
	t.env = nil
	t.Calls = count(out, func(test, said string) { fmt.Fprintf(&t.log, "--- %s: %s\n", test, said) })
	if t.Calls.Made == 0 && err != nil {
		return errors.New(firstOf(err.Error()+"\n"+string(out), goLine, anyLine))
	}
	return t.ctx.Err()
}

// server plays the description's API.
func (t *trial) server() (*httptest.Server, string, error) {
	doc, problems := spec.Load(t.file, spec.Options{Root: t.root})
	if doc == nil {
		return nil, "", problems.Err()
	}
	text := doc.JSON()
	required, err := mockapi.New(text, mockapi.Config{Amount: sample.Minimal})
	if err != nil {
		return nil, "", err
	}
	everything, err := mockapi.New(text, mockapi.Config{Amount: sample.Full, Made: true})
	if err != nil {
		return nil, "", err
	}
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		test := r.Header.Get("Test-Name")
		r.Header.Del("Test-Name")
		if strings.HasSuffix(test, "/required") {
			required.ServeHTTP(w, r)
			return
		}
		everything.ServeHTTP(w, r)
	})), required.Base(), nil
}

// count reads what go test -json says. A test that fails because of its request
// says so in words that package apitest of the runtime chooses.
func count(out []byte, failed func(test, said string)) calls {
	var c calls
	said := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e struct{ Action, Package, Test, Output string }
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil || !strings.Contains(e.Test, "/") {
			continue
		}
		key := filepath.Base(e.Package) + "." + e.Test
		switch e.Action {
		case "output":
			said[key] += e.Output
		case "pass":
			c.Made, c.Valid, c.Same = c.Made+1, c.Valid+1, c.Same+1
		case "fail":
			c.Made++
			if !strings.Contains(said[key], "refused with status") && !strings.Contains(said[key], "not sent: ") {
				c.Valid++
			}
			failed(key, said[key])
		}
	}
	return c
}
