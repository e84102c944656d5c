package main

import (
	"strings"
	"testing"
	"time"
)

func TestReporter(t *testing.T) {
	const events = `{"ImportPath":"p/a","Action":"build-output","Output":"# p/a\n"}
{"Action":"start","Package":"p/a"}
{"Action":"run","Package":"p/a","Test":"TestOne"}
{"Action":"output","Package":"p/a","Test":"TestOne","Output":"said by one\n"}
{"Action":"pass","Package":"p/a","Test":"TestOne","Elapsed":0.1}
{"Action":"run","Package":"p/a","Test":"TestTwo"}
{"Action":"run","Package":"p/a","Test":"TestTwo/part"}
{"Action":"output","Package":"p/a","Test":"TestTwo/part","Output":"said by two\n"}
{"Action":"fail","Package":"p/a","Test":"TestTwo/part","Elapsed":0.1}
{"Action":"run","Package":"p/a","Test":"TestTwo/other"}
`
	const rest = `not an event
{"Action":"pass","Package":"p/a","Test":"TestTwo/other","Elapsed":0.1}
{"Action":"output","Package":"p/a","Output":"FAIL\n"}
{"Action":"output","Package":"p/a","Output":"FAIL\tp/a\t0.2s\n"}
{"Action":"fail","Package":"p/a","Elapsed":0.2}
{"Action":"start","Package":"p/b"}
{"Action":"output","Package":"p/b","Output":"coverage: 1%\n"}
{"Action":"output","Package":"p/b","Output":"ok  \tp/b\t(cached)\n"}
{"Action":"pass","Package":"p/b","Elapsed":0}
`
	var out strings.Builder
	r := newReporter(&out)
	now := func() time.Time { return r.begun }
	r.running(r.begun.Add(20 * time.Second))
	r.follow(strings.NewReader(events), now)
	r.running(r.begun.Add(40 * time.Second))
	r.follow(strings.NewReader(rest), now)
	want := `… after 20 s: compiling
# p/a
said by two
… after 40 s: running a TestTwo/other (40 s)
not an event
FAIL
FAIL	p/a	0.2s
ok  	p/b	(cached)
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
