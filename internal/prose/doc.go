// Package prose turns the text of a description into English that stands in Go:
// doc comments, sentences about a name, plain lines. It writes no Go code, and
// no text that it returns can become code.
//
// # Comments
//
// Problem: descriptions come from outside, are written in Markdown for a
// browser, and seldom start with the name of what they describe, as Go
// documentation does.
//
// Decision: [Blocks] reads the Markdown and keeps what shapes a text: paragraphs,
// lists, code. [Comment] writes every line after "// ", so that nothing ends the
// comment or becomes a directive, and drops what cannot be seen. [Introduce]
// turns a first sentence into one about the name where a [Lexicon] knows its verb
// ("Create a store" becomes "Create creates a store"); it puts a fact before any
// other sentence.
package prose
