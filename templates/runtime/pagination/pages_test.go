package pagination

// The page types of an imaginary API, as the generator writes them.

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
func (p *SinglePage[T]) All(ctx context.Context) iter.Seq2[T, error] { return all(ctx, p) }

// Pages yields this page, the only one.
func (p *SinglePage[T]) Pages(ctx context.Context) iter.Seq2[*SinglePage[T], error] {
	return pages(ctx, p)
}

// Next returns [ErrNoMorePages].
func (p *SinglePage[T]) Next(ctx context.Context) (*SinglePage[T], error) { return next(ctx, p) }

// More returns false.
func (p *SinglePage[T]) More() bool { return more(p) }

func (p *SinglePage[T]) blank() page        { return new(SinglePage[T]) }
func (p *SinglePage[T]) from() *state       { return &p.state }
func (p *SinglePage[T]) items() []T         { return p.Result }
func (p *SinglePage[T]) position() position { return position{style: single} }

// NumberedPage is one of the numbered pages of a list.
type NumberedPage[T any] struct {
	Result     []T        `json:"result"`
	ResultInfo ResultInfo `json:"result_info,omitzero"`
	state      state
}

// All yields each item of this page and of every page after it. They are
// fetched as the loop needs them, with ctx.
func (p *NumberedPage[T]) All(ctx context.Context) iter.Seq2[T, error] { return all(ctx, p) }

// Pages yields this page and every page after it, fetched as the loop needs
// them, with ctx.
func (p *NumberedPage[T]) Pages(ctx context.Context) iter.Seq2[*NumberedPage[T], error] {
	return pages(ctx, p)
}

// Next fetches the page after this one. It returns [ErrNoMorePages] after the
// last.
func (p *NumberedPage[T]) Next(ctx context.Context) (*NumberedPage[T], error) { return next(ctx, p) }

// More reports whether there is a page after this one, as far as this one tells.
func (p *NumberedPage[T]) More() bool { return more(p) }

func (p *NumberedPage[T]) blank() page        { return new(NumberedPage[T]) }
func (p *NumberedPage[T]) from() *state       { return &p.state }
func (p *NumberedPage[T]) items() []T         { return p.Result }
func (p *NumberedPage[T]) position() position { return p.ResultInfo.position(len(p.Result)) }

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

func (p *OffsetPage[T]) All(ctx context.Context) iter.Seq2[T, error] { return all(ctx, p) }
func (p *OffsetPage[T]) Pages(ctx context.Context) iter.Seq2[*OffsetPage[T], error] {
	return pages(ctx, p)
}
func (p *OffsetPage[T]) Next(ctx context.Context) (*OffsetPage[T], error) { return next(ctx, p) }
func (p *OffsetPage[T]) More() bool                                       { return more(p) }

func (p *OffsetPage[T]) blank() page  { return new(OffsetPage[T]) }
func (p *OffsetPage[T]) from() *state { return &p.state }
func (p *OffsetPage[T]) items() []T   { return p.Items }
func (p *OffsetPage[T]) position() position {
	return position{style: byOffset, count: len(p.Items), offset: number(p.Offset), totalItems: number(p.Total)}
}

// CursorPage is a part of a list; the part after it is found by a cursor.
type CursorPage[T any] struct {
	Data    []T               `json:"data"`
	Cursor  param.Opt[string] `json:"cursor,omitzero"`
	HasMore param.Opt[bool]   `json:"has_more,omitzero"`
	state   state
}

func (p *CursorPage[T]) All(ctx context.Context) iter.Seq2[T, error] { return all(ctx, p) }
func (p *CursorPage[T]) Pages(ctx context.Context) iter.Seq2[*CursorPage[T], error] {
	return pages(ctx, p)
}
func (p *CursorPage[T]) Next(ctx context.Context) (*CursorPage[T], error) { return next(ctx, p) }
func (p *CursorPage[T]) More() bool                                       { return more(p) }

func (p *CursorPage[T]) blank() page  { return new(CursorPage[T]) }
func (p *CursorPage[T]) from() *state { return &p.state }
func (p *CursorPage[T]) items() []T   { return p.Data }
func (p *CursorPage[T]) position() position {
	return position{style: byCursor, count: len(p.Data), cursor: p.Cursor.Or(""), more: maybeTruth(p.HasMore)}
}

// HeaderPage is a part of a list; a response header has the next cursor.
type HeaderPage[T any] struct {
	Data  []T `json:"data"`
	state state
}

func (p *HeaderPage[T]) All(ctx context.Context) iter.Seq2[T, error] { return all(ctx, p) }
func (p *HeaderPage[T]) Pages(ctx context.Context) iter.Seq2[*HeaderPage[T], error] {
	return pages(ctx, p)
}
func (p *HeaderPage[T]) Next(ctx context.Context) (*HeaderPage[T], error) { return next(ctx, p) }
func (p *HeaderPage[T]) More() bool                                       { return more(p) }

func (p *HeaderPage[T]) blank() page  { return new(HeaderPage[T]) }
func (p *HeaderPage[T]) from() *state { return &p.state }
func (p *HeaderPage[T]) items() []T   { return p.Data }
func (p *HeaderPage[T]) position() position {
	return position{style: byCursor, count: len(p.Data), header: "X-Next-Cursor"}
}

// URLPage is a part of a list that has the URL of the next part.
type URLPage[T any] struct {
	Results []T               `json:"results"`
	NextURL param.Opt[string] `json:"next,omitzero"`
	state   state
}

func (p *URLPage[T]) All(ctx context.Context) iter.Seq2[T, error] { return all(ctx, p) }
func (p *URLPage[T]) Pages(ctx context.Context) iter.Seq2[*URLPage[T], error] {
	return pages(ctx, p)
}
func (p *URLPage[T]) Next(ctx context.Context) (*URLPage[T], error) { return next(ctx, p) }
func (p *URLPage[T]) More() bool                                    { return more(p) }

func (p *URLPage[T]) blank() page  { return new(URLPage[T]) }
func (p *URLPage[T]) from() *state { return &p.state }
func (p *URLPage[T]) items() []T   { return p.Results }
func (p *URLPage[T]) position() position {
	return position{style: byURL, count: len(p.Results), next: p.NextURL.Or("")}
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

func (p *LinkPage[T]) All(ctx context.Context) iter.Seq2[T, error] { return all(ctx, p) }
func (p *LinkPage[T]) Pages(ctx context.Context) iter.Seq2[*LinkPage[T], error] {
	return pages(ctx, p)
}
func (p *LinkPage[T]) Next(ctx context.Context) (*LinkPage[T], error) { return next(ctx, p) }
func (p *LinkPage[T]) More() bool                                     { return more(p) }

func (p *LinkPage[T]) blank() page        { return new(LinkPage[T]) }
func (p *LinkPage[T]) from() *state       { return &p.state }
func (p *LinkPage[T]) items() []T         { return p.Items }
func (p *LinkPage[T]) position() position { return position{style: byLink, count: len(p.Items)} }
