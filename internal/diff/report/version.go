package report

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/openapi-lathe/lathe/internal/diff/contract"
)

var version = regexp.MustCompile(`^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

// CheckVersion says why text is no version of a release (Semantic Versioning
// 2.0.0).
func CheckVersion(text string) error {
	if !version.MatchString(text) {
		return fmt.Errorf("%q is not a version, like v1.2.3", text)
	}
	return nil
}

// Next returns the version after from that changes of a level ask for. Before
// v1.0.0 nothing is promised, and what breaks raises the second number as all
// that is new does (Semantic Versioning 2.0.0, section 4). What follows a
// pre-release is its release, unless it breaks more than that may.
func Next(from string, level contract.Level) string {
	m := version.FindStringSubmatch(from)
	if m == nil {
		return ""
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // digits, which is all that was matched
	}
	switch {
	case m[4] != "" && level == contract.Patch:
	case level == contract.Major && n[0] > 0:
		n = [3]int{n[0] + 1, 0, 0}
	case level >= contract.Minor:
		n = [3]int{n[0], n[1] + 1, 0}
	default:
		n[2]++
	}
	return fmt.Sprintf("v%d.%d.%d", n[0], n[1], n[2])
}
