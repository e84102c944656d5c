package snippet

import (
	"bytes"
	"go/format"
	"slices"
	"strconv"
	"strings"
)

// Tidy formats a Go file whose imports stand in one declaration, with those of
// the standard library first and apart from the rest, as goimports does. It also
// returns the paths that the file imports.
func Tidy(src []byte) ([]byte, []string, error) {
	src, paths := Arrange(src)
	src, err := format.Source(src)
	return src, paths, err
}

// Arrange is [Tidy] for a file that is formatted but for its imports.
func Arrange(src []byte) ([]byte, []string) {
	head, specs, rest := splitImports(src)
	var std, others, paths []string
	for _, spec := range specs {
		path := importedPath(spec)
		if path == "" {
			continue
		}
		paths = append(paths, path)
		spec = "\t" + strings.TrimSpace(spec)
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			others = append(others, spec)
		} else {
			std = append(std, spec)
		}
	}
	if len(paths) > 0 {
		var b bytes.Buffer
		b.Write(head)
		writeImports(&b, std, others)
		b.Write(rest)
		src = b.Bytes()
	}
	return src, paths
}

func writeImports(b *bytes.Buffer, std, others []string) {
	for _, specs := range [][]string{std, others} {
		slices.SortStableFunc(specs, func(a, b string) int { return strings.Compare(importedPath(a), importedPath(b)) })
	}
	if len(std)+len(others) == 1 {
		b.WriteString("import " + strings.TrimSpace(slices.Concat(std, others)[0]) + "\n")
		return
	}
	b.WriteString("import (\n")
	b.WriteString(strings.Join(std, "\n"))
	if len(std) > 0 && len(others) > 0 {
		b.WriteString("\n\n")
	}
	b.WriteString(strings.Join(others, "\n"))
	b.WriteString("\n)\n")
}

// splitImports cuts a file into what stands before its import declaration, the
// imports, and what follows. Comments come before it, but none of their lines
// starts with the keyword.
func splitImports(src []byte) (head []byte, specs []string, rest []byte) {
	if i := bytes.Index(src, []byte("\nimport (\n")); i >= 0 {
		block := src[i+len("\nimport (\n"):]
		end := bytes.Index(block, []byte("\n)\n"))
		return src[:i+1], strings.Split(string(block[:end]), "\n"), block[end+len("\n)\n"):]
	}
	if i := bytes.Index(src, []byte("\nimport ")); i >= 0 {
		spec, rest, _ := bytes.Cut(src[i+len("\nimport "):], []byte("\n"))
		return src[:i+1], []string{string(spec)}, rest
	}
	return src, nil, nil
}

// importedPath returns the path of an import, whatever its name.
func importedPath(spec string) string {
	_, quoted, ok := strings.Cut(spec, `"`)
	if !ok {
		return ""
	}
	quoted, _, _ = strings.Cut(quoted, `"`)
	path, err := strconv.Unquote(`"` + quoted + `"`)
	if err != nil {
		return ""
	}
	return path
}

// ImportsOf returns the paths that a Go file imports.
func ImportsOf(src []byte) []string {
	_, specs, _ := splitImports(src)
	var paths []string
	for _, spec := range specs {
		if path := importedPath(spec); path != "" {
			paths = append(paths, path)
		}
	}
	return paths
}
