package output

import (
	"os"
	"path/filepath"
)

// File makes a file that is not in an output folder hold data: after an error,
// or if the process is killed, it is as it was.
func File(name string, data []byte) error {
	staged, err := Stage(name, data)
	if err != nil {
		return err
	}
	return staged.Commit()
}

// A Staged file is written and not yet in its place, so that what it goes with
// can be written first and all of it be left undone.
type Staged struct{ temp, name, given string }

// Stage writes a file beside the one that it is to replace.
func Stage(name string, data []byte) (*Staged, error) {
	s := &Staged{name: name, given: name}
	perm := os.FileMode(0o644)
	if real, err := filepath.EvalSymlinks(name); err == nil {
		s.name = real
	}
	if info, err := os.Stat(s.name); err == nil {
		perm = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(s.name), "."+filepath.Base(s.name)+".*")
	if err != nil {
		return nil, failed(name, err)
	}
	s.temp = f.Name()
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(s.temp, perm)
	}
	if err != nil {
		s.Drop()
		return nil, failed(name, err)
	}
	return s, nil
}

// Commit puts the file into its place. A nil one has nothing to do.
func (s *Staged) Commit() error {
	if s == nil {
		return nil
	}
	if err := os.Rename(s.temp, s.name); err != nil {
		s.Drop()
		return failed(s.given, err)
	}
	return nil
}

// Drop forgets the file.
func (s *Staged) Drop() {
	if s != nil {
		os.Remove(s.temp)
	}
}

// Diff returns what changes in one file as a unified diff that is cut short
// where it is long, empty if nothing does.
func Diff(name string, before, after []byte) string {
	if string(before) == string(after) {
		return ""
	}
	return cut(unified(name, before, after), mostLines, "lines")
}
