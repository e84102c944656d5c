package docs_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/docs"
	"github.com/openapi-lathe/lathe/internal/generate"
	"github.com/openapi-lathe/lathe/internal/testkit/effort"
	"github.com/openapi-lathe/lathe/internal/testkit/golden"
)

const (
	goldens = "../../cmd/gen/testdata/golden/*.txtar"
	corpus  = "../../../shared/corpus/real"
)

// model builds the model of a description, with what a reference needs.
func model(t testing.TB, o generate.Options) *generate.Result {
	t.Helper()
	o.Reference = true
	sdk, err := generate.Run(o)
	if err != nil {
		t.Fatal(err)
	}
	return sdk
}

func site(t testing.TB, sdk *generate.Result, opts docs.Options) map[string][]byte {
	t.Helper()
	files, err := docs.Files(sdk.API, opts)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func secretsStore(t testing.TB) *generate.Result {
	return model(t, generate.Options{ConfigFile: "../../openapi/gen.yaml"})
}

// each calls do with every golden description that makes an SDK.
func each(t *testing.T, do func(t *testing.T, name string, sdk *generate.Result)) {
	for _, c := range golden.Read(t, goldens) {
		t.Run(c.Name, func(t *testing.T) {
			sdk := fromCase(t, c)
			if sdk == nil {
				t.Skip("it makes no SDK")
			}
			do(t, c.Name, sdk)
		})
	}
}

func fromCase(t *testing.T, c golden.Case) *generate.Result {
	dir := t.TempDir()
	for name, text := range c.In {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	o := generate.Options{Package: "sdk", Module: "example.com/snippets/" + strings.ReplaceAll(c.Name, ".", "-"), Detached: true}
	for _, name := range []string{"openapi.yaml", "openapi.json", "swagger.yaml"} {
		if _, ok := c.In[name]; ok {
			o.Spec = filepath.Join(dir, name)
		}
	}
	if _, ok := c.In["gen.yaml"]; ok {
		o.ConfigFile = filepath.Join(dir, "gen.yaml")
	}
	if o.Spec == "" && o.ConfigFile == "" {
		return nil
	}
	sdk := model(t, o)
	if sdk.Files == nil {
		return nil
	}
	return sdk
}

// The page of an operation tells everything that a reader of the API's own
// documentation finds there, in the words of the SDK.
func TestCreateStore(t *testing.T) {
	files := site(t, secretsStore(t), docs.Options{})
	page := string(files["api/secretsstore/stores/create.html"])
	text := words(page)
	for _, want := range []string{
		"Create a store",
		"client.SecretsStore.Stores.Create(ctx context.Context, params secretsstore.StoreCreateParams, opts ...option.RequestOption) (*pagination.SinglePage[StoreCreateResponse], error)",
		"POST /accounts/{account_id}/secrets_store/stores",
		"Creates a store in the account.",
		"Security API Email + API Key",
		"Example: X-Auth-Email: user@example.com option.WithAPIEmail, or CLOUDFLARE_EMAIL in the environment",
		"Example: X-Auth-Key: 144c9defac04969c7bfad8efaa8ea194 option.WithAPIKey, or CLOUDFLARE_API_KEY in the environment",
		"Accepted permissions At least one is required: Secrets Store Write",
		"Path parameters AccountID string account_id required Account identifier. maxLength 32",
		"Body application/json Body []StoreCreateParamsBody required",
		"Name string name required The name of the store.",
		"Returns *pagination.SinglePage[StoreCreateResponse]",
		"A page, pagination.SinglePage. All(ctx) yields each StoreCreateResponse from there on.",
		"ID string id required read-only Store identifier. maxLength 32",
		"Created time.Time created required read-only When the store or secret was created. format date-time",
		"Modified time.Time modified required read-only When the store or secret was last modified. format date-time",
		"Errors 4XX Create store response failure.",
		"client := cloudflare.NewClient() // credentials from CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY",
		"stores, err := client.SecretsStore.Stores.Create(ctx, secretsstore.StoreCreateParams{",
		`AccountID: "985e105f4ecef8ad9ca31a8372d0c353",`,
		`Body: []secretsstore.StoreCreateParamsBody{{Name: "service_x_keys"}},`,
		"for store, err := range stores.All(ctx) {",
		"fmt.Println(store.ID)",
		`curl -X POST 'https://api.cloudflare.com/client/v4/accounts/985e105f4ecef8ad9ca31a8372d0c353/secrets_store/stores' \`,
		`-H "X-Auth-Email: $CLOUDFLARE_EMAIL"`, `-H "X-Auth-Key: $CLOUDFLARE_API_KEY"`,
		`Request application/json [ { "name": "service_x_keys" } ]`,
		"200 OK application/json Store details.",
		`"errors": [ { "code": 1000, "message": "message", "documentation_url": "documentation_url", "source": { "pointer": "pointer" } } ]`,
		`"messages": [ { "code": 1000,`,
		`"result": [ { "id": "023e105f4ecef8ad9ca31a8372d0c353", "created": "2023-09-21T18:56:32.624632Z", "modified": "2023-09-21T18:56:32.624632Z", "name": "service_x_keys" } ]`,
		`"result_info": { "count": 1, "page": 1, "per_page": 20, "total_count": 2000 }`,
		`"code": 1003, "message": "maximum_stores_exceeded"`,
	} {
		if !strings.Contains(text, words(want)) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
	// The types in it lead to their pages.
	for _, want := range []string{`href="../../../types/secretsstore/StoreCreateResponse.html"`, `href="../../../types/pagination/SinglePage.html"`, `id="body.name"`, `id="result.created"`, `id="account_id"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// words is the text of a page without any space: what is on a line of its own is
// for the style to say.
func words(text string) string {
	_, body, found := strings.Cut(text, "<main")
	if found {
		text = html.UnescapeString(tag.ReplaceAllString(body, " "))
	}
	return strings.Join(strings.Fields(text), "")
}

// The same description makes the same bytes.
func TestSameBytes(t *testing.T) {
	first, second := site(t, secretsStore(t), docs.Options{}), site(t, secretsStore(t), docs.Options{})
	for name, text := range first {
		if !bytes.Equal(text, second[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

// Every link of a site leads to a file that is there, and to an anchor that it
// has; every page has a Markdown twin; nothing is fetched from elsewhere.
func TestLinks(t *testing.T) {
	checkLinks(t, site(t, secretsStore(t), docs.Options{URL: "https://docs.example.com/", Name: "openapi.yaml", Description: []byte("openapi: 3.0.3")}))
	each(t, func(t *testing.T, name string, sdk *generate.Result) {
		checkLinks(t, site(t, sdk, docs.Options{}))
	})
}

// The same for real descriptions, where they are at hand: a few, or all of them
// with FULL=1.
func TestLinksOfCorpus(t *testing.T) {
	list, err := filepath.Glob(filepath.Join(corpus, "*"))
	if err != nil || len(list) == 0 {
		t.Skipf("there is no corpus at %s", corpus)
	}
	for _, file := range list {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if !effort.Full() && info.Size() > 400<<10 {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			sdk := model(t, generate.Options{Spec: file, Package: "sdk", Module: "example.com/sdk", Detached: true})
			if sdk.API == nil {
				t.Skip("it makes no SDK")
			}
			files := site(t, sdk, docs.Options{})
			checkLinks(t, files)
			checkHTML(t, files)
			for name, text := range files {
				if strings.HasSuffix(name, ".html") && len(text) > 100<<10 {
					t.Errorf("%s has %d bytes", name, len(text))
				}
			}
		})
	}
}

var (
	href   = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	anchor = regexp.MustCompile(` id="([^"]*)"`)
	mdLink = regexp.MustCompile(`\]\(([^)\s:]+\.md)\)`)
)

func checkLinks(t *testing.T, files map[string][]byte) {
	t.Helper()
	anchors := map[string]map[string]bool{}
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		anchors[name] = map[string]bool{}
		for _, m := range anchor.FindAllSubmatch(text, -1) {
			if id := string(m[1]); anchors[name][id] {
				t.Errorf("%s has the anchor %s twice", name, id)
			}
			anchors[name][string(m[1])] = true
		}
	}
	dead := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := string(files[name])
		if strings.HasSuffix(name, ".md") {
			for _, m := range mdLink.FindAllStringSubmatch(text, -1) {
				if to := path.Join(path.Dir(name), m[1]); files[to] == nil && dead < 10 {
					dead++
					t.Errorf("%s: %s leads nowhere", name, m[1])
				}
			}
			continue
		}
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		if files[strings.TrimSuffix(name, ".html")+".md"] == nil {
			t.Errorf("%s has no Markdown twin", name)
		}
		for _, m := range href.FindAllStringSubmatch(text, -1) {
			url := strings.ReplaceAll(m[1], "&amp;", "&")
			switch {
			case strings.HasPrefix(url, "http://"), strings.HasPrefix(url, "https://"), strings.HasPrefix(url, "mailto:"):
				if strings.HasPrefix(m[0], "src") {
					t.Errorf("%s fetches %s", name, url)
				}
				continue
			}
			target, id, _ := strings.Cut(url, "#")
			to := name
			if target != "" {
				to = path.Join(path.Dir(name), target)
			}
			if files[to] == nil && dead < 10 {
				dead++
				t.Errorf("%s: %s leads nowhere", name, url)
			} else if id != "" && !anchors[to][html.UnescapeString(unescape(id))] && !anchors[to][id] && dead < 10 {
				dead++
				t.Errorf("%s: %s has no anchor %s", name, to, id)
			}
		}
	}
}

func unescape(id string) string {
	return regexp.MustCompile(`%[0-9A-Fa-f]{2}`).ReplaceAllStringFunc(id, func(s string) string {
		var b byte
		fmt.Sscanf(s[1:], "%02x", &b)
		return string([]byte{b})
	})
}

const hostileText = "</script></code></pre><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>" +
	"[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) ![d](https://evil.example/x.png) <javascript:alert(1)> [e](//evil.example) [f](vbscript:x)" +
	"\" onmouseover=\"alert(1)\" '{{.}}' `</code>` {{template \"layout.html\"}} \u202e\u0000 ]]> --> <!-- <style>*{display:none}</style> <a href=\"javascript:alert(1)\">x</a> <iframe src=x>"

// Whatever a description says, its pages have our tags and attributes only, and
// link where links may lead.
func TestHostile(t *testing.T) {
	quoted, err := json.Marshal(hostileText)
	if err != nil {
		t.Fatal(err)
	}
	spec := strings.ReplaceAll(`{"openapi":"3.1.0","info":{"title":@@,"version":@@,"description":@@,"contact":{"name":@@,"url":"javascript:alert(1)"}},
"servers":[{"url":"https://api.example.com/\"><script>alert(1)</script>"}],"externalDocs":{"url":"javascript:alert(1)","description":@@},
"tags":[{"name":"things","description":@@}],
"paths":{"/things/{id}":{"get":{"operationId":"getThing","tags":["things"],"summary":@@,"description":@@,"x-stability":@@,"x-api-token-group":[@@],
"externalDocs":{"url":"javascript:alert(1)","description":@@},"security":[{"key":[]}],
"parameters":[{"name":"id","in":"path","required":true,"description":@@,"schema":{"type":"string","example":@@,"pattern":@@}},
{"name":"<script>alert(1)</script>","in":"query","description":@@,"schema":{"type":"string","enum":["a",@@],"default":@@}}],
"responses":{"200":{"description":@@,"headers":{"X-A":{"description":@@,"schema":{"type":"string"}}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"},"examples":{"<script>":{"summary":@@,"value":{"a":@@}}}}}},
"404":{"description":@@,"content":{"application/json":{"example":{"code":@@,"message":@@}}}}}},
"post":{"operationId":"putThing","tags":["things"],"deprecated":true,"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"requestBody":{"required":true,"description":@@,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}},"responses":{"204":{"description":@@}}}}},
"components":{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key","description":@@,"x-example":@@}},
"schemas":{"Thing":{"type":"object","title":@@,"description":@@,"required":["a"],"properties":{"a":{"type":"string","description":@@,"example":@@},"</script><script>alert(1)</script>":{"type":"string","description":@@},"e":{"type":"string","enum":[@@,"b"],"description":@@},"u":{"oneOf":[{"type":"object","title":"A","description":@@,"properties":{"x":{"type":"string"}}},{"type":"integer","description":@@}]}}}}}}`, "@@", string(quoted))
	file := filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(file, []byte(spec), 0o666); err != nil {
		t.Fatal(err)
	}
	sdk := model(t, generate.Options{Spec: file, Package: "sdk", Module: "example.com/sdk", Detached: true})
	if sdk.API == nil {
		t.Fatal(sdk.Problems.Err())
	}
	files := site(t, sdk, docs.Options{Title: hostileText, Footer: hostileText, Changes: &docs.Changes{Text: hostileText}, Pages: []docs.Page{{Name: "../../<script>", Text: []byte(hostileText)}}})
	checkHTML(t, files)
	for name, text := range files {
		if strings.HasSuffix(name, ".js") && bytes.Contains(text, []byte("</script>")) {
			t.Errorf("%s can end the script that it is", name)
		}
		if !filepath.IsLocal(name) || strings.ContainsAny(name, "<>\"'\x00") {
			t.Errorf("a file is called %q", name)
		}
	}
}

// The tags that pages have, and the attributes.
var (
	ourTag  = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*|![a-zA-Z-]*|/)([^>]*)>?`)
	ourAttr = regexp.MustCompile(`^(\s+([a-z-]+)(="[^"]*")?)*\s*$`)
	allowed = strings.Fields("!doctype html head meta title link script body a header span nav p h1 h2 h3 h4 h5 h6 ul ol li main b i code pre div section aside dl dt dd details summary small br footer var img table thead tbody tr th td em strong del hr blockquote")
)

func checkHTML(t *testing.T, files map[string][]byte) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		text := string(files[name])
		for _, m := range ourTag.FindAllStringSubmatch(text, -1) {
			el := strings.ToLower(m[2])
			switch {
			case !slices.Contains(allowed, el):
				t.Errorf("%s has the tag %s", name, m[0])
			case m[1] == "" && el != "!doctype" && !ourAttr.MatchString(m[3]):
				t.Errorf("%s has a tag that is none of ours: %s", name, m[0])
			case el == "script" && m[1] == "" && !regexp.MustCompile(`^ src="(\.\./)*site\.js"$`).MatchString(m[3]):
				t.Errorf("%s has a script of its own: %s", name, m[0])
			case regexp.MustCompile(`\son[a-z]+=|\sstyle=`).MatchString(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(m[3], `""`)):
				t.Errorf("%s has an attribute that does something: %s", name, m[0])
			}
			if link := regexp.MustCompile(`\s(?:href|src)="([^"]*)"`).FindStringSubmatch(m[3]); link != nil {
				if scheme, _, ok := strings.Cut(link[1], ":"); ok && !slices.Contains([]string{"http", "https", "mailto"}, scheme) {
					t.Errorf("%s links to %s", name, link[1])
				}
				if strings.HasPrefix(link[1], "//") {
					t.Errorf("%s links to %s", name, link[1])
				}
			}
		}
		if strings.Contains(text, "ZgotmplZ") {
			t.Errorf("%s has a value that the template refused", name)
		}
	}
}

var fenced = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

// Every program of a site compiles: all of the Secrets Store's, and those of the
// golden descriptions; with FULL=1 those of the real ones, too.
func TestProgramsCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles")
	}
	dir := t.TempDir()
	n := 0
	add := func(sdk *generate.Result, name, below string, most int) {
		if sdk.Files == nil {
			t.Fatal(name, sdk.Problems.Err())
		}
		for file, text := range sdk.Files {
			if path.Base(file) == "go.mod" || path.Base(file) == "go.sum" {
				continue // one module has them all
			}
			put(t, filepath.Join(dir, below, file), text)
		}
		files := site(t, sdk, docs.Options{})
		for _, page := range slices.Sorted(maps.Keys(files)) {
			if !strings.HasSuffix(page, ".md") || page == "llms-full.txt" {
				continue
			}
			for _, m := range fenced.FindAllSubmatch(files[page], -1) {
				if !bytes.HasPrefix(m[1], []byte("package main")) || most == 0 {
					continue
				}
				most--
				n++
				file := "main.go"
				if bytes.HasPrefix(m[1], []byte("package main_test")) {
					file = "main_test.go"
				}
				put(t, filepath.Join(dir, "programs", fmt.Sprint(name, n), file), append([]byte("// "+name+" "+page+"\n"), m[1]...))
			}
		}
	}
	sdk := model(t, generate.Options{ConfigFile: "../../openapi/gen.yaml", Module: "example.com/snippets/secretsstore", Detached: true})
	add(sdk, "secretsstore", "secretsstore", -1)
	for _, c := range golden.Read(t, goldens) {
		if slices.Contains([]string{"create-store", "webhooks", "union", "event-stream", "multipart", "presence", "hostile", "page-cursor", "root-methods"}, c.Name) || effort.Full() {
			if sdk := fromCase(t, c); sdk != nil && sdk.API != nil {
				add(sdk, c.Name, strings.ReplaceAll(c.Name, ".", "-"), -1)
			}
		}
	}
	if effort.Full() {
		list, err := filepath.Glob(filepath.Join(corpus, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for i, file := range list {
			name := fmt.Sprint("real", i)
			sdk := model(t, generate.Options{Spec: file, Package: "sdk", Module: "example.com/snippets/" + name, Detached: true})
			if sdk.Files != nil && len(sdk.Files) < 400 {
				add(sdk, name, name, 40)
			}
		}
	} else {
		t.Log("programs of real descriptions are compiled with FULL=1")
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(mod, []byte("\n"))
	put(t, filepath.Join(dir, "go.mod"), append([]byte("module example.com/snippets\n"), rest...))
	put(t, filepath.Join(dir, "go.sum"), sum)
	cmd := exec.Command("go", "vet", "./programs/...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%d programs: %v\n%s", n, err, out)
	}
	if n < 60 {
		t.Errorf("there are only %d programs", n)
	}
	t.Logf("%d programs", n)
}

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}
