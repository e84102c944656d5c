//go:build !linux && !darwin

package output

import "errors"

// swap would give two folders each the name of the other, in one step. There
// is no call for that here.
func swap(a, b string) error { return errors.ErrUnsupported }
