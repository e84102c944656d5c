package spec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// files are the files of a description. Those beside the first are read when
// something refers to them, and never outside of one folder or from a host
// that is not allowed.
type files struct {
	opts   Options
	limits Limits
	list   *diag.List
	name   string           // of the description, as it was given
	root   string           // the folder that bounds all
	folder string           // that of the description, from root
	byBase map[string]*file // by the string of its base
	byName map[string]*file
	ids    map[string]*resource // by $id, made absolute
	bases  map[*Node]*resource  // of references inside of what has an $id

	recursive map[*Node]*Node // what each $recursiveRef means
	dynamic   map[string]int  // how many there are of each $dynamicAnchor
}

// A file is one that was read, or could not be.
type file struct {
	name string   // as the user knows it, the File of its positions
	base *url.URL // what its references are relative to: file:///path/from/root, or where it was fetched
	root *Node    // nil if there is an err
	err  error    // why it could not be read, without a position

	raw   *Node          // what root was before it was converted, if it was
	links map[*Node]link // where its nodes are, once someone asks
	main  *resource      // what it is as a JSON Schema resource
}

// newFiles returns the files of the description name, none of them read.
func newFiles(name string, opts Options, list *diag.List) files {
	f := files{
		opts:   opts,
		limits: opts.Limits.orDefaults(),
		list:   list,
		name:   name,
		root:   opts.Root,
		byBase: map[string]*file{},
		byName: map[string]*file{},
		ids:    map[string]*resource{},
		bases:  map[*Node]*resource{},

		recursive: map[*Node]*Node{},
		dynamic:   map[string]int{},
	}
	if f.opts.Client == nil {
		f.opts.Client = &http.Client{Timeout: 30 * time.Second}
	}
	if f.opts.Opened == nil {
		f.opts.Opened = func(string) {}
	}
	if f.root == "" {
		f.root = filepath.Dir(name)
	}
	return f
}

// description reads the description itself. What is wrong is in the list.
func (f *files) description() *file {
	name := f.name
	pos := diag.Pos{File: name}
	var data []byte
	var err error
	base := &url.URL{Scheme: "file", Path: "/" + filepath.ToSlash(filepath.Base(name))}
	switch {
	case isRemote(name):
		u, parseErr := url.Parse(name)
		if parseErr != nil || u.Host == "" {
			f.list.Errorf(pos, "unreadable-file", "%q is no URL", name)
			return &file{}
		}
		base = u
		f.opts.AllowHosts = append(slices.Clone(f.opts.AllowHosts), u.Host)
		data, err = f.fetch(u)
	case name == "-":
		name, pos.File = "stdin", "stdin"
		base.Path = "/stdin"
		if f.opts.Stdin == nil {
			err = errors.New("there is no standard input")
			break
		}
		data, err = f.limited(f.opts.Stdin)
	default:
		if f.folder, err = within(f.root, filepath.Dir(name)); err != nil {
			f.list.Errorf(pos, "unreadable-file", "the description is outside of %s, the base folder; set --root to a folder that holds it", f.root)
			return &file{}
		}
		base.Path = "/" + path.Join(f.folder, filepath.ToSlash(filepath.Base(name)))
		f.opts.Opened(name)
		data, err = f.local(name)
	}
	if err != nil {
		f.list.Errorf(pos, "unreadable-file", "cannot read the description: %s", reason(err))
		return &file{}
	}
	return f.add(name, base, data, f.overlay)
}

// within returns the path of folder from root, with slashes, or an error if it
// is not in there.
func within(root, folder string) (string, error) {
	from, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(from, to)
	if err == nil && !filepath.IsLocal(rel) {
		err = errOutside
	}
	return filepath.ToSlash(rel), err
}

var errOutside = errors.New("it is outside of the folder that may be read; name a folder that holds all files with --root DIR")

// OutsideRoot is the code of the error that a reference leads out of the folder
// that may be read. One flag mends all of them, so that nothing is made without it.
const OutsideRoot = "outside-root"

// outside is the error that a file is not in the folder that may be read.
type outside struct{ folder, root string }

func (o *outside) Error() string { return errOutside.Error() }

// outside returns the error for a file whose path from the root starts with "..":
// the folder that it is in, and the nearest one that holds all.
func (f *files) outside(file string) error {
	root := f.root
	for rest, ok := file, true; ok; {
		if rest, ok = strings.CutPrefix(rest, "../"); ok {
			root = filepath.Join(root, "..")
		}
	}
	return &outside{folder: filepath.Join(f.root, filepath.FromSlash(path.Dir(file))), root: root}
}

