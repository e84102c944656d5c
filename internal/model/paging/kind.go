package paging

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
)

// A Kind says what the schema of a response describes.
type Kind int

const (
	AnyKind  Kind = iota // the schema does not say
	OneKind              // one thing; with a list in it, beside other things, too
	MapKind              // values by their names
	ListKind             // a list, or an envelope of one
)

// KindOf tells a collection from one thing by the schema of a response. The path
// of its operation says what a list would be called.
func (d *Detector) KindOf(r Response, path string) Kind {
	v := r.View
	if r.Envelope != nil {
		v = d.facts.PropView(r.Envelope)
	}
	return d.kind(v, beforePreposition(lastStep(path)), r.Success, 2)
}

// kind tells a collection from one thing by its schema. A list is an array, or
// an object that has nothing but one, with what tells of its pages or of the
// call. That object may be the data of
// another one, depth levels down.
func (d *Detector) kind(v *schema.View, step string, success string, depth int) Kind {
	switch {
	case v.Is("array"):
		return ListKind
	case !v.Is("object") || len(v.Props) == 0 && v.Extra == nil:
		if len(v.Kinds) == 0 {
			return AnyKind
		}
		return OneKind
	}
	named := false // the object has an identity, so that it is more than the list in it
	asides, arrays := 0, 0
	goesOn := false // something leads to more of the list
	var list *schema.Prop
	for _, p := range v.Props {
		switch {
		case d.facts.PropView(p).Is("array") && (isItems(p.Name, step) || !d.isStatus(p, success)):
			arrays++
			if list == nil || isItems(p.Name, step) && !isItems(list.Name, step) {
				list = p
			}
		case d.isStatus(p, success), isAside(p.Name):
			asides++
			goesOn = goesOn || leadsOn(p.Name)
		case identities[ident.Fold(p.Name)]:
			named = true
		}
	}
	switch {
	case list != nil && ident.Fold(list.Name) == ident.Fold(step) && ident.Plural(step):
		return ListKind // beside the name of what it belongs to
	case list != nil && !named && (isConventional(list.Name) || isItems(list.Name, step) && ident.Plural(step)):
		return ListKind
	case list != nil && !named && arrays == 1 && asides == len(v.Props)-1 && (goesOn || asides == 0 || isItems(list.Name, step)):
		return ListKind
	case list != nil:
		return OneKind
	}
	for _, name := range []string{"data", "result", "response", "payload", "meta", "_embedded", "entry"} {
		if p := v.Prop(name); p != nil && depth > 0 && d.kind(d.facts.PropView(p), step, success, depth-1) == ListKind {
			return ListKind
		}
	}
	if v.Extra != nil && len(v.Props) == 0 {
		return MapKind
	}
	return OneKind
}

// isItems reports whether a member is called like one that holds the items of a
// list: data, or as the step of the path that the list is at.
func isItems(name, step string) bool {
	if isConventional(name) || ident.Fold(name) == ident.Fold(step) {
		return true
	}
	of, thing := singulars(step), singulars(name)
	return ident.Plural(name) && len(thing) <= len(of) && (slices.Equal(of[len(of)-len(thing):], thing) || slices.Equal(of[:len(thing)], thing))
}

// isConventional reports whether a member is called as many APIs call the items
// of a list. Not content: a message has that.
func isConventional(name string) bool {
	f := ident.Fold(name)
	return f != "content" && slices.Contains(itemsMembers, f)
}

// identities are the members by which an object is known, and a list is not.
var identities = map[string]bool{"id": true, "uuid": true, "guid": true, "name": true, "slug": true, "title": true}

// isAside reports whether a member only tells of a list: how long it is, where it
// goes on, what it is of.
func isAside(name string) bool {
	f := ident.Fold(name)
	for _, members := range roleMembers {
		if slices.Contains(members, f) {
			return true
		}
	}
	switch f {
	case "count", "size", "pages", "first", "last", "prev", "previous", "firstid", "object", "kind", "type", "self", "href", "url", "status", "code", "version", "timestamp", "requestid", "resultcount", "length", "start", "end", "from", "to", "uri", "link":
		return true
	}
	return tellsOfPages(name) || isLink(name) || strings.HasPrefix(f, "next") || strings.HasPrefix(f, "prev") || strings.HasPrefix(f, "total") || strings.HasPrefix(f, "num")
}

// leadsOn reports whether a member says that there is more of a list, or where.
func leadsOn(name string) bool {
	f := ident.Fold(name)
	return slices.Contains(roleMembers[model.Next], f) || slices.Contains(roleMembers[model.HasMore], f) || slices.Contains(roleMembers[model.TotalItems], f) || strings.HasPrefix(f, "next")
}

// singulars returns the words of a text, each in the singular.
func singulars(text string) []string {
	words := ident.Words(text)
	for i, w := range words {
		words[i] = ident.Singular(w)
	}
	return words
}

// beforePreposition returns the words of a step that say what it is of:
// stops-for-route are stops.
func beforePreposition(step string) string {
	words := ident.Words(step)
	for i, w := range words {
		if i > 0 && (w == "for" || w == "of" || w == "by" || w == "with" || w == "in") {
			return strings.Join(words[:i], " ")
		}
	}
	return step
}

// lastStep returns the last step of a path that is no parameter.
func lastStep(path string) string {
	for _, step := range slices.Backward(strings.Split(path, "/")) {
		if step != "" && !strings.Contains(step, "{") {
			step, _, _ = strings.Cut(step, ".")
			return step
		}
	}
	return ""
}
