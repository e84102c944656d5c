// Package build makes the model of an SDK from a description and what a user
// decided about it. It resolves every reference, merges every allOf, recognises
// envelopes and pages, and has package names settle what everything is called;
// it writes no Go.
//
// What the description leaves open is decided here, each question in one
// function: how a field shows that it may be absent ([presenceOf]), which
// response is the result, what is an envelope, what is a page.
//
// # Packages
//
// Problem: a large API needs many packages to compile fast and to link little,
// but schemas refer to each other without regard for any grouping, and Go
// forbids import cycles. Others put all models in one package (slow, names that
// repeat the resource), or one per tag with copies of what they share.
//
// Decision: a schema lives in the package of the one top-level resource whose
// operations reach it, and in package shared when several do. What a shared
// schema refers to is reached by the same operations, so it is shared too, and
// no cycle can occur.
package build
