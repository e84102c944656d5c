package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/internal/lexicon"
)

// traits are the verbs that descriptions of types begin with.
const traits = `allow apply carry configure constrain contain control define denote describe determine disable enable encapsulate express
force give hold identify include indicate list match model provide represent require return say select show specify state store tell
track`

// participles are what else a first sentence may be about: "Emitted when …".
const participles = `called emitted given issued returned sent used triggered`

// A Lexicon knows the verbs that a first sentence may begin with.
type Lexicon struct {
	traits      map[string]bool // those that begin the description of a type
	participles map[string]bool
}

func NewLexicon() *Lexicon {
	x := &Lexicon{traits: map[string]bool{}, participles: map[string]bool{}}
	for _, verb := range strings.Fields(traits) {
		x.traits[thirdPerson(verb)] = true
	}
	for _, verb := range strings.Fields(participles) {
		x.participles[verb] = true
	}
	return x
}

// third returns the third person of a verb in its base form, and whether it is
// one.
func third(verb string) (string, bool) {
	if !lexicon.IsCommand(verb) {
		return "", false
	}
	return thirdPerson(verb), true
}

// isPerson reports whether a word is the third person of a verb.
func isPerson(word string) bool {
	stem, ok := strings.CutSuffix(word, "s")
	if !ok {
		return false
	}
	for _, base := range [...]string{stem, strings.TrimSuffix(stem, "e"), strings.TrimSuffix(stem, "ie") + "y"} {
		if base != "" && lexicon.IsCommand(base) && thirdPerson(base) == word {
			return true
		}
	}
	return false
}

// thirdPerson returns what it, he or she does: "fetches", "applies".
func thirdPerson(verb string) string {
	n := len(verb) - 1
	switch {
	case strings.HasSuffix(verb, "s"), strings.HasSuffix(verb, "sh"), strings.HasSuffix(verb, "ch"), strings.HasSuffix(verb, "x"), verb == "undo":
		return verb + "es"
	case verb[n] == 'y' && !strings.ContainsRune("aeiou", rune(verb[n-1])):
		return verb[:n] + "ies"
	}
	return verb + "s"
}

// Operation turns the first sentence of an operation's description into what
// the method does, to be read after its name: "Create a store" and "Creates a
// store" into "creates a store". It reports false for any other sentence.
func (x *Lexicon) Operation(text string) (string, bool) {
	for _, polite := range [...]string{"Use this endpoint to ", "Use this operation to ", "Use this method to ", "Use this API to "} {
		if command, ok := strings.CutPrefix(text, polite); ok {
			return x.imperative(command)
		}
	}
	if command, ok := strings.CutPrefix(text, "You can "); ok && firstWord(command) != "see" {
		return x.imperative(command)
	}
	text = uncap(x.subject(text, "endpoint", "operation", "method", "api", "call", "action", "request", "route", "resource", "command"))
	word, rest := cut(text)
	next, _ := cut(rest)
	switch {
	case next == "of" || next == "":
		return "", false
	case strings.HasSuffix(word, "ly"): // "permanently deletes"
		after, ok := x.Operation(rest)
		return word + " " + after, ok
	case isPerson(word):
		return text, true
	case x.participles[word] && strings.Contains(" to when by if for as after before in ", " "+next+" "):
		return "is " + text, true
	case strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !function[word] && takesObject(next):
		return text, true // whatever verb it is
	case word == "allows", word == "is", word == "will", word == "can", word == "must":
		return text, true
	}
	return x.imperative(text)
}

// imperative puts all verbs of a command into the third person: "create,
// replace or delete a store".
func (x *Lexicon) imperative(text string) (string, bool) {
	word, rest := cut(text)
	var done []string
	for part := range strings.SplitSeq(word, "/") {
		bare := strings.TrimSuffix(part, ",")
		does, ok := third(bare)
		if !ok && bare == word && isCommand(bare) && takesObject(firstWord(rest)) {
			does, ok = thirdPerson(bare), true
		}
		if !ok {
			return "", false
		}
		done = append(done, does+part[len(bare):])
	}
	said := strings.Join(done, "/")
	next, after := cut(rest)
	if next == "and" || next == "or" || next == "then" || next == "&" {
		more, ok := x.imperative(after)
		return said + " " + next + " " + more, ok
	}
	if strings.HasSuffix(word, ",") {
		if more, ok := x.imperative(rest); ok {
			return said + " " + more, true
		}
		return "", false
	}
	return said + " " + rest, true
}

// isCommand reports whether a word before an article can be a verb in its base
// form, which no lexicon need have: "dequeue a member".
func isCommand(word string) bool {
	if len(word) < 3 || function[word] || strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) >= 0 {
		return false
	}
	for _, ending := range [...]string{"ed", "ing", "ly", "s", "ion", "ment", "ness", "ity"} {
		if strings.HasSuffix(word, ending) {
			return false
		}
	}
	return true
}

