package ident

import "strings"

// IsVersion reports whether s is the version of an API: v1, v2beta1, v1.0,
// or a date.
func IsVersion(s string) bool {
	if IsDate(s) {
		return true
	}
	if major, minor, ok := strings.Cut(s, "."); ok && digits(major) && digits(minor) {
		return true
	}
	rest, ok := strings.CutPrefix(strings.ToLower(s), "v")
	if !ok || rest == "" {
		return false
	}
	rest = strings.TrimLeft(rest, "0123456789")
	if len(rest) == len(s)-1 {
		return false
	}
	for _, stage := range []string{"alpha", "beta", "rc", "preview", "p"} {
		if r, ok := strings.CutPrefix(rest, stage); ok {
			rest = r
			break
		}
	}
	return strings.Trim(rest, "0123456789.") == ""
}

// IsDate reports whether s is a date that names a version: 2010-04-01, 2026-09,
// 2026-09-beta.
func IsDate(s string) bool {
	for _, stage := range []string{"-alpha", "-beta", "-preview", "-rc"} {
		s = strings.TrimSuffix(s, stage)
	}
	year, rest, ok := strings.Cut(s, "-")
	month, day, full := strings.Cut(rest, "-")
	return ok && len(year) == 4 && digits(year) && len(month) == 2 && digits(month) && (!full || len(day) == 2 && digits(day))
}

// Stage returns how far a version is from being finished, "alpha" of v1alpha2;
// empty if it is.
func Stage(version string) string {
	for _, stage := range []string{"alpha", "beta", "preview"} {
		if IsVersion(version) && strings.Contains(strings.ToLower(version), stage) {
			return stage
		}
	}
	return ""
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
