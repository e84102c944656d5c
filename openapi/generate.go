// Package openapi has the descriptions that this repository generates from, and
// what is decided about them. There is no code in it: it is where go generate
// starts.
package openapi

//go:generate go run ../cmd/gen generate gen.yaml
