package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// A Result is what a run did to a folder, or would do. Paths are relative to
// the folder, with slashes, and sorted.
type Result struct {
	Added     []string
	Changed   []string
	Removed   []string
	Kept      []string // ours once, now as people changed it
	Unchanged int

	listed bool // the manifest is as it should be
}

// Fresh reports whether the folder has what it should have.
func (r Result) Fresh() bool {
	return r.listed && len(r.Added)+len(r.Changed)+len(r.Removed) == 0
}

// String counts what is in r: "12 files: 2 added, 10 unchanged".
func (r Result) String() string {
	total := len(r.Added) + len(r.Changed) + len(r.Kept) + r.Unchanged
	parts := []string(nil)
	for _, part := range []struct {
		count int
		what  string
	}{
		{len(r.Added), "added"},
		{len(r.Changed), "changed"},
		{len(r.Removed), "removed"},
		{len(r.Kept), "left as you changed them"},
		{r.Unchanged, "unchanged"},
	} {
		if part.count > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.count, part.what))
		}
	}
	files := "files"
	if total == 1 {
		files = "file"
	}
	return fmt.Sprintf("%d %s: %s", total, files, strings.Join(parts, ", "))
}

// Files makes the folder dir hold files, which are given by their path in it,
// with slashes. After an error the folder is as it was.
func Files(dir string, files map[string][]byte) (Result, error) {
	return new(disk).write(dir, files)
}

// Check returns what [Files] would do, and the differences as a unified diff
// that is cut short where it is long. It changes nothing.
func Check(dir string, files map[string][]byte) (Result, string, error) {
	if _, err := realPath(dir); err != nil {
		return Result{}, "", err
	}
	p, err := survey(dir, files)
	if err != nil {
		return Result{}, "", err
	}
	return p.Result, p.diff(), nil
}

// A disk is where all changes are made. Tests give it a step, which is called
// before each change and can make it fail.
type disk struct{ step func() error }

func (d *disk) do(change func() error) error {
	if d.step != nil {
		if err := d.step(); err != nil {
			return err
		}
	}
	return change()
}

func (d *disk) write(dir string, files map[string][]byte) (Result, error) {
	// The folder may be a link, and what is replaced must be what it leads to.
	real, err := realPath(dir)
	if err != nil {
		return Result{}, err
	}
	unlock, err := lock(filepath.Dir(real))
	if err != nil {
		return Result{}, failed(dir, err)
	}
	defer unlock()

	if err := d.recover(real); err != nil {
		return Result{}, failed(dir, err)
	}
	p, err := survey(dir, files)
	if err != nil {
		return Result{}, err
	}
	if p.Fresh() {
		return p.Result, nil
	}
	if err := d.replace(real, p); err != nil {
		return Result{}, failed(dir, err)
	}
	return p.Result, nil
}

// realPath returns the folder that dir leads to, unless it is one that no output
// can be: that of all files, or of all files of the user.
func realPath(dir string) (string, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		real = dir
	}
	if real, err = filepath.Abs(real); err != nil {
		return "", failed(dir, err)
	}
	home, err := os.UserHomeDir()
	if real == filepath.Dir(real) || err == nil && sameFolder(real, home) {
		return "", diag.Errorf(diag.Pos{File: dir}, "output", "the output would be all over %s; name a folder of its own with -o", real)
	}
	return real, nil
}

func sameFolder(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// beside is where the folder dir is staged to be exchanged.
func beside(dir string) string {
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+staged)
}

