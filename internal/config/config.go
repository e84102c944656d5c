// Package config reads gen.yaml: what a user decided, with the place of each
// decision. It decides nothing itself and does not know the description, so
// that what names something which is not there is for package build to say.
package config

import (
	"time"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Config is what a gen.yaml says. Everything in it is optional, and its zero
// value is a config that says nothing. Lists are in the order of the file.
type Config struct {
	File string // as it was given; empty if there is none

	Spec    string // the description; relative to the config's folder, as every path in it
	Output  string // the folder that the SDK is written to
	Package string // the name of the root package
	Module  string // the import path of the root package
	Go      string // the language version of the SDK: "1.26"
	Strict  bool   // warnings are errors
	Version string // of the SDK: "1.2.0"; empty if it says none of itself
	License string // a file whose text is the LICENSE of the SDK

	LockFile   string      // the file that remembers names; empty: gen.lock beside the config
	Root       string      // the folder outside of which no file is read; empty: that of the description
	AllowHosts []string    // that references may be fetched from
	Limits     spec.Limits // of what is read; zero: the usual one

	// Overlays are applied to the description in their order; relative to the
	// config's folder.
	Overlays []string
	// Include and Exclude choose operations: those that a rule of Include
	// matches, or all if it has none, but for those that one of Exclude matches.
	Include []Rule
	Exclude []Rule

	BaseURL    string // in place of the description's server
	BaseURLEnv string // the environment variable that overrides it

	Credentials  []Credential
	ClientParams []ClientParam

	// Envelope says what a response is wrapped in, where that is not to be
	// inferred; NoEnvelope says that nothing is to be unwrapped.
	Envelope   *Envelope
	NoEnvelope bool

	Pagination []Pagination // tried in order, before what is inferred
	StreamEnd  string       // the data of the event that ends a stream
	Operations []Operation
	Schemas    []Schema

	Surface    string   // one of [Surfaces]; empty: the first
	Layout     string   // one of [Layouts]; empty: what the surface has
	Positional string   // one of [Positionals]; empty: what the surface has
	Casings    []Casing // how words are written in names

	// ListedOperations makes methods only of what Operations lists, and
	// ListedPages pages only of what Pagination, and that of an operation, says.
	ListedOperations bool
	ListedPages      bool
	Unwrap           []string // members that are the result where a response has no other

	Servers           []Server // by name, the first of which is the default
	Timeout           time.Duration
	Retries           *Retries
	IdempotencyHeader string
	Headers           []Header // that every request has
	QueryArrays       string   // one of [QueryArrays], for parameters that say nothing
	QueryObjects      string   // one of [QueryObjects]

	Webhooks      Webhooks
	UnusedSchemas bool // component schemas that nothing refers to are types too

	Tests bool // tests are written beside the client
	// Reference asks for what only a reference of the SDK tells of the API. No key
	// says so, but the verb that writes one.
	Reference bool
	Renames   []Rename // names that changed, and are to be there under the old one too

	// OperationTypes gives the results and bodies of an operation its name,
	// StoreCreateResponse, also where they are a schema that the description
	// names: they are aliases of it then.
	OperationTypes bool

	Docs Docs // of the reference site

	// Lock has the names that earlier runs chose, which stay. It is not in the
	// config but beside it.
	Lock *lockfile.Lock

	root *spec.Node // of the file; nil if there is none
}

// Docs are what a config says of the reference site. Files are relative to its
// folder.
type Docs struct {
	Output    string   // the folder that the site is written to
	Title     string   // in place of the description's
	URL       string   // where the site will be
	Color     string   // #rrggbb
	Logo      string   // an SVG, PNG or JPEG file
	Footer    string   // Markdown
	Pages     []string // Markdown files that become pages
	Templates string   // a folder with templates that replace those of gen
	Images    bool     // images from other hosts are shown
	From      string   // what gen diff compares with for the changelog
	Versions  []Edition
}

// An Edition is a version of the API that has a site below this one.
type Edition struct {
	Name string // "v1"
	Spec string // a description or a config
	Pos  diag.Pos
}

// LikeStainless reports whether the SDK is to have the surface of those that
// Stainless made.
func (c *Config) LikeStainless() bool { return c.Surface == "stainless" }

// InRoot reports whether all services and their types are in the root package.
func (c *Config) InRoot() bool { return c.Layout == "root" || c.Layout == "" && c.LikeStainless() }

// A Credential says how a client gets what a security scheme needs.
type Credential struct {
	Scheme      string // as the description names it
	Env         string // the environment variable that holds it
	EnvPassword string // the one that holds the password, of basic authentication
	Option      string // the name of its option without "With": "APIToken"
	Pos         diag.Pos
}

// A ClientParam is a parameter that can be set once for a client.
type ClientParam struct {
	Name    string // on the wire: "account_id"
	Env     string
	Header  string // that every request has it in, whatever the operation declares
	Query   string // the query parameter that every request has it in
	Default string
	Pos     diag.Pos
}

// A Casing is how a word is written in an exported name, wherever it stands.
type Casing struct {
	Word string // in small letters: "openai"
	Form string // "OpenAI"
	Pos  diag.Pos
}

// A Server is one that a client can be told to use by its name.
type Server struct {
	Name string
	URL  string
	Pos  diag.Pos
}

// Retries say how often and how soon failed requests are repeated. What is zero
// is the runtime's own.
type Retries struct {
	Max      *int // nil: the runtime's own
	MinDelay time.Duration
	MaxDelay time.Duration
	Pos      diag.Pos
}

// A Header is a header with the value that it always has.
type Header struct{ Name, Value string }

// An Envelope names the members of a response that wraps its result. An empty
// name is a member that the envelope does not have.
type Envelope struct {
	Result  string
	Success string
	Errors  string
	Pos     diag.Pos
}

// A Pagination says how operations are paged. Members of the response are
// given as their way from its root, joined with dots: "result_info.cursor".
// What is empty is inferred.
type Pagination struct {
	Name       string   // of the page type
	Style      string   // one of [Styles]
	Param      string   // the parameter that asks for the next page
	With       []string // further parameters that an operation must have
	Members    []string // further members that the response must have
	In         string   // where Param is: "query" or "body"; empty: as it is found
	Items      string   // the member that holds the items
	Next       string   // the member that holds the next cursor or URL
	HasMore    string   // the member that says whether there is a next page
	Total      string   // the member that counts the items of all pages
	TotalPages string   // the member that counts the pages
	Pos        diag.Pos
}

// An Operation is what is decided for one operation.
type Operation struct {
	Key        string    // its operationId, or "METHOD /path"
	Resource   string    // the way to its service, in lowerCamel: "secretsStore.stores"; [Root]: the client itself
	Method     string    // its name, in lowerCamel: "create"
	Also       []Call    // further methods that call it
	Positional *[]string // its path parameters that are arguments; nil: as the config says
	BodyName   string    // the field of the params that is the body, where that is no object
	Unwrap     string    // the member of the response that is the result
	NoUnwrap   bool      // the whole response is the result
	Skip       bool      // it is no method
	Deprecated string    // why it should not be used any more; empty: as the description says
	Timeout    time.Duration
	MaxRetries *int // nil: the client's
	Pagination *Pagination
	NoPaging   bool // it is not paged, whatever it looks like
	Stream     *Stream
	NoStream   bool // it has no streaming method, whatever it answers
	Pos        diag.Pos
}

// A Call is the place and the name of a method.
type Call struct {
	Resource string
	Method   string
	Pos      diag.Pos
}

// Root is the resource of methods of the client itself.
const Root = "$client"

// Shared is the resource of the schemas that live in package shared.
const Shared = "$shared"

// A Stream says how an operation streams. What is empty is inferred.
type Stream struct {
	Method string // the name of its streaming method, in lowerCamel: "createStreaming"
	Flag   string // the member of the body, or the query parameter, that asks for it
	Event  string // the component schema of the data of an event
	End    string // the data of the event that ends the stream
	Item   string // one of [Items]
	Pos    diag.Pos
}

// A Schema is what is decided for one component schema.
type Schema struct {
	Component string   // its name under components/schemas
	Name      string   // the name of its Go type
	Also      []string // further names of it
	Resource  string   // in lowerCamel, the top-level resource in whose package it is; [Shared]: package shared
	Pos       diag.Pos
}

// Webhooks says what the description does not about the events that the API sends.
// What is empty is inferred.
type Webhooks struct {
	Package   string     // the package of the events
	Signature string     // one of [Signatures]
	HMAC      *Signature // a scheme that has no name
	Header    string     // that names the event: "X-GitHub-Event"
	Member    string     // of the payload, that does: "type"
	Pos       diag.Pos
}

// Signatures are the ways to sign webhooks that a config can name; none is for an API
// whose deliveries a function of the user verifies.
func Signatures() []string {
	return []string{"standard", "svix", "github", "shopify", "stripe", "slack", "none"}
}

// A Signature is an HMAC in a header, as package signature of an SDK describes it.
type Signature struct {
	Header, Separator, Prefix, Hash, Encoding, Timestamp, ID, Signed, SecretPrefix string
}

// A Rule matches operations. Of each list that is not empty, something must fit.
type Rule struct {
	Paths      []string // globs: * is anything within a segment, ** anything at all
	Methods    []string // in any case
	Tags       []string
	IDs        []string // operationIds, as globs
	Extensions []string // of the operation or its path: "x-internal" if it is there and not false, "x-stage=beta" if it has the value
	Text       string   // as a flag has it; empty for one of the file
	Pos        diag.Pos
}

// A Rename is a public name that was another one. Both are as in package lockfile:
// "Client.Stores.Create", "stores.Store".
type Rename struct {
	Old string
	New string
	Pos diag.Pos
}

// Pos returns the place of the value that a way of keys leads to, as in
// cfg.Pos("envelope", "result"). Where the file ends on the way, it is the
// place that was reached, and without a file it is none.
func (c *Config) Pos(keys ...string) diag.Pos {
	n := c.root
	for _, key := range keys {
		if !n.Has(key) {
			break
		}
		n = n.Get(key)
	}
	return n.Pos()
}
