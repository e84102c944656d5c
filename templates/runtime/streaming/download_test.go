package streaming

import (
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
)

func TestFilename(t *testing.T) {
	for in, want := range map[string]string{
		"":                                                            "",
		"attachment":                                                  "",
		`attachment; filename="a b.txt"`:                              "a b.txt",
		`attachment; filename=a.txt`:                                  "a.txt",
		`inline; filename*=UTF-8''na%C3%AFve`:                         "naïve",
		`attachment; filename="../../etc/hosts"`:                      "hosts",
		`attachment; filename="C:\\tmp\\a.txt"`:                       "a.txt",
		`attachment; filename=".."`:                                   "",
		`attachment; filename="a/"`:                                   "a",
		`attachment; filename="/"`:                                    "",
		`attachment; filename="`:                                      "",
		"attachment; filename*=UTF-8''a%0Ab%00c%E2%80%AEtxt":          "abctxt",
		`attachment; filename=".bashrc"`:                              "_.bashrc",
		`attachment; filename="nul.txt"`:                              "_nul.txt",
		`attachment; filename="COM1"`:                                 "_COM1",
		`attachment; filename="a:b?.txt"`:                             "a_b_.txt",
		`attachment; filename="a. . "`:                                "a",
		`attachment; filename=" "`:                                    "",
		`attachment; filename="` + strings.Repeat("é", 200) + `.tar"`: strings.Repeat("é", 98) + ".tar",
	} {
		if got := filename(in); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestChecksum(t *testing.T) {
	for _, tt := range []struct{ name, header, value, algorithm, want string }{
		{"Content-Digest", "Content-Digest", "sha-512=:AA==:, sha-256=:q80=:", "sha-256", "abcd"},
		{"Repr-Digest", "Repr-Digest", "sha-256=:q80=:", "SHA-256", "abcd"},
		{"Digest", "Digest", "SHA-256=q80=,md5=AA==", "sha-256", "abcd"},
		{"by another name", "Digest", "SHA-256=q80=", "sha256", "abcd"},
		{"Content-MD5", "Content-Md5", "q80=", "md5", "abcd"},
		{"Google", "X-Goog-Hash", "crc32c=q80=,md5=AA==", "crc32c", "abcd"},
		{"Amazon", "X-Amz-Checksum-Sha256", "q80=", "sha-256", "abcd"},
		{"another one", "Content-Digest", "sha-512=:AA==:", "sha-256", ""},
		{"no base64", "Content-Digest", "sha-256=:!:", "sha-256", ""},
		{"none", "Etag", "q80=", "md5", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := Download{Header: http.Header{tt.header: {tt.value}}}
			if got := hex.EncodeToString(d.Checksum(tt.algorithm)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			d.encoded = true
			if got := d.Checksum(tt.algorithm); got != nil {
				t.Errorf("%x of what was compressed", got)
			}
		})
	}
}