// recover finishes or forgets what a run left that was killed.
func (d *disk) recover(dir string) error {
	if _, err := os.Lstat(beside(dir)); err == nil {
		if err := d.do(func() error { return os.RemoveAll(beside(dir)) }); err != nil {
			return err
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil // there is none, or survey says what is wrong with it
	}
	defer root.Close()
	if _, err := root.Lstat(committed); err == nil {
		if _, err := d.finish(root); err != nil {
			return err
		}
	}
	for _, name := range []string{staged, replaced} {
		if _, err := root.Lstat(name); err != nil {
			continue
		}
		if err := d.do(func() error { return root.RemoveAll(name) }); err != nil {
			return err
		}
	}
	return nil
}

// replace carries out a plan for the folder dir.
func (d *disk) replace(dir string, p *plan) error {
	if !p.exists {
		return d.create(dir, p)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := d.do(func() error { return root.Mkdir(staged, 0o777) }); err != nil {
		return err
	}
	err = errors.ErrUnsupported
	if p.alone && !holdsCurrent(dir) {
		err = d.exchange(dir, p)
	}
	if errors.Is(err, errors.ErrUnsupported) {
		err = d.merge(root, p)
	}
	if err != nil {
		d.do(func() error { return root.RemoveAll(staged) }) // the first error is the one to tell
	}
	return err
}

// holdsCurrent reports whether the current folder is dir or inside of it: to
// exchange it would leave the process, and the shell that started it, in a
// folder that is gone.
func holdsCurrent(dir string) bool {
	current, err := os.Getwd()
	if err != nil {
		return true
	}
	if current, err = filepath.EvalSymlinks(current); err != nil {
		return true
	}
	rel, err := filepath.Rel(dir, current)
	return err == nil && filepath.IsLocal(rel)
}

// create writes a folder that is not there yet, and the folders that lead to it.
func (d *disk) create(dir string, p *plan) (err error) {
	made, err := d.mkdirAll(filepath.Dir(dir))
	stage := beside(dir)
	defer func() {
		if err == nil {
			return
		}
		d.do(func() error { return os.RemoveAll(stage) })
		for _, name := range slices.Backward(made) {
			d.do(func() error { return os.Remove(name) })
		}
	}()
	if err != nil {
		return err
	}
	if err := d.do(func() error { return os.Mkdir(stage, 0o777) }); err != nil {
		return err
	}
	if err := d.fill(stage, p); err != nil {
		return err
	}
	return d.do(func() error { return os.Rename(stage, dir) })
}

// mkdirAll makes the folder dir and those that lead to it, and returns those
// that it made.
func (d *disk) mkdirAll(dir string) (made []string, err error) {
	var missing []string
	for {
		if _, err := os.Stat(dir); err == nil || !errors.Is(err, fs.ErrNotExist) {
			break
		}
		missing = append(missing, dir)
		dir = filepath.Dir(dir)
	}
	for _, name := range slices.Backward(missing) {
		if err := d.do(func() error { return os.Mkdir(name, 0o777) }); err != nil {
			return made, err
		}
		made = append(made, name)
	}
	return made, nil
}

// fill writes the files of the plan that change into the folder stage.
func (d *disk) fill(stage string, p *plan) error {
	root, err := os.OpenRoot(stage)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, name := range p.names() {
		f := p.files[name]
		if f.was == same && name != manifestName { // which is written each time: it says that there is work to finish
			continue
		}
		if _, err := d.put(root, name, func() error { return root.WriteFile(name, f.data, f.perm) }); err != nil {
			return err
		}
	}
	return nil
}

// put does what makes the file name in root, after the folders that lead to it,
// and returns those of them that were missing.
func (d *disk) put(root *os.Root, name string, write func() error) (made []string, err error) {
	for i := range len(name) {
		if name[i] != '/' {
			continue
		}
		folder := name[:i]
		if _, err := root.Lstat(folder); err == nil {
			continue
		}
		if err := d.do(func() error { return root.Mkdir(folder, 0o777) }); err != nil {
			return made, err
		}
		made = append(made, folder)
	}
	return made, d.do(write)
}

// exchange carries out a plan by giving the whole folder for a new one. The
// error is [errors.ErrUnsupported] if that cannot be done here; the folder for
// what is staged is then empty, and in its place.
func (d *disk) exchange(dir string, p *plan) error {
	inside, stage := filepath.Join(dir, staged), beside(dir)
	if err := d.do(func() error { return os.Rename(inside, stage) }); err != nil {
		return errors.ErrUnsupported // another file system, or a parent that is not ours to write
	}
	err := d.fillWhole(dir, stage, p)
	if err == nil {
		if d.do(func() error { return swap(stage, dir) }) != nil {
			err = errors.ErrUnsupported // by the system, the file system, or as dir is a mount point
		}
	}
	// What is staged now is the old output, or what did not make it.
	removed := d.do(func() error { return os.RemoveAll(stage) })
	if err == nil {
		return nil // even if the old output is still there: the next run removes it
	}
	if errors.Is(err, errors.ErrUnsupported) && removed == nil {
		return errors.Join(err, d.do(func() error { return os.Mkdir(inside, 0o777) }))
	}
	return err
}

// fillWhole writes the whole new output into the folder stage: what changes
// anew, and of what stays another link, so that its time stays too.
func (d *disk) fillWhole(dir, stage string, p *plan) error {
	if err := d.fill(stage, p); err != nil {
		return err
	}
	root, err := os.OpenRoot(stage)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, name := range p.names() {
		if p.files[name].was != same || name == manifestName {
			continue
		}
		link := func() error {
			local := filepath.FromSlash(name)
			return os.Link(filepath.Join(dir, local), filepath.Join(stage, local))
		}
		if _, err := d.put(root, name, link); err != nil {
			return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
		}
	}
	for _, folder := range p.folders() {
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(folder)))
		if err != nil {
			continue // a new one
		}
		if info.Mode().Perm()&0o200 == 0 {
			return errors.ErrUnsupported // it is protected, which to exchange it would evade
		}
		if _, err := root.Lstat(folder); err != nil {
			continue // all that was in it goes
		}
		if err := d.do(func() error { return root.Chmod(folder, info.Mode().Perm()) }); err != nil {
			return err
		}
	}
	return nil
}

