package pagination

// truth is a required yes or no of a page.
func truth[B ~bool](b B) answer {
	if b {
		return yes
	}
	return no
}
