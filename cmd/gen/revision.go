package main

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/openapi-lathe/lathe/internal/config"
)

// checkOut puts what a git revision has at a path into a folder, and returns
// where it is there. A description may refer to what is beside it, and a config
// to anything, so all of the revision that is needed for that comes along.
func checkOut(rev, in, folder string) (string, error) {
	git := func(args ...string) ([]byte, error) {
		cmd := exec.Command("git", args...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			err = errors.New(strings.TrimSpace(stderr.String()))
		}
		return out, err
	}
	top, err := git("rev-parse", "--show-toplevel", "--show-prefix")
	if err != nil {
		return "", err
	}
	root, prefix, _ := strings.Cut(strings.TrimSpace(string(top)), "\n")
	if filepath.IsAbs(in) {
		rel, err := filepath.Rel(filepath.Join(root, filepath.FromSlash(prefix)), in)
		if err != nil {
			return "", err
		}
		in = rel
	}
	in = path.Join(strings.TrimSpace(prefix), filepath.ToSlash(in))
	if strings.HasPrefix(rev, "-") || in == ".." || strings.HasPrefix(in, "../") {
		return "", errOutside
	}
	if _, err := git("rev-parse", "--verify", "--quiet", rev+"^{commit}"); err != nil {
		return "", fmt.Errorf("there is no revision %s", rev)
	}
	kind, err := git("cat-file", "-t", rev+":"+strings.TrimPrefix(in, "."))
	if err != nil {
		return "", fmt.Errorf("%w: %w", errNotThere, err)
	}
	part := in
	if strings.TrimSpace(string(kind)) == "blob" {
		part = path.Dir(in)
		if data, err := git("cat-file", "blob", rev+":"+in); err == nil && config.IsText(in, data) {
			part = "."
		}
	}
	archive, err := git("-C", root, "archive", "--format=tar", rev, "--", part)
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, filepath.FromSlash(in)), unpack(archive, folder)
}

// errNotThere is why a file cannot be taken from a revision that does not have it.
var errNotThere = errors.New("the revision does not have it")

// errOutside is why what is not in the repository has no revision.
var errOutside = errors.New("a revision is given as REVISION:path, with a path in the repository")

// unpack writes the files of an archive into a folder. Links are left out.
func unpack(archive []byte, folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	for r := tar.NewReader(bytes.NewReader(archive)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := filepath.FromSlash(strings.TrimSuffix(h.Name, "/"))
		switch h.Typeflag {
		case tar.TypeDir:
			err = root.MkdirAll(name, 0o777)
		case tar.TypeReg:
			var data []byte
			if data, err = io.ReadAll(r); err == nil {
				if err = root.MkdirAll(filepath.Dir(name), 0o777); err == nil {
					err = root.WriteFile(name, data, 0o666)
				}
			}
		}
		if err != nil {
			return err
		}
	}
}
