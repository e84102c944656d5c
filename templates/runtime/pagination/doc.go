// Package pagination takes the first page of a list and yields its items, or
// its pages, fetching what follows as the loop needs it. It does not decide how
// an API splits its lists: each page type of the API says where its next page
// is.
//
//	page, err := client.SecretsStore.Stores.List(ctx, params)
//	if err != nil {
//		return err
//	}
//	for item, err := range page.All(ctx) {
//		if err != nil {
//			return err // of a later page; the loop ends after it
//		}
//		fmt.Println(item)
//	}
//
// A program that stops in the middle keeps [Cursor] of the last page that it is
// done with, and gives it to option.WithCursor when it goes on.
//
// Every later page is fetched with the context given to All, Pages or Next, and
// with the options of the first.
//
// # Where a list ends
//
// A list ends where its totals say, where it says that there is no
// more, where there is no next cursor or link, and at an empty page; never
// because a page is short, since servers filter. A page or a cursor that comes
// back is [ErrNoProgress], unless each page says that there are more.
package pagination

// # Thin shells
//
// A generic method is compiled again for each type of item, and that again in
// every package that can reach the page: the root of the SDK, and each program
// that uses it.
//
// Decision: a page type has as few methods as it can, each of which steps a
// walker or fetches a page that are compiled once. They are marked noinline, or
// the copy for each type would have all of the method in it, where a call will
// do: for 600 lists that is half of the time.
