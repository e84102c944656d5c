package write

import (
	"os"
	"path/filepath"
)

// File makes a file that is not in an output folder hold data: after an error,
// or if the process is killed, it is as it was.
func File(name string, data []byte) error {
	perm := os.FileMode(0o644)
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	if info, err := os.Stat(name); err == nil {
		perm = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return failed(name, err)
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), perm)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
		return failed(name, err)
	}
	return nil
}

// Diff returns what changes in one file as a unified diff that is cut short
// where it is long, empty if nothing does.
func Diff(name string, before, after []byte) string {
	if string(before) == string(after) {
		return ""
	}
	return cut(unified(name, before, after), mostLines, "lines")
}
