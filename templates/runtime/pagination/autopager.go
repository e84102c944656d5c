package pagination

import (
	"context"
	"errors"
)

// AutoPager goes through the items of a list, page by page, as callers of SDKs
// by Stainless do:
//
//	for pager.Next() {
//		fmt.Println(pager.Current())
//	}
//	if err := pager.Err(); err != nil { … }
//
// Pages are fetched with the context of the first. New code loops over All of a page.
type AutoPager[T any] struct {
	walk  walker
	items func(Page) []T
	page  []T
	next  int // in page
	index int
	err   error
}

// newAutoPager returns a pager that starts at p, of which items returns the items
// of a page. An err that is there already is that of the pager.
func newAutoPager[T any](p Page, err error, items func(Page) []T) *AutoPager[T] {
	pager := &AutoPager[T]{items: items, index: -1, err: err}
	if err == nil {
		pager.walk = walk(contextOf(p), p)
	}
	return pager
}

// Next goes to the next item. It reports false after the last, and at an error.
func (p *AutoPager[T]) Next() bool {
	if p.err != nil || p.walk.page == nil {
		return false
	}
	for p.next >= len(p.page) {
		if !p.walk.step() {
			p.err = p.walk.err
			return false
		}
		p.page, p.next = p.items(p.walk.page), 0
	}
	p.next++
	p.index++
	return true
}

// Current returns the item that Next went to.
func (p *AutoPager[T]) Current() T {
	if p.next == 0 || p.next > len(p.page) {
		var none T
		return none
	}
	return p.page[p.next-1]
}

// Err returns the error that ended the list; nil if nothing failed.
func (p *AutoPager[T]) Err() error { return p.err }

// Index returns how many items were before the current one.
func (p *AutoPager[T]) Index() int { return p.index }

// nextPage fetches the page after p into q. It reports false if there is none,
// which is no error.
func nextPage(p, q Page) (bool, error) {
	switch err := follow(contextOf(p), p, q); {
	case errors.Is(err, ErrNoMorePages):
		return false, nil
	case err != nil:
		return false, err
	}
	return true, nil
}

// contextOf is the context that a page was fetched with.
func contextOf(p Page) context.Context {
	if o := p.place().from.origin(); o != nil && o.ctx != nil {
		return o.ctx
	}
	return context.Background()
}
