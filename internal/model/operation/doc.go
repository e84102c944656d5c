// Package operation reads what methods are made of: it takes the operations of a
// description, the facts of its schemas and a registry of types, and returns
// operations whose parameters, bodies, results, streams, security, errors and
// servers are settled, in a tree of resources. It puts no type into a package and
// names none.
package operation
