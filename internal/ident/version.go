package ident

import "strings"

// IsVersion reports whether s is the version of an API: v1, v2beta1, v1.0,
// 2010-04-01.
func IsVersion(s string) bool {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		return digits(s[:4]) && digits(s[5:7]) && digits(s[8:])
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

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
