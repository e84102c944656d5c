package api

import (
	"context"
	"errors"
	"sync"
	"time"
)

// tokens has the access tokens of a client, so that its calls share them.
type tokens struct {
	mu sync.Mutex
	of map[tokenKey]*tokenSource
}

// tokenKey is what a token is asked for with. Two calls with the same key get
// the same token.
type tokenKey struct{ url, id, secret, scope string }

// maxTokens is how many tokens a client keeps: more than one program has
// accounts at the same time, and not enough to be a leak where each call has
// credentials of its own.
const maxTokens = 256

func (t *tokens) source(key tokenKey) *tokenSource {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.of[key]
	if s == nil {
		if t.of == nil || len(t.of) >= maxTokens {
			t.of = map[tokenKey]*tokenSource{}
		}
		s = &tokenSource{key: key}
		t.of[key] = s
	}
	return s
}

// tokenSource keeps one access token and fetches the next.
type tokenSource struct {
	key tokenKey

	mu     sync.Mutex
	value  string    // "" if there is none
	renew  time.Time // from when on a caller fetches the next; zero is never
	end    time.Time // from when on value is not used; zero is never
	flight *flight   // the fetch under way, if any
	inBody bool      // how the server takes id and secret, once it has taken them
	known  bool      // inBody is known
}

// flight is a fetch that others wait for.
type flight struct {
	done      chan struct{}
	err       error
	abandoned bool // its caller gave up, which says nothing to the others
}

// grant is a token as the server gave it.
type grant struct {
	value    string
	lifetime time.Duration // 0 if the server did not say
}

// pause is how long to go on with a token that is near its end after a new one
// could not be had.
const pause = 10 * time.Second

// token returns the token, fetching it if there is none. Of callers that come
// together one fetches it and the others wait; while a token that is still good
// is renewed they do not.
func (s *tokenSource) token(ctx context.Context, fetch func(context.Context) (grant, error)) (string, error) {
	for {
		s.mu.Lock()
		now := time.Now()
		if s.good(now) && (s.flight != nil || s.renew.IsZero() || now.Before(s.renew)) {
			defer s.mu.Unlock()
			return s.value, nil
		}
		f := s.flight
		if f == nil {
			f = &flight{done: make(chan struct{})}
			s.flight = f
			s.mu.Unlock()
			return s.lead(ctx, f, fetch)
		}
		s.mu.Unlock()
		select {
		case <-f.done:
		case <-ctx.Done():
			return "", ctx.Err()
		}
		if f.err != nil && !f.abandoned {
			return "", f.err
		}
	}
}

func (s *tokenSource) good(now time.Time) bool {
	return s.value != "" && (s.end.IsZero() || now.Before(s.end))
}

// lead fetches a token for itself and all that wait. Where that fails and the
// old one is still good, it is used on.
func (s *tokenSource) lead(ctx context.Context, f *flight, fetch func(context.Context) (grant, error)) (value string, err error) {
	var g grant
	err = errors.New("the HTTP client panicked") // unless it did not
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.flight = nil
		f.err, f.abandoned = err, ctx.Err() != nil
		close(f.done)
		now := time.Now()
		switch {
		case err == nil:
			s.keep(g, now)
			value = g.value
		case s.good(now) && ctx.Err() == nil:
			s.renew = now.Add(pause)
			value, err = s.value, nil
		}
	}()
	g, err = fetch(ctx)
	return "", err
}

// keep stores a token. It is renewed in the last fifth of its life, at most a
// minute before it ends, and not used in the last moments, which a request may
// spend on its way.
func (s *tokenSource) keep(g grant, now time.Time) {
	s.value, s.renew, s.end = g.value, time.Time{}, time.Time{}
	if g.lifetime > 0 {
		s.renew = now.Add(g.lifetime - min(time.Minute, g.lifetime/5))
		s.end = now.Add(g.lifetime - min(5*time.Second, g.lifetime/20))
	}
}

// drop forgets a token that the API refused, unless it has been replaced since.
func (s *tokenSource) drop(value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.value == value {
		s.value = ""
	}
}
