package ident

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// A Claim wants a name in the scope that it is settled in.
type Claim struct {
	Candidates []string // shortest first, at least one; all exported identifiers, or all of one other kind
	What       string   // for the message: `schema "foo-bar"`; no two claims should have the same
	Pos        diag.Pos
	Fixed      bool // chosen in gen.yaml: keeps its first candidate, rivals give way
	Set        func(name string)
}

// CodeClash is the code of the diagnostics that Settle returns.
const CodeClash = "name-clash"

// Settle gives every claim a name of its own. Claims that want the same name
// all move on to their next candidate together, so the outcome does not depend
// on their order, and a new claim renames nothing that it does not clash with.
// Who has no other candidate stays while the rest can give way. Only when none
// has one they go on to those of lastResort; that is a warning, with both
// positions. Only two Fixed claims with one name are an
// error. Settle calls every claim's Set, whatever it returns.
func Settle(claims []*Claim) error {
	bids := make([]*bid, len(claims))
	at := make(map[string][]*bid, len(claims)) // who wants a name now; looked up, never ranged over
	var crowded []string
	place := func(b *bid) {
		at[b.name] = append(at[b.name], b)
		if len(at[b.name]) > 1 {
			crowded = append(crowded, b.name)
		}
	}
	for i, c := range claims {
		bids[i] = &bid{claim: c, name: c.Candidates[0]}
		place(bids[i])
	}
	for len(crowded) > 0 {
		slices.Sort(crowded)
		var movers []*bid
		var again []string // names that two want who have no other of their own
		for _, name := range slices.Compact(crowded) {
			group := at[name]
			at[name] = nil
			may := (*bid).canMove
			if slices.ContainsFunc(group, (*bid).hasOwn) {
				may = (*bid).hasOwn
			}
			for _, b := range group {
				if len(group) > 1 && may(b) {
					b.meet(group)
					movers = append(movers, b)
				} else {
					at[name] = append(at[name], b)
				}
			}
			if len(at[name]) > 1 && slices.ContainsFunc(at[name], (*bid).canMove) {
				again = append(again, name)
			}
		}
		crowded = again
		for _, b := range movers {
			b.move()
			place(b)
		}
	}
	return assign(bids, at)
}

// A bid is a claim on its way through its candidates.
type bid struct {
	claim *Claim
	name  string
	at    int      // of all candidates, those of lastResort included
	extra []string // those, once they are needed
	rival *Claim   // the first of those who took the last of its own candidates
}

// candidate returns candidate i, or "" behind the last.
func (b *bid) candidate(i int) string {
	own := b.claim.Candidates
	if i < len(own) {
		return own[i]
	}
	if b.extra == nil {
		b.extra = lastResort(b.claim)
	}
	if i -= len(own); i < len(b.extra) {
		return b.extra[i]
	}
	return ""
}

// hasOwn reports whether b has another candidate of its own.
func (b *bid) hasOwn() bool { return !b.claim.Fixed && b.at+1 < len(b.claim.Candidates) }

func (b *bid) canMove() bool { return !b.claim.Fixed && b.candidate(b.at+1) != "" }

func (b *bid) move() {
	b.at++
	b.name = b.candidate(b.at)
}

// resorted reports whether b has none of its own candidates.
func (b *bid) resorted() bool { return b.at >= len(b.claim.Candidates) }

// meet notes who else wants the name, if it is the last of b's own candidates.
func (b *bid) meet(group []*bid) {
	if b.at == len(b.claim.Candidates)-1 {
		b.rival = first(group, b)
	}
}

// first returns the first claim of a group, apart from that of b.
func first(group []*bid, b *bid) *Claim {
	var found *Claim
	for _, other := range group {
		if c := other.claim; other != b && (found == nil || cmp.Or(c.Pos.Compare(found.Pos), cmp.Compare(c.What, found.What)) < 0) {
			found = c
		}
	}
	return found
}

// assign hands out the names, and reports what there is to say.
func assign(bids []*bid, at map[string][]*bid) error {
	var problems []error
	for _, b := range bids {
		c := b.claim
		group := at[b.name]
		switch {
		case len(group) > 1 && c.Fixed:
			problems = append(problems, diag.Errorf(c.Pos, CodeClash, "%s is to be named %s, and so is %s (%s): choose another name for one of them",
				c.What, b.name, first(group, b).What, first(group, b).Pos))
		case len(group) > 1 && (group[0] != b || slices.ContainsFunc(group, func(b *bid) bool { return b.claim.Fixed })):
			// Nothing tells these claims from each other, not even their place,
			// so it does not matter which of them has which number.
			name := b.name
			for n := 2; len(at[b.name]) > 0; n++ {
				b.name = fmt.Sprintf("%s%d", name, n)
			}
			at[b.name] = []*bid{b}
		}
		if b.resorted() {
			problems = append(problems, diag.Warningf(c.Pos, CodeClash, "%s would be named %s, as %s is, and is %s now: choose a better name",
				c.What, last(c.Candidates), b.rival.at(), b.name))
		}
		c.Set(b.name)
	}
	return errors.Join(problems...)
}

// at is what a claim is about, and where that is if it is in a file.
func (c *Claim) at() string {
	if c.Pos == (diag.Pos{}) {
		return c.What
	}
	return fmt.Sprintf("%s (%s)", c.What, c.Pos)
}

// lastResort returns the candidates behind a claim's own. Each appends to the
// last of them a word from what the claim is about: its kind, its symbols, its
// case, then a hash of its text, then one of its place too.
func lastResort(c *Claim) []string {
	kind, text, quoted := strings.Cut(c.What, `"`)
	if !quoted {
		kind, text = "", c.What
	}
	text = strings.TrimSuffix(text, `"`)
	var words []string
	if strings.IndexFunc(kind, isWordRune) >= 0 {
		words = append(words, Exported(kind))
	}
	if marks := slices.Compact(spell([]rune(text))); len(marks) > 0 {
		words = append(words, Exported(strings.Join(marks, " ")))
	}
	if word := caseOf(text); word != "" {
		words = append(words, word)
	}
	words = append(words, "X"+strings.ToUpper(hash(c.What)), "X"+strings.ToUpper(hash(c.What+" "+c.Pos.String())))
	for i, w := range words {
		words[i] = last(c.Candidates) + w
	}
	return words
}

func last[T any](s []T) T { return s[len(s)-1] }
