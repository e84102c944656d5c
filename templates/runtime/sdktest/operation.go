package sdktest

import (
	"reflect"
	"sync"
	"time"
)

// An Operation is one operation of the API, for [Handle], [Respond] and the
// functions that follow them. H is a function of what the client's method takes,
// without options; R is what the method returns: of a paged one all the items of
// the list, of a download its bytes.
//
// It has no methods, since those would be compiled for each operation of the API;
// a function is for the operations only that a test is about.
type Operation[H, R any] struct {
	_  [0]func(H) R
	op *operation
}

// Handle answers each request of an operation from now on with what f returns. It
// is given the context of the request, what stands in the path, and the params as
// far as they can be read from the request; [CallOf] has the request itself. Calls
// that a client makes at the same time call f at the same time. A nil f is none.
//
// An error that is an [*Error] is the answer of the API, and so is a [*Response].
// Any other error breaks the connection; the client gets it as the cause.
func Handle[H, R any](on Operation[H, R], f H) { on.op.handle(f) }

// Respond answers the requests of an operation from now on with these results one
// after another, and with the last of them from then on. Without any it is the
// zero R.
func Respond[H, R any](on Operation[H, R], results ...R) {
	list := make([]any, len(results))
	for i := range results {
		list[i] = results[i]
	}
	if len(list) == 0 {
		var none R
		list = append(list, none)
	}
	on.op.respond(list)
}

// Fail lets the next n requests of an operation fail, and those after them be
// answered as they would be anyway; n below 0 is all of them. What else it is told
// to fail comes after that. The error is as of a handler; see also [Status],
// [ErrReset], [ErrRefused] and [ErrBroken].
func Fail[H, R any](on Operation[H, R], n int, err error) { on.op.fail(n, err) }

// Delay lets each answer of an operation take this long, or as long as the context
// of the request lasts; 0 ends it.
func Delay[H, R any](on Operation[H, R], d time.Duration) { on.op.setDelay(d) }

// Expect makes the test fail at its end unless n requests of an operation came,
// repetitions included.
func Expect[H, R any](on Operation[H, R], n int) { on.op.expect(n) }

// Calls returns the requests of an operation that came, in order. A call that was
// repeated is there more than once.
func Calls[H, R any](on Operation[H, R]) []*Call { return on.op.server.Calls(on.op.name) }

// None is the result of an operation that has none.
type None = struct{}

// operation is what all operations have in common.
type operation struct {
	server  *Server
	name    string
	tag     reflect.StructTag
	handles reflect.Type // func

	once   sync.Once
	parsed table // of the tag

	// The server's mutex guards what follows.
	plan
	handler reflect.Value // not valid if there is none
	results []any         // nil if there are none
	calls   []*Call
}

// plan is what happens to requests besides their answer.
type plan struct {
	faults   []fault
	delay    time.Duration
	expected int // -1 is any number
}

// fault is a failure of the next n requests; n below 0 is all of them.
type fault struct {
	n   int
	err error
}

// next takes the fault of a request off the list; nil if there is none.
func (p *plan) next() error {
	for len(p.faults) > 0 {
		f := &p.faults[0]
		if f.n == 0 {
			p.faults = p.faults[1:]
			continue
		}
		if f.n > 0 {
			f.n--
		}
		return f.err
	}
	return nil
}

func (o *operation) handle(f any) {
	o.server.mu.Lock()
	defer o.server.mu.Unlock()
	o.handler, o.results = reflect.ValueOf(f), nil
	if o.handler.IsNil() {
		o.handler = reflect.Value{}
	}
}

func (o *operation) respond(results []any) {
	o.server.mu.Lock()
	defer o.server.mu.Unlock()
	o.handler, o.results = reflect.Value{}, results
}

func (o *operation) fail(n int, err error) {
	o.server.mu.Lock()
	defer o.server.mu.Unlock()
	o.faults = append(o.faults, fault{n, err})
}

func (o *operation) setDelay(d time.Duration) {
	o.server.mu.Lock()
	defer o.server.mu.Unlock()
	o.delay = d
}

func (o *operation) expect(n int) {
	o.server.mu.Lock()
	defer o.server.mu.Unlock()
	o.expected = n
}

// table returns what the tag says.
func (o *operation) table() *table {
	o.once.Do(func() { o.parsed = parseTable(o.tag) })
	return &o.parsed
}
