package api

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/apierror"
	"github.com/openapi-lathe/lathe/templates/runtime/internal/mask"
)

// tokenRequest is what a token is asked for with, as far as retries go.
var tokenRequest = Request{Method: http.MethodPost}

// fetch gets a token from the server, with the retries and the time limits that
// a call has.
func (s *tokenSource) fetch(ctx context.Context, c *Config) (grant, error) {
	for n := 0; ; n++ {
		g, resp, err := s.ask(ctx, c)
		if err == nil {
			return g, nil
		}
		if ctx.Err() != nil {
			return grant{}, ctx.Err()
		}
		if n >= c.MaxRetries || !tokenRequest.retryable(true, resp, errors.Unwrap(err)) {
			return grant{}, err
		}
		delay, asked := c.delay(resp, n)
		if asked && delay > c.MaxWait {
			return grant{}, fmt.Errorf("%w [retry after %v, which is longer than option.WithMaxRetryAfter allows]", err, delay)
		}
		if ended := wait(ctx, delay); ended != nil {
			return grant{}, oneLine(ended, err)
		}
	}
}

// ask asks for a token once, with id and secret in the way the server takes
// them: by HTTP basic, which RFC 6749 says every server takes (section 2.3.1),
// or in the body, which some take only.
func (s *tokenSource) ask(ctx context.Context, c *Config) (grant, *http.Response, error) {
	s.mu.Lock()
	inBody, known := s.inBody, s.known
	s.mu.Unlock()
	g, resp, err := s.askOnce(ctx, c, inBody)
	if refused := resp != nil && (resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusBadRequest); err != nil && refused && !known {
		if g2, resp2, err2 := s.askOnce(ctx, c, !inBody); err2 == nil {
			inBody, g, resp, err = !inBody, g2, resp2, nil
		}
	}
	if err == nil {
		s.mu.Lock()
		s.inBody, s.known = inBody, true
		s.mu.Unlock()
	}
	return g, resp, err
}

// maxToken is how many bytes of an answer are read.
const maxToken = 1 << 20

// askOnce sends one request for a token. The response is returned without its
// body, if there is one.
func (s *tokenSource) askOnce(ctx context.Context, c *Config, inBody bool) (g grant, resp *http.Response, err error) {
	outer := ctx
	if c.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.Timeout)
		defer cancel()
	}
	start := time.Now()
	defer func() { s.log(outer, c, resp, err, time.Since(start)) }()
	req, err := s.request(ctx, c, inBody)
	if err != nil {
		return grant{}, nil, err
	}
	resp, _, err = send(nil, c.HTTPClient, req)
	var body []byte
	if err == nil {
		body, err = io.ReadAll(io.LimitReader(resp.Body, maxToken))
		resp.Body.Close()
	}
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err
		}
		expired := ctx.Err() != nil && outer.Err() == nil
		return grant{}, nil, apierror.NewConnection(s.place()+": "+s.masks().String(err.Error()), expired, err)
	}
	g, err = s.read(resp, body)
	return g, resp, err
}

func (s *tokenSource) request(ctx context.Context, c *Config, inBody bool) (*http.Request, error) {
	form := []byte("grant_type=client_credentials")
	if s.key.scope != "" {
		form = appendPair(form, "scope", s.key.scope)
	}
	if inBody {
		form = appendPair(appendPair(form, "client_id", s.key.id), "client_secret", s.key.secret)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.key.url, bytes.NewReader(form))
	if err != nil {
		return nil, errors.New("the URL to fetch tokens from is no URL")
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	if c.UserAgent != "" {
		req.Header.Set("User-Agent", c.UserAgent)
	}
	if !inBody {
		req.SetBasicAuth(url.QueryEscape(s.key.id), url.QueryEscape(s.key.secret))
	}
	return req, nil
}

// read takes the token from a response (RFC 6749, section 5). What type it says
// it is of does not matter: how it is sent is the description's to say.
func (s *tokenSource) read(resp *http.Response, body []byte) (grant, error) {
	var answer struct {
		Token       string         `json:"access_token"`
		ExpiresIn   jsontext.Value `json:"expires_in"`
		Error       string         `json:"error"`
		Description string         `json:"error_description"`
	}
	err := json.Unmarshal(body, &answer, Lenient())
	switch {
	case resp.StatusCode/100 == 2 && err == nil && answer.Token != "" && validValue(answer.Token):
		return grant{answer.Token, lifetime(answer.ExpiresIn)}, nil
	case resp.StatusCode/100 == 2:
		return grant{}, fmt.Errorf("%s: %d without an access_token", s.place(), resp.StatusCode)
	}
	text := s.place() + ": " + strconv.Itoa(resp.StatusCode) + " " + http.StatusText(resp.StatusCode)
	for _, said := range []string{answer.Error, answer.Description} {
		if words := strings.FieldsFunc(said, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }); len(words) > 0 {
			text += ": " + s.masks().String(strings.Join(words, " "))
		}
	}
	return grant{}, &tokenError{text, sentinel(resp.StatusCode)}
}

// lifetime reads expires_in: seconds, which some write as a text.
func lifetime(v jsontext.Value) time.Duration {
	seconds, err := strconv.ParseFloat(strings.Trim(string(v), `"`), 64)
	if err != nil || math.IsNaN(seconds) || seconds <= 0 {
		return 0
	}
	return time.Duration(min(seconds, 365*24*3600) * float64(time.Second))
}

// tokenError is the refusal of a token.
type tokenError struct {
	text string
	kind error // the sentinel it matches, if any
}

func (e *tokenError) Error() string { return e.text }

func (e *tokenError) Unwrap() error { return e.kind }

func sentinel(status int) error {
	switch {
	case status == http.StatusBadRequest, status == http.StatusUnauthorized, status == http.StatusForbidden:
		return apierror.ErrAuthentication
	case status == http.StatusTooManyRequests:
		return apierror.ErrRateLimit
	case status >= http.StatusInternalServerError:
		return apierror.ErrInternalServer
	}
	return nil
}

// place says in errors where the token was asked for.
func (s *tokenSource) place() string {
	u, err := url.Parse(s.key.url)
	if err != nil {
		return "fetching a token"
	}
	return "fetching a token: POST " + u.Scheme + "://" + u.Host + u.EscapedPath()
}

func (s *tokenSource) masks() *mask.Set {
	m := new(mask.Set)
	m.Add(s.key.secret)
	m.Add(base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(s.key.id) + ":" + url.QueryEscape(s.key.secret))))
	return m
}

// log writes one record of a request for a token, as an attempt has one.
func (s *tokenSource) log(ctx context.Context, c *Config, resp *http.Response, err error, took time.Duration) {
	level, message := slog.LevelDebug, "token request"
	if err != nil {
		level, message = slog.LevelWarn, "token request failed"
	}
	if c.Logger == nil || !c.Logger.Enabled(ctx, level) {
		return
	}
	attrs := []slog.Attr{slog.Duration("duration", took)}
	if resp != nil {
		attrs = append(attrs, slog.Int("status", resp.StatusCode))
	}
	if err != nil {
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	c.Logger.LogAttrs(ctx, level, message, attrs...)
}
