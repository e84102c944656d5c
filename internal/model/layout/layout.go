package layout

import (
	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// Place gives every declaration of an SDK its package and file, and every field
// its last shape. Where a declaration has been, as far as the lock knows, counts as
// a place that uses it.
func Place(api *model.API, registry *types.Registry, cfg *config.Config) {
	p := &placer{api: api, types: registry, cfg: cfg, lock: cfg.Lock}
	p.breakLoops()
	p.markRequests()
	p.markResponses()
	p.markXML()
	p.packages()
	p.furtherNames()
	p.onlyReceived()
	p.orNull()
}

type placer struct {
	api   *model.API
	types *types.Registry
	cfg   *config.Config
	lock  *lockfile.Lock
}
