//go:build unix

package spec

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A reference to a pipe or a device is refused, and not waited for.
func TestSpecialFiles(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.yaml"), 0o600); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("pipe.yaml", filepath.Join(dir, "link.yaml")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pipe.yaml", "link.yaml"} {
		api := "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {$ref: './" + name + "'}}}\n"
		file := filepath.Join(dir, "api.yaml")
		if err := os.WriteFile(file, []byte(api), 0o600); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() {
			doc, list := Load(file, Options{})
			var all []string
			if doc != nil {
				_, err := doc.Deref(doc.Root.Get("components").Get("schemas").Get("A"))
				all = append(all, fmt.Sprint(err))
			}
			for _, d := range list.Sorted() {
				all = append(all, d.Error())
			}
			if !strings.Contains(strings.Join(all, "\n"), "it is a pipe, not a file") {
				t.Errorf("%s: %v", name, all)
			}
			done <- nil
		}()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Fatalf("%s is waited for", name)
		}
	}
}