// isRemote reports whether a name is that of something to fetch.
func isRemote(name string) bool {
	scheme, _, ok := strings.Cut(name, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// add parses the text of a file, and has edits made to it. Its problems are in
// the list.
func (f *files) add(name string, base *url.URL, data []byte, edits ...func(*file)) *file {
	read := &file{name: name, base: base}
	read.root = parse(name, data, f.limits, f.list)
	for _, edit := range edits {
		edit(read)
	}
	if read.root == nil {
		read.err = errors.New("the file has errors of its own")
	}
	f.byBase[base.String()] = read
	f.byName[name] = read
	f.findResources(read, len(f.opts.Overlays) > 0 || bytes.Contains(data, []byte("$id")) || anchorName.Match(data))
	return read
}

// anchorName finds what names a place to refer to by more than a pointer.
var anchorName = regexp.MustCompile(`\$(?:anchor|dynamicAnchor|recursiveAnchor)`)

// open returns the file at base, which it reads the first time. That may fail
// with an error to go with "cannot be read".
func (f *files) open(base *url.URL) *file {
	key := base.String()
	if known := f.byBase[key]; known != nil {
		return known
	}
	if len(f.byBase) >= f.limits.Files {
		return &file{err: fmt.Errorf("the description has more than %d files; if that is meant, raise the limit with --max-files", f.limits.Files)}
	}
	name, data, err := key, []byte(nil), error(nil)
	if base.Scheme == "file" {
		inside := strings.TrimPrefix(base.Path, "/")
		rel, relErr := filepath.Rel(filepath.FromSlash(f.folder), filepath.FromSlash(inside))
		if relErr != nil {
			return &file{err: relErr}
		}
		name = filepath.Join(filepath.Dir(f.name), rel)
		f.opts.Opened(name)
		data, err = f.inRoot(inside)
	} else {
		data, err = f.fetch(base)
	}
	if err != nil {
		failed := &file{name: name, base: base, err: errors.New(reason(err))}
		f.byBase[key] = failed
		return failed
	}
	return f.add(name, base, data)
}

// local reads a file that the user named.
func (f *files) local(name string) ([]byte, error) {
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return f.regular(r)
}

// inRoot reads a file in the folder that bounds all, to which no link leads out.
func (f *files) inRoot(name string) ([]byte, error) {
	root, err := os.OpenRoot(f.root)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	local := filepath.FromSlash(name)
	if info, err := root.Stat(local); err == nil && !info.IsDir() && !info.Mode().IsRegular() { // to open a pipe would wait for its other end
		return nil, fmt.Errorf("it is %s, not a file", special(info.Mode()))
	}
	r, err := root.Open(local)
	if err != nil {
		return nil, err
	}
	return f.regular(r)
}

// regular reads a file that was opened, and closes it.
func (f *files) regular(r *os.File) ([]byte, error) {
	defer r.Close()
	if info, err := r.Stat(); err == nil && info.IsDir() {
		return nil, errors.New("it is a folder, not a file")
	}
	return f.limited(r)
}

// special is what a file is that is none of bytes on a disk.
func special(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	}
	return "a device"
}

// limited reads all of r, if that is not too much.
func (f *files) limited(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, f.limits.Bytes+1))
	if err == nil && int64(len(data)) > f.limits.Bytes {
		err = fmt.Errorf("it has more than %d bytes; if that is meant, raise the limit with --max-bytes", f.limits.Bytes)
	}
	return data, err
}

// fetch reads what is at a URL, if that and all to which it redirects is allowed.
func (f *files) fetch(u *url.URL) ([]byte, error) {
	if err := f.allowed(u); err != nil {
		return nil, err
	}
	client := *f.opts.Client
	client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return errors.New("it redirects without end")
		}
		return f.allowed(req.URL)
	}
	response, err := client.Get(u.String())
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %s", response.Status)
	}
	return f.limited(response.Body)
}

// allowed returns an error if u may not be fetched.
func (f *files) allowed(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("nothing is read from %s URLs", u.Scheme)
	}
	if !slices.ContainsFunc(f.opts.AllowHosts, func(host string) bool { return strings.EqualFold(host, u.Host) }) {
		return fmt.Errorf("nothing is fetched from %s unless it is allowed with --allow-host %s", u.Host, u.Host)
	}
	return nil
}

// reason says why a file could not be read, without its name.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	}
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		if strings.Contains(pe.Err.Error(), "escapes") {
			return errOutside.Error()
		}
		return pe.Err.Error()
	}
	if ue, ok := errors.AsType[*url.Error](err); ok {
		return ue.Err.Error()
	}
	return err.Error()
}
