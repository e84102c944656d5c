// Package parity says what users of one SDK find in another one: symbol by symbol,
// what is kept, kept by a second name, changed or gone, with a rate for each kind.
//
// It reads declarations with go/types and runs nothing. What an SDK imports from
// elsewhere is not read either: each name that it uses of another module stands for
// a type of that name, which is all that a comparison of signatures needs. So it
// works without a network, a build cache, or a module that builds.
//
// Two symbols are the same if they have the same name in the package at the same
// place below the module; what the module is called makes no difference.
package parity
