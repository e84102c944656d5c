// Package param has the types of fields that a plain Go value cannot express:
// a value that may be absent or null ([Opt], [Nullable]), a value that must not be
// printed ([Secret]), a number that int64 and float64 cannot hold ([Number]), a day
// without a time ([Date]), the empty text beside other values ([Empty]), and members
// that are not described ([Extra]). They stand in parameters and in responses alike; the
// package sends nothing and knows no API.
//
// # Absent, null, zero
//
// An API tells a member that is left out from one that is null and from one
// that is zero, and a Go field of type string cannot. A scalar
// that can be absent or null is an Opt; a required field is its plain type. The
// zero Opt is absent, so a params struct is written down with only the fields
// that matter.
//
// What has a zero of its own needs no wrapper to be absent. A list or
// map is nil, an object a nil pointer, and an enum has its zero, which is none
// of the values (an enum that lists it is a pointer). Only one that can also be
// null, and need not be there, takes a type for its three states: an object or
// enum has one declared beside it, such as AddressOrNull, as has a list or map
// of them, and what has no name, such as a list of texts, is a [Nullable].
//
// # Secrets
//
// A Secret is masked by every way to print or encode it, this
// package's own JSON included, and only [Secret.Reveal] and the SDK's transport
// see the text. What fmt cannot ask it cannot mask: do not keep a Secret in an
// unexported field of a struct that is printed whole.
package param

// Decision: the
// price of a generic type is its methods, which Go compiles again for every type
// and in every package from which the type can be reached; with an Opt for each
// of its 1,600 enums and nullable objects the client of a large API took seven
// times as long to compile.
