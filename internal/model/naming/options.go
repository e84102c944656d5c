package naming

import (
	"fmt"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
)

// An option is one that the description decides the name of.
type option struct {
	*model.Option
	place string // as package lockfile has it
	what  string // it is for, in words
	pos   diag.Pos
	own   string // its name after With
	other string // what else to add to that
}

// options returns all of them.
func (n *namer) options() []option {
	var list []option
	add := func(o *model.Option, place, of string, pos diag.Pos, own, other string) {
		list = append(list, option{o, place + " " + of, fmt.Sprintf("%s %q", place, of), pos, own, other})
	}
	for _, s := range n.api.Schemes {
		own := ident.Exported(strings.Join(s.Words, "_"))
		if s.Basic {
			own = ident.Exported(s.Name)
		}
		if c := n.cfg.ForCredential(s.Name); c != nil && c.Option != "" {
			own = c.Option
		}
		add(&s.Option, "credential", s.Name, s.Pos, own, "Credential")
		if !s.Basic {
			add(&s.Source, "credential function", s.Name, s.Pos, own+"Func", "Credential")
		}
		if g := s.Grant; g != nil {
			add(&g.Client, "client credentials", s.Name, s.Pos, own+"ClientCredentials", "Credential")
			add(&g.Place, "token URL", s.Name, s.Pos, own+"TokenURL", "Credential")
		}
	}
	for _, p := range n.api.Params {
		add(&p.Option, "parameter", p.Name, p.Pos, ident.Exported(p.Name), "Parameter")
	}
	for _, s := range n.api.Servers {
		add(&s.Option, "server", s.Name, s.Pos, "Environment"+ident.Exported(s.Name), "Server")
	}
	for _, v := range n.api.Variables {
		add(&v.Option, "server variable", v.Name, v.Pos, ident.Exported(v.Name), "Variable")
	}
	return list
}

// settleOptions names the options and their arguments.
func (n *namer) settleOptions() {
	sc := &scope{}
	sc.reserve(reservedOptions...)
	n.reserveOld(sc, "option.")
	for _, o := range n.options() {
		if o.Go = n.keep(sc, lockfile.Global, o.place, &model.Package{Path: "option"}); o.Go != "" {
			continue
		}
		sc.fresh = append(sc.fresh, &ident.Claim{
			Candidates: []string{"With" + o.own, "With" + o.own + o.other}, What: o.what, Pos: o.pos,
			Set: func(name string) { o.Go = name },
		})
	}
	sc.settle(n)
	for _, s := range n.api.Schemes {
		s.Arg = ident.Unexported(strings.Join(s.Words, "_"))
	}
	for _, p := range n.api.Params {
		p.Arg = ident.Unexported(p.Name)
	}
	for _, v := range n.api.Variables {
		v.Arg = ident.Unexported(v.Name)
	}
}

// reservedOptions are the options that every SDK has.
var reservedOptions = []string{"WithBaseURL", "WithHTTPClient", "WithMiddleware", "WithHeader", "WithHeaderAdd", "WithHeaderDel",
	"WithQuery", "WithQueryAdd", "WithQueryDel", "WithMaxRetries", "WithTimeout", "WithResponse", "WithResponseHeader", "WithLogger",
	"WithIdempotencyKey", "WithUserAgent", "WithRequestBody", "WithRequestContentType", "WithRetryPolicy", "WithCallMiddleware", "WithJSONSet", "WithJSONDel",
	"WithRetryNonIdempotent", "WithRetryDelay", "WithRetryCountHeader", "WithMaxPages", "WithCursor", "WithLogBodies",
	"WithIdleTimeout", "WithMaxEventSize", "WithReconnect", "WithStreamEvent", "WithUploadProgress", "WithDownloadProgress",
	"WithMaxResultSize", "WithResponseFunc", "WithShown", "WithIfNoneMatch", "WithIfModifiedSince", "WithIfMatch", "RateLimit", "Limiter",
	"WithMaxRetryAfter", "WithRetryBudget", "WithLimiter", "WithRateLimitFunc", "WithRange",
	"StreamEvent", "RequestOption", "Doer", "Next", "Middleware", "CallMiddleware", "Call", "CallOf", "Attempt"}
