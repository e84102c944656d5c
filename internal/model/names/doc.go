// Package names chooses the Go identifier of everything in a model, and the
// place of every operation in the resource tree. It reads names, paths and
// verbs, and writes names; it knows no schema and no Go text.
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
// on their order nor on what else there is.
//
// Problem: two texts may differ only in what an identifier cannot show ("foo"
// and "Foo", "a+b" and "a-b"), so candidates can run out. Others append a
// number, which changes its meaning when the description does.
// Decision: append a word for what differs (the kind, the symbols, the case),
// at last six digits of a hash of the text, and warn: generation never fails
// for want of a name, and a name never depends on its neighbours' order.
//
// # The resource tree
//
// [Infer] gives every operation a resource and a method name, as the author of
// an SDK would: what the description says outright (a group and a name), else
// what its operationIds say if they are made of a group and a name, else what
// the path, the verb and the tags say.
package names
