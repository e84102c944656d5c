// Package goapi compares the Go API of two versions of an SDK: what a program
// that is built on one notices when it is built on the other.
//
// # The judgement
//
// golang.org/x/exp/apidiff says what is compatible. It compares one package
// with another, and takes what lies in a third for the same only if its path
// and name are. In an SDK a type may move to package shared, and leave an alias
// behind; nobody's program breaks, and apidiff says that it does. With the path
// of a module, from example.com/sdk to example.com/sdk/v2, every type changes.
//
// Decision: all packages of a version become one, in which each name carries
// that of its package, and apidiff compares the two.
//
// # What is read
//
// Decision: only declarations are type-checked, no bodies of functions: it is
// twenty times as fast, and nothing of an API is in them. What an SDK imports
// from elsewhere is read as export data, which go list makes.
package goapi
