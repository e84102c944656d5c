package prose

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// A Call is what is known of an operation that no sentence describes.
type Call struct {
	ID       string // its operationId
	Name     string // of its method in Go
	Resource string // the one that it acts on, as the description spells it; empty if there is none
	Method   string // of HTTP
	Path     string
	List     bool // it returns a collection
}

// Sentence says what a call does, to be read after the name of its method. The
// operationId has the words, else the method and its resource: getChatMember
// "returns a chat member.", "archive" of channels "archives a channel.". A call
// whose words name no verb "sends a POST request to /path.".
func (x *Lexicon) Sentence(c Call) string {
	for _, words := range [][]string{c.idWords(), ident.Words(c.Name)} {
		if p, ok := x.predicate(words, c); ok {
			return p + "."
		}
	}
	return "sends a " + c.Method + " request to " + Line(c.Path) + "."
}

// idWords are the words of the operationId, without versions and numbers. An ID
// that repeats a word, has a parameter in its middle or begins with "post" was made
// from the path by a tool, and says nothing. The ID of a method that is called Get
// or List is what it reads, if it begins with no verb for reading: "logFileHandler".
func (c Call) idWords() []string {
	if c.ID == "" {
		return nil
	}
	words := ident.Words(c.ID)
	if i := slices.Index(words, "id"); i > 0 && i < len(words)-1 && words[i-1] != "by" || words[0] == "post" && c.Method == "POST" {
		return nil
	}
	for i, w := range words {
		if one := ident.Singular(w); slices.ContainsFunc(words[:i], func(other string) bool { return ident.Singular(other) == one }) {
			return nil
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool {
		return strings.Trim(w, "0123456789") == "" || isVersion(w)
	})
	if len(words) > 1 && (c.Name == "Get" || c.Name == "List") && !reads(words[0]) && !reads(words[len(words)-1]) {
		words = append([]string{strings.ToLower(c.Name)}, words...)
	}
	return words
}

// reads reports whether a verb is one for reading.
func reads(verb string) bool {
	return returning[verb] != "" || slices.Contains([]string{"list", "find", "search", "query", "check", "download", "export", "count", "lookup", "stream", "compare"}, verb)
}

// isVersion reports whether a word is a version of an API: v1, v2beta1.
func isVersion(word string) bool {
	rest, ok := strings.CutPrefix(word, "v")
	return ok && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// predicate reads words as a verb and what it acts on. The verb stands first,
// or last, after the resource: "users list".
func (x *Lexicon) predicate(words []string, c Call) (string, bool) {
	if len(words) == 0 {
		return "", false
	}
	bulk := len(words) > 1 && (words[0] == "bulk" || words[0] == "batch")
	if bulk {
		words = words[1:]
	}
	verb, object, ok := x.verbs(words)
	if !ok {
		last := len(words) - 1
		if verb, _, ok = x.verbs(words[last:]); !ok {
			return "", false
		}
		object = words[:last]
		if len(object) > 1 && !c.List { // users roles assign: of a role
			object = object[len(object)-1:]
		}
	}
	object = trimKeys(object)
	if len(object) == 0 {
		object = ident.Words(c.Resource)
		if c.Resource == "" || slices.Contains(words, object[0]) {
			return verb, true
		}
	}
	switch {
	case bulk && !ident.Plural(object[len(object)-1]):
		verb += " several"
		object = pluralHead(object)
	case c.List && (verb == "returns" || verb == "lists") && head(object) == object[len(object)-1] && !slices.Contains(mass, head(object)) && !ident.Plural(head(object)):
		verb, object = "lists", pluralHead(object)
	case !c.List && !bulk && ident.Plural(head(object)) && isResource(object, c.Resource) && actsOnOne(verb):
		object = ident.Words(ident.Singular(strings.Join(object, "_")))
	}
	return verb + " " + determined(object), true
}

// verbs returns the verb or verbs that words begin with, in the third person,
// and the words after it: "create or join lobby" is "creates or joins", lobby.
func (x *Lexicon) verbs(words []string) (string, []string, bool) {
	does, ok := third(words[0])
	if !ok {
		return "", nil, false
	}
	if plain, ok := returning[words[0]]; ok {
		does = plain
	}
	if len(words) > 2 && (words[1] == "or" || words[1] == "and") {
		if more, rest, ok := x.verbs(words[2:]); ok {
			return does + " " + words[1] + " " + more, rest, true
		}
	}
	return does, words[1:], true
}

// returning are the verbs of operations that hand something out: a method does
// not get, it returns.
var returning = map[string]string{"get": "returns", "fetch": "returns", "read": "returns", "retrieve": "returns", "show": "returns", "view": "returns"}

// actsOnOne reports whether a verb has one thing for its object where the
// resource is called by the plural.
func actsOnOne(verb string) bool { return verb != "lists" && verb != "searches" && verb != "counts" }

func isResource(object []string, resource string) bool {
	return resource != "" && slices.Equal(object, ident.Words(resource))
}

// trimKeys takes off what only says how the object is found: "pet by id".
func trimKeys(object []string) []string {
	if i := slices.Index(object, "by"); i > 0 {
		return object[:i]
	}
	return object
}

var prepositions = strings.Fields("about as at by for from in into of on onto over through to up via with within without out off down back and or")

// head is the noun that a phrase is about: the last word before a preposition.
func head(object []string) string {
	for i, w := range object {
		if i > 0 && slices.Contains(prepositions, w) {
			return object[i-1]
		}
	}
	return object[len(object)-1]
}

// pluralHead returns a phrase with its last word in the plural.
func pluralHead(object []string) []string {
	last := len(object) - 1
	return append(slices.Clone(object[:last]), thirdPerson(object[last])) // ends as a verb does: keys, entries, matches
}

// The words before which no article stands, those before which "the" does, and
// nouns of which there is only some.
var (
	determiners = strings.Fields("a an the my your our its all any each every this that these those current me several multiple")
	definite    = strings.Fields("current default latest next own primary root status health balance version config configuration schema quota count total profile")
	mass        = strings.Fields("access content data feedback history info information metadata progress storage support traffic usage")
)

// determined is a phrase as it stands in a sentence: with an article where it
// names one thing.
func determined(object []string) string {
	spelled := make([]string, len(object))
	for i, w := range object {
		spelled[i] = spell(w)
	}
	phrase := strings.Join(spelled, " ")
	noun := head(object)
	switch first := object[0]; {
	case slices.Contains(definite, first), slices.Contains(definite, noun):
		return "the " + phrase
	case slices.Contains(determiners, first), slices.Contains(prepositions, first), slices.Contains(mass, noun), ident.Plural(noun):
		return phrase
	}
	return article(spelled[0]) + " " + phrase
}

// spell writes a word as English does: initialisms in capitals.
func spell(word string) string {
	if shout := ident.Exported(word); len(shout) > 1 && shout == strings.ToUpper(shout) {
		return shout
	}
	return word
}

// article is the indefinite article before a word, by its sound.
func article(word string) string {
	lower := strings.ToLower(word)
	switch {
	case word != lower && word == strings.ToUpper(word): // spelled out: an SKU, a URL
		if strings.ContainsAny(word[:1], "AEFHILMNORSX") {
			return "an"
		}
		return "a"
	case strings.HasPrefix(lower, "uni"), strings.HasPrefix(lower, "use"), strings.HasPrefix(lower, "usa"), strings.HasPrefix(lower, "one"), strings.HasPrefix(lower, "eu"):
		return "a"
	case strings.HasPrefix(lower, "hour"), strings.HasPrefix(lower, "honest"):
		return "an"
	case strings.ContainsAny(lower[:1], "aeiou"):
		return "an"
	}
	return "a"
}
