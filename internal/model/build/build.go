package build

import (
	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/example"
	"github.com/openapi-lathe/lathe/internal/model/layout"
	"github.com/openapi-lathe/lathe/internal/model/naming"
	"github.com/openapi-lathe/lathe/internal/model/operation"
	"github.com/openapi-lathe/lathe/internal/model/reference"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Build makes the model of the SDK that a description and a config ask for.
// The model is complete unless the list has errors; then it is nil.
func Build(doc *spec.Document, cfg *config.Config) (*model.API, *diag.List) {
	problems := &diag.List{}
	facts := schema.New(doc, problems)
	registry := types.New(doc, facts, cfg, problems)
	api, ops := operation.Read(doc, facts, registry, cfg, problems)
	layout.Place(api, registry, cfg)
	naming.Settle(api, registry, facts, cfg, problems)
	if cfg.Tests {
		example.Make(doc, api, ops, problems)
	}
	if cfg.Reference {
		reference.Tell(doc, facts, registry, api, ops)
	}
	api.Degraded = facts.Degraded()
	if problems.Failed() {
		return nil, problems
	}
	return api, problems
}
