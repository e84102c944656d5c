// Package schema says what the schemas of a description mean: it takes nodes of
// the description and returns views with every reference followed and every allOf
// merged, the schema that decides a type, families, alternatives, and whether two
// schemas say the same. It knows no Go type, no name and no config.
package schema
