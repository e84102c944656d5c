//go:build unix

package output

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A folder that may not be written to is an error, and stays as it is. To root
// nothing is forbidden, so if it is root who tests, someone else does it.
func TestFilesProtected(t *testing.T) {
	if os.Getuid() == 0 {
		testAsNobody(t, "^TestFilesProtected$")
		return
	}
	first, second := worlds()["alone"].first, worlds()["alone"].second
	mine := set{"mine.go": "mine"}
	for _, tt := range []struct {
		name      string
		protected string
		first     set
		theirs    set
		want      string
	}{
		{"the folder", "out", first, nil, "out: error: cannot write the output: permission denied [output]"},
		{"the shared folder", "out", first, mine, "out: error: cannot write the output: permission denied [output]"},
		{"a folder inside", "out/b", first, nil, "out: error: cannot write the output: permission denied [output]"},
		{"a folder inside of a shared one", "out/b", first, mine, "out: error: cannot write the output: permission denied [output]"},
		{"the parent, with nothing there", ".", nil, nil, "out: error: cannot write the output: permission denied [output]"},
		{"the parent", ".", first, nil, "<nil>"}, // the folder itself may be written to
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			begin(t, "out", tt.first, tt.theirs)
			if err := os.Chmod(tt.protected, 0o555); err != nil {
				t.Fatal(err)
			}
			defer os.Chmod(tt.protected, 0o755)
			_, err := Files("out", second.bytes())
			if got := fmt.Sprint(err); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			want := set{}.with(tt.first).with(tt.theirs)
			if err == nil {
				want = second
			}
			if diff := cmp.Diff(want, read(t, "out")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			abs, _ := filepath.Abs("out")
			if left := litter(t, abs); left != nil {
				t.Errorf("left behind: %s", left)
			}
		})
	}
}

// testAsNobody runs tests of this package as a user without rights.
func testAsNobody(t *testing.T, run string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "nobody")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	binary, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "test")
	if err := os.WriteFile(name, binary, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, "-test.run="+run)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
