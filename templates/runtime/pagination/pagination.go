package pagination

import (
	"context"
	"errors"
	"slices"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

var (
	// ErrNoMorePages is what Next returns after the last page.
	ErrNoMorePages = errors.New("there are no more pages")

	// ErrNoProgress is returned, or yielded, instead of a page that has been
	// there before: the server ignores what it is asked for, and going on would
	// never end.
	ErrNoProgress = errors.New("the server sent the same page again")
)

// Page is any page of this SDK. Each is a pointer to a struct that has a state,
// and is decoded into.
type Page interface{ place() place }

// place is where a page is: what it came from, and what it says itself. It is
// one method, and not one for each, because all of a page's are compiled for
// every type of item.
type place struct {
	from *state // where the core keeps the page's origin
	position
}

// state is where a page came from; a page that was not fetched has none. It is
// behind two pointers, because fmt prints what one in a page points to, and a
// request has secrets.
type state struct{ at *struct{ *origin } }

func (s *state) origin() *origin {
	if s.at == nil {
		return nil
	}
	return s.at.origin
}

func (s *state) set(o *origin) { s.at = &struct{ *origin }{o} }

// position is a page's place in its list, as far as the page says.
type position struct {
	style      style
	count      int      // items on this page
	page       quantity // number of this page
	perPage    quantity // items on a full page
	offset     quantity // of this page's first item
	totalItems quantity // in the list
	totalPages quantity // in the list
	more       answer   // whether there is a page after this one
	cursor     string   // of the next page
	header     string   // the response header that has the cursor, if the body has not
	next       string   // URL of the next page, absolute or relative to this one's
}

// style is how an API tells one page from the next.
type style uint8

const (
	single   style = iota // the list is whole
	byNumber              // by the number of the page
	byOffset              // by the number of items before it
	byCursor              // by a text that the page before has
	byURL                 // by a URL that the page before has
	byLink                // by the Link header of the response
)

// quantity is a number that a page may state.
type quantity struct {
	n     int64
	known bool
}

// answer is a yes or no that a page may give.
type answer uint8

const (
	unknown answer = iota
	no
	yes
)

// Fetch sends req and decodes the response into p, which it lets find its next
// page. It is for the methods of services; req belongs to it from then on.
func Fetch(ctx context.Context, c *api.Client, req *api.Request, p Page, opts []api.Option) error {
	if p.place().style == single { // there is no next page to prepare for
		_, err := c.Fetch(ctx, req, p, opts, false)
		return err
	}
	o := &origin{client: c, req: req, opts: slices.Clone(opts)}
	if err := fetch(ctx, o, p); err != nil {
		return err
	}
	o.begin(p.place().position)
	return nil
}

// Cursor returns where the list goes on after a page, as a text to keep:
// option.WithCursor makes the same method go on there, in another process too,
// with the same params. It is "" after the last page and of a page that was not
// fetched. It may be a URL of the API, or what the params of the method call a
// cursor, an offset or a page number.
func Cursor(p Page) string {
	at := p.place()
	s := at.from.origin().step(at.position)
	if s.url != nil {
		return at.from.origin().client.Saved(s.url)
	}
	return s.cursor
}

// More reports whether there is a page after p, as far as p says. It is no method
// of pages, because each of those is compiled for every type of item.
func More(p Page) bool {
	at := p.place()
	return !at.from.origin().step(at.position).done
}
