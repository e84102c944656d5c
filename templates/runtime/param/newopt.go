package param

// NewOpt is [Some], by the name that callers of SDKs by Stainless know.
func NewOpt[T any](v T) Opt[T] { return Some(v) }

// Valid reports whether o has a value: it is neither unset nor null.
func (o Opt[T]) Valid() bool { return o.state == set }
