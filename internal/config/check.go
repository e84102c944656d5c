package config

import (
	"errors"
	"fmt"
	"go/token"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// Styles are the ways of paging that a config can name.
func Styles() []string { return []string{"single", "page", "offset", "cursor", "next_url", "link"} }

// Items are what the schema of an event stream can describe: an event with its
// fields, or the data of one.
func Items() []string { return []string{"event", "data"} }

// Surfaces are the shapes that an SDK can have.
func Surfaces() []string { return []string{"lathe", "stainless"} }

// Layouts are where the types of an SDK can be: in a package for each top-level
// resource, or in the root package.
func Layouts() []string { return []string{"resources", "root"} }

// Positionals are the path parameters that can be arguments of a method: all of
// them, the last one, or none.
func Positionals() []string { return []string{"all", "last", "none"} }

// QueryArrays are the ways in which a list can be written in a query.
func QueryArrays() []string { return []string{"repeat", "comma", "brackets", "indices"} }

// QueryObjects are the ways in which an object can be written in a query.
func QueryObjects() []string { return []string{"brackets", "dots"} }

// Versions are the language versions that an SDK can be written for.
func Versions() []string { return []string{"1.26", "1.27"} }

// The checks below say of one value what is wrong with it, without its place,
// so that a flag and a key of the config are held to the same rule.

// CheckPackage says why name cannot be the name of the root package.
func CheckPackage(name string) error {
	switch {
	case !token.IsIdentifier(name) || name == "_":
		return fmt.Errorf("%q is not a Go package name; it has letters and digits, and is no keyword", name)
	case name == "main":
		return errors.New(`a package "main" cannot be imported; choose another name`)
	}
	return nil
}

// CheckModule says why name cannot be an import path.
func CheckModule(name string) error {
	for elem := range strings.SplitSeq(name, "/") {
		switch {
		case elem == "":
			return fmt.Errorf("%q is not an import path: a part of it is empty", name)
		case !pathElem.MatchString(elem) || strings.HasSuffix(elem, "."):
			return fmt.Errorf(`%q is not an import path: %q has more than letters, digits, "-", "_", "~" and "." inside`, name, elem)
		}
	}
	if last := path.Base(name); last == "v0" || last == "v1" || leadingZero.MatchString(last) {
		return fmt.Errorf("%q is not a module path: a major version at its end is v2 or more", name)
	}
	return nil
}

var (
	pathElem    = regexp.MustCompile(`^[A-Za-z0-9_~][A-Za-z0-9_~.-]*$`)
	leadingZero = regexp.MustCompile(`^v0[0-9]+$`)
	headerName  = regexp.MustCompile("^[-!#$%&'*+.^_`|~0-9A-Za-z]+$")
	envName     = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// CheckGo says why version cannot be the language version of an SDK.
func CheckGo(version string) error {
	return OneOf(version, Versions())
}

func checkItem(item string) error { return OneOf(item, Items()) }

// CheckVersion says why version cannot be that of an SDK.
func CheckVersion(version string) error {
	if !release.MatchString(version) {
		return fmt.Errorf("%q is not a version, like 1.2.0 (Semantic Versioning 2.0.0)", version)
	}
	return nil
}

// CheckRelease says why a module of this path cannot have a version: from v2 on
// the path ends with the first number of the version (Go Modules Reference,
// "Module paths").
func CheckRelease(module, version string) error {
	m := release.FindStringSubmatch(version)
	if m == nil {
		return CheckVersion(version)
	}
	suffix := ""
	if s := majorSuffix.FindString(module); s != "" {
		suffix = s
	}
	switch want := "/v" + m[1]; {
	case m[1] == "0" || m[1] == "1":
		if suffix != "" {
			return fmt.Errorf("a module whose path ends in %s cannot have the version %s; the path is that of another major version", suffix, version)
		}
	case suffix != want:
		return fmt.Errorf("a module of version %s has a path that ends in %s, and that of this one is %s; from v2 on each major version is a module of its own", version, want, module)
	}
	return nil
}

var (
	release     = regexp.MustCompile(`^v?(0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-[0-9A-Za-z.-]+)?$`)
	majorSuffix = regexp.MustCompile(`/v[0-9]+$`)
)

func checkStyle(style string) error { return OneOf(style, Styles()) }

// OneOf says that word is none of those that it can be, and which of them it
// may have meant.
func OneOf(word string, known []string) error {
	if slices.Contains(known, word) {
		return nil
	}
	hint := ""
	if near := diag.Nearest(word, known); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return fmt.Errorf("%q is not one of %s%s", word, strings.Join(known, ", "), hint)
}

func CheckURL(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%q is not the URL of a server, like https://api.example.com/v1", s)
	}
	if u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%q has a query or fragment, which a base URL cannot have", s)
	}
	return nil
}

func CheckEnv(name string) error {
	if !envName.MatchString(name) {
		return fmt.Errorf("%q is not the name of an environment variable", name)
	}
	return nil
}

func CheckExported(name string) error {
	if !token.IsIdentifier(name) || !token.IsExported(name) {
		return fmt.Errorf("%q is not an exported Go name, like APIToken", name)
	}
	return nil
}

func checkResource(way string) error {
	if way == Root {
		return nil
	}
	for word := range strings.SplitSeq(way, ".") {
		if err := checkWord(word); err != nil {
			return err
		}
	}
	return nil
}

func checkHome(resource string) error {
	if resource == Shared {
		return nil
	}
	return checkWord(resource)
}

func CheckForm(form string) error {
	if !token.IsIdentifier(form) || !token.IsExported(form) || strings.Contains(form, "_") {
		return fmt.Errorf("%q is not a word as exported names have it, like OpenAI", form)
	}
	return nil
}

func checkDuration(text string) error {
	if d, err := time.ParseDuration(text); err != nil || d <= 0 {
		return fmt.Errorf("%q is not a time like 90s or 1m30s", text)
	}
	return nil
}

func CheckHeader(name string) error {
	if !headerName.MatchString(name) {
		return fmt.Errorf("%q is not the name of a header (RFC 9110, section 5.6.2)", name)
	}
	return nil
}

func checkLine(text string) error {
	if strings.ContainsAny(text, "\r\n\x00") {
		return fmt.Errorf("%q has more than one line", text)
	}
	return nil
}

func checkWord(word string) error {
	if word == "" || !token.IsIdentifier("x"+strings.ReplaceAll(word, "-", "_")) {
		return fmt.Errorf("%q is not a name, like bulkDelete", word)
	}
	return nil
}

var (
	colorCode   = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	versionName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*$`)
)

func checkColor(text string) error {
	if !colorCode.MatchString(text) {
		return fmt.Errorf("%q is no colour such as #0f766e", text)
	}
	return nil
}
