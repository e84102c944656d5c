package sdktest

import (
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// sizes are what APIs call the number of items that a page may have.
var sizes = []string{
	"per_page", "perPage", "page_size", "pageSize", "limit", "size", "count", "max_results", "maxResults",
	"first", "top", "$top", "take", "rows", "page[size]", "page[limit]", "pagelen", "maxItems", "max_items",
}

// start is the query parameter of the URLs of pages, for APIs that have a URL
// for each.
const start = "sdktest_start"

// page writes the page of a list that the request asks for.
func (a *answer) page(result any, out words, header http.Header) ([]byte, error) {
	about := parseWords(a.server.about.pages[out["page"]])
	p := paging{answer: a, words: about, out: out, items: reflect.ValueOf(result)}
	if !p.items.IsValid() || p.items.Kind() != reflect.Slice {
		p.items = reflect.ValueOf([]any{})
	}
	if err := p.find(); err != nil {
		return nil, err
	}
	items, err := api.Encode(p.items.Slice(p.from, p.to).Interface())
	if err != nil || about.has("bare") {
		p.link(header)
		return items, err
	}
	body := tree{}
	a.server.about.succeed(body)
	p.facts(body)
	body.set(about.way("items"), items)
	p.link(header)
	return body.encode()
}

// paging is the page of a list that a request asks for.
type paging struct {
	*answer
	words
	out      words // of the operation
	items    reflect.Value
	size     int
	from, to int // of the items
	number   int // of the page
}

// find finds the page.
func (p *paging) find() error {
	count := p.items.Len()
	p.size = p.asked()
	first := 1
	if p.out.has("zero") {
		first = 0
	}
	p.number = first
	if p.has("single") {
		p.to = count
		return nil
	}
	cursor := p.cursor()
	if p.has("url") || p.has("link") {
		cursor = p.call.Query.Get(start)
	}
	n, err := strconv.Atoi(cursor)
	switch {
	case cursor == "":
	case p.has("last"):
		if n, err = p.after(cursor); err != nil {
			return err
		}
		p.from = n
	case err != nil || n < 0:
		return Status(http.StatusBadRequest)
	case p.has("number"):
		p.number = max(n, first)
		p.from = (p.number - first) * p.size
	default:
		p.from = n
	}
	p.from = min(p.from, count)
	p.to = min(p.from+p.size, count)
	return nil
}

// cursor is which page the request asks for; "" is the first.
func (p *paging) cursor() string {
	if name := p.out.text("cursor"); name != "" {
		return p.call.Query.Get(name)
	}
	way := p.out.way("member")
	if way == nil {
		return ""
	}
	return text(member(p.call.Body, way))
}

// member returns what a way leads to in JSON; nil if there is nothing.
func member(data []byte, way []string) jsontext.Value {
	for _, step := range way {
		var members map[string]jsontext.Value
		if json.Unmarshal(data, &members, api.Lenient()) != nil {
			return nil
		}
		data = members[step]
	}
	return data
}

// text returns a string or number in JSON as text.
func text(v jsontext.Value) string {
	switch v.Kind() {
	case '"':
		if plain, err := jsontext.AppendUnquote(nil, v); err == nil {
			return string(plain)
		}
	case '0':
		return string(v)
	}
	return ""
}

// asked returns how many items the request asks for.
func (p *paging) asked() int {
	for _, name := range sizes {
		given := p.call.Query.Get(name)
		if given == "" && p.out.has("member") {
			given = text(member(p.call.Body, []string{name}))
		}
		if n, err := strconv.Atoi(given); err == nil && n > 0 {
			return n
		}
	}
	if p.server.PageSize > 0 {
		return p.server.PageSize
	}
	return DefaultPageSize
}

// after returns the place of what follows the item with an id.
func (p *paging) after(id string) (int, error) {
	for i := range p.items.Len() {
		item, err := api.Encode(p.items.Index(i).Interface())
		if err != nil {
			return 0, err
		}
		if text(member(item, []string{"id"})) == id {
			return i + 1, nil
		}
	}
	return 0, Status(http.StatusBadRequest)
}

// facts writes what the page says of its place in the list.
func (p *paging) facts(body tree) {
	more := p.to < p.items.Len()
	numbers := map[string]int{
		"page": p.number, "per_page": p.size, "offset": p.from,
		"total": p.items.Len(), "pages": (p.items.Len() + p.size - 1) / p.size,
	}
	for _, name := range []string{"page", "per_page", "offset", "total", "pages"} {
		if way := p.way(name); way != nil {
			body.set(way, jsontext.Value(strconv.Itoa(numbers[name])))
		}
	}
	if way := p.way("more"); way != nil {
		body.set(way, jsontext.Value(strconv.FormatBool(more)))
	}
	if way := p.way("next"); way != nil && more {
		next := strconv.Itoa(p.to)
		if p.has("url") {
			next = p.next()
		}
		body.set(way, quote(nil, next))
	}
}

// next is the URL of the page that follows.
func (p *paging) next() string {
	u := *p.request.URL
	query := slices.DeleteFunc(pairs(u.RawQuery), func(q pair) bool { return q.name == start })
	u.RawQuery = start + "=" + strconv.Itoa(p.to)
	for _, q := range query {
		u.RawQuery += "&" + url.QueryEscape(q.name) + "=" + q.raw
	}
	return u.String()
}

// link sets the header that leads to the page that follows.
func (p *paging) link(header http.Header) {
	if p.has("link") && p.to < p.items.Len() {
		header.Set("Link", fmt.Sprintf(`<%s>; rel="next"`, p.next()))
	}
}
