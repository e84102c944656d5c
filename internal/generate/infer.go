package generate

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/emit"
	"github.com/openapi-lathe/lathe/internal/ident"
	"github.com/openapi-lathe/lathe/internal/output"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// infer settles what nobody said. The error is one of the command line.
func (s *settings) infer(doc *spec.Document) error {
	if s.result.Config.Package == "" {
		why := ""
		s.result.Config.Package, why = inferPackage(s.result.Config.Module, doc.Root.Get("info").Get("title").Text(), s.result.Spec)
		s.inferred("package", s.result.Config.Package, why)
	}
	if s.Detached {
		s.inferGo("")
		return nil
	}
	if s.result.Output == "" {
		s.result.Output = beside(s.result.Config.File, s.result.Config.Package)
		s.inferred("output", s.result.Output, "")
	}
	return s.inferModule()
}

func (s *settings) inferred(flag, value, why string) {
	note := fmt.Sprintf("inferred --%s %s", flag, value)
	if why != "" {
		note += " (" + why + ")"
	}
	s.result.Notes = append(s.result.Notes, note)
}

// inferModule settles the import path of the SDK, and whether it is a module of
// its own: it is if it was said to be, and stays one. A go.mod that people
// wrote stays theirs.
func (s *settings) inferModule() error {
	goMod, around, err := ModuleAround(s.result.Output)
	if err != nil {
		return err
	}
	s.inferGo(goMod)
	inside := goMod == filepath.Join(s.result.Output, "go.mod")
	ours := inside && output.Lists(s.result.Output, "go.mod")
	switch said := s.result.Config.Module; {
	case said != "" && inside && !ours:
		if around != said {
			return fmt.Errorf("%s says that the module is %s, not %s; use one of them, or choose another folder", goMod, around, said)
		}
		s.result.Notes = append(s.result.Notes, goMod+" is yours and stays as it is (go mod tidy in its folder adds what the SDK requires)")
	case said != "":
		s.result.GoMod = true
	case goMod == "":
		s.result.Config.Module = s.result.Config.Package
		s.result.GoMod = true
		s.inferred("module", s.result.Config.Module, "there is no go.mod around it, so it becomes a module of its own")
	default:
		abs, err := filepath.Abs(s.result.Output)
		if err != nil {
			return err
		}
		root, err := filepath.Abs(filepath.Dir(goMod))
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, abs)
		if err != nil {
			return err
		}
		s.result.Config.Module = path.Join(around, filepath.ToSlash(rel))
		if err := config.CheckModule(s.result.Config.Module); err != nil {
			return fmt.Errorf("the folder cannot be part of the module around it: %w; choose another with -o, or make it a module with --module", err)
		}
		s.result.GoMod = ours
		s.result.Notes = append(s.result.Notes, "inferred the import path "+s.result.Config.Module+" (from "+goMod+")")
		if needs := emit.Dependency(s.result.Config.Go); !s.result.GoMod && needs != "" && !mentions(goMod, needs) {
			s.result.Notes = append(s.result.Notes, goMod+" does not require "+needs+" yet, which the SDK imports: go mod tidy adds it")
		}
	}
	return nil
}

// mentions reports whether a go.mod names a module.
func mentions(goMod, module string) bool {
	data, err := os.ReadFile(goMod)
	return err == nil && strings.Contains(string(data), module)
}

// ModuleAround returns the go.mod of the module that a folder belongs to, be it
// there yet or not, and the path of the module. Both are empty if there is none.
func ModuleAround(folder string) (goMod, module string, err error) {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return "", "", err
	}
	for dir, up := abs, ""; ; dir, up = filepath.Dir(dir), filepath.Join(up, "..") {
		data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil {
			goMod = filepath.Join(folder, up, "go.mod")
			m := moduleLine.FindSubmatch(data)
			if m == nil {
				return "", "", fmt.Errorf("%s does not say which module it is of", goMod)
			}
			return goMod, string(m[1]), nil
		}
		if dir == filepath.Dir(dir) {
			return "", "", nil
		}
	}
}

var moduleLine = regexp.MustCompile(`(?m)^[ \t]*module[ \t]+"?([^\s"]+)"?`)

// inferPackage returns a name for the root package, and where it is from.
func inferPackage(module, title, file string) (name, why string) {
	if module != "" {
		last := path.Base(majorVersion.ReplaceAllString(module, ""))
		return ident.Package(cmp.Or(strings.Join(telling(last), " "), last)), "from the module"
	}
	if words := telling(title); len(words) > 0 && len(words) <= 4 {
		return ident.Package(strings.Join(words, " ")), "from the title"
	}
	base := path.Base(filepath.ToSlash(file))
	if words := telling(strings.TrimSuffix(base, path.Ext(base))); len(words) > 0 {
		return ident.Package(strings.Join(words, " ")), "from the name of the file"
	}
	return "sdk", "nothing says more"
}

var majorVersion = regexp.MustCompile(`/v[0-9]+$`)

// telling returns the words of a title without those that every API has.
func telling(title string) []string {
	words := strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(word string) bool {
		word = strings.ToLower(word)
		return version.MatchString(word) || slices.Contains(untelling, word)
	})
}

var (
	version   = regexp.MustCompile(`^v?[0-9]+$`)
	untelling = strings.Fields(`a an and the of for from to your our this
		api apis rest restful http https web json yaml service services server endpoint endpoints
		openapi swagger oas spec specification schema definition description documentation docs reference
		public private official full complete sdk client go golang`)
)
