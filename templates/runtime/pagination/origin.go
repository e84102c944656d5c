package pagination

import (
	"context"
	"fmt"
	"reflect"
	"strconv"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// origin is the request that a page came from. It is not changed once the page
// is there, so that a page may be walked from more than once.
type origin struct {
	client *api.Client
	req    *api.Request
	opts   []api.Option
	reply  api.Reply
	ctx    context.Context // that it was sent with, for callers who go on without one of their own

	asked quantity // the number or offset that was asked for, if one was
	first int64    // number of the list's first page: 0 or 1
	seen  quantity // items on all pages up to this one, if it is known
	trail trail

	repeats int // pages up to this one that have the bytes of one before, in a row
}

// maxRepeats is how many pages in a row may be like one before where each says
// that there are more: a list of numbers may have many that are equal, and a
// server that ignores what it is asked for has no end of them.
const maxRepeats = 1000

// fetch sends o.req and decodes the response into p.
func fetch(ctx context.Context, o *origin, p Page) error {
	sum := p.place().style.counted()
	reply, err := o.client.Fetch(ctx, o.req, p, o.opts, sum)
	if err != nil {
		return err
	}
	o.reply, o.ctx = reply, ctx
	if reply.Cursor != "" {
		if n, err := strconv.ParseInt(reply.Cursor, 10, 64); err == nil {
			o.asked = quantity{n, true}
		}
	}
	p.place().from.set(o)
	return nil
}

// begin settles what the first page says of the whole list.
func (o *origin) begin(at position) {
	o.first = 1
	zero := func(q quantity) bool { return !q.known || q.n == 0 }                       // a server may take 0 for 1, and say 1
	described := o.req.ZeroBased && (o.asked.known || !at.page.known || at.page.n != 1) // the server knows better
	if described || (at.page.known || o.asked.known) && zero(at.page) && zero(o.asked) {
		o.first = 0
	}
	if o.number(at) == o.first {
		o.seen = quantity{int64(at.count), true}
	}
	switch {
	case at.style.counted():
		o.trail = o.trail.with(o.reply.Sum)
	case at.style != byCursor:
		o.trail = o.trail.with(o.client.Sum(o.reply.URL.String()))
	case o.reply.Cursor != "":
		o.trail = o.trail.with(o.client.Sum(o.reply.Cursor))
	}
}

// number returns the number of the page at this place.
func (o *origin) number(at position) int64 {
	switch {
	case o.asked.known && (o.asked.n >= o.first || !at.page.known): // otherwise 0 was taken for 1
		return o.asked.n
	case at.page.known:
		return at.page.n
	}
	return o.first
}

// offset returns the number of items before the page at this place.
func (o *origin) offset(at position) int64 {
	switch {
	case o.asked.known:
		return o.asked.n
	case at.offset.known:
		return at.offset.n
	}
	return 0
}

// walk starts a walker at p.
func walk(ctx context.Context, p Page) walker {
	w := walker{ctx: ctx, page: p}
	if o := p.place().from.origin(); o != nil {
		w.limit = o.reply.MaxPages
	}
	return w
}

// walker goes from page to page: step goes to the next, or first to the one it
// started at, and returns false after the last or at an error.
type walker struct {
	ctx   context.Context
	page  Page
	err   error
	began bool
	limit int // of pages; 0 is none
	count int // of pages up to this one
}

func (w *walker) step() bool {
	if !w.began {
		w.began, w.count = true, 1
		return true
	}
	if w.count++; w.limit > 0 && w.count > w.limit {
		return false
	}
	next := reflect.New(reflect.TypeOf(w.page).Elem()).Interface().(Page)
	switch err := follow(w.ctx, w.page, next); err {
	case nil:
		w.page = next
		return true
	case ErrNoMorePages:
	default:
		w.err = err
	}
	return false
}

// follow fetches the page after p into q.
func follow(ctx context.Context, p, q Page) error {
	at := p.place()
	o := at.from.origin()
	s := o.step(at.position)
	if s.done {
		return ErrNoMorePages
	}
	if s.err != nil {
		return fmt.Errorf("%s: %w", o.req.Operation, s.err)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%s: %w", o.req.Operation, err)
	}
	next := &origin{client: o.client, opts: o.opts, first: o.first}
	if s.url != nil {
		next.req = o.req.AtURL(s.url)
	} else {
		next.req = o.req.At(s.cursor)
	}
	if err := fetch(ctx, next, q); err != nil {
		return err
	}
	then := q.place().position
	if o.seen.known {
		next.seen = quantity{o.seen.n + int64(then.count), true}
	}
	if s.mark == 0 {
		s.mark = next.reply.Sum
	}
	repeated := o.trail.has(s.mark)
	if repeated {
		next.repeats = o.repeats + 1
	}
	stuck := repeated && (then.more != yes || next.repeats > maxRepeats)
	if over := then.count == 0 && then.more != yes; !over && at.style.counted() && (again(at.position, then) || stuck) {
		return fmt.Errorf("%s: %w", o.req.Operation, ErrNoProgress)
	}
	next.trail = o.trail.with(s.mark)
	return nil
}

// again reports whether a page that says its own place says one that the page
// before it had passed already.
func again(before, after position) bool {
	switch after.style {
	case byNumber:
		return before.page.known && after.page.known && after.page.n <= before.page.n
	case byOffset:
		return before.offset.known && after.offset.known && after.offset.n <= before.offset.n
	}
	return false
}

// trail notices a page that comes back, in constant space (Brent's algorithm):
// it knows the last mark, and one from before that moves up ever more rarely.
type trail struct {
	last, anchor uint64
	steps, limit int
}

func (t trail) has(mark uint64) bool { return t.limit > 0 && (mark == t.last || mark == t.anchor) }

func (t trail) with(mark uint64) trail {
	t.last = mark
	if t.steps++; t.steps >= t.limit {
		t.anchor, t.steps, t.limit = mark, 0, max(1, t.limit*2)
	}
	return t
}
