package model

import (
	"time"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// A Name is what something is called in the description and in Go.
type Name struct {
	Spec string
	Go   string
}

// API is a whole SDK.
type API struct {
	Title   string
	Doc     string
	Version string // of the API, as the description has it

	Package string // the name of the root package, which also names the SDK in messages
	Module  string // the import path of the root package
	Go      string // the language version of the SDK: "1.26"
	Surface Surface
	Timeout time.Duration // of an attempt; zero: the runtime's own
	Retries *Retries      // nil: the runtime's own
	Headers []Constant    // that every request has
	Servers []*NamedServer
	Release string // the version of the SDK, without a v; empty if it has none
	License []byte // the text of its license; nil if there is none

	BaseURL    string // without a trailing slash; empty if the description has none
	BaseURLEnv string
	Server     string // BaseURL with its variables as {name}; empty if it has none
	Variables  []*ServerVariable
	Schemes    []*Scheme
	Security   Security // what most operations accept; theirs is nil then
	Fallback   Security // what the description says of all of them, if it is not the same
	Params     []*ClientParam
	Success    string // the member of an envelope that says whether a call succeeded; empty if there is none
	ErrorData  *ErrorData
	Errors     []*ErrorBody // that most operations share; none if ErrorData tells of them
	XML        bool         // some bodies are XML that has types

	// IdempotencyKey is the header of an idempotency key, if the operations that
	// have one call it other than Idempotency-Key.
	IdempotencyKey string
	Names          []Public // every public name that the description decides

	Root      *Resource // its operations are methods of the client, its children the client's fields
	Pages     []*Page
	Packages  []*Package // every package that holds types, in the order of the description
	Operation int        // how many operations the description has
	// Operations are those that are methods, in the order of the description.
	Operations []*Operation
	Filtered   []diag.Span // where those of them are that the config leaves out
	Schemas    int         // how many component schemas it has
	Degraded   int         // how many of its schemas came out looser than they were described

	Spare    []Type    // of schemas that nothing refers to, if they are asked for
	Webhooks *Webhooks // nil if the API sends no events
	Unused   int       // how many component schemas nothing refers to, and have no type

	Facts *APIFacts // for a reference; nil unless it is asked for, as all facts are
}

// ImportPath returns the import path of a package of the SDK, of which the empty
// one is the root.
func (a *API) ImportPath(pkg string) string {
	if pkg == "" {
		return a.Module
	}
	return a.Module + "/" + a.Folder(pkg)
}

// Folder returns where a package of the SDK is below its root.
func (a *API) Folder(pkg string) string {
	if a.Surface == Stainless {
		switch pkg {
		case "param", "pagination", "ssestream":
			return "packages/" + pkg
		}
	}
	return pkg
}

// A Public is a name that users of the SDK write, and where it is from; package
// lock says how both are written.
type Public struct {
	Name  string
	Place string
	Pos   diag.Pos
}

// A Package is a Go package of the SDK.
type Package struct {
	Name string
	Path string // below the module
	Doc  string
	// Types are the declarations of the package, without the params structs,
	// which stand beside their operation.
	Types []Decl
}

// The paths of the packages that are not a resource's.
const (
	SharedPath     = "shared"
	PaginationPath = "pagination"
	APIErrorPath   = "apierror"
	StreamingPath  = "streaming"
	SignaturePath  = "signature"
)

// Surface is the shape of an SDK.
type Surface int

// The surfaces: our own, and that of the SDKs that Stainless made.
const (
	Lathe Surface = iota
	Stainless
)

// A Resource is a service: a group of operations, and further groups below it.
type Resource struct {
	Name     Name   // the field that leads to it: "stores", Stores
	Call     string // the way to it from the client: "SecretsStore.Stores"
	Service  string // the Go type
	New      string // the function that makes one by itself; empty if there is none
	Make     string // the function that makes one for a client; empty if there is none
	Package  *Package
	File     string // without its extension
	Doc      string
	Methods  []*Operation
	Children []*Resource
	Parent   *Resource // nil for the root
	Path     []string  // the names of it and what it is below, in lowerCamel: secretsStore, stores

	Old, OldService []string // what the field and the type were called before
}

// An Operation is a method of a service.
type Operation struct {
	Pos        diag.Pos
	ID         string
	Method     string // GET, POST, …
	Path       string // the template, with what belongs to it of the server's path
	Name       Name
	Resource   *Resource // whose method it is
	Call       string    // "SecretsStore.Stores.Create"
	Reason     string    // why it is called so
	As         string    // which of several methods of its operation it is; empty: the first
	Rule       string    // the rule that named it, as docs/naming.md has it
	Lost       []string  // the rules that would have, had that one not
	Doc        string
	Deprecated string // why, or a general sentence; empty if it is not

	Args   []*Arg  // the positional parameters
	Params *Object // nil if it would be empty
	Inputs []*Input
	Fixed  []*Fixed // parameters with one allowed value, which the method sets
	Body   *Body    // nil if it takes none
	Query  *Flag    // a query parameter that the method sets; nil if there is none
	Takes  []string // media types of the body that it also takes, without a field

	Result   Result
	Errors   []*ErrorBody // what it says of its errors' bodies, in the order of the description
	Accept   string       // empty: JSON
	Headers  []string     // that a successful response is said to have
	Security Security     // nil: the API's
	Server   string       // a base URL of its own; empty: the API's
	// IdempotencyKey is the header of one that it declares; empty if it does not.
	IdempotencyKey string
	// ShouldRetry says of a status ("409", "4XX", "default") whether to try again,
	// where the description does.
	ShouldRetry map[string]bool
	Timeout     time.Duration // of an attempt; zero: the client's
	MaxRetries  *int          // nil: the client's
	Paging      string        // how it is paged, for people: "page number (page)"; empty if it is not
	Samples     []*Sample     // calls for tests; none unless they are asked for

	// Streaming is the method that asks for the same as a stream; nil if there is
	// none. It shares the arguments and the params.
	Streaming *Operation

	Facts *OperationFacts
	Old   []string // what it was called before
}

// An Arg is a positional parameter of a method.
type Arg struct {
	Name  Name
	Own   string // the name that the description gives it for generators; empty if it gives none
	Type  Type
	Facts *Facts
}

// An Input is a parameter of the request and the Go value that it takes.
type Input struct {
	Name  string // on the wire
	In    In
	Style Style
	// FromZero says of a number in the query that it counts from zero.
	FromZero bool
	// AllowReserved leaves reserved characters in a query as they are.
	AllowReserved bool
	// Exactly one of Arg and Field is the source.
	Arg   *Arg
	Field *Field
}

// A Fixed is a required parameter that has one allowed value: a fact of the
// operation, and nothing for a caller to say.
type Fixed struct {
	Name  string // on the wire
	In    In
	Style Style
	Value string // as text
}

// In is where a parameter goes.
type In int

// The places of a parameter.
const (
	InPath In = iota
	InQuery
	InHeader
	InCookie
)

// String is the word for the place (OpenAPI 3, Parameter Object, "in").
func (in In) String() string { return [...]string{"path", "query", "header", "cookie"}[in] }

// Style is how a parameter is written out (OpenAPI 3, "Style Values").
type Style int

// The styles. Default is simple for paths and headers, exploded form for the
// rest.
const (
	Default Style = iota
	FormJoined
	SpaceDelimited
	PipeDelimited
	DeepObject
	Brackets
	Dots
	SimpleExploded
	Label
	LabelExploded
	Matrix
	MatrixExploded
	JSONContent
	CookieVerbatim         // nothing is encoded
	CookieVerbatimExploded // the same, with a cookie for each text
	QueryText              // the text is the whole query
	QueryJSON              // the JSON is the whole query
)

// A Body is what an operation sends.
type Body struct {
	// Empty says that an empty object is sent, in which there is nothing to say.
	Empty       bool
	Kind        BodyKind
	ContentType string
	Required    bool
	Root        string // of XML: the outermost element, as a tag has it
	Field       *Field // the field of the params struct that is the body; nil: the struct itself
	Flag        *Flag  // a member that the method sets; nil if there is none
	Parts       []*Part
	// Others are bodies of other media types: with a Field, which is sent in place
	// of this one if it is set, or for callers who ask for the media type.
	Others []*Body
}

// A Flag is a member of a body, or a query parameter, that says whether the answer is to be a stream,
// which the method knows and its caller does not say.
type Flag struct {
	Name  string
	Value bool
}

// A Part is a member of a form or multipart body that is not written as usual.
type Part struct {
	Name          string
	ContentType   string
	Style         Style
	Styled        bool // Style says how
	AllowReserved bool
	Header        []Constant // that are always sent
}

// A Constant is a name and the text that it always has.
type Constant struct{ Name, Value string }

// BodyKind is how a body is written.
type BodyKind int

// The kinds of bodies.
const (
	JSONBody BodyKind = iota
	FormBody
	MultipartBody
	StreamBody
	TextBody
	LinesBody    // many values, each on a line of its own (JSON lines, NDJSON)
	SequenceBody // many values as a JSON text sequence (RFC 7464)
	XMLBody
)

// A Result is what a method returns beside its error.
type Result struct {
	Kind   ResultKind
	Type   Type   // of a value; of an item, if it is a page or a stream
	XML    bool   // the value is read from XML
	Root   string // of XML: the outermost element, as a tag has it; empty: the one member of the value
	Unwrap string // the member of the response that is the value; empty: all of it
	Page   *Page
	Cursor string // the query parameter that the next page moves
	Body   bool   // it moves a member of the body, to which Cursor is the way: names joined with dots
	Number bool   // that member is a number
	Zero   bool   // pages count from zero
	Empty  bool   // the description lets a response with status 200 be without it, or null
	All    string // the name of the twin that yields items; empty if there is none
	Stream *Stream
	OldAll []string
}

// A Stream is how a result of many values is written, which are read as they
// come.
type Stream struct {
	Framing Framing
	End     string   // the data of the event after which nothing comes; empty if there is none
	Whole   bool     // a value is an event with its fields, not its data alone
	Text    bool     // the data of an event is text, not JSON
	Mixed   []string // the events whose data is the other of the two
	AsJSON  bool     // the media type is that of one value of JSON, which lines are sent as
	Typed   bool     // the values can tell of a failure, so that one is no error
}

// Framing is how the values of a stream are told apart.
type Framing int

// The framings.
const (
	EventStream  Framing = iota // server-sent events (WHATWG HTML, section 9.2)
	JSONLines                   // a value on each line
	JSONSequence                // a JSON text sequence (RFC 7464)
)

// String describes a framing for people.
func (f Framing) String() string {
	return [...]string{EventStream: "server-sent events", JSONLines: "JSON lines", JSONSequence: "JSON sequence"}[f]
}

// ResultKind is the kind of a result.
type ResultKind int

// The kinds of results.
const (
	NoResult ResultKind = iota
	ValueResult
	PageResult
	StreamResult // a download: a body that the caller reads
	TextResult
	ItemsResult // a stream of values
)

// Security is a choice of alternatives, each a list of schemes that are needed
// together. An empty alternative means that no credential is needed.
type Security [][]string

// A Scheme is a credential that a client can hold.
type Scheme struct {
	Name   string // in the description
	Option Option // sets the credential: WithAPIToken
	Arg    string
	Doc    string
	Words  []string // for the credential: "api key"
	Env    string
	In     In
	Key    string // the header, query parameter or cookie
	Prefix string // what stands before the credential: "Bearer "
	Basic  bool   // the credential is a user name, in Env, and a password

	EnvPassword string // of a basic one

	Source Option // takes a function: WithAPITokenFunc; none for a basic one

	Facts *SchemeFacts
	Grant *Grant // of OAuth 2.0; nil if the client cannot fetch tokens for itself
	Pos   diag.Pos
}

// An Option is a function of package option that only this SDK has.
type Option struct {
	Go  string   // empty if there is none
	Old []string // what it was called before
}

// A Grant is how a client fetches access tokens for itself: the client
// credentials grant of RFC 6749, section 4.4.
type Grant struct {
	Client    Option // sets id and secret: WithOAuthClientCredentials
	Place     Option // sets URL: WithOAuthTokenURL
	URL       string
	Scopes    []string // that operations need
	EnvID     string
	EnvSecret string
}

// Retries say how often and how soon failed requests are repeated.
type Retries struct {
	Max                int // -1: the runtime's own
	MinDelay, MaxDelay time.Duration
}

// A NamedServer is one that an option chooses.
type NamedServer struct {
	Name   string
	URL    string
	Option Option // WithEnvironmentSandbox
	Pos    diag.Pos
}

// A ServerVariable is a variable of the server's URL.
type ServerVariable struct {
	Name    string
	Option  Option // sets it: WithRegion
	Arg     string // the option's parameter: region
	Doc     string
	Default string
	Values  []string // all that it may be; nil: anything
	Pos     diag.Pos
}

// A ClientParam is a parameter that can be set once for a client.
type ClientParam struct {
	Name   string
	Option Option // sets it: WithAccountID
	Arg    string // the option's parameter: accountID
	Env    string
	Doc    string
	Pos    diag.Pos

	Header  string // that every request has it in; empty if none has
	Query   string // the query parameter that every request has it in
	Default string
}

// An ErrorBody is the type of the bodies of some errors of an operation.
type ErrorBody struct {
	Type     Type
	Statuses []string // "422", "4XX" or "default"
	XML      bool     // some of them are
}

// ErrorData is where an error response has its problems, and what one is.
type ErrorData struct {
	Member  string  // of the response: the list of problems
	Data    *Object // the type of one, in package apierror or shared
	Code    *Field  // of Data; nil if it has none
	Message *Field  // of Data
	XML     bool    // it is of XML
	Tag     string  // of Member for XML, if it says more than the one for JSON
	Place   string  // where the schema of the response stands
}
