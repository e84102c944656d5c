package generate

import (
	goversion "go/version"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
)

// inferGo settles which version of Go the SDK is for, if nobody said: the go line
// of the module that it is in, or becomes, and else the toolchain's. It is one of
// those that are known, and never a later one than the module or the toolchain
// has.
func (s *settings) inferGo(goMod string) {
	cfg := &s.result.Config
	if cfg.Go != "" {
		return
	}
	known := config.Versions()
	cfg.Go = known[0]
	found, from := goLine(goMod), goMod
	if found == "" && !s.Detached {
		found, from = toolchain(), "go version"
	}
	for _, v := range known {
		if goversion.IsValid(found) && goversion.Compare(goversion.Lang(found), "go"+v) >= 0 {
			cfg.Go = v
		}
	}
	if cfg.Go != known[0] {
		s.inferred("go", cfg.Go, "from "+from)
	}
}

// goLine returns the version of a go.mod, as "go1.27"; empty if it has none.
func goLine(goMod string) string {
	if goMod == "" {
		return ""
	}
	data, err := os.ReadFile(goMod)
	if err != nil {
		return ""
	}
	if m := goDirective.FindSubmatch(data); m != nil {
		return "go" + string(m[1])
	}
	return ""
}

var goDirective = regexp.MustCompile(`(?m)^[ \t]*go[ \t]+([0-9][^\s/]*)`)

// toolchain returns the version of the go command, as "go1.27.1"; empty if there
// is none.
func toolchain() string {
	at, err := exec.LookPath("go")
	if err != nil || !filepath.IsAbs(at) {
		return ""
	}
	out, err := exec.Command(at, "env", "GOVERSION").Output()
	if err != nil {
		return ""
	}
	found, _, _ := strings.Cut(strings.TrimSpace(string(out)), " ") // experiments stand behind it
	return found
}
