package schema

import (
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Facts answers questions about the schemas of one description. What it has made
// to answer them it keeps, so that the same question has the same answer; nothing
// that is asked first changes what is answered later, but for [Facts.Embed].
type Facts struct {
	doc   *spec.Document
	diags *diag.List // unresolved references, as they are met

	loose     map[*spec.Node]bool         // degraded, counted once
	numbers   map[string]int              // of what nodes say
	known     map[*spec.Node]int          // the numbers of nodes that were asked for
	merges    map[string]*spec.Node       // what stands for several schemas that are one
	parts     map[*spec.Node][]*spec.Node // those several schemas
	stands    map[*spec.Node]*spec.Node   // the schema that one which was made stands for
	extras    map[*spec.Node]*spec.Node   // what members beside the properties are, by several patterns
	bases     map[*spec.Node]bool         // what stands beside a oneOf, without it
	families  map[*spec.Node]*Family      // of schemas with a discriminator, as far as they were asked for
	extending map[*spec.Node][]*spec.Node // the components that extend a schema; nil until they were asked for
	embedded  map[*spec.Node]*spec.Node   // what the text of an event's data contains
}

// New returns the facts of a description. Unresolved references that they meet
// are added to problems.
func New(doc *spec.Document, problems *diag.List) *Facts {
	return &Facts{
		doc: doc, diags: problems,
		loose:    map[*spec.Node]bool{},
		numbers:  map[string]int{},
		known:    map[*spec.Node]int{},
		merges:   map[string]*spec.Node{},
		parts:    map[*spec.Node][]*spec.Node{},
		stands:   map[*spec.Node]*spec.Node{},
		extras:   map[*spec.Node]*spec.Node{},
		bases:    map[*spec.Node]bool{},
		families: map[*spec.Node]*Family{},
		embedded: map[*spec.Node]*spec.Node{},
	}
}

// Degrade counts a schema that comes out looser than it was described.
func (f *Facts) Degrade(n *spec.Node) { f.loose[n] = true }

// Degraded is how many schemas come out looser than they were described.
func (f *Facts) Degraded() int { return len(f.loose) }

// Components returns the names of the component schemas.
func (f *Facts) Components() []string {
	var names []string
	for name := range f.doc.Root.Get("components").Get("schemas").Members() {
		names = append(names, name)
	}
	return names
}
