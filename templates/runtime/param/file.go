package param

import (
	"io"
	"net/textproto"
)

// File is a part of a multipart body that has content of its own, such as an
// upload. The zero File is none.
type File struct {
	// Content is read from where it stands, as it is sent. If it can seek, as an
	// [*os.File] or a [*strings.Reader] can, the request has an exact length and
	// can be repeated. It is not closed.
	Content io.Reader
	// Size is the length of Content in bytes, for a reader that cannot tell it,
	// such as a pipe. Zero is unknown; then the request is sent in chunks.
	Size int64
	// Name is the file name that the API sees. By default it is that of Content,
	// if it has one as an [*os.File] does, else that of the part.
	Name string
	// ContentType is the media type. The default is what the API says that it
	// takes, by the extension of Name if there is a choice, else
	// application/octet-stream.
	ContentType string
	// Header has further header fields of the part, such as Content-ID.
	Header textproto.MIMEHeader
}
