package spec

import (
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// Options say how far [Load] may go.
type Options struct {
	Limits Limits
	Stdin  io.Reader // the description if its name is "-"

	// Root is the folder outside of which no file is read, by default that of
	// the description.
	Root string
	// AllowHosts are the hosts, with their port if they have one, from which
	// references may be fetched. The host of a description that is named by
	// its URL is one of them.
	AllowHosts []string
	// Client fetches them, by default one with a timeout of half a minute.
	Client *http.Client
	// Overlays are applied to the description in their order, before anything
	// else is made of it.
	Overlays []Overlay
	// Opened is told the name of every file of the disk that is about to be
	// read, as the file of positions has it. It may be nil.
	Opened func(name string)
}

// A Version is a dialect of OpenAPI. Later ones are greater.
type Version int

// The dialects that are told apart. A description of version 2.0 is turned
// into one of 3.0.
const (
	V30 Version = iota
	V31
	V32
)

// String returns the version as "3.1".
func (v Version) String() string { return [...]string{"3.0", "3.1", "3.2"}[v] }

// A Document is a description of version 3, with whatever other files it
// refers to. It is not safe for concurrent use.
type Document struct {
	Root    *Node
	Version Version // of the dialect
	Written string  // the version as it is written in the description: "2.0", "3.0.3"

	files files
	list  *diag.List // what Load returned; a file that is read later adds to it
	refs  map[*Node]target

	through int                         // references that are being resolved, each for the one before
	owner   *file                       // of Root
	alike   map[*Node]map[string]string // by what names have in common, for messages

	converted map[*Node]*Node // what became of the parts of a description of version 2.0
	origins   map[*Node]*Node // and what they were
}

// Load reads the description in the file name, which may be a URL, or "-" for
// opts.Stdin. The document is nil if the list holds an error; the list is
// complete either way. Reading files and resolving references may add to the
// list later.
func Load(name string, opts Options) (*Document, *diag.List) {
	d := &Document{list: &diag.List{}, refs: map[*Node]target{}, alike: map[*Node]map[string]string{}}
	d.files = newFiles(name, opts, d.list)
	d.owner = d.files.description()
	if d.owner.root != nil {
		d.Root = d.owner.root
		d.readVersion()
	}
	if !d.list.Failed() {
		d.joinPaths()
		if strings.HasPrefix(d.Written, "2") {
			d.convert()
		}
		d.repair()
		d.refs = map[*Node]target{} // what they lead to may be another node now
	}
	if d.list.Failed() {
		return nil, d.list
	}
	return d, d.list
}

// morePaths is where descriptions of Azure have the paths that differ from another
// in nothing but their query, which the keys of paths may not have
// (https://azure.github.io/autorest/extensions/#x-ms-paths).
const morePaths = "x-ms-paths"

// joinPaths moves what is under x-ms-paths to the paths: a method sends the query
// of its path as it stands.
func (d *Document) joinPaths() {
	more := d.Root.Get(morePaths)
	if more.Len() == 0 {
		return
	}
	paths := d.Root.Get("paths")
	members := slices.Clone(paths.All())
	for _, m := range more.All() {
		if !paths.Has(m.Name) {
			members = append(members, m)
		}
	}
	d.Root.drop(morePaths)
	d.Root.put("paths", NewObject(more.pos, members...))
}

// notOpenAPI tells what people take for an OpenAPI description, by a member
// of the top-level object.
var notOpenAPI = []struct{ member, what string }{
	{"asyncapi", "it is an AsyncAPI document"},
	{"overlay", "it is an OpenAPI Overlay, which changes a description and is not one"},
	{"arazzo", "it is an Arazzo document, which uses a description and is not one"},
	{"swaggerVersion", "it is written for Swagger 1, which nothing reads any more; convert it to OpenAPI 3"},
	{"discoveryVersion", "it is a Google API discovery document"},
	{"__schema", "it is the schema of a GraphQL API"},
	{"_postman_id", "it is a Postman collection; export it as OpenAPI"},
	{"$schema", "it is a JSON Schema"},
	{"properties", "it is a JSON Schema"},
	{"$defs", "it is a JSON Schema"},
	{"definitions", "it is a JSON Schema"},
	{"paths", `it has paths, but no member "openapi" that names the version, such as openapi: 3.0.3`},
}

// readVersion finds out what the top-level value is.
func (d *Document) readVersion() {
	root := d.Root
	if !root.Is(Object) {
		d.list.Errorf(root.Pos(), "not-openapi", "not an OpenAPI description: it is %s, not an object", root.Kind())
		return
	}
	version, example := root.Get("openapi"), "openapi: 3.0.3"
	if version == nil {
		version, example = root.Get("swagger"), `swagger: "2.0"`
	}
	if version == nil {
		what := `it has neither a member "openapi" nor "swagger"`
		for _, not := range notOpenAPI {
			if root.Has(not.member) || root.Get("info").Has(not.member) || root.Get("data").Has(not.member) {
				what = not.what
				break
			}
		}
		d.list.Errorf(root.Pos(), "not-openapi", "not an OpenAPI description: %s", what)
		return
	}
	d.Written = version.Text()
	m := versionPattern.FindStringSubmatch(d.Written)
	if m == nil {
		d.list.Errorf(version.Pos(), "unknown-version", "%s is no version of OpenAPI; write %s or another that is", version.AppendJSON(nil), example)
		return
	}
	major, _ := strconv.Atoi(m[1])
	minor, _ := strconv.Atoi(m[2])
	switch {
	case major < 2:
		d.list.Errorf(version.Pos(), "unknown-version", "OpenAPI %s is too old to read; convert the description to OpenAPI 3", d.Written)
	case major == 2:
		d.Version = V30
	case major > 3:
		d.list.Errorf(version.Pos(), "unknown-version", "OpenAPI %s is newer than the newest version known, which is %s", d.Written, V32)
	default:
		d.Version = min(Version(minor), V32)
		if !knownVersion.MatchString(d.Written) {
			d.list.Warningf(version.Pos(), "unknown-version", "%s is no known version of OpenAPI; it is read as %s.0", d.Written, d.Version)
		}
	}
}

var (
	versionPattern = regexp.MustCompile(`^([0-9]{1,4})(?:\.([0-9]{1,4}))?(?:[.-].*)?$`)
	knownVersion   = regexp.MustCompile(`^3\.(?:0\.[0-4]|1\.[0-2]|2\.0)$`)
)
