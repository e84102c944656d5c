package naming

import (
	"slices"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/types"
)

// nameStreaming names the second methods of a service: after the first, and
// after nothing else that the service has. Those that have had a name keep it.
func (n *namer) nameStreaming(s *model.Resource, sc *scope) {
	settle := func(m *model.Operation, name model.Name) {
		m.Streaming.Name = name
		m.Streaming.Reason = "the stream that " + m.Name.Spec + " can answer with"
	}
	var fresh []*model.Operation
	for _, m := range s.Methods {
		if m.Streaming == nil {
			continue
		}
		if n.streamingName(m) == "" {
			if name := n.keep(sc, lockfile.Call, types.StreamPlace(m), nil); name != "" {
				settle(m, model.Name{Spec: ident.Camel(name), Go: name})
				continue
			}
		}
		fresh = append(fresh, m)
	}
	for _, m := range fresh {
		candidates := []string{"Streaming", "Stream", "Events", "AsStream"}
		for i := range candidates {
			candidates[i] = m.Name.Spec + candidates[i]
		}
		if name := n.streamingName(m); name != "" {
			candidates = slices.Insert(candidates, 0, name)
		}
		i := slices.IndexFunc(candidates, func(name string) bool { return sc.owner(ident.Exported(name)) == nil })
		if i < 0 {
			n.diags.Warningf(m.Pos, "stream-name", "%s %s also answers with a stream, but all names for a method of its own are taken; give it one with stream.method", m.Method, m.Path)
			m.Streaming = nil
			continue
		}
		settle(m, model.Name{Spec: candidates[i], Go: ident.Exported(candidates[i])})
		sc.reserve(m.Streaming.Name.Go)
	}
}

// streamingName is what the config calls the method that streams; empty if it
// does not say.
func (n *namer) streamingName(m *model.Operation) string {
	if m.As != "" {
		return "" // after the method that it is of
	}
	if op := n.cfg.ForOperation(m.ID, types.Route(m)); op != nil && op.Stream != nil {
		return op.Stream.Method
	}
	return ""
}
