// Package types chooses the Go type of every schema that an operation uses: it
// takes schemas and says where each is used, and returns types and declarations
// without names. It reads no operation, puts nothing into a package and names
// nothing.
package types
