package main

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/parity"
)

// apiOf is the api.md that lists the methods of a table, as Stainless writes it.
func apiOf(table []published) string {
	var b strings.Builder
	b.WriteString("# API\n\nMethods:\n\n")
	for _, p := range table {
		fmt.Fprintf(&b, "- <code title=\"%s %s\">client.%s(%s) %s</code>\n", strings.ToLower(p.method), html.EscapeString(p.path), p.call, p.args, p.result)
	}
	return b.String()
}

var braces = regexp.MustCompile(`\{[^{}]*\}`)

// agreeing counts the methods of an SDK whose operation the description has, and
// those of them that a model calls the same.
func agreeing(calls []parity.Call, api *model.API) (same, both int, differ []string) {
	ops := map[string][]string{}
	suffix := map[string]string{}
	for _, op := range allOperations(api.Root) {
		key := op.Method + " " + braces.ReplaceAllString(op.Path, "{}")
		ops[key] = append(ops[key], op.Call)
		_, short, _ := strings.Cut(strings.TrimPrefix(key, op.Method+" /"), "/")
		suffix[op.Method+" /"+short] = key
	}
	for _, c := range calls {
		list := ops[c.Verb+" "+c.Paths[0]]
		if list == nil {
			list = ops[suffix[c.Verb+" "+c.Paths[0]]]
		}
		if list == nil || strings.HasSuffix(c.Name, "AutoPaging") {
			continue
		}
		both++
		found := false
		for _, call := range list {
			found = found || call == c.Name
		}
		if found {
			same++
		} else {
			differ = append(differ, c.Name+" is "+strings.Join(list, ", "))
		}
	}
	return same, both, differ
}

// matched makes the config of an SDK that has the names of another one, and the
// model of it.
func matched(t *testing.T, old, description string) *model.API {
	t.Helper()
	t.Chdir(t.TempDir())
	quietly(t, "init", "--match", old, description, "--quiet")
	sdk, err := generate.Model(generate.Options{ConfigFile: "gen.yaml", NoLock: true, Detached: true})
	if err != nil || sdk.API == nil {
		t.Fatal(err, sdk.Problems.Err())
	}
	return sdk.API
}

// Without its configuration an SDK has the names of the old one too, as far as the
// old one's api.md tells.
func TestMatchAPI(t *testing.T) {
	for _, pair := range stainlessPairs(t) {
		t.Run(filepath.Base(pair), func(t *testing.T) {
			table := readTable(t, filepath.Join(pair, "official-go.tsv"))
			dir := copyPair(t, pair)
			writeFiles(t, dir, map[string][]byte{"api.md": []byte(apiOf(table))})
			api := matched(t, filepath.Join(dir, "api.md"), filepath.Join(dir, "openapi.yml"))
			a := agree(table, api)
			t.Logf("calls %v, params %v, results %v\n%s", a.calls, a.params, a.results, strings.Join(a.differ, "\n"))
			if rate(a.calls) < 0.95 || rate(a.params) < 0.9 || rate(a.results) < 0.9 {
				t.Error("they agree too little")
			}
		})
	}
}

// The same from the source of an SDK: our own says verb and path in comments, which
// are what is left without the bodies.
func TestMatchSource(t *testing.T) {
	dir := copyPair(t, "testdata/stainless")
	table := readTable(t, "testdata/stainless/official-go.tsv")
	t.Chdir(dir)
	quietly(t, "init", "--from", "stainless.yml", "--quiet")
	quietly(t, "gen.yaml", "--quiet", "-o", "sdk")
	if err := os.Remove(filepath.Join("sdk", "api.md")); err != nil {
		t.Fatal(err)
	}
	api := matched(t, filepath.Join(dir, "sdk"), filepath.Join(dir, "openapi.yml"))
	a := agree(table, api)
	if rate(a.calls) < 0.95 || rate(a.params) < 0.9 {
		t.Errorf("calls %v, params %v\n%s", a.calls, a.params, strings.Join(a.differ, "\n"))
	}
}

// SDKs that people use, with the descriptions of their APIs.
func TestMatchPublished(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads large SDKs")
	}
	for _, tt := range []struct{ module, description string }{
		{"github.com/openai/openai-go/v3@v3.99.0", "openai.yaml"},
		{"github.com/cloudflare/cloudflare-go/v2@v2.4.0", "cloudflare-2024-08.json"},
	} {
		t.Run(tt.module, func(t *testing.T) {
			description, err := filepath.Abs("../../../shared/corpus/real/" + tt.description)
			if err != nil || !exists(description) {
				t.Skip("the corpus is not there")
			}
			dir, err := sdkFolder(tt.module)
			if err != nil {
				t.Skip(err)
			}
			calls, err := parity.ReadCalls(dir)
			if err != nil {
				t.Fatal(err)
			}
			same, both, differ := agreeing(calls, matched(t, tt.module, description))
			t.Logf("%d of %d methods whose operation the description has\n%s", same, both, strings.Join(differ, "\n"))
			if both < 100 || float64(same) < 0.95*float64(both) {
				t.Error("they agree too little")
			}
		})
	}
}

// Parity says of an SDK and itself that all is kept, and of less what is left; the
// figures for methods are those that the table gives.
func TestParity(t *testing.T) {
	for _, pair := range stainlessPairs(t) {
		t.Run(filepath.Base(pair), func(t *testing.T) {
			table := readTable(t, filepath.Join(pair, "official-go.tsv"))
			dir := copyPair(t, pair)
			writeFiles(t, dir, map[string][]byte{"api.md": []byte(apiOf(table))})
			t.Chdir(dir)
			quietly(t, "init", "--from", "stainless.yml", "--quiet")
			quietly(t, "gen.yaml", "--quiet", "-o", "sdk")
			quietly(t, "parity", "sdk", "sdk", "--min", "100", "--format", "json")
			quietly(t, "parity", "sdk", "gen.yaml", "--min", "100")
			var out, stderr bytes.Buffer
			if code := run([]string{"parity", "api.md", "sdk", "--format", "markdown", "--migration", "MOVING.md"}, nil, &out, &stderr); code != exitDone {
				t.Fatal(stderr.String())
			}
			kept := len(table)
			for _, line := range strings.Split(out.String(), "\n") {
				if strings.HasPrefix(line, "- `") {
					kept--
				}
			}
			if want := fmt.Sprintf("| methods | %d |", len(table)); !strings.Contains(out.String(), want) {
				t.Errorf("no %q in\n%s", want, out.String())
			}
			// The same by our own count: a method is kept whose call and types agree.
			sdk, err := generate.Model(generate.Options{ConfigFile: "gen.yaml", NoLock: true, Detached: true})
			if err != nil || sdk.API == nil {
				t.Fatal(err)
			}
			differ := map[string]bool{}
			for _, line := range agree(table, sdk.API).differ {
				call, _, _ := strings.Cut(line, " ")
				differ[call] = true
			}
			t.Logf("%d of %d methods kept\n%s", kept, len(table), out.String())
			if kept != len(table)-len(differ) || float64(kept) < 0.9*float64(len(table)) {
				t.Errorf("gen parity has %d of %d methods kept, and by our own count %d differ", kept, len(table), len(differ))
			}
		})
	}
}
