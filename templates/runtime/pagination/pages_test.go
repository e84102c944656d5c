package pagination

// The page types of an imaginary API, as they are generated.

import (
	"context"
	"iter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// SinglePage is a list that the API returns whole.
type SinglePage[T any] struct {
	Result []T `json:"result"`
	state  state
}

// All yields each item.
func (p *SinglePage[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		w := walk(ctx, p)
		for w.step() {
			for _, item := range w.page.(*SinglePage[T]).Result {
				if !yield(item, nil) {
					return
				}
			}
		}
		if w.err != nil {
			var none T
			yield(none, w.err)
		}
	}
}

// Pages yields this page, the only one.
func (p *SinglePage[T]) Pages(ctx context.Context) iter.Seq2[*SinglePage[T], error] {
	return func(yield func(*SinglePage[T], error) bool) {
		w := walk(ctx, p)
		for w.step() {
			if !yield(w.page.(*SinglePage[T]), nil) {
				return
			}
		}
		if w.err != nil {
			yield(nil, w.err)
		}
	}
}

// Next returns [ErrNoMorePages].
func (p *SinglePage[T]) Next(ctx context.Context) (*SinglePage[T], error) {
	q := new(SinglePage[T])
	if err := follow(ctx, p, q); err != nil {
		return nil, err
	}
	return q, nil
}

func (p *SinglePage[T]) place() place { return place{&p.state, position{style: single}} }

// NumberedPage is one of the numbered pages of a list.
type NumberedPage[T any] struct {
	Result     []T        `json:"result"`
	ResultInfo ResultInfo `json:"result_info,omitzero"`
	state      state
}

// All yields each item of this page and of every page after it. They are
// fetched as the loop needs them, with ctx.
func (p *NumberedPage[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		w := walk(ctx, p)
		for w.step() {
			for _, item := range w.page.(*NumberedPage[T]).Result {
				if !yield(item, nil) {
					return
				}
			}
		}
		if w.err != nil {
			var none T
			yield(none, w.err)
		}
	}
}

// Pages yields this page and every page after it, fetched as the loop needs
// them, with ctx.
func (p *NumberedPage[T]) Pages(ctx context.Context) iter.Seq2[*NumberedPage[T], error] {
	return func(yield func(*NumberedPage[T], error) bool) {
		w := walk(ctx, p)
		for w.step() {
			if !yield(w.page.(*NumberedPage[T]), nil) {
				return
			}
		}
		if w.err != nil {
			yield(nil, w.err)
		}
	}
}

// Next fetches the page after this one. It returns [ErrNoMorePages] after the
// last.
func (p *NumberedPage[T]) Next(ctx context.Context) (*NumberedPage[T], error) {
	q := new(NumberedPage[T])
	if err := follow(ctx, p, q); err != nil {
		return nil, err
	}
	return q, nil
}

func (p *NumberedPage[T]) place() place { return place{&p.state, p.ResultInfo.position(len(p.Result))} }

// ResultInfo says which page of a list this is.
type ResultInfo struct {
	Count      param.Opt[float64] `json:"count,omitzero"`
	Page       param.Opt[float64] `json:"page,omitzero"`
	PerPage    param.Opt[float64] `json:"per_page,omitzero"`
	TotalCount param.Opt[float64] `json:"total_count,omitzero"`
	TotalPages param.Opt[float64] `json:"total_pages,omitzero"`
}

func (i *ResultInfo) position(count int) position {
	return position{
		style:      byNumber,
		count:      count,
		page:       maybe(i.Page),
		perPage:    maybe(i.PerPage),
		totalItems: maybe(i.TotalCount),
		totalPages: maybe(i.TotalPages),
	}
}

// OffsetPage is a part of a list that is counted by items.
type OffsetPage[T any] struct {
	Items  []T   `json:"items"`
	Offset int64 `json:"offset"`
	Total  int64 `json:"total"`
	state  state
}

func (p *OffsetPage[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		w := walk(ctx, p)
		for w.step() {
			for _, item := range w.page.(*OffsetPage[T]).Items {
				if !yield(item, nil) {
					return
				}
			}
		}
		if w.err != nil {
			var none T
			yield(none, w.err)
		}
	}
}
func (p *OffsetPage[T]) Pages(ctx context.Context) iter.Seq2[*OffsetPage[T], error] {
	return func(yield func(*OffsetPage[T], error) bool) {
		w := walk(ctx, p)
		for w.step() {
			if !yield(w.page.(*OffsetPage[T]), nil) {
				return
			}
		}
		if w.err != nil {
			yield(nil, w.err)
		}
	}
}
func (p *OffsetPage[T]) Next(ctx context.Context) (*OffsetPage[T], error) {
	q := new(OffsetPage[T])
	if err := follow(ctx, p, q); err != nil {
		return nil, err
	}
	return q, nil
}
func (p *OffsetPage[T]) place() place {
	return place{&p.state, position{style: byOffset, count: len(p.Items), offset: stated(p.Offset), totalItems: stated(p.Total)}}
}

// CursorPage is a part of a list; the part after it is found by a cursor.
type CursorPage[T any] struct {
	Data    []T               `json:"data"`
	Cursor  param.Opt[string] `json:"cursor,omitzero"`
	HasMore param.Opt[bool]   `json:"has_more,omitzero"`
	state   state
}

func (p *CursorPage[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		w := walk(ctx, p)
		for w.step() {
			for _, item := range w.page.(*CursorPage[T]).Data {
				if !yield(item, nil) {
					return
				}
			}
		}
		if w.err != nil {
			var none T
			yield(none, w.err)
		}
	}
}
func (p *CursorPage[T]) Pages(ctx context.Context) iter.Seq2[*CursorPage[T], error] {
	return func(yield func(*CursorPage[T], error) bool) {
		w := walk(ctx, p)
		for w.step() {
			if !yield(w.page.(*CursorPage[T]), nil) {
				return
			}
		}
		if w.err != nil {
			yield(nil, w.err)
		}
	}
}
func (p *CursorPage[T]) Next(ctx context.Context) (*CursorPage[T], error) {
	q := new(CursorPage[T])
	if err := follow(ctx, p, q); err != nil {
		return nil, err
	}
	return q, nil
}
func (p *CursorPage[T]) place() place {
	return place{&p.state, position{style: byCursor, count: len(p.Data), cursor: p.Cursor.Or(""), more: maybeTruth(p.HasMore)}}
}

// HeaderPage is a part of a list; a response header has the next cursor.
type HeaderPage[T any] struct {
	Data  []T `json:"data"`
	state state
}

func (p *HeaderPage[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		w := walk(ctx, p)
		for w.step() {
			for _, item := range w.page.(*HeaderPage[T]).Data {
				if !yield(item, nil) {
					return
				}
			}
		}
		if w.err != nil {
			var none T
			yield(none, w.err)
		}
	}
}
func (p *HeaderPage[T]) Pages(ctx context.Context) iter.Seq2[*HeaderPage[T], error] {
	return func(yield func(*HeaderPage[T], error) bool) {
		w := walk(ctx, p)
		for w.step() {
			if !yield(w.page.(*HeaderPage[T]), nil) {
				return
			}
		}
		if w.err != nil {
			yield(nil, w.err)
		}
	}
}
func (p *HeaderPage[T]) Next(ctx context.Context) (*HeaderPage[T], error) {
	q := new(HeaderPage[T])
	if err := follow(ctx, p, q); err != nil {
		return nil, err
	}
	return q, nil
}
func (p *HeaderPage[T]) place() place {
	return place{&p.state, position{style: byCursor, count: len(p.Data), header: "X-Next-Cursor"}}
}

// URLPage is a part of a list that has the URL of the next part.
type URLPage[T any] struct {
	Results []T               `json:"results"`
	NextURL param.Opt[string] `json:"next,omitzero"`
	state   state
}

func (p *URLPage[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		w := walk(ctx, p)
		for w.step() {
			for _, item := range w.page.(*URLPage[T]).Results {
				if !yield(item, nil) {
					return
				}
			}
		}
		if w.err != nil {
			var none T
			yield(none, w.err)
		}
	}
}
func (p *URLPage[T]) Pages(ctx context.Context) iter.Seq2[*URLPage[T], error] {
	return func(yield func(*URLPage[T], error) bool) {
		w := walk(ctx, p)
		for w.step() {
			if !yield(w.page.(*URLPage[T]), nil) {
				return
			}
		}
		if w.err != nil {
			yield(nil, w.err)
		}
	}
}
func (p *URLPage[T]) Next(ctx context.Context) (*URLPage[T], error) {
	q := new(URLPage[T])
	if err := follow(ctx, p, q); err != nil {
		return nil, err
	}
	return q, nil
}
func (p *URLPage[T]) place() place {
	return place{&p.state, position{style: byURL, count: len(p.Results), next: p.NextURL.Or("")}}
}

// LinkPage is a part of a list, in a bare array; the Link header of its
// response has the URL of the next part.
type LinkPage[T any] struct {
	Items []T
	state state
}

// UnmarshalJSONFrom reads the array that is the whole body.
func (p *LinkPage[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return json.UnmarshalDecode(dec, &p.Items)
}

// MarshalJSONTo writes the array that is the whole body.
func (p *LinkPage[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return json.MarshalEncode(enc, p.Items)
}

func (p *LinkPage[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		w := walk(ctx, p)
		for w.step() {
			for _, item := range w.page.(*LinkPage[T]).Items {
				if !yield(item, nil) {
					return
				}
			}
		}
		if w.err != nil {
			var none T
			yield(none, w.err)
		}
	}
}
func (p *LinkPage[T]) Pages(ctx context.Context) iter.Seq2[*LinkPage[T], error] {
	return func(yield func(*LinkPage[T], error) bool) {
		w := walk(ctx, p)
		for w.step() {
			if !yield(w.page.(*LinkPage[T]), nil) {
				return
			}
		}
		if w.err != nil {
			yield(nil, w.err)
		}
	}
}
func (p *LinkPage[T]) Next(ctx context.Context) (*LinkPage[T], error) {
	q := new(LinkPage[T])
	if err := follow(ctx, p, q); err != nil {
		return nil, err
	}
	return q, nil
}
func (p *LinkPage[T]) place() place {
	return place{&p.state, position{style: byLink, count: len(p.Items)}}
}
