// Package ident turns any text into Go identifiers, and settles who has which
// where several want the same. It reads words and writes names; it knows
// nothing of APIs.
//
// # Identifiers
//
// [Exported], [Unexported], [Package] and [Camel] are pure functions from any
// text to a legal name. They lose information, so two texts may get the same
// name: that is what [Settle] is for.
//
// # Clashes
//
// Everything that wants a name in one scope makes a [Claim] with candidates,
// shortest first. Rivals move on together, so that the outcome depends neither
// on their order nor on what else there is; who has no other candidate stays
// while the rest can give way.
//
// Problem: two texts may differ only in what an identifier cannot show ("foo"
// and "Foo", "a+b" and "a-b"), so candidates can run out. Others append a
// number, which changes its meaning when the description does.
// Decision: append a word for what differs (the kind, the symbols, the case),
// at last six digits of a hash of the text, and warn: generation never fails
// for want of a name, and a name never depends on its neighbours' order.
package ident
