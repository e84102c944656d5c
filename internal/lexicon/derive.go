//go:build ignore

// This program derives words.txt from the database of WordNet 3.0:
//
//	apt-get download wordnet-base && dpkg -x wordnet-base*.deb wordnet
//	go run derive.go wordnet/usr/share/wordnet >words.txt
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Of the nouns that are no verbs, those with one sense that WordNet's texts never
// have are left out: they are three in four, and seldom in an API.

// tagged is how often WordNet's texts must have an adjective for it to count:
// rarer ones are words that no path has.
const tagged = 3

// prefixes make verbs of verbs: see lexicon.go.
var prefixes = []string{"re", "un", "de"}

var single = regexp.MustCompile(`^[a-z]{2,}$`)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run derive.go FOLDER-OF-WORDNET")
	}
	dir := os.Args[1]
	verbs, nouns, adjectives := index(dir, "verb"), index(dir, "noun"), index(dir, "adj")
	used := counts(dir)
	lines := map[string]string{}
	for w := range verbs {
		if nouns[w]+adjectives[w] > 0 {
			lines[w] = "e"
		} else {
			lines[w] = "v"
		}
	}
	for w := range adjectives {
		if used[w]['a'] >= tagged && used[w]['a'] >= used[w]['n'] {
			lines[w] += "a"
		}
	}
	for w, senses := range nouns {
		if lines[w] == "" && (senses > 1 || used[w]['n'] > 0) {
			lines[w] = "n"
		}
	}
	for _, words := range []map[string]int{nouns, adjectives} {
		for w := range words {
			for _, p := range prefixes {
				if rest, ok := strings.CutPrefix(w, p); ok && verbs[rest] > 0 && lines[w] == "" {
					lines[w] = "n"
				}
			}
		}
	}
	var out []string
	for w, kind := range lines {
		if single.MatchString(w) {
			out = append(out, w+" "+kind)
		}
	}
	slices.Sort(out)
	fmt.Println(strings.Join(out, "\n"))
}

// index returns the words of a part of speech, and how many senses each has.
func index(dir, part string) map[string]int {
	words := map[string]int{}
	lines(filepath.Join(dir, "index."+part), func(line string) {
		if !strings.HasPrefix(line, " ") {
			fields := strings.Fields(line)
			senses, err := strconv.Atoi(fields[2])
			if err != nil {
				log.Fatal(err)
			}
			words[fields[0]] = senses
		}
	})
	return words
}

// counts returns how often each word was met as a noun and as an adjective.
func counts(dir string) map[string]map[byte]int {
	all := map[string]map[byte]int{}
	lines(filepath.Join(dir, "cntlist.rev"), func(line string) {
		fields := strings.Fields(line)
		word, sense, _ := strings.Cut(fields[0], "%")
		n, err := strconv.Atoi(fields[2])
		if err != nil {
			log.Fatal(err)
		}
		if all[word] == nil {
			all[word] = map[byte]int{}
		}
		all[word][map[byte]byte{'1': 'n', '2': 'v', '3': 'a', '4': 'r', '5': 'a'}[sense[0]]] += n
	})
	return all
}

func lines(name string, f func(string)) {
	file, err := os.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		f(s.Text())
	}
	if err := s.Err(); err != nil {
		log.Fatal(err)
	}
}
