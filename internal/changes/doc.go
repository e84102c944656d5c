// Package changes is the report on two versions of an API and of its SDK: what
// changes, how much it means, and how to say it as text, Markdown or JSON, in a
// MIGRATION.md and in a CHANGELOG.md.
package changes
