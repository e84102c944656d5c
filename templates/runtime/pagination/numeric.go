package pagination

// numeric is what a number of a page may be.
type numeric interface {
	~int | ~int32 | ~int64 | ~uint32 | ~uint64 | ~float32 | ~float64
}
