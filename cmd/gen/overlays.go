package main

import (
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/overlay"
)

// readOverlays reads the overlays of the config, then those of the flags. If
// nothing else says which description is meant, what the first extends is.
func (s *settings) readOverlays(flags []string, problems *diag.List) {
	var names []string
	for _, name := range s.config.Overlays {
		names = append(names, beside(s.config.File, name))
	}
	var all []*overlay.Overlay
	for _, name := range append(names, flags...) {
		s.options.Opened(name)
		o, list := overlay.Read(name, s.options.Limits)
		for _, d := range list.Sorted() {
			problems.Add(d)
		}
		if o != nil {
			all = append(all, o)
			s.options.Overlays = append(s.options.Overlays, o)
		}
	}
	if s.spec == "" && s.config.Spec != "" {
		s.spec = beside(s.config.File, s.config.Spec)
	}
	for _, o := range all {
		if o.Extends == nil {
			continue
		}
		target := extended(o)
		if s.spec == "" {
			s.spec = target
		}
		if s.spec != "-" && !sameFile(s.spec, target) {
			problems.Warningf(o.Extends.Pos(), "overlay-extends", "the overlay is for %s, and is applied to %s", target, s.spec)
		}
	}
	if s.spec == "" && s.config.File == "" && len(all) > 0 {
		problems.Errorf(diag.Pos{File: all[0].File()}, "overlay-extends", "the overlay does not say what it extends; name the description before it: gen SPEC --overlay %s", all[0].File())
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

// addRules adds the filters of the flags to those of the config.
func (s *settings) addRules(c *command) {
	s.config.Include = append(s.config.Include, rules(c.include)...)
	s.config.Exclude = append(s.config.Exclude, rules(c.exclude)...)
}

// rules reads rules that checkRules has found to be sound.
func rules(texts []string) []config.Rule {
	var list []config.Rule
	for _, text := range texts {
		rule, _ := config.ParseRule(text)
		list = append(list, rule)
	}
	return list
}

// checkRules says what is wrong with the rules that flags give.
func (c *command) checkRules() error {
	for _, side := range []struct {
		flag  string
		rules []string
	}{{"include", c.include}, {"exclude", c.exclude}} {
		for _, text := range side.rules {
			if _, err := config.ParseRule(text); err != nil {
				return fmt.Errorf("--%s: %w", side.flag, err)
			}
		}
	}
	return nil
}
