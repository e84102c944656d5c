package pagination

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
)

// step is how to get from a page to the next.
type step struct {
	done   bool
	err    error
	cursor string   // to ask for
	url    *url.URL // to ask for, in place of a cursor
	mark   uint64   // of the cursor or URL, to notice one that comes back; 0 if the page's bytes tell
}

// counted reports whether pages of this style are told apart by a number that
// goes up whatever the server does, so that only their bytes show a repetition.
func (s style) counted() bool { return s == byNumber || s == byOffset }

// step returns the step after the page at this place. It has all the rules of
// where a list ends.
func (o *origin) step(at position) step {
	if o == nil || at.style == single || at.more == no {
		return step{done: true}
	}
	switch at.style {
	case byNumber:
		return o.stepNumber(at)
	case byOffset:
		return o.stepOffset(at)
	case byCursor:
		cursor := at.cursor
		if cursor == "" && at.header != "" {
			cursor = o.reply.Header.Get(at.header)
		}
		if cursor == "" {
			return step{done: true}
		}
		return o.unseen(step{cursor: cursor, mark: o.client.Sum(cursor)})
	case byURL:
		return o.stepURL(at.next)
	case byLink:
		return o.stepURL(nextLink(o.reply.Header["Link"]))
	}
	panic(fmt.Sprintf("pagination: unknown style %d", at.style))
}

func (o *origin) stepNumber(at position) step {
	number := o.number(at)
	last := at.count == 0
	if at.more == unknown && !last {
		pages := number - o.first + 1 // up to this one
		switch {
		case at.totalPages.known && at.totalPages.n > 0:
			last = pages >= at.totalPages.n
		case !at.totalItems.known || at.totalItems.n <= 0:
		case at.perPage.known && at.perPage.n > 0:
			last = pages*at.perPage.n >= at.totalItems.n
		case o.seen.known:
			last = o.seen.n >= at.totalItems.n
		}
	}
	if last && at.more != yes {
		return step{done: true}
	}
	return step{cursor: strconv.FormatInt(number+1, 10)}
}

func (o *origin) stepOffset(at position) step {
	following := o.offset(at) + int64(at.count)
	if at.count == 0 || at.more == unknown && at.totalItems.known && at.totalItems.n > 0 && following >= at.totalItems.n {
		return step{done: true}
	}
	return step{cursor: strconv.FormatInt(following, 10)}
}

func (o *origin) stepURL(link string) step {
	if link == "" {
		return step{done: true}
	}
	u, err := o.reply.URL.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return step{err: errors.New("the link to the next page is not a URL that can be followed")}
	}
	return o.unseen(step{url: u, mark: o.client.Sum(u.String())})
}

// unseen returns s, unless it leads back.
func (o *origin) unseen(s step) step {
	if o.trail.has(s.mark) {
		return step{err: ErrNoProgress}
	}
	return s
}
