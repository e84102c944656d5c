package generate

import (
	"errors"
	"io/fs"
	"os"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/diag"
)

// release reads what an SDK says of itself as a release: the text of its
// license. Its version must be one that its module can have.
func (s *settings) release() (license []byte, err error) {
	cfg := &s.result.Config
	if cfg.Version != "" && s.result.GoMod {
		if err := config.CheckRelease(cfg.Module, cfg.Version); err != nil {
			return nil, diag.Errorf(cfg.Pos("version"), "config-value", "version: %v", err)
		}
	}
	if cfg.License == "" {
		return nil, nil
	}
	license, err = os.ReadFile(beside(cfg.File, cfg.License))
	if err != nil {
		if path := (*fs.PathError)(nil); errors.As(err, &path) {
			err = path.Err
		}
		return nil, diag.Errorf(cfg.Pos("license"), "config-value", "license: %s cannot be read: %v", cfg.License, err)
	}
	return license, nil
}
