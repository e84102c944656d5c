package model

// What follows is for a reference: it is in the description, and no Go type or
// comment of the SDK has all of it. The model holds it only if it is asked for.

// Facts are what the description says of a value beyond its Go type.
type Facts struct {
	Doc         string     // CommonMark, as it was written
	Constraints []Constant // keywords of JSON Schema that limit it: maxLength 32
	Default     string     // JSON; empty if it has none
	Examples    []string   // JSON
	// Null says that it may be null.
	Null bool
}

// OperationFacts are what the description says of an operation.
type OperationFacts struct {
	Summary     string
	Doc         string // CommonMark, as it was written
	Tags        []string
	Stage       string   // of what is not settled yet: "beta"; empty if nothing is said
	Permissions []string // of which a caller needs one
	Scopes      []Scopes
	External    Link // where to read more
	Request     []*Content
	Responses   []*Response
	// Call is one that its user could write: with the values of the description's
	// examples, and without what can be left out. It has no answer.
	Call *Sample
}

// Scopes are what an operation needs of a scheme, in one alternative of its
// security.
type Scopes struct {
	Scheme string // as the description names it
	Names  []string
}

// A Link is an address and what is there.
type Link struct{ URL, Doc string }

// A Content is a body in one media type.
type Content struct {
	Media    string
	Examples []*Example
}

// An Example is a body as it goes over the wire.
type Example struct {
	Name string // empty if it has none
	Doc  string
	Text string // JSON is indented
	Made bool   // it is put together from the examples of its parts
}

// A Response is what an operation answers with.
type Response struct {
	Status  string // "200", "4XX" or "default"
	Doc     string
	Headers []*Header
	Content []*Content
}

// A Header is one of a response.
type Header struct {
	Name  string
	Facts *Facts
}

// SchemeFacts are what the description says of a credential.
type SchemeFacts struct {
	Kind    string  // "apiKey", "http", "oauth2" or "openIdConnect"
	Example string  // of the credential; empty if it has none
	Scopes  []Scope // of OAuth 2.0
	Flows   []Link  // of OAuth 2.0: what a flow is called, and where its tokens are had
}

// A Scope is a permission that a token can have.
type Scope struct{ Name, Doc string }

// APIFacts are what the description says of itself.
type APIFacts struct {
	Terms    string // the URL of the terms of service
	Contact  Link
	License  Link // Doc is its name
	External Link
	Servers  []Link
	Groups   []Group
}

// A Group is a tag and what the description says of it.
type Group struct{ Name, Doc string }
