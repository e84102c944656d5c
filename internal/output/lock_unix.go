//go:build unix && !solaris && !aix

package output

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// patience is how long a run waits for another that writes in the same place,
// which takes a moment.
const patience = 10 * time.Second

// lock makes other runs wait that write into a folder of the folder parent.
// Where folders cannot be locked they do not wait, and the last one wins.
func lock(parent string) (unlock func(), err error) {
	f, err := os.Open(parent)
	if err != nil {
		return func() {}, nil // what is wrong with it shows when it is written to
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return func() { f.Close() }, nil
		}
		if time.Now().After(deadline) {
			f.Close()
			return nil, errors.New("another run of gen has been writing it for a while; try again when it has ended")
		}
	}
}
