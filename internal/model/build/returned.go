package build

import (
	"github.com/openapi-lathe/lathe/internal/model/paging"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/restree"
)

// returned tells the resource tree what an operation returns: one thing or a
// collection, and the members of one thing.
func (b *builder) returned(op *operation) (restree.Returned, []string) {
	r := op.success
	switch {
	case r == nil:
		return restree.Unknown, nil
	case r.media == "" && r.stream != nil:
		return restree.Stream, nil
	case r.media == "":
		return restree.Unknown, nil
	case r.view == nil:
		return restree.One, nil
	}
	v, envelope := r.view, b.envelopeOf(r.view)
	kind := b.paging.KindOf(paging.Response{View: v, Envelope: envelope, Success: b.api.Success}, op.Path)
	if envelope != nil {
		v = b.facts.PropView(envelope)
	}
	return returnedKinds[kind], memberNames(v)
}

var returnedKinds = map[paging.Kind]restree.Returned{
	paging.AnyKind: restree.Unknown, paging.OneKind: restree.One, paging.MapKind: restree.Map, paging.ListKind: restree.List,
}

// memberNames returns the names of an object's properties.
func memberNames(v *schema.View) []string {
	var list []string
	for _, p := range v.Props {
		list = append(list, p.Name)
	}
	return list
}

// sent returns the names of the properties of an operation's request, and whether
// it is a list.
func (b *builder) sent(op *operation) (members []string, list bool) {
	body, err := b.doc.Deref(op.node.Get("requestBody"))
	if err != nil {
		return nil, false // which is reported where the body is read
	}
	for _, content := range body.Get("content").Members() {
		if s := content.Get("schema"); s != nil {
			v := b.facts.View(s)
			return memberNames(v), v.Is("array")
		}
	}
	return nil, false
}
