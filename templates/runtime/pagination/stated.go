package pagination

// stated is a required number of a page.
func stated[N numeric](n N) quantity { return quantity{int64(n), true} }
