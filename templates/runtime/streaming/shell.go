package streaming

import (
	"context"
	"io"
	"iter"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// Items yields the values of the stream that req asks for. It is for the methods
// of services. The request is sent anew for each loop.
func Items[T any](ctx context.Context, c *api.Client, req *api.Request, f Format, opts []api.Option) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		s := newSource(ctx, c, req, f, opts)
		defer s.close()
		for {
			var item T
			switch err := s.next(&item); {
			case err == io.EOF:
				return
			case err != nil:
				var none T
				yield(none, err)
				return
			case !yield(item, nil):
				return
			}
		}
	}
}
