package restree

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/lexicon"
)

// A class says what an operation does, whatever the word for it is.
type class int

const (
	other class = iota
	create
	list
	get
	modify
	remove
)

// crud are the verbs that say no more than the HTTP method does.
var crud = classes(map[class]string{
	create: `create add new post insert make`,
	list:   `list index browse`,
	get:    `get read fetch retrieve show view describe find lookup inspect head`,
	modify: `update modify change put replace set save edit patch`,
	remove: `delete remove destroy del`,
})

// classNames are the methods for what an operation does.
var classNames = map[class]string{create: "create", list: "list", get: "get", modify: "update", remove: "delete"}

func classes(words map[class]string) map[string]class {
	m := map[string]class{}
	for c, text := range words {
		for w := range set(text) {
			m[w] = c
		}
	}
	return m
}

// crudNouns are those of them that are as often a noun.
var crudNouns = set(`list index`)

// views are the verbs that are no noun where GET is the method.
var views = set(`search export download query preview validate check lookup stream`)

// reads are what one gets of an item, rather than a thing that the item has.
var reads = set(`content contents results raw download info count diff exists size whoami`)

// reports are words in the singular that name views of other things.
var reports = set(`usage stat statistic analytics report metric insight summary top trend count total ranking`)

// particular are verbs that say more than the HTTP method does. An operationId
// that is such a verb and the resource names its method: ingestEvents.
var particular = set(`
	execute generate ingest install invoke publish query search send uninstall upsert void watch`)

// joins are verbs for what POST does to a collection of what is there already, and
// DELETE undoes.
var joins = set(`assign attach associate link unassign detach dissociate unlink`)

// singletons are words in the singular whose plural names one thing.
var singletons = set(`
	setting stat statistic metric detail preference default option percentile limit insight total permission credential`)

// collectives are words that name a list without a plural.
var collectives = set(`history activity audit catalog directory feed inventory log timeline trail`)

// actionFolders are steps that hold the actions of what is above them.
var actionFolders = set(`action actions operation operations command commands`)

// A strength says how surely a step reads as a verb.
type strength int

const (
	noun    strength = iota
	unknown          // in no list
	rare             // a verb in a dictionary, and seldom in an API
	either           // as often a noun
	verb
)

// verbness reads the words of a step: "activate", "force_notify", "add-rules" and
// "batch_activate" are verbs, "preview" may be one, "login_links" is none.
func verbness(words []string, plural bool) strength {
	first, end := lexicon.Of(words[0]), lexicon.Of(last(words))
	if overlap(words[1:], prepositions) {
		end = lexicon.Noun // schedule-for-stop
	}
	switch {
	case first == lexicon.Verb:
		return verb
	case plural:
		return noun
	case end == lexicon.Verb:
		return verb
	case first == lexicon.Either || end == lexicon.Either:
		return either
	case end == lexicon.Rare:
		return rare
	case end == lexicon.Noun:
		return noun
	}
	return unknown
}

var prepositions = strings.Fields(`at by for from in of on to with without`)

func isVerb(w string) bool { return crud[w] != other || lexicon.IsVerb(w) }

func adjective(w string) bool { return lexicon.IsAdjective(w) }

func last[T any](s []T) T { return s[len(s)-1] }

// set returns the words of text.
func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}
