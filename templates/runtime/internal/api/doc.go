// Package api takes one call of a generated method, as data, and sends it to
// the API: options, credentials, parameters, body, retries, and the response
// decoded into what the method returns, or an error. It knows no API of its own,
// which is data too ([API]), and no pages; they are package pagination's.
//
// A call goes through these steps, each a file:
//
//	Request ─▶ prepare: path, query, header, body as text     prepare.go, value.go, style.go, body.go
//	        ─▶ choose credentials                             auth.go
//	        ─▶ middleware of the call                         call.go
//	        ─▶ attempt ─▶ middleware ─▶ HTTP client           attempt.go
//	              ▲          again?                            run.go, retry.go
//	              └─────────────┘
//	        ─▶ decode, or an error                            decode.go, package apierror
package api

// # One implementation, not one for each type
//
// Parameters come as any, results go into any. Code for each parameter
// in every method, or for each type, would be most of what is compiled.
//
// Decision: a method is data; a type switch serves the usual kinds of
// parameters, and the JSON of a value the rest, so that tags, maps and methods
// mean the same in a query as in a body.
//
// # Which credentials
//
// Problem: a program may have several credentials in its environment, and an
// operation may accept several, alone or together.
//
// Decision: a request carries exactly one alternative. It is one that the
// operation declares, if one of those is complete: the one whose latest member
// was set latest (for the call, for the client, in the environment), then the
// first. Only if none is complete it is one that the API declares elsewhere, by
// the same rule; and if the call, or a header or query parameter that the
// program sets itself, says so. Where nothing is complete the call fails before
// it is sent, and says which options and variables would help.
//
// Credentials stay with the scheme, host and port of the base URL: a redirect
// or a next page on another host gets none, and no body either. A redirect that
// would turn a write into a GET is not followed.
//
// # Access tokens
//
// A client of OAuth 2.0 fetches its own (oauth.go, token.go, grant.go). To do it
// for each call, or in every goroutine when a token ends, is too often.
//
// Decision: the calls of a client share a token. One of them renews it in the
// last fifth of its life, at most a minute before its end, while the others go
// on with the old one; where there is none yet, they wait for the one that
// fetches it. A 401 drops the token and is worth one attempt more. Id and secret
// go to the token's URL only, past all middleware; where that URL is on the
// API's own server it moves with the base URL, so that a test against another
// server does not send them to the real one.
//
// # What is repeated
//
// Decision: an attempt is repeated if nothing was done (the connection was not
// made; 429; 503 with a time), or if doing it twice is doing it once (any method
// but POST and PATCH, or with an idempotency key) and it failed on the way or
// with 408 or 5xx. A conflict is the caller's to solve, unless the server, or else
// the description, says otherwise (x-should-retry). Waiting ends with the context.
// A client has a budget of repetitions, so that an outage meets little more than
// the load there would be without any.
//
// # Decoding
//
// Responses are read as servers write them: members that are not known are
// skipped or kept, duplicate names and invalid UTF-8 are let through. A body
// without the result that its status promises is an error.
//
// Decision: a value in a wrong form that is plain enough (a time without a zone,
// a number in quotes) is read in a second pass, which only a response that
// fails the first one has. Every other response is decoded once, result and
// envelope in the same pass.
//
// # Bodies that are not held in memory
//
// A response that is read as it comes has no limit of time as a whole, which
// would cut off what is slow but well; and none at all would wait for ever.
//
// Decision: it has one for each time that nothing comes ([Streams]), which does
// not count what the caller does in between. So has a result that is read as a
// whole, unless the caller limits all of it. A request that is read as it is
// sent has an exact length if all that it is made of can tell its own.
//
// # Secrets
//
// Decision: what must not be seen is kept where printing does not reach, and
// errors, logs and captured responses are made of masked copies. A secret that
// a server sends back is masked as well; one of less than four bytes only
// where it stands alone.
