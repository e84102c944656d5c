package main

import (
	"bytes"
	"fmt"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b shared
		said := func(want string) {
			t.Helper()
			synctest.Wait()
			if got := b.take(); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
		p := newProgress(&b)
		p.at("reading")
		time.Sleep(patience - time.Millisecond)
		fmt.Fprintln(p, "early")
		said("early\n")
		time.Sleep(time.Millisecond)
		said("\r\x1b[Kgen: reading …")
		p.at("writing")
		said("\r\x1b[Kgen: writing …")
		fmt.Fprintln(p, "a warning")
		fmt.Fprintln(p, "another")
		said("\r\x1b[Ka warning\nanother\n")
		p.at("done")
		p.stop()
		p.at("")
		said("\r\x1b[Kgen: done …\r\x1b[K")

		p = newProgress(&b)
		p.at("quick")
		p.stop()
		time.Sleep(2 * patience)
		said("")
	})
}

func TestIsTerminal(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	file, err := os.Create(t.TempDir() + "/file")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if isTerminal(w) || isTerminal(file) || isTerminal(new(bytes.Buffer)) {
		t.Error("a pipe, a file or a buffer is a terminal")
	}
	t.Setenv("TERM", "xterm")
	if tty, err := os.Open("/dev/tty"); err == nil {
		defer tty.Close()
		if !isTerminal(tty) {
			t.Error("a terminal is none")
		}
		t.Setenv("TERM", "dumb")
		if isTerminal(tty) {
			t.Error("a terminal that can do nothing is asked to")
		}
	}
}
