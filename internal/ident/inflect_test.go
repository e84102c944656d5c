package ident

import (
	"strings"
	"testing"
)

func TestSingular(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"stores", "store"}, {"policies", "policy"}, {"addresses", "address"}, {"indices", "index"}, {"indexes", "index"},
		{"batches", "batch"}, {"caches", "cache"}, {"matches", "match"}, {"boxes", "box"}, {"prefixes", "prefix"}, {"axes", "axis"},
		{"statuses", "status"}, {"aliases", "alias"}, {"analyses", "analysis"}, {"databases", "database"}, {"responses", "response"},
		{"licenses", "license"}, {"purchases", "purchase"}, {"uses", "use"}, {"houses", "house"}, {"phases", "phase"},
		{"movies", "movie"}, {"cookies", "cookie"}, {"categories", "category"}, {"queries", "query"}, {"keys", "key"}, {"replies", "reply"},
		{"heroes", "hero"}, {"photos", "photo"}, {"videos", "video"}, {"shoes", "shoe"},
		{"archives", "archive"}, {"drives", "drive"}, {"leaves", "leaf"}, {"shelves", "shelf"},
		{"people", "person"}, {"children", "child"}, {"men", "man"}, {"criteria", "criterion"}, {"matrices", "matrix"},
		{"ids", "id"}, {"apis", "api"}, {"urls", "url"}, {"uris", "uri"}, {"ips", "ip"}, {"vms", "vm"}, {"cpus", "cpu"}, {"gpus", "gpu"}, {"uuids", "uuid"},
		{"menus", "menu"}, {"emojis", "emoji"}, {"taxis", "taxi"},
		{"metrics", "metric"}, {"topics", "topic"}, {"settings", "setting"}, {"ases", "ase"}, {"zones", "zone"}, {"sizes", "size"}, {"quizzes", "quiz"},
		{"IDs", "ID"}, {"APIKeys", "APIKey"}, {"SecretStores", "SecretStore"}, {"ip_addresses", "ip_address"}, {"POLICIES", "POLICY"}, {"dns records", "dns record"},
	} {
		if got := Singular(tt.in); got != tt.want {
			t.Errorf("Singular(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if !Plural(tt.in) {
			t.Errorf("Plural(%q) is false", tt.in)
		}
		if got := Singular(tt.want); got != tt.want {
			t.Errorf("Singular(%q) = %q, want it to stay", tt.want, got)
		}
	}
	for _, word := range strings.Fields(`dns https http kms sms tls ios os aws gps rss cors address access process class status bus virus campus
		bonus analysis basis axis series species news metadata data media analytics kubernetes redis canvas alias bias lens gas atlas
		is this as has us yes pos windows timeseries headquarters S x`) {
		if got := Singular(word); got != word || Plural(word) {
			t.Errorf("Singular(%q) = %q, want it to stay", word, got)
		}
	}
}

func TestPlural(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"store", "stores"}, {"policy", "policies"}, {"key", "keys"}, {"glass", "glasses"}, {"box", "boxes"}, {"batch", "batches"},
		{"exclude", "excludes"}, {"person", "people"}, {"index", "indices"}, {"cache", "caches"}, {"id", "ids"}, {"url", "urls"},
		{"metadata", "metadata"}, {"dns", "dns"}, {"stores", "stores"}, {"y", "ys"},
	} {
		if got := Pluralize(tt.in); got != tt.want {
			t.Errorf("Pluralize(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
