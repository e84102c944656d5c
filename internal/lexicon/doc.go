// Package lexicon knows which English words are verbs, for paths and for prose.
// It knows no API and makes no names.
//
// Problem: a step of a path is a method or a resource, and only the word says
// which: POST /sessions/{id}/navigate calls something, POST
// /sessions/{id}/cookie makes something. A list of the verbs that were met so
// far fails on the next description.
//
// Decision: words.txt has every verb of WordNet 3.0 that is one word, and the
// usual nouns and adjectives, with what else each of them is (derive.go makes it,
// LICENSE.wordnet is its licence). Two short lists in lexicon.go add what a dictionary of
// 2006 cannot know: how APIs use a word (always: "cancel" is a noun too, but not
// in a path), and the words that have come up since (upsert, autocomplete).
package lexicon