// takesObject reports whether a word is one that only an object begins with.
func takesObject(word string) bool {
	return word == "a" || word == "an" || word == "the" || word == "your"
}

func firstWord(text string) string {
	word, _ := cut(text)
	return word
}

// Type turns the first sentence of a type's description into what the type is,
// to be read after its name: "A store of secrets" into "is a store of secrets",
// "This object represents …" into "represents …". It reports false for any
// other sentence.
func (x *Lexicon) Type(text string) (string, bool) {
	stripped := x.subject(text, "object", "type", "schema", "resource", "model", "struct", "structure", "data", "event", "class", "field", "property", "parameter", "enum")
	if stripped != text {
		return stripped, true // a verb, whichever it is
	}
	word, rest := cut(uncap(text))
	next, _ := cut(rest)
	switch {
	case next == "":
		return "", false
	case word == "a", word == "an", word == "the":
		return "is " + word + " " + rest, isPhrase(rest)
	case x.traits[word]:
		return word + " " + rest, next != "of" && next != "for"
	case x.participles[word] && strings.Contains(" to when by if for as after before in ", " "+next+" "):
		return "is " + word + " " + rest, true
	case word == "whether" || word == "how":
		return "says " + word + " " + rest, true
	}
	return "", false
}

// isPhrase reports whether a sentence that begins with an article names a
// thing, "the zone that a record is in", and says nothing of it, as in "the
// zone must be active".
func isPhrase(text string) bool {
	for word := range strings.FieldsSeq(text) {
		end := strings.ContainsAny(word[len(word)-1:], ".;:,")
		switch strings.TrimRight(word, ".;:,") {
		case "that", "which", "who", "whose", "where", "when", "whether", "if", "to", "for", "as", "how", "used", "containing", "representing", "describing":
			return true
		case "is", "are", "was", "were", "has", "have", "had", "can", "could", "must", "may", "might", "should", "shall", "will", "would", "does", "did", "do", "cannot",
			"represents", "specifies", "contains", "describes", "defines", "indicates", "determines", "returns", "controls", "allows", "lets", "provides", "understood":
			return false
		}
		if end {
			return true
		}
	}
	return true
}

// subject takes "This endpoint" off a sentence that goes on with a verb.
func (x *Lexicon) subject(text string, nouns ...string) string {
	word, rest := cut(text)
	if word != "This" && word != "this" && word != "The" && word != "the" {
		return text
	}
	noun, after := cut(rest)
	if noun == "API" {
		noun = "api"
	}
	for _, n := range nouns {
		if noun != n {
			continue
		}
		for range 2 { // "API call", "data type"
			verb, more := cut(after)
			switch {
			case verb == "call", verb == "endpoint", verb == "type", verb == "object":
				after = more
			case isPerson(verb), x.traits[verb], verb == "is", verb == "will", verb == "can", verb == "has", verb == "must", verb == "may":
				return after
			}
		}
	}
	return text
}

// Returned turns a first sentence that only names things, "Usage records by
// year", into what a method that reads them does: "returns usage records by
// year". It reports false for a sentence with a verb.
func (x *Lexicon) Returned(text string) (string, bool) {
	first, rest, _ := strings.Cut(text, ". ")
	if first == "" || strings.ContainsAny(first, ":?!(<") || !unicode.IsLetter(rune(first[0])) {
		return "", false
	}
	for word := range strings.FieldsSeq(first) {
		if finite[strings.ToLower(strings.Trim(word, ".,;`"))] {
			return "", false
		}
	}
	word, _ := cut(strings.ToLower(first))
	if _, verb := third(word); verb || isPerson(word) || function[word] {
		return "", false
	}
	said := "returns " + uncap(first)
	if rest != "" {
		said += ". " + rest
	}
	return said, true
}

// finite are the words that make a sentence of a phrase.
var finite = set(`is are was were be been has have had can could must may might should shall will would does did do cannot gets lets let makes please you we i it they this that these those there which who if when while deprecated warning note
	accepts allows contains creates enables indicates lists makes provides represents requires retrieves returns supports updates`)

// function are words that stand before an article and are no verbs.
var function = set(`about after all and any are as at be before both but by can during each either every for from had has have here if in into is
	just like may must near neither no nor not note of off on once only onto or our over per quite since so some such than that their then there
	these this those though through till to toward under unless until up upon via was were what when where whether which while who whose why with
	within without yet`)

func set(words string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

// cut returns the first word of text and what follows it.
func cut(text string) (word, rest string) {
	word, rest, _ = strings.Cut(text, " ")
	return word, rest
}

// uncap lowers the first letter of a word that is only capital because it
// begins a sentence.
func uncap(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[n:])
	if unicode.IsUpper(first) && !unicode.IsUpper(second) {
		return string(unicode.ToLower(first)) + text[n:]
	}
	return text
}
