package streaming

import (
	"context"
	"encoding/base64"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// Download is a response that is read as it comes, and not before. Close it.
// It is an [io.ReadCloser] that knows what the response's header says of it.
//
// Where it breaks off, and the server has said what tells one version of the
// content from the next (a strong ETag, or Last-Modified), the rest is asked for
// and read on, as often in a row as option.WithMaxRetries says.
type Download struct {
	Size        int64       // of the response, in bytes; -1 if the server does not say
	Offset      int64       // where in the content the response begins: 0, unless option.WithRange asked for a part
	ContentType string      // the media type with its parameters; "" if the server does not say
	Filename    string      // the name that the server suggests for a file, made safe for any system; "" if it does not
	Header      http.Header // of the response, such as its ETag

	body    io.ReadCloser
	encoded bool // it was compressed on its way, so that checksums are of something else
	rest    rest
}

// Open sends req and returns its response unread. It is for the methods of
// services.
func Open(ctx context.Context, c *api.Client, req *api.Request, opts []api.Option) (*Download, error) {
	s, err := c.Open(ctx, req, opts)
	if err != nil {
		return nil, err
	}
	h := s.Header
	d := &Download{
		Size:        s.ContentLength,
		ContentType: h.Get("Content-Type"),
		Filename:    filename(h.Get("Content-Disposition")),
		Header:      h,
		body:        s.Body,
		encoded:     s.Uncompressed,
		rest:        rest{ctx: ctx, client: c, req: req, opts: opts, response: s},
	}
	if s.StatusCode == http.StatusPartialContent {
		d.Offset = max(0, start(h.Get("Content-Range")))
	}
	return d, nil
}

// Read reads what has come. Its error is [io.ErrUnexpectedEOF] where the
// response is shorter than it says.
func (d *Download) Read(p []byte) (int, error) {
	for {
		n, err := d.body.Read(p)
		d.rest.done += int64(n)
		if n > 0 {
			d.rest.idle = 0
		}
		if err == nil || err == io.EOF || !d.resume() {
			return n, err
		}
		if n > 0 {
			return n, nil
		}
	}
}

// WriteTo writes all of it to w, in larger pieces than [io.Copy] does, which
// uses it.
func (d *Download) WriteTo(w io.Writer) (int64, error) {
	const piece = 128 << 10
	return io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{d}, make([]byte, piece))
}

// Close ends the download. What was not read is given up.
func (d *Download) Close() error { return d.body.Close() }

// filename returns the file name in a Content-Disposition header (RFC 6266)
// without any folder, so that it cannot lead anywhere else.
func filename(disposition string) string {
	_, params, err := mime.ParseMediaType(disposition)
	if err != nil {
		return ""
	}
	return safe(path.Base(strings.ReplaceAll(params["filename"], `\`, "/")))
}

// safe returns a file name that means the same everywhere: without what cannot be
// printed or has a meaning to a file system, not hidden, and none of the names of
// devices.
func safe(name string) string {
	const longest = 200 // bytes, of the 255 that most file systems have room for
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || !unicode.IsPrint(r):
			return -1
		case strings.ContainsRune(`<>:"|?*/`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimSpace(name), ". ")
	if name == "" || name == "_" {
		return ""
	}
	ext := path.Ext(name)
	if len(ext) > 20 {
		ext = ""
	}
	if stem := strings.TrimSuffix(name, ext); len(name) > longest {
		name = strings.ToValidUTF8(stem[:longest-len(ext)], "") + ext
	}
	base, _, _ := strings.Cut(name, ".")
	if name[0] == '.' || slices.Contains(devices, strings.ToUpper(strings.TrimSpace(base))) {
		name = "_" + name
	}
	return name
}

// devices are no names of files to Windows, whatever their extension.
var devices = []string{
	"CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
	"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
}

// Checksum returns the checksum of the content that the header has for an
// algorithm, named as in RFC 9530: "sha-256", "sha-512", "md5", "crc32c"; nil if
// it has none. It is read from Content-Digest and Repr-Digest (RFC 9530), Digest
// (RFC 3230), Content-MD5 (RFC 1864), and from X-Goog-Hash and X-Amz-Checksum-….
func (d *Download) Checksum(algorithm string) []byte {
	if d.encoded {
		return nil
	}
	algorithm = strings.ToLower(algorithm)
	for _, name := range [...]string{"Content-Digest", "Repr-Digest", "Digest", "X-Goog-Hash"} {
		for _, line := range d.Header[name] {
			for part := range strings.SplitSeq(line, ",") {
				key, value, _ := strings.Cut(strings.TrimSpace(part), "=")
				if same(key, algorithm) {
					if sum := base64Sum(value); sum != nil {
						return sum
					}
				}
			}
		}
	}
	if sum := base64Sum(d.Header.Get("X-Amz-Checksum-" + strings.ReplaceAll(algorithm, "-", ""))); sum != nil {
		return sum
	}
	if algorithm == "md5" {
		return base64Sum(d.Header.Get("Content-Md5"))
	}
	return nil
}

// same reports whether two names of an algorithm mean the same: SHA-256 is also
// written sha256.
func same(a, b string) bool {
	return strings.EqualFold(strings.ReplaceAll(a, "-", ""), strings.ReplaceAll(b, "-", ""))
}

// base64Sum reads a checksum in base64, which RFC 9530 puts between colons; nil
// if it is none.
func base64Sum(value string) []byte {
	sum, err := base64.StdEncoding.DecodeString(strings.Trim(value, ":"))
	if err != nil || len(sum) == 0 {
		return nil
	}
	return sum
}
