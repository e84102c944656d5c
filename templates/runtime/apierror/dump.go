package apierror

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// DumpRequest returns the request as text: its line, its headers sorted by
// name and, if body is true, its body as far as it was in memory. Credentials
// and secrets are masked.
func (e *Error) DumpRequest(body bool) []byte {
	if e.Request == nil || e.Request.URL == nil {
		return nil
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", e.Request.Method, e.Request.URL.RequestURI(), e.Request.URL.Host)
	dump(&b, e.Request.Header, e.request, body)
	return b.Bytes()
}

// DumpResponse returns the response as text: its status, its headers sorted by
// name and, if body is true, its body. Credentials and secrets are masked.
func (e *Error) DumpResponse(body bool) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", e.StatusCode, http.StatusText(e.StatusCode))
	dump(&b, e.Header, e.Body, body)
	return b.Bytes()
}

func dump(w *bytes.Buffer, h http.Header, content []byte, body bool) {
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, v := range h[name] {
			fmt.Fprintf(w, "%s: %s\r\n", name, v)
		}
	}
	w.WriteString("\r\n")
	if body {
		w.Write(content)
	}
}
