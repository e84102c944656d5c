package operation

import (
	"github.com/openapi-lathe/lathe/internal/model/paging"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/restree"
)

// returned tells the resource tree what an operation returns: one thing or a
// collection, and the members of one thing.
func (rd *reader) returned(op *Operation) (restree.Returned, []string) {
	r := op.Success
	switch {
	case r == nil:
		return restree.Unknown, nil
	case r.Media == "" && r.stream != nil:
		return restree.Stream, nil
	case r.Media == "":
		return restree.Unknown, nil
	case r.view == nil:
		return restree.One, nil
	}
	v, envelope := r.view, rd.envelopeOf(r.view)
	kind := rd.paging.KindOf(paging.Response{View: v, Envelope: envelope, Success: rd.api.Success}, op.Path)
	if envelope != nil {
		v = rd.facts.PropView(envelope)
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
func (rd *reader) sent(op *Operation) (members []string, list bool) {
	body, err := rd.doc.Deref(op.Node.Get("requestBody"))
	if err != nil {
		return nil, false // which is reported where the body is read
	}
	for _, content := range body.Get("content").Members() {
		if s := content.Get("schema"); s != nil {
			v := rd.facts.View(s)
			return memberNames(v), v.Is("array")
		}
	}
	return nil, false
}
