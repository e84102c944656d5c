package schema

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/spec"
)

// At returns what stands at a place, as [Facts.Place] writes it; nil if
// nothing does.
func (f *Facts) At(place string) *spec.Node {
	verb, rest, _ := strings.Cut(place, " ")
	paths := f.doc.Root.Get("paths")
	for i := range len(rest) {
		if rest[i] != ' ' || !paths.Has(rest[:i]) {
			continue
		}
		for name, op := range paths.Get(rest[:i]).Members() {
			if strings.EqualFold(name, verb) {
				return op.Follow(rest[i+1:])
			}
		}
	}
	file, pointer, ok := strings.Cut(place, "#")
	if !ok {
		return nil
	}
	root := f.doc.File(f.doc.Root)
	if file == "" {
		return f.doc.At(root, pointer)
	}
	if n := f.doc.At(filepath.Join(filepath.Dir(root), filepath.FromSlash(file)), pointer); n != nil {
		return n
	}
	return f.doc.At(file, pointer)
}

// Place is the place of a schema in the description, "" for one that is what
// several declarations make together. Of what is in an operation it begins with
// the operation.
func (f *Facts) Place(n *spec.Node) string {
	if parts := f.parts[n]; parts != nil {
		all := make([]string, len(parts))
		for i, part := range parts {
			all[i] = f.Place(part)
		}
		if slices.Contains(all, "") {
			return ""
		}
		return strings.Join(all, " & ")
	}
	if stands := f.stands[n]; stands != nil {
		n = stands
	}
	at := f.doc.Pointer(n)
	if at == "" {
		return ""
	}
	if file := f.doc.File(n); file != f.doc.File(f.doc.Root) {
		return besideRoot(f.doc.File(f.doc.Root), file) + "#" + at
	}
	if in, ok := strings.CutPrefix(at, "/paths/"); ok {
		path, rest, _ := strings.Cut(in, "/")
		verb, rest, ok := strings.Cut(rest, "/")
		if ok && verb != "parameters" {
			return strings.ToUpper(verb) + " " + strings.NewReplacer("~1", "/", "~0", "~").Replace(path) + " " + rest
		}
	}
	return "#" + at
}

// besideRoot is the name of a file from the folder of the description.
func besideRoot(root, file string) string {
	if strings.Contains(file, "://") {
		return file
	}
	rel, err := filepath.Rel(filepath.Dir(root), file)
	if err != nil {
		return file
	}
	return filepath.ToSlash(rel)
}
