package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
)

// find returns the descriptions below a folder, as sorted paths relative to it.
// A description is a JSON or YAML file that says at its top which version of
// OpenAPI or Swagger it is of; other files may be parts of one. The glob, if
// there is one, must match a path, the last part of it, or a folder that it is
// in. A file must have fewer bytes than below, if that is not 0.
func find(dir, only string, below int64) ([]string, error) {
	root := os.DirFS(dir)
	var found []string
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir(), !slices.Contains([]string{".json", ".yaml", ".yml"}, path.Ext(name)), !matches(only, name):
			return nil
		}
		if info, err := d.Info(); err != nil || below > 0 && info.Size() >= below {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		if isDescription(data) {
			found = append(found, name)
		}
		return nil
	})
	slices.Sort(found)
	return found, err
}

func matches(only, name string) bool {
	if only == "" {
		return true
	}
	if ok, err := path.Match(only, path.Base(name)); ok && err == nil {
		return true
	}
	for at := name; at != "."; at = path.Dir(at) {
		if ok, err := path.Match(only, at); ok && err == nil {
			return true
		}
	}
	return false
}

// isDescription also takes what is broken further down.
func isDescription(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	if !bytes.HasPrefix(data, []byte("{")) {
		return versionLine.Match(data)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.Token() // the brace
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			break
		}
		if name == "openapi" || name == "swagger" {
			return true
		}
		var skip json.RawMessage
		if dec.Decode(&skip) != nil {
			break
		}
	}
	return versionMember.Match(data[:min(len(data), 1000)])
}

var (
	versionLine   = regexp.MustCompile(`(?m)^["']?(openapi|swagger)["']?[ \t]*:`)
	versionMember = regexp.MustCompile(`"(openapi|swagger)"\s*:\s*"?[0-9]`)
)
