package param

// True is the type of a field whose one allowed value is true. It is written as
// true even where it is not set.
type True bool

// MarshalJSON writes true.
func (True) MarshalJSON() ([]byte, error) { return []byte("true"), nil }
