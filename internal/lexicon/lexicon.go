package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.txt
var words string

// A Kind says how surely a word is a verb.
type Kind int

const (
	Unknown Kind = iota // in no list
	Noun                // a noun or an adjective
	Rare                // a verb and a noun or adjective, seldom a verb in an API: file, order
	Either              // a verb and a noun, and both in APIs: search, report
	Verb                // a verb only, or at least in APIs: navigate, cancel
)

// Of returns the kind of a word in lower case, singular if it is a noun. A word that is in no list is a
// verb if it is one behind re-, un- or de-: rerank, unpause.
func Of(word string) Kind {
	t := tables()
	switch {
	case t.always[word]:
		return Verb
	case t.both[word], t.phrases[word]:
		return Either
	}
	kind, known := t.kinds[word]
	switch {
	case kind == "v":
		return Verb
	case strings.HasPrefix(kind, "e"), strings.HasPrefix(kind, "v"):
		return Rare
	case known:
		return Noun
	}
	for _, prefix := range prefixes {
		rest, ok := strings.CutPrefix(word, prefix)
		if ok && len(rest) > 2 && (t.always[rest] || t.both[rest] || strings.ContainsAny(t.kinds[rest], "ve")) {
			return Verb
		}
	}
	return Unknown
}

// IsVerb reports whether a word in lower case is a verb in APIs, be it a noun as
// well.
func IsVerb(word string) bool { return Of(word) >= Either }

// IsCommand reports whether a word in lower case is a verb where a sentence begins
// with it: "Review the change".
func IsCommand(word string) bool {
	t := tables()
	return IsVerb(word) && !t.phrases[word] || t.commands[word]
}

// IsAdjective reports whether a word in lower case is an adjective more than it
// is a noun: next, open, primary.
func IsAdjective(word string) bool {
	return strings.HasSuffix(tables().kinds[word], "a")
}

// prefixes make verbs of verbs.
var prefixes = [...]string{"re", "un", "de"}

type lists struct {
	kinds                           map[string]string // v: only a verb; e: something else as well; n: a noun and no verb; a behind it: an adjective
	always, both, commands, phrases map[string]bool
}

// tables reads the lists once, when they are first asked for.
var tables = sync.OnceValue(func() lists {
	t := lists{kinds: make(map[string]string, 11000), always: set(always), both: set(both), commands: set(commands), phrases: set(phrases)}
	for line := range strings.Lines(words) {
		word, kind, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		t.kinds[word] = kind
	}
	return t
})

func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// always are verbs in APIs, whatever else a dictionary says they are, and verbs
// that it does not have.
const always = `
	abort add advance archive associate ban begin bind boot cancel clean clear clone close combine compact compare complete
	convert count decline discard disconnect dispatch drain drop duplicate empty end estimate exit extract fetch find finish flush
	force fork freeze fund get halt handle hide hydrate import initiate insert interrupt join kick kill launch leave mark moderate
	monitor move mute open override patch pause pay pick post present produce provision prune pull purge push put quarantine read
	redact refuse regenerate register reissue reject relay remount remove render reorder replay rerun reset resolve resume reverse
	revise revoke save seal seek select set settle skip sleep snooze split stop sum swap tally toggle truncate try update void wait
	wake warm wrap zap

	ack autocomplete backfill decrement enqueue favorite increment init offboard preauthorize tokenize unfavorite unlike upsert`

// phrases are verbs in a path only: two words written as one, which no sentence
// begins with.
const phrases = `checkin checkout cleanup login logout poweroff poweron rollback shutdown signin signout signup takeover`

// both are verbs in APIs, and things as often.
const both = `
	answer block broadcast build bulk capture change check claim collect commit copy download echo embed exchange export filter
	grant index invite issue label like link list live load lock match mount pin ping play poll preview process query react
	recover refund release reply report request reserve return reward run scale scan schedule score search share ship show sign
	snapshot sort spend star start store stream subscribe switch test train transfer transform transition trigger upgrade upload
	use vote watch`

// commands are verbs where a sentence begins with them, though things in a path.
const commands = `
	aggregate book browse decrease display dump flag forward gather give increase log look make mask mint order pass permit place
	probe proxy purchase queue rank review route sample serve shut tag tail take track turn view wipe`
