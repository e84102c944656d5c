package paging

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// described is what the description itself says of how an operation is paged, by
// the extensions that publishers write for generators; nil if it says nothing that
// the operation has.
func (d *Detector) described(op *model.Operation, r Response) *config.Pagination {
	if r.Node == nil {
		return nil
	}
	for _, read := range [...]func(*spec.Node) *config.Pagination{speakeasyPaging, fernPaging, pageable, d.nextLink} {
		c := read(r.Node)
		if c == nil {
			continue
		}
		c.Pos = r.Node.Pos()
		if c.Param != "" && configuredMove(op, c.Param).Param != "" && !asksFor(op, c.Param) {
			continue
		}
		if c.Items != "" && !d.hasMember(r.View, c.Items) || c.Next != "" && !d.hasMember(r.View, c.Next) {
			continue
		}
		return c
	}
	return nil
}

// asksFor reports whether an operation has a parameter of the query, or a member
// of its body.
func asksFor(op *model.Operation, param string) bool {
	for _, in := range op.Inputs {
		if in.In == model.InQuery && in.Name == param {
			return true
		}
	}
	return bodyMember(op, param) != nil
}

// speakeasyPaging reads x-speakeasy-pagination:
// https://www.speakeasy.com/docs/customize/runtime/pagination.
func speakeasyPaging(n *spec.Node) *config.Pagination {
	x := n.Get("x-speakeasy-pagination")
	if x == nil {
		return nil
	}
	out := x.Get("outputs")
	c := &config.Pagination{Items: member(out.Get("results")), Total: "", TotalPages: member(out.Get("numPages"))}
	var page, offset, cursor string
	for _, in := range x.Get("inputs").Elements() {
		name := in.Get("name").Text()
		switch in.Get("type").Text() {
		case "page":
			page = name
		case "offset":
			offset = name
		case "cursor":
			cursor = name
		}
	}
	switch x.Get("type").Text() {
	case "url":
		c.Style, c.Next = "next_url", member(out.Get("nextUrl"))
	case "cursor":
		c.Style, c.Param, c.Next = "cursor", cursor, member(out.Get("nextCursor"))
	case "offsetLimit":
		c.Style, c.Param = "page", page
		if page == "" {
			c.Style, c.Param = "offset", offset
		}
	}
	if c.Style == "" || c.Style != "next_url" && c.Param == "" || c.Style == "next_url" && c.Next == "" {
		return nil
	}
	return c
}

// fernPaging reads x-fern-pagination: a cursor or an offset, and where the items
// are. https://buildwithfern.com/learn/api-definition/openapi/extensions/pagination.
func fernPaging(n *spec.Node) *config.Pagination {
	x := n.Get("x-fern-pagination")
	c := &config.Pagination{Items: member(x.Get("results")), HasMore: member(x.Get("has-next-page"))}
	if param := member(x.Get("cursor")); param != "" {
		c.Style, c.Param, c.Next = "cursor", param, member(x.Get("next_cursor"))
		return c
	}
	if param := member(x.Get("offset")); param != "" {
		c.Style, c.Param = "offset", param
		if strings.Contains(strings.ToLower(param), "page") {
			c.Style = "page"
		}
		return c
	}
	if next := member(x.Get("next_uri")); next != "" {
		c.Style, c.Next = "next_url", next
		return c
	}
	return nil
}

// pageable reads x-ms-pageable: https://azure.github.io/autorest/extensions/.
func pageable(n *spec.Node) *config.Pagination {
	x := n.Get("x-ms-pageable")
	next := x.Get("nextLinkName").Text()
	if next == "" {
		return nil // all of it is one page
	}
	items := x.Get("itemName").Text()
	if items == "" {
		items = "value"
	}
	return &config.Pagination{Style: "next_url", Items: items, Next: next}
}

// nextLink reads a link to the operation itself, which says what of the response
// is which parameter of the next request (OpenAPI, Link Object).
func (d *Detector) nextLink(n *spec.Node) *config.Pagination {
	id := n.Get("operationId").Text()
	if id == "" {
		return nil
	}
	for status, response := range n.Get("responses").Members() {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		for name, link := range d.facts.Deref(response).Get("links").Members() {
			if link.Get("operationId").Text() != id || !strings.Contains(strings.ToLower(name), "next") {
				continue
			}
			for param, value := range link.Get("parameters").Members() {
				if path, ok := strings.CutPrefix(value.Text(), "$response.body#/"); ok {
					return &config.Pagination{Style: "cursor", Param: strings.TrimPrefix(param, "query."), Next: strings.ReplaceAll(path, "/", ".")}
				}
			}
		}
	}
	return nil
}

// member is the path to a member that an extension names: $.a.b of a JSONPath,
// $response.a.b and $request.a of Fern's.
func member(n *spec.Node) string {
	text := n.Text()
	for _, prefix := range [...]string{"$response.", "$request.", "$."} {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			text = rest
		}
	}
	if strings.ContainsAny(text, "$[*") {
		return "" // no path to one member
	}
	return text
}
