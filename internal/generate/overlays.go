package generate

import (
	"net/url"
	"path/filepath"
	"slices"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/overlay"
)

// readOverlays reads the overlays of the config, then those of the options. If
// nothing else says which description is meant, what the first extends is.
func (s *settings) readOverlays() {
	r := s.result
	var names []string
	for _, name := range r.Config.Overlays {
		names = append(names, beside(r.Config.File, name))
	}
	var all []*overlay.Overlay
	for _, name := range append(names, s.Overlays...) {
		s.opened(name)
		o, list := overlay.Read(name, s.spec.Limits)
		r.add(list)
		if o != nil {
			all = append(all, o)
			s.spec.Overlays = append(s.spec.Overlays, o)
		}
	}
	if r.Spec == "" && r.Config.Spec != "" {
		r.Spec = beside(r.Config.File, r.Config.Spec)
	}
	for _, o := range all {
		if o.Extends == nil {
			continue
		}
		target := extended(o)
		if r.Spec == "" {
			r.Spec = target
		}
		if r.Spec != "-" && !sameFile(r.Spec, target) {
			r.Problems.Warningf(o.Extends.Pos(), "overlay-extends", "the overlay is for %s, and is applied to %s", target, r.Spec)
		}
	}
	if r.Spec == "" && r.Config.File == "" && len(all) > 0 {
		r.Problems.Errorf(diag.Pos{File: all[0].File()}, "overlay-extends", "the overlay does not say what it extends; name the description before it: gen SPEC --overlay %s", all[0].File())
	}
}

// extended is the description that an overlay is for: a URI reference, which is
// relative to the overlay's file.
func extended(o *overlay.Overlay) string {
	text := o.Extends.Text()
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "" && u.Scheme != "file":
		return text
	case u.Scheme == "file":
		return filepath.FromSlash(u.Path)
	}
	return beside(o.File(), u.Path)
}

// sameFile reports whether two names are of one file.
func sameFile(a, b string) bool {
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return a == b || errA == nil && errB == nil && absA == absB
}

// addRules adds the filters of the options to those of the config.
func (s *settings) addRules() {
	cfg := &s.result.Config
	cfg.Include = append(slices.Clip(cfg.Include), rules(s.Include)...)
	cfg.Exclude = append(slices.Clip(cfg.Exclude), rules(s.Exclude)...)
}

// rules reads rules that were found to be sound.
func rules(texts []string) []config.Rule {
	var list []config.Rule
	for _, text := range texts {
		rule, _ := config.ParseRule(text)
		list = append(list, rule)
	}
	return list
}
