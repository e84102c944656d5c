// Package report is the report on two versions of an API and of its SDK: what
// changes, how much it means, and how to say it as text, Markdown or JSON, in a
// MIGRATION.md and in a CHANGELOG.md.
//
// Problem: a changelog of commits tells users nothing, and a list of changed
// schemas not much: they know calls and types.
//
// Decision: each change is a sentence about a name of the SDK, if it has one,
// and says what is now and what was. The two judgements stay apart: a change of
// the HTTP API may be none of the Go API, and the other way round. The level of
// a version is the worse of both.
package report
