// Package streaming yields what an API sends bit by bit, each value as it comes:
// server-sent events (WHATWG HTML, section 9.2), JSON lines (also called NDJSON)
// and JSON text sequences (RFC 7464). It also has the result of a download.
//
//	for event, err := range client.SecretsStore.Stores.List(ctx, params) {
//		if err != nil {
//			return err // the loop ends after it
//		}
//		fmt.Println(event)
//	}
//
// The request is sent when the loop begins, and anew for each loop. The
// connection is given back when the loop ends, however it ends; there is nothing
// to close. The loop ends with an error when the context does.
//
// # What is a failure
//
// A stream has begun with status 200 before it can fail, so that APIs report a
// failure in it: in an event called error, or in one whose data has a member of
// that name. Both are an [*apierror.Error] like any other, unless the API
// describes them as values of the stream.
//
// # Where a stream ends
//
// A stream of events ends with the event that the API describes as its last, or
// whose data is [DONE]; if the API describes none, also between two events. A
// stream that ends without the event that it must end with, in the middle of an
// event or a value, or before there was anything, ends with an error that is
// [io.ErrUnexpectedEOF]. An event with empty data is skipped where data is JSON.
package streaming

// # Thin shells
//
// A generic function is compiled again for each type, so the only one here hands
// a pointer to code that is compiled once.
