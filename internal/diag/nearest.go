package diag

import "strings"

// Nearest returns the one of known that a misspelt word most likely meant, or
// nothing if all are too far from it.
func Nearest(word string, known []string) string {
	fold := strings.NewReplacer("-", "", "_", "")
	word = fold.Replace(strings.ToLower(word))
	best, least := "", 1+min(3, (len(word)+1)/3)
	for _, k := range known {
		if d := distance(word, fold.Replace(strings.ToLower(k))); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, change or swap with their
// neighbour to make b of a.
func distance(a, b string) int {
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			differ := 1
			if a[i] == b[j] {
				differ = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+differ)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
