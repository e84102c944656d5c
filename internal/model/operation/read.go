package operation

import (
	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/paging"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// Read reads the operations of a description that become methods, and what they
// have in common: servers, credentials, errors and pages. What is wrong with them
// is added to problems.
func Read(doc *spec.Document, facts *schema.Facts, registry *types.Registry, cfg *config.Config, problems *diag.List) (*model.API, []*Operation) {
	rd := &reader{
		doc: doc, cfg: cfg, api: &model.API{}, diags: problems, facts: facts, types: registry,
		paging: paging.NewDetector(cfg, facts, registry, problems),
	}
	rd.about()
	rd.surface()
	rd.servers()
	rd.security()
	rd.clientParams()
	rd.readOperations()
	rd.resources(rd.all)
	for _, op := range rd.lockedFirst(rd.all) {
		rd.fill(op)
	}
	rd.mergePages()
	rd.webhooks()
	rd.noOperations()
	rd.unusedSchemas()
	rd.usualSecurity()
	rd.errorData(rd.all)
	rd.checkConfig()
	return rd.api, rd.all
}

// A reader reads the operations of one description.
type reader struct {
	doc    *spec.Document
	cfg    *config.Config
	api    *model.API
	diags  *diag.List
	facts  *schema.Facts
	types  *types.Registry
	paging *paging.Detector
	plans  []*paging.Plan // of the operations that are paged
	all    []*Operation   // that become methods
	left   []*Operation   // that the config leaves out
	end    *string        // what the description says that streams of events end with, once it was looked for
}
