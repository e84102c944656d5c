package spec

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// Validation goes on for at most so long, and is of at most so much. The
// library walks what is behind a reference anew at each, and a chain of
// references anew from each link.
const (
	validateTime  = 30 * time.Second
	validateBytes = 32 << 20
	validateSteps = 8_000_000 // references behind references
	validateChain = 500       // references that only lead to others
)

// Validate returns what kin-openapi has to say against the document, all of it
// warnings: it is strict where real descriptions are not, and silent about much
// that is wrong, so it has no part in whether there can be an SDK.
func (d *Document) Validate() *diag.List {
	b := d.bundle("--- ") // which makes the library read YAML, the only way to learn of lines
	list := &diag.List{}
	if why := d.tooMuchToValidate(len(b.out)); why != "" {
		list.Warningf(d.Root.pos, "not-validated", "the description is not validated: %s", why)
		return list
	}
	found := make(chan error, 1)
	go func() { found <- validate(b.out) }()
	select {
	case err := <-found:
		d.findings(list, err, b.lines)
	case <-time.After(validateTime):
		list.Warningf(d.Root.pos, "not-validated", "the description is not validated: it takes more than %s", validateTime)
	}
	return list
}

// tooMuchToValidate says why the library would take for ever, if it would.
func (d *Document) tooMuchToValidate(size int) string {
	if size > validateBytes {
		return fmt.Sprintf("it has more than %d MB", validateBytes>>20)
	}
	behind := map[*Node]int{} // how many references are in a component
	var refs []*Node
	for _, section := range d.Root.Get("components").Members() {
		for _, c := range section.Members() {
			before := len(refs)
			refs = c.appendRefs(refs)
			behind[c] = len(refs) - before
		}
	}
	refs = d.Root.Get("paths").appendRefs(refs)
	steps := 0
	chain := map[*Node]int{}
	for _, n := range refs {
		to, err := d.step(n)
		if _, lost := d.Deref(n); err != nil || lost != nil {
			continue // it is not in the text
		}
		steps += behind[to]
		length := 1
		for ; length <= validateChain && refOf(to) != nil; length++ {
			if known := chain[to]; known > 0 {
				length += known
				break
			}
			if to, err = d.step(to); err != nil {
				break
			}
		}
		if chain[n] = length; length > validateChain {
			return fmt.Sprintf("it has a chain of more than %d references", validateChain)
		}
	}
	if steps > validateSteps {
		return "too many transitive references to validate"
	}
	return ""
}

// appendRefs appends the references in n to refs.
func (n *Node) appendRefs(refs []*Node) []*Node {
	if n.Is(Object) && n.shape != unknown && refOf(n) != nil {
		refs = append(refs, n)
	}
	for _, m := range n.All() {
		refs = m.Value.appendRefs(refs)
	}
	for _, item := range n.Elements() {
		refs = item.appendRefs(refs)
	}
	return refs
}

// validate returns what the library finds.
func validate(text []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the validator failed: %v", r)
		}
	}()
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = true
	doc, err := loader.LoadFromData(text)
	if err != nil {
		return err
	}
	return doc.Validate(loader.Context, openapi3.EnableMultiError())
}

// findings adds what the library found, each at its place: lines has the place
// of each line of the text that the library read.
func (d *Document) findings(list *diag.List, err error, lines []diag.Pos) {
	if err == nil {
		return
	}
	many, ok := err.(openapi3.MultiError)
	if !ok {
		many = openapi3.MultiError{err}
	}
	for _, e := range many {
		code, pos, message := d.finding(e, lines)
		if code != "unresolved-ref" { // of which we know better: the library forgets those in the content of headers
			list.Warningf(pos, "kin-"+code, "%s", message)
		}
	}
}

// finding takes apart an error of the library, which wraps what is wrong in
// where it is: the deeper, the more precise.
func (d *Document) finding(err error, lines []diag.Pos) (code string, pos diag.Pos, message string) {
	code, message = "invalid", err.Error()
	at, kind := &Member{Pos: d.Root.pos, Value: d.Root}, ""
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		if coded, ok := cause.(openapi3.CodedError); ok {
			code = coded.Code()
		}
		if i := line(cause); i > 0 && i <= len(lines) && !lines[i-1].IsZero() {
			if pos = lines[i-1]; at.Value != d.Root { // a place says better than words where it is
				message = cause.Error()
			}
		}
		switch e := cause.(type) {
		case *openapi3.SectionValidationError:
			at = inner(at, e.Section)
		case *openapi3.PathValidationError:
			at = inner(at, e.Path)
		case *openapi3.OperationValidationError:
			at = inner(at, strings.ToLower(e.Method))
		case *openapi3.ComponentValidationError:
			for section := range at.Value.Members() { // "request body" is in "requestBodies"
				if strings.HasPrefix(strings.ToLower(section), strings.TrimSuffix(strings.ReplaceAll(e.Section, " ", ""), "y")) {
					at = inner(inner(at, section), e.Name)
					break
				}
			}
		case *openapi3.SchemaValueError:
			kind = e.ValueKind
		case *openapi3.SchemaError:
			message = e.Reason
			if tokens := e.JSONPointer(); len(tokens) > 0 {
				message = "/" + strings.Join(tokens, "/") + ": " + message
			}
			if kind != "" {
				message = fmt.Sprintf("the %s does not fit its schema: %s", kind, message)
			}
		}
	}
	if pos.IsZero() {
		pos = at.Pos
	}
	message, _, _ = strings.Cut(message, "\n")
	return code, pos, message
}

// inner returns the member of an object with a name, m itself if it has none.
func inner(m *Member, name string) *Member {
	return cmp.Or(m.Value.Member(name), m)
}

// line returns the line that an error of the library is about, 0 if it does not
// know. There are a hundred kinds of errors, and all say it in one field.
func line(err error) int {
	v := reflect.Indirect(reflect.ValueOf(err))
	if v.Kind() != reflect.Struct {
		return 0
	}
	f := v.FieldByName("Origin")
	if !f.IsValid() {
		return 0
	}
	origin, ok := f.Interface().(*openapi3.Origin)
	if !ok || origin == nil || origin.Key == nil {
		return 0
	}
	return origin.Key.Line
}
