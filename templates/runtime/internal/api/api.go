package api

import (
	"reflect"
	"time"
)

// API is what is particular to one API: the data that the generated client
// hands to the transport. It is not changed after the program has started.
type API struct {
	Name    string // of its package
	Version string // of the description

	BaseURL    string // of the first server
	BaseURLEnv string // the environment variable that overrides BaseURL; "" for none
	UserAgent  string // the default of the header

	Credentials []Credential
	Security    Security // what an operation accepts that declares nothing of its own
	Fallback    Security // what else is worth a try with the credentials that there are
	Params      []ClientParam
	Envelope    Envelope

	// Server is BaseURL with its variables as {name}; "" if it has none.
	Server    string
	Variables []Variable

	// RequestID names the response headers that may hold the API's name for a
	// request, best first. Nil is the usual ones.
	RequestID []string
	// RetryCount names the request header that says which repetition an attempt
	// is; "" sends none.
	RetryCount string
	// Timeout and Retries are the client's where no option says otherwise; zero and
	// nil are the defaults of this package.
	Timeout time.Duration
	Retries *Retries
	// Headers are what every request has, unless an option says otherwise.
	Headers []Field

	// IdempotencyKey names the header of an idempotency key; "" is
	// Idempotency-Key.
	IdempotencyKey string
	// ReadXML turns a document into the JSON of a value of a type; nil if the API
	// has none.
	ReadXML func(doc []byte, t reflect.Type) ([]byte, error)
}

// Place is where in a request a value goes.
type Place uint8

// The places of credentials and parameters.
const (
	Header Place = iota
	Query
	Cookie
	inPath
)

// Credential is one security scheme: a secret and where it goes.
type Credential struct {
	Name   string // of the scheme in the description
	Option string // the option that sets it, such as "WithAPIToken"
	Env    string // the environment variable it is read from; "" for none
	In     Place
	Key    string // name of the header, query parameter or cookie
	Prefix string // before the value, such as "Bearer "

	// Basic makes it HTTP basic authentication: Env holds the user name and
	// EnvPassword the password, and Prefix is not used.
	Basic       bool
	EnvPassword string

	// TokenURL says that the value may also be an access token that an OAuth 2.0
	// client fetches for itself (RFC 6749, section 4.4), there, with the id and
	// the secret of EnvID and EnvSecret, for Scopes. It may be relative to the
	// server.
	TokenURL     string
	Scopes       []string
	EnvID        string
	EnvSecret    string
	ClientOption string // the option that sets id and secret
	TokenOption  string // the option that sets TokenURL
}

// Security is what an operation accepts: any one of the alternatives, each a
// list of credentials by name that are needed together. An empty alternative
// accepts a request without credentials.
type Security [][]string

// Retries say how often and how soon failed requests are repeated.
type Retries struct {
	Max      int
	MinDelay time.Duration // zero: DefaultMinDelay
	MaxDelay time.Duration // zero: DefaultMaxDelay
}

// Field is a header with its value.
type Field struct{ Name, Value string }

// ClientParam is a parameter that may be set once for a client: of paths, or of
// every request if it has a header or a query parameter.
type ClientParam struct {
	Name    string // of the parameter in the description
	Option  string // the option that sets it
	Env     string // the environment variable it is read from; "" for none
	Header  string // that every request has it in; "" for none
	Query   string // the query parameter that every request has it in; "" for none
	Default string
}

// Variable is a variable of the server's URL.
type Variable struct {
	Name    string
	Option  string   // the option that sets it
	Default string   // its value where nothing is set
	Values  []string // all that it may be; nil is anything
}

// Envelope is the object that the API wraps round every result.
type Envelope struct {
	// Success names the member that is false when a call failed, whatever the
	// status of the response; "" for none.
	Success string
}
