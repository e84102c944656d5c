package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/internal/diag"
)

var colorModes = []string{"auto", "always", "never"}

// coloured reports whether what goes to stderr has colours: on a terminal,
// unless the environment or a flag says otherwise (no-color.org).
func (c *command) coloured() bool {
	switch c.color {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && c.onTerminal()
}

// onTerminal reports whether people look at stderr.
func (c *command) onTerminal() bool {
	if c.progress != nil {
		return isTerminal(c.progress.to)
	}
	return isTerminal(c.stderr)
}

// The ways to set off text (ECMA-48, SGR).
const (
	bold   = "1"
	red    = "1;31"
	yellow = "1;33"
	dim    = "2"
)

// paint sets text off, if there are colours.
func (c *command) paint(how, text string) string {
	if text == "" || !c.coloured() {
		return text
	}
	return "\x1b[" + how + "m" + text + "\x1b[0m"
}

// line is a diagnostic as people read it.
func (c *command) line(d *diag.Diagnostic) string {
	if !c.coloured() {
		return d.Error()
	}
	severity := yellow
	if d.Severity == diag.Error {
		severity = red
	}
	line := c.paint(severity, d.Severity.String()+":") + " " + d.Message
	if pos := d.Pos.String(); pos != "" {
		line = c.paint(bold, pos+":") + " " + line
	}
	if d.Code != "" {
		line += " " + c.paint(dim, "["+d.Code+"]")
	}
	return line
}

// A listing shows lines of files.
type listing struct{ files map[string][][]byte }

// mostSource is how large a file may be to be shown, and widest how much of a
// line is.
const (
	mostSource = 64 << 20
	widest     = 100
)

// at returns the line of a position with a caret below its column, indented; ""
// if there is none to be had.
func (l *listing) at(pos diag.Pos) string {
	if pos.Line == 0 || pos.Col == 0 {
		return ""
	}
	lines, ok := l.files[pos.File]
	if !ok {
		info, err := os.Stat(pos.File)
		if err == nil && info.Mode().IsRegular() && info.Size() <= mostSource {
			if text, err := os.ReadFile(pos.File); err == nil {
				lines = bytes.Split(text, []byte("\n"))
			}
		}
		if l.files == nil {
			l.files = map[string][][]byte{}
		}
		l.files[pos.File] = lines
	}
	if pos.Line > len(lines) {
		return ""
	}
	text := strings.TrimRight(string(lines[pos.Line-1]), "\r")
	if pos.Col > len(text)+1 || strings.TrimSpace(text) == "" {
		return ""
	}
	before, after := text[:pos.Col-1], text[pos.Col-1:]
	if !utf8.ValidString(before) {
		return ""
	}
	// Of a long line what is around the column is shown.
	if runes := []rune(before); len(runes) > widest/2 && len(text) > widest {
		before = "…" + string(runes[len(runes)-widest/2:])
	}
	if runes := []rune(after); len(runes) > widest {
		after = string(runes[:widest]) + "…"
	}
	number := fmt.Sprintf("%5d | ", pos.Line)
	return number + printable(before+after) + "\n" + strings.Repeat(" ", len(number)-2) + "| " + blank(printable(before)) + "^"
}

// printable is text that does nothing to a terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == utf8.RuneError {
			return '�'
		}
		return r
	}, text)
}

// blank is as wide as text, with its tabs.
func blank(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, text)
}
