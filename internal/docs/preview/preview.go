// Package preview serves a reference site on this machine while it is being
// written: pages load again when the site is made anew, and Try it can send its
// request, to the servers that the description declares and to no other.
package preview

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httputil"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"
)

// A Server serves one site.
type Server struct {
	token string // pages know it; requests of other pages do not

	mu      sync.Mutex
	files   map[string][]byte
	servers []*url.URL
	changed chan struct{} // closed when the site changes
	client  *http.Client
}

// New returns a server without a site. The token is what its pages were made
// with.
func New(token string) *Server {
	return &Server{token: token, changed: make(chan struct{}), client: &http.Client{
		Timeout: time.Minute,
		// A redirect may lead anywhere: it is shown, not followed.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Show makes files the site, and servers the only ones that requests may go to.
func (s *Server) Show(files map[string][]byte, servers []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files, s.servers = files, nil
	for _, text := range servers {
		if u, err := url.Parse(text); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			s.servers = append(s.servers, u)
		}
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !local(r.Host) { // a name that leads here by DNS is another page's doing
		http.Error(w, "this server answers to its own address only", http.StatusForbidden)
		return
	}
	switch r.URL.Path {
	case "/-/events":
		s.events(w, r)
	case "/-/send":
		s.send(w, r)
	default:
		s.file(w, r)
	}
}

// local reports whether a request is for this machine by one of its own names.
func local(host string) bool {
	u := url.URL{Host: host}
	switch u.Hostname() {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	return false
}

func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	s.mu.Lock()
	data, ok := s.files[name]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) {
	case ".md", ".yaml", ".yml":
		kind = "text/plain; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(data) // a browser that left needs no answer
}

// events tells a page when to load again.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	s.mu.Lock()
	changed := s.changed // before the page knows that it is heard
	s.mu.Unlock()
	if _, err := io.WriteString(w, ": here\n\n"); err != nil || out.Flush() != nil {
		return
	}
	select {
	case <-changed:
		_, _ = io.WriteString(w, "data: changed\n\n") // if nobody listens any more, nothing is lost
	case <-r.Context().Done():
	}
}

// A request is what a page asks to send.
type request struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	Type    string            `json:"type"`
}

// most is how much of an answer a page gets to see.
const most = 1 << 20

func (s *Server) send(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.Header.Get("X-Lathe") != s.token {
		http.Error(w, "this is for the pages of this server", http.StatusForbidden)
		return
	}
	var in request
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, most)).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if !s.declared(in.URL) {
		http.Error(w, fmt.Sprintf("%s is below none of the servers that the description declares; nothing was sent", in.URL), http.StatusForbidden)
		return
	}
	out, err := http.NewRequestWithContext(r.Context(), in.Method, in.URL, strings.NewReader(in.Body))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for name, value := range in.Headers {
		out.Header.Set(name, value)
	}
	if in.Body != "" {
		out.Header.Set("Content-Type", in.Type)
	}
	answer, err := s.client.Do(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	answer.Body = io.NopCloser(io.LimitReader(answer.Body, most))
	text, err := httputil.DumpResponse(answer, true)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write(text)
}

// declared reports whether a URL is below one of the declared servers.
func (s *Server) declared(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.User != nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, server := range s.servers {
		base := strings.TrimRight(server.Path, "/")
		if u.Scheme == server.Scheme && strings.EqualFold(u.Host, server.Host) && (u.Path == base || strings.HasPrefix(path.Clean(u.Path)+"/", base+"/")) {
			return true
		}
	}
	return false
}
