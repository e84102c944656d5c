// Package build makes the model of an SDK from a description and what a user
// decided about it. It resolves every reference, merges every allOf, recognises
// envelopes and pages, and has package ident settle what everything is called;
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
//
// # Equal schemas
//
// Problem: many descriptions have a schema in place for every operation that
// takes it, with the same address, the same settings, the same three hundred
// categories. A type for each is twice the SDK, and what a program has made for
// one call it cannot give to the next.
//
// Decision: schemas without a name of their own that say the same are one type, if
// they are called the same where they stand, have the same title, list more values
// than two would by chance, or choose between the same components. Of what says
// little alone, such as a type or a status, the whole must be called the same too.
// Only what describes all of a schema may differ, since every field has its own
// description. The type is called what all of them are called.
//
// Schemas that are equal today need not be tomorrow, and a type that comes apart
// breaks what is built on it. So the lock knows which schemas are one type, and they
// stay one: what is added to one of them, the type has. A change that cannot be
// had so is one that breaks callers of that schema anyway.
//
// # Errors
//
// Problem: many operations describe the bodies of their errors in place, each
// anew, or as an allOf of what others have. A type for each would be thousands
// that nobody asks for by name.
//
// Decision: the body of an error has a type if the description names it: as a
// schema, as a response, or as one of a choice. What more than half of the
// operations share is told once, and the rest at each method. If errors list
// their problems, every error of the SDK has them already, and a body of that
// form needs no type.
//
// # Names stay
//
// Problem: what is decided by looking at the whole turns when the whole grows.
// A new operation can move a method, make a schema one of several resources',
// add a page that others are merged with, or be the one by which most errors
// have another shape.
//
// Decision: what the lock has a name for is settled first, as if it had been
// chosen by hand, and all that is new gives way. The package that a schema has
// had a name in counts as one that uses it: the rule above then puts it where it
// was or into package shared, cycles are as impossible as before, and an alias
// keeps the old name. A new operation joins a page that has a name only if that
// changes nothing in it.
//
// A place in the description is a JSON pointer where there is one, since what a
// declaration is named after may be whatever operation comes first; see package
// lock.
package build
