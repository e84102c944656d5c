package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A shared buffer is written by one goroutine and read by another.
type shared struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// take returns what was written since the last time.
func (s *shared) take() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.b.Reset()
	return s.b.String()
}

const watched = `openapi: 3.0.3
info: {title: SDK, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /things/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: 'thing.yaml'}}}}}
`

func TestWatch(t *testing.T) {
	t.Chdir(t.TempDir())
	put := func(name, text string) {
		t.Helper()
		writeFiles(t, ".", map[string][]byte{name: []byte(text)})
	}
	put("gen.yaml", "spec: api.yaml\noutput: out\npackage: sdk\nmodule: example.com/sdk\noverlays: o.yaml\n")
	put("api.yaml", watched)
	put("thing.yaml", "{type: object, properties: {a: {type: string}}}")
	put("o.yaml", "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, update: {title: Overlaid}}]\n")

	synctest.Test(t, func(t *testing.T) {
		var log shared
		ctx, cancel := context.WithCancel(t.Context())
		c := &command{config: "gen.yaml", stdout: io.Discard, stderr: &log}
		ended := make(chan struct{})
		go func() {
			c.watchUntil(ctx)
			close(ended)
		}()
		// Watch looks at its files when its ticker ticks. The test changes them half
		// way between two ticks, while watch does nothing but wait for the next one:
		// no look falls into a change, however busy the machine is.
		time.Sleep(pause / 2)
		synctest.Wait()
		// after returns what watch says in the time that it needs to see a change.
		after := func() string {
			time.Sleep(3 * pause)
			synctest.Wait()
			return log.take()
		}
		expect := func(what string, parts ...string) {
			t.Helper()
			said := after()
			for _, part := range parts {
				if !strings.Contains(said, part) {
					t.Errorf("%s: %q is not in\n%s", what, part, said)
				}
			}
			if len(parts) == 0 && said != "" {
				t.Errorf("%s: it says\n%s", what, said)
			}
		}

		expect("at first", " added in out", "gen: watching 4 files; interrupt to stop\n")
		expect("nothing happens")
		put("thing.yaml", "{type: object, properties: {b: {type: string}}}")
		expect("another file of the description", "gen: changed: thing.yaml\n", "gen:   changed things/things_types.go\n", "watching 4 files")
		put("thing.yaml", "{type: object, properties: {b: {type: string}}}")
		expect("the same again")
		put("o.yaml", "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, update: {title: Different}}]\n")
		expect("an overlay", "gen: changed: o.yaml\n", "gen:   changed README.md\n")
		put("gen.yaml", "spec: api.yaml\noutput: out\npackage: sdk\nmodule: example.com/sdk\n")
		expect("the config", "gen: changed: gen.yaml\n", "gen: watching 3 files")

		put("api.yaml", "openapi: 3.0.3\npaths: {")
		expect("a broken save", "api.yaml:2:", "error: ", "nothing was written", "gen: watching 2 files")
		if _, err := os.Stat("out/client.go"); err != nil {
			t.Error(err)
		}
		put("api.yaml", watched)
		expect("mended", "gen: changed: api.yaml\n", "unchanged in out", "gen: watching 3 files")

		if err := os.Remove("thing.yaml"); err != nil {
			t.Fatal(err)
		}
		expect("a file is gone", "gen: changed: thing.yaml\n", `unresolved $ref "thing.yaml": there is no such file`, "gen: watching 3 files")
		put("new.yaml", "{type: object, properties: {c: {type: string}}}")
		if err := os.Rename("new.yaml", "thing.yaml"); err != nil {
			t.Fatal(err)
		}
		expect("a file is renamed into place", "gen: changed: thing.yaml\n", "gen:   changed things/things_types.go\n")

		// A burst is one change, however long it goes on.
		for range 5 {
			put("api.yaml", watched+"# more\n")
			time.Sleep(pause)
			put("api.yaml", watched+"# less\n"+strings.Repeat("#", 5))
			put("thing.yaml", "{}")
			time.Sleep(pause)
			synctest.Wait()
			if said := log.take(); said != "" {
				t.Errorf("in a burst it says\n%s", said)
			}
			put("thing.yaml", "{type: object}")
		}
		said := after()
		if strings.Count(said, "gen: changed:") != 1 || !strings.Contains(said, "gen: changed: api.yaml, thing.yaml\n") {
			t.Errorf("after a burst it says\n%s", said)
		}

		cancel()
		<-ended
	})
}

func TestStamp(t *testing.T) {
	name := t.TempDir() + "/file"
	written := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, written, written); err != nil {
			t.Fatal(err)
		}
	}
	soon, late := written.Add(time.Second), written.Add(time.Minute)
	missing := stampOf(name, stamp{}, late)
	write("a")
	old := stampOf(name, missing, late)
	if old.hash == missing.hash || !old.settled {
		t.Errorf("a file that came: %+v", old)
	}
	write("b")
	if again := stampOf(name, old, late); again != old {
		t.Error("a file is read whose time tells that it is as it was")
	}
	young := stampOf(name, missing, soon)
	if young.hash == old.hash || young.settled {
		t.Errorf("a file that changed just now: %+v", young)
	}
	write("c")
	if again := stampOf(name, young, soon); again.hash == young.hash {
		t.Error("a file that was written twice in one tick is not read")
	}
}
