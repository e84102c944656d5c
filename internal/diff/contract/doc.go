// Package contract compares what two versions of a description say of the HTTP
// API: what a server that expects the one, or a caller that was written for it,
// notices of the other. It knows nothing of Go.
//
// # Directions
//
// What is sent and what comes back are judged the other way round. A member
// that must be sent now breaks callers, and one that always comes back now does
// not; a value that is no longer accepted breaks them, and one that no longer
// comes does not. A schema that goes both ways is judged by the worse of both.
//
// # Levels
//
// Problem: by the letter nearly everything breaks somebody: another value of an
// enum, a pattern that is stricter, a new member of a response that is closed.
// Tools that say so are ignored.
//
// Decision: it is breaking if callers who follow the old description can be
// refused, or miss what was always there. Limits on a value (its length, its
// pattern) are a minor change: they are told, and mostly describe what the
// server did before. So are values and variants that are new in a response: a
// client must expect those, and the SDKs that gen makes do.
package contract
