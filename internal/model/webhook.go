package model

import "github.com/openapi-lathe/lathe/internal/diag"

// Webhooks are the events that an API sends to its users: the webhooks of OpenAPI
// 3.1, and the callbacks of operations.
type Webhooks struct {
	Package   *Package
	Union     *Union // of the payloads of all events
	Events    []*Webhook
	Header    string // that names the event; empty if none does
	Signature *Signature
	Choices   []*Choice // of each variant, if a header names the event
	Status    int       // of the answer to one that was handled; 0: 204
}

// A Webhook is an event.
type Webhook struct {
	Spec       string // its name in the description
	Pos        diag.Pos
	Doc        string
	Deprecated string
	Callback   string   // the route of the operation that asks for it; empty if it is a webhook
	Variant    *Variant // nil if it has no payload in JSON that has a type
	Names      []string // that the header may have for it
}

// A Signature is how deliveries are signed: a scheme of package signature by its name
// there, or one made of its parts; nil if there is no saying.
type Signature struct {
	Name  string
	Parts []Constant // field and text
}

// Choice is what tells a variant from others with the same name in the header: a
// member and the values that it has.
type Choice struct {
	Variant *Variant
	Names   []string
	Member  string
	Values  []string
}