// merge carries out a plan file by file. After an error everything is back
// where it was.
func (d *disk) merge(root *os.Root, p *plan) error {
	if err := d.fill(filepath.Join(root.Name(), staged), p); err != nil {
		return err
	}
	if err := d.do(func() error { return root.Rename(staged, committed) }); err != nil {
		return err
	}
	undo, err := d.finish(root)
	if err == nil {
		return nil
	}
	for _, step := range slices.Backward(undo) {
		if d.do(step) != nil {
			return err // what is committed stays so, and the next run tries again
		}
	}
	d.do(func() error { return root.RemoveAll(replaced) })
	d.do(func() error { return root.Rename(committed, staged) })
	return err
}

// finish moves what is committed to its place, in this run or a later one. The
// manifest comes last: when it is there, the work is done. With an error it
// returns the steps that undo, from the last to the first, what was done.
func (d *disk) finish(root *os.Root) (undo []func() error, err error) {
	move := func(from, to string) error {
		made, err := d.put(root, to, func() error { return root.Rename(from, to) })
		for _, folder := range made {
			undo = append(undo, func() error { return root.Remove(folder) })
		}
		if err == nil {
			undo = append(undo, func() error { return root.Rename(to, from) })
		}
		return err
	}

	data, err := root.ReadFile(path.Join(committed, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		d.tidy(root)
		return nil, nil // it was done, but for this
	}
	if err != nil {
		return undo, err
	}
	listed, err := readManifest(root)
	if err != nil {
		return undo, err
	}
	wanted := parseManifest(data)
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		from := path.Join(committed, name)
		if _, err := root.Lstat(from); err != nil {
			continue // it does not change, or was moved already
		}
		there, ours, err := owner(root, name, listed)
		if err == nil && there && ours {
			err = move(name, path.Join(replaced, name))
		}
		if err == nil && (ours || !there) {
			err = move(from, name)
		}
		if err != nil {
			return undo, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		if _, stays := wanted[name]; stays {
			continue
		}
		there, ours, err := owner(root, name, listed)
		if err == nil && there && ours {
			err = move(name, path.Join(replaced, name))
		}
		if err != nil {
			return undo, err
		}
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			info, err := root.Lstat(folder)
			if err == nil {
				err = d.do(func() error { return root.Remove(folder) })
			}
			if errors.Is(err, fs.ErrExist) {
				break // it has other files
			}
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return undo, err
			}
			if err == nil {
				undo = append(undo, func() error { return root.Mkdir(folder, info.Mode().Perm()) })
			}
		}
	}
	if err := d.do(func() error { return root.Rename(path.Join(committed, manifestName), manifestName) }); err != nil {
		return undo, err
	}
	d.tidy(root)
	return nil, nil
}

// owner reports whether there is a file, and whether it is ours.
func owner(root *os.Root, name string, listed map[string]string) (there, ours bool, err error) {
	found, err := lookUp(root, name)
	if err != nil || found == nil {
		return false, false, err
	}
	if !found.Mode().IsRegular() {
		return true, false, nil
	}
	data, err := root.ReadFile(name)
	return true, isOurs(data, listed[name]), err
}

// tidy removes what the work left over. The output is whole without it, and
// the next run does it again.
func (d *disk) tidy(root *os.Root) {
	for _, name := range []string{replaced, committed} {
		d.do(func() error { return root.RemoveAll(name) })
	}
}

// Listed returns what reports whether the manifest of the folder dir lists a
// file, as [Lists] does for one.
func Listed(dir string) func(name string) bool {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return func(string) bool { return false }
	}
	listed := parseManifest(data)
	return func(name string) bool { _, ok := listed[name]; return ok }
}

// Lists reports whether the manifest of the folder dir lists a file, which then
// was made by an earlier run.
func Lists(dir, name string) bool {
	return Listed(dir)(name)
}
