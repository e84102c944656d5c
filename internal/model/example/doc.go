// Package example makes the calls that generated tests make: it takes an API that
// is named and the operations of its description, and returns values of Go types
// with the answers of a server, as the description allows them. It writes no Go.
package example
