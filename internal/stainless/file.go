package stainless

import (
	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A File is what a stainless.yml says, as far as it concerns a Go SDK.
type File struct {
	Organization string
	Target       target
	Resources    []*resource
	Environments []server
	Options      []*option
	EnvPrefix    string
	Settings     settings
	Casings      []config.Casing
	Pagination   []*scheme
	Endings      []string // the data of events that end a stream
	Ignored      []place  // endpoints that are to be no methods
	Transforms   []*transform
	Security     *spec.Node // nil if it says nothing
	Schemes      *spec.Node
}

// A place is a text of the file, and where it stands.
type place struct {
	text string
	pos  diag.Pos
}

type target struct {
	pkg, module string
	version     string
}

type server struct {
	name, url string
	pos       diag.Pos
}

// settings are what one key of the file says for all methods.
type settings struct {
	config.Config      // timeout, retries, headers, idempotency, unwrap, query
	noPositional  bool // path parameters are members of the params
}

// A resource is a node of the tree of methods and models.
type resource struct {
	place
	way     []string // from the client
	models  []*modelEntry
	methods []*method
	below   []*resource
	skip    bool
	old     string // why it is deprecated
}

// A modelEntry gives a schema its name.
type modelEntry struct {
	place
	schema place
	alias  string
	skip   bool
}

// A method is an endpoint with a name.
type method struct {
	place
	endpoint   place
	alias      string // the method of the resource that it is another name of
	skip       bool
	unpaged    bool
	paged      bool
	scheme     place // the pagination scheme that it must have
	bodyName   string
	positional *[]string
	unwrap     string
	noUnwrap   bool
	deprecated string
	stream     *streaming
	timeout    string
	maxRetries *int
}

// streaming is how a method streams.
type streaming struct {
	event place // resource.model
	flag  string
}

// An option is an argument of the client.
type option struct {
	place
	env, scheme, role  string
	variable           string
	header, query      string
	value, description string
}

// A scheme is a way of paging.
type scheme struct {
	place
	kind, items, param, next, hasMore, total, totalPages string
	inBody, bare                                         bool
	with, answers                                        []string
	link                                                 bool
}

// A transform is a change to the description.
type transform struct {
	place
	command string
	args    *spec.Node
	reason  string
}
