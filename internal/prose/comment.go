package prose

import (
	"strings"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/model"
)

// Comment is a doc comment, line by line.
func Comment(blocks []Block) []string {
	var lines []string
	for i, b := range blocks {
		if i > 0 && (b.Kind != Item || blocks[i-1].Kind == Code) {
			lines = append(lines, "//")
		}
		switch b.Kind {
		case Paragraph:
			for _, l := range Wrap(b.Text, width) {
				lines = append(lines, "// "+l)
			}
		case Item:
			for j, l := range Wrap(b.Text, width-len(b.Mark)-3) {
				mark := b.Mark
				if j > 0 {
					mark = strings.Repeat(" ", len(mark))
				}
				lines = append(lines, "//  "+mark+" "+l)
			}
		case Code:
			for l := range strings.SplitSeq(b.Text, "\n") {
				lines = append(lines, strings.TrimRight("//\t"+l, " \t"))
			}
		}
	}
	for i, l := range lines {
		l = Clean(strings.ReplaceAll(l, "\n", " "))
		if strings.HasPrefix(l[2:], " +build") || strings.HasPrefix(l[2:], "\t+build") {
			l = l[:3] + "+ " + l[4:] // tools would take it for a constraint although it is none
		}
		lines[i] = l
	}
	return lines
}

// Text is a description without a first sentence of our own.
func Text(description, deprecated string) []Block {
	return Deprecate(Blocks(description), deprecated)
}

// Deprecation is the paragraph that tools look for.
func Deprecation(why string) []Block {
	if why == "" {
		return nil
	}
	return []Block{{Text: "Deprecated: " + Line(why)}}
}

// Deprecate adds a deprecation to what is said, unless that says so itself.
func Deprecate(said []Block, why string) []Block {
	for _, b := range said {
		if b.Kind == Paragraph && strings.HasPrefix(b.Text, "Deprecated: ") {
			return said
		}
	}
	return append(said, Deprecation(why)...)
}

// Introduce makes a description start with the name, as Go documentation does.
// If its first sentence cannot be turned into one about the name, the fact goes
// before it.
func Introduce(name model.Name, description, fact string, turn func(string) (string, bool)) []Block {
	blocks := Blocks(description)
	if len(blocks) == 0 || blocks[0].Kind != Paragraph {
		return append([]Block{{Text: fact}}, blocks...)
	}
	first := &blocks[0]
	word, rest := cut(first.Text)
	next, _ := cut(rest)
	said, ok := turn(Stopped(first.Text))
	switch {
	case ok:
		first.Text = name.Go + " " + said
	case word == name.Go && next != "" && next == uncap(next):
		first.Text = Stopped(first.Text)
	case len(word) > 3 && strings.HasSuffix(name.Spec, word) && strings.HasSuffix(next, "s") && next == uncap(next):
		first.Text = name.Go + " " + Stopped(rest) // it starts with a longer or shorter name
	case rest == "" && (letters(word) == letters(name.Spec) || isIdentifier(word)):
		first.Text = fact // it only repeats the name, or is another one
	default:
		first.Text = fact + " " + Stopped(first.Text)
	}
	return blocks
}

// isIdentifier reports whether a word is no word of a language, but a name of
// several words in one.
func isIdentifier(word string) bool {
	word = strings.TrimRight(word, ".")
	return len(word) > 1 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }) < 0 &&
		(strings.Contains(word, "_") || strings.IndexFunc(word[1:], unicode.IsUpper) >= 0 && word != strings.ToUpper(word))
}

// letters is what two spellings of a name have in common.
func letters(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name))
}

// Stopped ends a sentence that nothing ends.
func Stopped(text string) string {
	if strings.HasSuffix(strings.TrimRight(text, "`)\"'"), ".") || strings.ContainsAny(text[len(text)-1:], ".!?:;>") || text[len(text)-1] >= 0x80 {
		return text
	}
	return text + "."
}
