package generate

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
			if err := s.mayExtend(o, target); err != nil {
				r.Problems.Add(err)
				return
			}
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

// mayExtend returns an error if the description that an overlay is for may not be
// read: it is outside of the folder that bounds all, by default that of the
// overlay or the current one, or on a host that is not allowed. What the user
// names has no such limits.
func (s *settings) mayExtend(o *overlay.Overlay, target string) error {
	const help = "name the description before the overlay: gen SPEC --overlay %s"
	if u, err := url.Parse(target); err == nil && u.Host != "" {
		if slices.ContainsFunc(s.spec.AllowHosts, func(host string) bool { return strings.EqualFold(host, u.Host) }) {
			return nil
		}
		return diag.Errorf(o.Extends.Pos(), "overlay-extends", "the overlay is for %s, and nothing is fetched from %s unless it is allowed with --allow-host %s; or "+help, target, u.Host, u.Host, o.File())
	}
	roots := []string{s.spec.Root}
	if s.spec.Root == "" {
		roots = []string{filepath.Dir(o.File()), "."}
	}
	if !slices.ContainsFunc(roots, func(root string) bool { return inside(root, target) }) {
		return diag.Errorf(o.Extends.Pos(), "overlay-extends", "the overlay is for %s, which is outside of the folder that may be read; name a folder that holds both with --root DIR, or "+help, target, o.File())
	}
	if info, err := os.Stat(target); err == nil && !info.Mode().IsRegular() {
		return diag.Errorf(o.Extends.Pos(), "overlay-extends", "the overlay is for %s, which is no file", target)
	}
	return nil
}

// inside reports whether a file is in a folder, wherever links lead.
func inside(folder, name string) bool {
	real := func(name string) string {
		if at, err := filepath.EvalSymlinks(name); err == nil {
			name = at
		}
		abs, err := filepath.Abs(name)
		if err != nil {
			return name
		}
		return abs
	}
	rel, err := filepath.Rel(real(folder), real(name))
	return err == nil && filepath.IsLocal(rel)
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
