package types

import (
	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A Registry has the types of the schemas that were asked for, and makes those
// that are asked for first. It is what lets a schema be one type wherever it is
// used, and a schema that contains itself come to an end.
type Registry struct {
	doc   *spec.Document
	cfg   *config.Config
	diags *diag.List
	facts *schema.Facts

	// Origins says of every declaration what its name is made from, and Places where
	// those stand that the description has one place for.
	Origins map[model.Decl]Origin
	Places  map[model.Decl]string

	types     map[*spec.Node]Typed
	open      map[*spec.Node]bool           // being classified, to find what contains itself
	forming   map[*spec.Node]Typed          // lists and maps whose elements are not known yet
	recursive map[*spec.Node]*model.Defined // found to contain themselves
	variants  map[*model.Variant]*spec.Node // the schema of each
	equal     equals
	forms     map[string]string // how the config writes words; nil until it is asked for
}

// New returns a registry without types. Schemas that the lock of the config knows
// as one type will be one. What is wrong with the schemas that are
// asked for is added to problems.
func New(doc *spec.Document, facts *schema.Facts, cfg *config.Config, problems *diag.List) *Registry {
	r := &Registry{
		doc: doc, cfg: cfg, diags: problems, facts: facts,
		Origins:   map[model.Decl]Origin{},
		Places:    map[model.Decl]string{},
		types:     map[*spec.Node]Typed{},
		open:      map[*spec.Node]bool{},
		forming:   map[*spec.Node]Typed{},
		recursive: map[*spec.Node]*model.Defined{},
		variants:  map[*model.Variant]*spec.Node{},
		equal:     equals{said: map[string][]*spec.Node{}, groups: map[*spec.Node]*group{}, repeats: map[model.Decl]*Repeat{}},
	}
	r.lockedEquals()
	return r
}
