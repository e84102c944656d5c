package docs

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// A failure is a kind of error that the SDK tells apart.
type failure struct {
	name     string   // of the sentinel
	says     string   // what it means
	statuses []string // of responses; none if there was no response
	retried  string
}

// failures are the sentinels of every SDK; see package apierror of the runtime.
var failures = []failure{
	{"ErrBadRequest", "The request is not one that the API understands.", []string{"400"}, "It is not tried again: the same request fails the same way."},
	{"ErrAuthentication", "The credential is missing, wrong or expired.", []string{"401"}, "It is not tried again, except that a token which the client fetched itself is fetched anew once."},
	{"ErrPermissionDenied", "The credential is good, and not for this.", []string{"403"}, "It is not tried again."},
	{"ErrNotFound", "There is no such thing, or it is not to be seen with this credential.", []string{"404"}, "It is not tried again."},
	{"ErrConflict", "What is asked for contradicts what is there.", []string{"409"}, "It is tried again only where the description or the server says so."},
	{"ErrUnprocessableEntity", "The request is well formed, and what it says is not allowed.", []string{"422"}, "It is not tried again."},
	{"ErrRateLimit", "There were too many requests.", []string{"429"}, "It is tried again after the time that Retry-After asks for, a POST or PATCH as well if there is such a header."},
	{"ErrInternalServer", "The API failed.", []string{"500", "501", "502", "503", "504", "5XX"}, "It is tried again, a POST or PATCH only if that cannot do the work twice."},
	{"ErrTimeout", "There was no answer in time: a response with status 408 or 504, or an attempt whose time ran out. A deadline of the caller's context is context.DeadlineExceeded.", []string{"408", "504"}, "It is tried again."},
	{"ErrConnection", "There was no complete response. The error wraps the cause.", nil, "It is tried again, a POST or PATCH only if nothing was sent."},
	{"ErrNoCredentials", "None of the credentials that the client has fits the operation. Nothing was sent.", nil, "It is not tried again."},
}

// addErrors adds a page for each sentinel.
func (s *site) addErrors() {
	for i := range failures {
		f := &failures[i]
		p := &page{
			path: "errors/" + strings.ToLower(strings.TrimPrefix(f.name, "Err")) + ".html", title: f.name, label: f.name, about: f.says,
			failure: f, crumbs: []*page{s.guides["overview"], s.guides["errors"]},
		}
		s.errors = append(s.errors, p)
		s.pages = append(s.pages, p)
	}
}

// A sentinelView is what the page of a sentinel shows.
type sentinelView struct {
	Name, Says, Package, Retried string
	Statuses                     []string
	Operations                   []link
	More                         int
}

func (s *site) failureView(p *page) *sentinelView {
	f := p.failure
	v := &sentinelView{Name: f.name, Says: f.says, Package: s.api.Package, Retried: f.retried, Statuses: f.statuses}
	const most = 100
	walk(s.api.Root, func(r *model.Resource) {
		for _, op := range r.Methods {
			if op.Facts == nil {
				continue
			}
			for _, response := range op.Facts.Responses {
				for _, status := range f.statuses {
					if status == response.Status {
						if len(v.Operations) == most {
							v.More++
							continue
						}
						v.Operations = append(v.Operations, link{Text: "client." + op.Call, URL: p.to(s.ops[op]), Note: status})
					}
				}
			}
		}
	})
	return v
}
