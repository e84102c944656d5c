//go:build unix

package lathe_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/spec"
	"github.com/openapi-lathe/lathe/internal/testkit/effort"
)

// How large and how slow what comes out is, and how slow gen, where a
// description is large.

// A program that makes one call through one resource package has no more than
// 8.5 MB, stripped; net/http and encoding/json alone have 6.2.
func TestBinarySize(t *testing.T) {
	if testing.Short() {
		t.Skip("it links")
	}
	const limit = 8_500_000
	binary := filepath.Join(t.TempDir(), "program")
	args := []string{"build", "-ldflags", "-s -w", "-o", binary}
	cmd := exec.Command("go")
	if effort.Full() { // as it is published; but then the standard library is compiled for it alone
		args = append(args, "-trimpath")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	}
	cmd.Args = append(cmd.Args, append(args, "./testdata/onecall")...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%.2f MB", float64(info.Size())/1e6)
	if info.Size() > limit {
		t.Errorf("the binary has %d bytes, more than %d", info.Size(), limit)
	}
}

// BenchmarkCompileLists compiles an SDK of 600 lists and 600 gets: at most 3 times
// (x-gets) one of 1,200 gets, whose methods only call a function that is not
// generic. Next to that (x-plain) are 1,200 such methods in one package, without
// the runtime and the other packages of an SDK.
func BenchmarkCompileLists(b *testing.B) {
	gen := buildGen(b)
	const n = 600
	var ours, gets, plain time.Duration
	for i := 0; b.Loop(); i++ {
		// A new module path each time: nothing of it is in the build cache.
		module := fmt.Sprintf("example.com/lists%d", time.Now().UnixNano())
		dir := b.TempDir()
		sdk := func(name, text string) string {
			description := filepath.Join(dir, name+".yaml")
			if err := os.WriteFile(description, []byte(text), 0o666); err != nil {
				b.Fatal(err)
			}
			folder := filepath.Join(dir, name)
			if out, err := exec.Command(gen, "--quiet", description, "-o", folder, "--module", module+"/"+name).CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			return folder
		}
		direct := filepath.Join(dir, "direct")
		if err := os.MkdirAll(direct, 0o777); err != nil {
			b.Fatal(err)
		}
		for name, text := range map[string]string{"go.mod": "module " + module + "/direct\n\ngo 1.26\n", "direct.go": methods(n)} {
			if err := os.WriteFile(filepath.Join(direct, name), []byte(text), 0o666); err != nil {
				b.Fatal(err)
			}
		}
		plain += compile(b, direct)
		gets += compile(b, sdk("gets", lists(0, 2*n)))
		ours += compile(b, sdk("lists", lists(n, n)))
	}
	b.ReportMetric(float64(ours)/float64(gets), "x-gets")
	b.ReportMetric(float64(ours)/float64(plain), "x-plain")
	b.ReportMetric(ours.Seconds()/float64(b.N), "cpu-s")
}

// buildGen returns the program.
func buildGen(b *testing.B) string {
	gen := filepath.Join(b.TempDir(), "gen")
	if out, err := exec.Command("go", "build", "-o", gen, "./cmd/gen").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return gen
}

// compile returns the CPU time of building the package in a folder and what it
// imports, which is what a program that uses it has to wait for.
func compile(b *testing.B, dir string) time.Duration {
	cmd := exec.Command("go", "build", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// lists is a description of so many lists in numbered pages, and of so many
// items, in ten resources.
func lists(lists, items int) string {
	var s strings.Builder
	s.WriteString("openapi: 3.0.3\ninfo: {title: Lists, version: \"1\"}\nservers: [{url: https://api.example.com}]\npaths:\n")
	for i := range max(lists, items) {
		if i < lists {
			fmt.Fprintf(&s, `  /group%[2]d/things%[1]d:
    get: {operationId: listThings%[1]d, parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'200': {description: OK, content: {application/json: {schema: {type: object, required: [data], properties: {data: {type: array, items: {$ref: '#/components/schemas/Thing%[1]d'}}, page: {type: integer}, total: {type: integer}}}}}}}}
`, i, i%10)
		}
		if i < items {
			fmt.Fprintf(&s, `  /group%[2]d/things%[1]d/{id}:
    get: {operationId: getThing%[1]d, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Thing%[1]d'}}}}}}
`, i, i%10)
		}
	}
	s.WriteString("components:\n  schemas:\n")
	for i := range max(lists, items) {
		fmt.Fprintf(&s, "    Thing%d: {type: object, required: [id, name], properties: {id: {type: string}, name: {type: string}, count: {type: integer}, state: {type: string, enum: [on, off]}}}\n", i)
	}
	return s.String()
}

// methods is a package of 2n methods, each of which calls one function.
func methods(n int) string {
	var s strings.Builder
	s.WriteString("package direct\n\nimport \"context\"\n\ntype Service struct{ client *client }\n\ntype client struct{ last any }\n\nfunc (c *client) do(ctx context.Context, method, path string, out any) error {\n\tc.last = out\n\treturn ctx.Err()\n}\n")
	for i := range n {
		fmt.Fprintf(&s, `
type Thing%[1]d struct {
	ID    string  `+"`json:\"id\"`"+`
	Name  string  `+"`json:\"name\"`"+`
	Count *int64  `+"`json:\"count\"`"+`
	State *string `+"`json:\"state\"`"+`
}

type Page%[1]d struct {
	Data        []Thing%[1]d `+"`json:\"data\"`"+`
	Page, Total *int64
}

func (s *Service) List%[1]d(ctx context.Context, page int64) (*Page%[1]d, error) {
	out := new(Page%[1]d)
	if err := s.client.do(ctx, "GET", "/things%[1]d", out); err != nil {
		return nil, err
	}
	return out, nil
}

func (s *Service) Get%[1]d(ctx context.Context, id string) (*Thing%[1]d, error) {
	out := new(Thing%[1]d)
	if err := s.client.do(ctx, "GET", "/things%[1]d/"+id, out); err != nil {
		return nil, err
	}
	return out, nil
}
`, i)
	}
	return s.String()
}

// BenchmarkLarge runs gen on the large descriptions of the corpus: at most 3
// times what kin-openapi takes to load them, and 500 MB.
func BenchmarkLarge(b *testing.B) {
	gen := buildGen(b)
	for _, name := range []string{"cloudflare-2024-08.json", "stripe.yaml", "kubernetes-v2.json"} {
		b.Run(name, func(b *testing.B) {
			file := filepath.Join("..", "shared", "corpus", "real", name)
			text, err := os.ReadFile(file)
			if err != nil {
				b.Skip("there is no corpus")
			}
			var load, run time.Duration
			var most int64
			for b.Loop() {
				start := time.Now()
				if _, err := openapi3.NewLoader().LoadFromData(text); err != nil && !strings.Contains(name, "v2") {
					b.Fatal(err)
				}
				load += time.Since(start)
				start = time.Now()
				cmd := exec.Command(gen, "--quiet", file, "-o", filepath.Join(b.TempDir(), "sdk"), "--module", "example.com/large")
				if out, err := cmd.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
				run += time.Since(start)
				most = max(most, peak(cmd.ProcessState))
			}
			b.ReportMetric(run.Seconds()/float64(b.N), "gen-s")
			b.ReportMetric(float64(run)/float64(load), "x-kin")
			b.ReportMetric(float64(most)/1e6, "MB")
		})
	}
}

// BenchmarkRegenerate runs what a CI does with an SDK that is there, on the
// largest description of the corpus: gen --check, and gen diff of two versions,
// of which one lacks an operation. Each is told as a multiple of a run that
// writes the SDK, with its own memory.
func BenchmarkRegenerate(b *testing.B) {
	gen := buildGen(b)
	file, err := filepath.Abs(filepath.Join("..", "shared", "corpus", "real", "cloudflare-2024-08.json"))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		b.Skip("there is no corpus")
	}
	dir := b.TempDir()
	run := func(args ...string) (time.Duration, float64) {
		start := time.Now()
		cmd := exec.Command(gen, args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("gen %s: %v\n%s", strings.Join(args, " "), err, out[:min(len(out), 2000)])
		}
		return time.Since(start), float64(peak(cmd.ProcessState)) / 1e6
	}
	for name, text := range map[string]string{
		"gen.yaml": "spec: " + file + "\noutput: sdk\npackage: cloudflare\nmodule: example.com/large\n",
		"old.yaml": "spec: " + file + "\noutput: sdk\npackage: cloudflare\nmodule: example.com/large\nexclude: [{path: /accounts}]\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if err := os.RemoveAll(filepath.Join(dir, "sdk")); err != nil {
			b.Fatal(err)
		}
		write, _ := run("--quiet", "gen.yaml")
		check, checkMB := run("--quiet", "--check", "gen.yaml")
		diff, diffMB := run("--quiet", "diff", "old.yaml", "gen.yaml", "--migration", "")
		b.ReportMetric(check.Seconds()/write.Seconds(), "check-x-write")
		b.ReportMetric(checkMB, "check-MB")
		b.ReportMetric(diff.Seconds()/write.Seconds(), "diff-x-write")
		b.ReportMetric(diffMB, "diff-MB")
	}
}

// BenchmarkPeer compiles what gen and oapi-codegen make of Kubernetes, each with
// nothing of it in the build cache: at most a third of the time (x-time) and of the
// lines (x-lines). Of Stripe, where what oapi-codegen makes does not compile, it
// counts the lines of both. That is a client and a server, as an SDK of gen is a
// client and a fake of the API. oapi-codegen is fetched, in the version below.
func BenchmarkPeer(b *testing.B) {
	const peer = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2"
	bin := b.TempDir()
	install := exec.Command("go", "install", peer)
	install.Env = append(os.Environ(), "GOBIN="+bin)
	if out, err := install.CombinedOutput(); err != nil {
		b.Skipf("there is no oapi-codegen: %v\n%s", err, out)
	}
	gen := buildGen(b)
	for _, name := range []string{"kubernetes-v2.json", "stripe.yaml"} {
		b.Run(name, func(b *testing.B) {
			file := filepath.Join("..", "shared", "corpus", "real", name)
			if _, err := os.Stat(file); err != nil {
				b.Skip("there is no corpus")
			}
			doc, problems := spec.Load(file, spec.Options{}) // oapi-codegen reads no Swagger
			if doc == nil {
				b.Fatal(problems.Err())
			}
			var ours, theirs time.Duration
			var lines [2]int
			for b.Loop() {
				dir := b.TempDir()
				module := fmt.Sprintf("example.com/peer%d", time.Now().UnixNano())
				description, sdk, other := filepath.Join(dir, "api.json"), filepath.Join(dir, "sdk"), filepath.Join(dir, "peer")
				if err := os.WriteFile(description, doc.JSON(), 0o666); err != nil {
					b.Fatal(err)
				}
				if err := os.Mkdir(other, 0o777); err != nil {
					b.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(other, "go.mod"), []byte("module "+module+"/peer\n\ngo 1.26\n"), 0o666); err != nil {
					b.Fatal(err)
				}
				for _, cmd := range []*exec.Cmd{
					exec.Command(gen, "--quiet", description, "-o", sdk, "--module", module+"/sdk"),
					exec.Command(filepath.Join(bin, "oapi-codegen"), "-package", "peer", "-generate", "types,client,std-http,strict-server", "-o", "peer.go", description),
				} {
					cmd.Dir = other
					if out, err := cmd.CombinedOutput(); err != nil {
						b.Fatalf("%v\n%s", err, out)
					}
				}
				lines = [2]int{linesIn(b, sdk), linesIn(b, other)}
				if name == "stripe.yaml" {
					continue
				}
				tidy := exec.Command("go", "mod", "tidy")
				tidy.Dir = other
				if out, err := tidy.CombinedOutput(); err != nil {
					b.Skipf("what oapi-codegen imports cannot be had: %v\n%s", err, out)
				}
				ours += buildAll(b, sdk)
				theirs += buildAll(b, other)
			}
			b.ReportMetric(float64(lines[0])/float64(lines[1]), "x-lines")
			if theirs > 0 {
				b.ReportMetric(float64(ours)/float64(theirs), "x-time")
				b.ReportMetric(ours.Seconds()/float64(b.N), "s")
			}
		})
	}
}

// linesIn counts the lines of all Go files below a folder.
func linesIn(b *testing.B, folder string) int {
	lines := 0
	err := filepath.WalkDir(folder, func(file string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".go" {
			return err
		}
		text, err := os.ReadFile(file)
		lines += bytes.Count(text, []byte("\n"))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return lines
}

// buildAll returns how long it takes to build all packages in a folder, with what
// they import of other modules built before.
func buildAll(b *testing.B, dir string) time.Duration {
	run := func(args ...string) {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	list := exec.Command("go", "list", "-mod=mod", "-deps", "-f", "{{if .Module}}{{if not .Module.Main}}{{.ImportPath}}{{end}}{{else}}{{.ImportPath}}{{end}}", "./...")
	list.Dir = dir
	deps, err := list.Output()
	if err != nil {
		b.Fatal(err)
	}
	run(append([]string{"build"}, strings.Fields(string(deps))...)...)
	start := time.Now()
	run("build", "./...")
	return time.Since(start)
}

// peak returns the bytes of memory that a process had.
func peak(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	switch {
	case !ok:
		return 0
	case runtime.GOOS == "darwin":
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
