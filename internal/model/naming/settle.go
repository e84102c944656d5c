package naming

import (
	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// Settle names everything in an API, with the old names of what was renamed beside
// the new ones, and lists the public names in api.Names. Clashes are added to
// problems.
func Settle(api *model.API, registry *types.Registry, facts *schema.Facts, cfg *config.Config, problems *diag.List) {
	n := &namer{api: api, types: registry, facts: facts, cfg: cfg, diags: problems, kept: map[*lockfile.Entry]bool{}, plain: map[string]bool{}}
	for _, c := range facts.Components() {
		n.plain[ident.Exported(c)] = true
	}
	n.settle()
	n.publish()
	n.rename()
}

type namer struct {
	api     *model.API
	types   *types.Registry
	facts   *schema.Facts
	cfg     *config.Config
	diags   *diag.List
	kept    map[*lockfile.Entry]bool            // names that were given to what they are for
	imports map[*model.Package][]*model.Package // of packages of resources, for the sake of aliases
	plain   map[string]bool                     // the Go names that component schemas have of their own
}
