package restree

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// An op is an operation with all that is read out of it alone.
type op struct {
	*Operation
	method string // in capitals
	route  route
	node   *node    // the last step of its path
	tag    []string // words of its first tag, in the singular
	id     []string // words of its operationId, without those of a tag in front
	verb   string   // that the operationId starts with, else ends with
	class  class    // what the verb says
	lists  bool     // it returns a list, and nothing says that this is one thing
}

// A reader reads operations, and each text that many of them share once.
type reader map[string][]string

func (r reader) operation(source *Operation) op {
	o := op{
		Operation: source,
		method:    strings.ToUpper(source.Method),
		route:     parseRoute(source.Path),
		id:        r.idWords(source),
	}
	if len(source.Tags) > 0 {
		o.tag = r.tag(cutTag(source.Tags[0]))
	}
	o.setVerb(idVerb(o.id))
	return o
}

// setVerb sets the verb that o's operationId has, and what it says.
func (o *op) setVerb(verb string) {
	o.verb = verb
	if !strings.EqualFold(o.verb, o.method) || o.method == "GET" {
		o.class = crud[o.verb] // but for a POST that is "post" in the operationId, which says nothing
	}
}

// runOnVerb returns the verb in front of an operationId that is all one word,
// where the step ones ends it: "Updatespendlimit" of /spend_limit.
func runOnVerb(id, ones []string) string {
	if len(id) != 1 {
		return ""
	}
	rest, ok := strings.CutSuffix(ident.Singular(id[0]), strings.Join(ones, ""))
	if !ok {
		return ""
	}
	best := ""
	for verb := range crud {
		if strings.HasPrefix(rest, verb) && len(verb) > len(best) {
			best = verb
		}
	}
	return best
}

// verbBefore returns the verb that stands right before the step ones, which an
// operationId ends with, whatever it begins with: "acme-ai-list-tunes" of /tunes.
func verbBefore(id, ones []string) string {
	if i := len(id) - len(ones) - 1; i > 0 && crud[id[i]] != other && hasSuffix(singulars(id), ones) {
		return id[i]
	}
	return ""
}

// tag returns the words of a tag, in the singular.
func (r reader) tag(tag string) []string {
	words, ok := r[tag]
	if !ok && ident.HasWord(tag) {
		words = singulars(ident.Words(tag))
	}
	r[tag] = words
	return words
}

// cutTag returns a tag without what stands in brackets or after a preposition:
// "DNS Records for a Zone".
func cutTag(tag string) string {
	for _, end := range []string{"(", " for ", " of ", " with "} {
		if i := strings.Index(tag, end); i > 0 {
			tag = tag[:i]
		}
	}
	return tag
}

// idWords returns the words of an operationId without those of a tag in front,
// which some tools put there: "zone-holds-create-zone-hold".
func (r reader) idWords(o *Operation) []string {
	if o.ID == "" {
		return summaryWords(o.Summary)
	}
	words := telling(ident.Words(cutTail(o.ID, o.Method, o.Path)))
	for _, tag := range o.Tags {
		tag := r.tag(tag)
		if len(tag) > 0 && len(tag) < len(words) && slices.Equal(singulars(words[:len(tag)]), tag) {
			return words[len(tag):]
		}
	}
	return words
}

// cutTail returns an operationId without what tools append to make it unique:
// the path and the HTTP method (FastAPI), a number in brackets (NestJS).
func cutTail(id, method, path string) string {
	if i := strings.LastIndexByte(id, '['); i > 0 && strings.HasSuffix(id, "]") && digits(id[i+1:len(id)-1]) {
		return id[:i]
	}
	tail := strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, path) + "_" + strings.ToLower(method)
	if rest, ok := strings.CutSuffix(id, tail); ok && strings.Trim(rest, "_") != "" {
		return rest
	}
	return id
}

// telling returns the words of an operationId without a last one that says only
// that it is an operation.
func telling(words []string) []string {
	if n := len(words) - 1; n > 1 && fillers[words[n]] {
		return words[:n]
	}
	return words
}

var fillers = set(`endpoint route handler controller`)

// summaryWords are what stands for the operationId of an operation that has none:
// the verb that its summary begins with, and what that is done to. Nothing if it
// begins with no verb.
func summaryWords(summary string) []string {
	first, _, _ := strings.Cut(summary, ".")
	if !ident.HasWord(first) {
		return nil
	}
	words := ident.Words(first)
	if !isVerb(words[0]) {
		return nil
	}
	words = slices.DeleteFunc(words, func(w string) bool { return articles[w] })
	if i := slices.IndexFunc(words, func(w string) bool { return links[w] }); i > 0 {
		words = words[:i]
	}
	return words
}

var articles = set(`a an the all this that new existing given specific specified single`)

// idVerb returns the verb in the words of an operationId: the first word, else
// one near it that only says what the HTTP method does, else the last word.
func idVerb(words []string) string {
	if len(words) == 0 {
		return ""
	}
	if isVerb(words[0]) {
		return words[0]
	}
	for _, w := range words[1:min(len(words), 4)] {
		if crud[w] != other && !crudNouns[w] {
			return w
		}
	}
	if w := last(words); isVerb(w) {
		return w
	}
	return ""
}

// idObject returns what the verb in front of o's operationId is done to, in the
// singular, and whether there is a verb in front.
func (o *op) idObject() ([]string, bool) {
	if len(o.id) < 2 || o.verb != o.id[0] {
		return nil, false
	}
	object := slices.DeleteFunc(slices.Clone(o.id[1:]), func(w string) bool { return articles[w] && w != "all" && w != "new" })
	if i := slices.IndexFunc(object, func(w string) bool { return w == "to" || w == "from" || w == "in" }); i > 0 {
		object = object[:i] // addRulesToDictionary adds rules
	}
	return singulars(object), len(object) > 0
}

// beforeLink returns words up to the first preposition.
func beforeLink(words []string) []string {
	if i := slices.IndexFunc(words, func(w string) bool { return slices.Contains(prepositions, w) }); i > 0 {
		return words[:i]
	}
	return words
}

// sameWords reports whether two names are the same, however they are written:
// tool groups and toolgroup.
func sameWords(a, b []string) bool { return joinedTight(a) == joinedTight(b) }

// singulars returns words, each in the singular.
func singulars(words []string) []string {
	ones := make([]string, len(words))
	for i, w := range words {
		ones[i] = ident.Singular(w)
	}
	return ones
}

func cutPrefix(s, prefix []string) (rest []string, ok bool) {
	if len(s) < len(prefix) || !slices.Equal(s[:len(prefix)], prefix) {
		return nil, false
	}
	return s[len(prefix):], true
}

func hasSuffix(s, suffix []string) bool {
	d := len(s) - len(suffix)
	return d >= 0 && slices.Equal(s[d:], suffix)
}

func subset(some, all []string) bool {
	for _, w := range some {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return true
}
