// Package jsonpath selects values of a description by JSONPath, as RFC 9535 has
// it in full: queries with every selector, filters that compare and test, and
// the five functions of the standard. It does not change what it finds.
//
// Decision: it is our own. A library works on values of another kind, so the
// tree would be copied for it and what it finds be looked up again; those that
// follow the standard bring a YAML library of their own besides. The standard
// is small, and says for every text whether it is a query.
//
// Regular expressions are I-Regexp (RFC 9485) as it maps to RE2, section 5.4
// there. What RE2 understands beyond that is let through.
package jsonpath
