package operation

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model/paging"
)

// about reads what the description says of itself.
func (rd *reader) about() {
	info := rd.doc.Root.Get("info")
	rd.api.Title = strings.TrimSpace(info.Get("title").Text())
	rd.api.Doc = info.Get("description").Text()
	rd.api.Version = info.Get("version").Text()
	rd.api.Package = rd.cfg.Package
	rd.api.Module = rd.cfg.Module
	rd.api.Go = rd.cfg.Go
	rd.api.Release = strings.TrimPrefix(rd.cfg.Version, "v")
	if rd.api.Go == "" {
		rd.api.Go = "1.26"
	}
	rd.api.Schemas = rd.doc.Root.Get("components").Get("schemas").Len()
}

// mergePages makes the page types of the SDK.
func (rd *reader) mergePages() {
	rd.api.Pages = paging.Merge(rd.plans, rd.types, rd.cfg.Lock)
	for _, p := range rd.plans {
		p.Op.Result.Page = p.Page
	}
}
