package apierror

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// RateLimit is what a response says of the limit on how often the API may be
// called.
type RateLimit struct {
	Limit     int64     // calls in a period; -1 if the response does not say
	Remaining int64     // calls that are left in this one; -1 if the response does not say
	Reset     time.Time // when the next period begins, by the clock of this computer; zero if the response does not say
}

// Exhausted reports whether no call is left before the reset.
func (r *RateLimit) Exhausted() bool { return r != nil && r.Remaining == 0 && !r.Reset.IsZero() }

// NewRateLimit reads the headers RateLimit and RateLimit-Policy
// (draft-ietf-httpapi-ratelimit-headers), RateLimit-Limit, -Remaining and -Reset
// of its earlier versions, and those that begin with X-RateLimit or X-Rate-Limit;
// nil if there are none. It is for the SDK's transport; now is when the response
// came.
func NewRateLimit(h http.Header, now time.Time) *RateLimit {
	r := &RateLimit{Limit: -1, Remaining: -1}
	r.structured(h, now)
	if r.unknown() {
		r.fields(h, now)
	}
	if r.unknown() {
		return nil
	}
	return r
}

func (r *RateLimit) unknown() bool { return r.Limit < 0 && r.Remaining < 0 && r.Reset.IsZero() }

// structured reads the one header of the later drafts: "policy";r=5;t=30, or
// limit=10, remaining=5, reset=30. Of several policies the one that is nearest to
// its end counts.
func (r *RateLimit) structured(h http.Header, now time.Time) {
	quota := map[string]int64{}
	for item := range strings.SplitSeq(strings.Join(h.Values("RateLimit-Policy"), ","), ",") {
		name, params, _ := strings.Cut(item, ";")
		if q, ok := parameter(params, "q"); ok {
			quota[strings.TrimSpace(name)] = q
		}
	}
	for item := range strings.SplitSeq(strings.Join(h.Values("RateLimit"), ","), ",") {
		name, params, _ := strings.Cut(item, ";")
		name = strings.TrimSpace(name)
		if remaining, ok := parameter(params, "r"); ok && (r.Remaining < 0 || remaining < r.Remaining) {
			r.Remaining, r.Limit, r.Reset = remaining, -1, time.Time{}
			if q, ok := quota[name]; ok {
				r.Limit = q
			}
			if t, ok := parameter(params, "t"); ok {
				r.Reset = after(now, float64(t))
			}
		}
		if n, ok := parameter(item, "limit"); ok {
			r.Limit = n
		}
		if n, ok := parameter(item, "remaining"); ok {
			r.Remaining = n
		}
		if n, ok := parameter(item, "reset"); ok {
			r.Reset = after(now, float64(n))
		}
	}
}

// parameter returns a number of a list of parameters that is separated by
// semicolons.
func parameter(params, name string) (int64, bool) {
	for p := range strings.SplitSeq(params, ";") {
		key, value, _ := strings.Cut(p, "=")
		if strings.EqualFold(strings.TrimSpace(key), name) {
			return count(value)
		}
	}
	return 0, false
}

// fields reads a header for each of the numbers. Where requests and tokens have
// limits of their own, the one that is used up counts, and else that of requests.
func (r *RateLimit) fields(h http.Header, now time.Time) {
	for _, prefix := range [...]string{"RateLimit-", "X-RateLimit-", "X-Rate-Limit-"} {
		for _, suffix := range [...]string{"", "-Requests", "-Tokens"} {
			found := RateLimit{Limit: -1, Remaining: -1}
			if n, ok := count(h.Get(prefix + "Limit" + suffix)); ok {
				found.Limit = n
			}
			if n, ok := count(h.Get(prefix + "Remaining" + suffix)); ok {
				found.Remaining = n
			}
			found.Reset = moment(h.Get(prefix+"Reset"+suffix), h, now)
			if !found.unknown() && (r.unknown() || found.Remaining == 0 && r.Remaining != 0) {
				*r = found
			}
		}
		if !r.unknown() {
			return
		}
	}
}

// count reads a number that more may follow: "100, 100;w=60".
func count(value string) (int64, bool) {
	value = strings.TrimSpace(value)
	end := strings.IndexFunc(value, func(c rune) bool { return c < '0' || c > '9' })
	if end < 0 {
		end = len(value)
	}
	n, err := strconv.ParseInt(value[:end], 10, 64)
	return n, err == nil
}

// moment reads when a limit is reset: seconds from now, seconds or milliseconds
// since 1970, a duration such as 1m30s, or a date.
func moment(value string, h http.Header, now time.Time) time.Time {
	const (
		epoch  = 1e8  // seconds: no limit lasts three years, and no API is from before 1973
		millis = 1e11 // no date in seconds is as far off
	)
	value = strings.TrimSpace(value)
	if value == "" {
		return time.Time{}
	}
	if n, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(n) {
		switch {
		case n < 0:
			return time.Time{}
		case n < epoch:
			return after(now, n)
		case n >= millis:
			n /= 1000
		}
		if n > millis {
			return time.Time{}
		}
		return here(time.UnixMilli(int64(n*1000)), h, now)
	}
	if d, err := time.ParseDuration(value); err == nil && d >= 0 {
		return now.Add(d)
	}
	for _, layout := range [...]string{time.RFC3339, http.TimeFormat, time.RFC850, time.ANSIC} {
		if at, err := time.Parse(layout, value); err == nil {
			return here(at, h, now)
		}
	}
	return time.Time{}
}

// here returns a time of the server's clock as one of this computer's, which may
// be set to another: the response says what time it was there.
func here(at time.Time, h http.Header, now time.Time) time.Time {
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		return now.Add(at.Sub(date))
	}
	return at
}

func after(now time.Time, seconds float64) time.Time {
	return now.Add(time.Duration(min(seconds, 1e9) * float64(time.Second)))
}
