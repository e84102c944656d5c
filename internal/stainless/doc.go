// Package stainless reads a stainless.yml, the configuration of the hosted
// generator Stainless, and says the same in the terms of this project: a gen.yaml
// and, for what changes the description, an OpenAPI Overlay.
//
// Nothing of the file is lost in silence. A key is translated, or it is a warning
// at its line that says what goes missing and how to live without it. Where a key
// decides about Go alone, the answer is that of the Go target; what is for other
// languages is reported once, at the language.
//
// The names are those that Stainless gives to Go: create is New, retrieve is Get, a
// word is written in capitals if that generator does, and an operation that the
// file does not list is no method.
package stainless
