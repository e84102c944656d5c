package ident

import "strings"

// Singular returns s with its last word in the singular: "stores" is store,
// "ip_addresses" ip_address, "IDs" ID. A word that is no plural, or the same in
// both ("dns", "status", "metadata", "series"), stays.
func Singular(s string) string {
	head, last := lastWord(s)
	one := singular(strings.ToLower(last))
	if one == strings.ToLower(last) {
		return s
	}
	n := 0
	for n < len(one) && n < len(last) && last[n]|0x20 == one[n] {
		n++
	}
	tail := one[n:]
	if tail != "" && isShout(last) {
		tail = strings.ToUpper(tail)
	}
	return head + last[:n] + tail
}

// Plural reports whether the last word of s reads as a plural, so that s names
// a collection.
func Plural(s string) bool {
	_, last := lastWord(s)
	last = strings.ToLower(last)
	return singular(last) != last
}

// lastWord splits s in front of its last word.
func lastWord(s string) (head, last string) {
	pieces := split(s)
	last = pieces[len(pieces)-1].text
	i := strings.LastIndex(s, last)
	if i < 0 || i+len(last) != len(s) {
		return "", s // normalisation changed it, or something follows
	}
	return s[:i], last
}

// singular returns the singular of a word in lower case.
func singular(word string) string {
	if one, ok := irregular[word]; ok {
		return one
	}
	if same[word] || initialisms[word] {
		return word
	}
	if one, ok := strings.CutSuffix(word, "s"); ok && initialisms[one] {
		return one
	}
	for _, r := range singularRules {
		if stem, ok := strings.CutSuffix(word, r.plural); ok && len(stem) >= r.least {
			return stem + r.singular
		}
	}
	return word
}

// singularRules are tried in order. A rule needs as many letters in front of
// its ending as least says.
var singularRules = []struct {
	plural, singular string
	least            int
}{
	{"ss", "ss", 0},     // address
	{"us", "us", 1},     // status
	{"is", "is", 1},     // analysis
	{"ies", "y", 2},     // policies
	{"sses", "ss", 1},   // addresses
	{"shes", "sh", 1},   // hashes
	{"ches", "ch", 1},   // batches
	{"xes", "x", 1},     // indexes
	{"zzes", "zz", 1},   // buzzes
	{"oes", "o", 2},     // heroes
	{"yses", "ysis", 1}, // analyses
	{"s", "", 2},        // stores
}

// Pluralize returns the plural of a word in lower case, or the word if it is one
// already or has none.
func Pluralize(word string) string {
	if many, ok := irregularPlural[word]; ok {
		return many
	}
	if same[word] || !initialisms[word] && singular(word) != word {
		return word
	}
	stem, y := strings.CutSuffix(word, "y")
	switch {
	case y && stem != "" && !strings.ContainsRune("aeiou", rune(stem[len(stem)-1])):
		return stem + "ies"
	case strings.HasSuffix(word, "s"), strings.HasSuffix(word, "x"), strings.HasSuffix(word, "z"),
		strings.HasSuffix(word, "ch"), strings.HasSuffix(word, "sh"):
		return word + "es"
	}
	return word + "s"
}

// irregular has the plurals that the rules would get wrong, and irregularPlural
// what they are the plurals of: the first of several.
var (
	irregular       = pairs(irregulars)
	irregularPlural = inverse(irregulars)
)

const irregulars = `
	people person  persons person  children child  men man  women woman  feet foot  teeth tooth  geese goose  mice mouse
	indices index  vertices vertex  matrices matrix  appendices appendix  criteria criterion  phenomena phenomenon
	schemata schema  crises crisis  hypotheses hypothesis  theses thesis  axes axis  diagnoses diagnosis
	synopses synopsis  parentheses parenthesis  oases oasis  emphases emphasis
	knives knife  lives life  wives wife  leaves leaf  halves half  shelves shelf  selves self  wolves wolf
	thieves thief  calves calf  loaves loaf
	movies movie  cookies cookie  zombies zombie  ties tie  pies pie  lies lie  selfies selfie  calories calorie
	brownies brownie  rookies rookie  prairies prairie  pixies pixie  genies genie  aeries aerie  dies die  vies vie
	caches cache  aches ache  headaches headache  niches niche  psyches psyche  avalanches avalanche  quiches quiche
	quizzes quiz  buses bus  statuses status  aliases alias  viruses virus  bonuses bonus  campuses campus  canvases canvas
	atlases atlas  biases bias  gases gas  lenses lens  focuses focus  censuses census  radiuses radius  buzzes buzz
	corpuses corpus  abacuses abacus  octopuses octopus  pluses plus  minuses minus  surpluses surplus  viewpluses viewplus
	apparatuses apparatus  prospectuses prospectus  syllabuses syllabus  nexuses nexus
	shoes shoe  toes toe  foes foe  canoes canoe  woes woe  horseshoes horseshoe
	menus menu  gnus gnu  thesauruses thesaurus  tofus tofu  emus emu
	taxis taxi  emojis emoji  bikinis bikini  kiwis kiwi  skis ski  wifis wifi  pis pi  alibis alibi  rabbis rabbi  uris uri`

// same are words that end in s and are singular, or are the same in both.
var same = set(`
	access alias address aegis analytics as atlas aws axis basis bias boss bps bus business canvas chaos chassis class compass
	congress corps cors cosmos cross data debris devops diabetes dns does dos emphasis equipment ethics ethos express fps
	gas gps gross has headquarters https information ios iris is its jenkins kbps keras kms kubernetes kudos lens less
	logistics loss macos mantis mathematics mbps means media mess metadata mis news nexus os oss pancreas pants pass
	pathos physics plus pos postgres premises press previous process progress ps redis rhinoceros rss scissors series
	shorts sms sos species ss synthesis tbs this thus timeseries tls toss trellis us vps vs was windows xss yes`)

// pairs returns text, read as pairs of plural and singular, as a map.
func pairs(text string) map[string]string {
	m := map[string]string{}
	fields := strings.Fields(text)
	for i := 0; i+1 < len(fields); i += 2 {
		m[fields[i]] = fields[i+1]
	}
	return m
}

// inverse returns text, read as pairs of plural and singular, as a map from the
// second to the first.
func inverse(text string) map[string]string {
	m := map[string]string{}
	fields := strings.Fields(text)
	for i := 0; i+1 < len(fields); i += 2 {
		if m[fields[i+1]] == "" {
			m[fields[i+1]] = fields[i]
		}
	}
	return m
}
