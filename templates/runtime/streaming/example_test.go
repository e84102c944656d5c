package streaming_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
	"github.com/openapi-lathe/lathe/templates/runtime/option"
	"github.com/openapi-lathe/lathe/templates/runtime/streaming"
)

// The loop is all that there is to it: it sends the request, and closes the
// connection.
func ExampleItems() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "data: {\"n\":1}\n\ndata: {\"n\":2}\n\ndata: {\"n\":3}\n\n")
	}))
	defer server.Close()
	client := api.NewClient(&acme, option.WithBaseURL(server.URL))

	for chunk, err := range watch[chunk](context.Background(), client, streaming.Format{}) {
		if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(chunk.N)
		if chunk.N == 2 {
			break
		}
	}
	// Output:
	// 1
	// 2
}
