package apierror

import (
	"net/http"
	"testing"
	"time"
)

func TestRateLimit(t *testing.T) {
	now := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	in := func(d time.Duration) time.Time { return now.Add(d) }
	for _, tt := range []struct {
		name   string
		header []string
		want   *RateLimit
	}{
		{"none", []string{"Date", "Tue, 02 Jan 2024 03:04:05 GMT"}, nil},
		{"the last draft", []string{"RateLimit", `"default";r=50;t=30`, "RateLimit-Policy", `"default";q=100;w=60`}, &RateLimit{100, 50, in(30 * time.Second)}},
		{"two policies", []string{"RateLimit", `"day";r=5000;t=3000, "hour";r=0;t=90`, "RateLimit-Policy", `"day";q=9000, "hour";q=10`}, &RateLimit{10, 0, in(90 * time.Second)}},
		{"the draft before", []string{"RateLimit", "limit=10, remaining=3, reset=7"}, &RateLimit{10, 3, in(7 * time.Second)}},
		{"a header each", []string{"RateLimit-Limit", "10, 10;w=1", "RateLimit-Remaining", "3", "RateLimit-Reset", "7"}, &RateLimit{10, 3, in(7 * time.Second)}},
		{"seconds since 1970", []string{"X-RateLimit-Limit", "60", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1704164705"}, &RateLimit{60, 0, in(time.Minute)}},
		{"by another clock", []string{"X-RateLimit-Reset", "1704164705", "Date", "Tue, 02 Jan 2024 03:05:00 GMT"}, &RateLimit{-1, -1, in(5 * time.Second)}},
		{"milliseconds", []string{"X-Rate-Limit-Reset", "1704164705500"}, &RateLimit{-1, -1, in(time.Minute + 500*time.Millisecond)}},
		{"a date", []string{"X-RateLimit-Reset", "2024-01-02T03:05:05Z"}, &RateLimit{-1, -1, in(time.Minute)}},
		{"a duration", []string{"X-RateLimit-Remaining-Requests", "5", "X-RateLimit-Reset-Requests", "1m30s", "X-RateLimit-Remaining-Tokens", "9"}, &RateLimit{-1, 5, in(90 * time.Second)}},
		{"tokens are used up", []string{"X-RateLimit-Remaining-Requests", "5", "X-RateLimit-Remaining-Tokens", "0", "X-RateLimit-Reset-Tokens", "6ms"}, &RateLimit{-1, 0, in(6 * time.Millisecond)}},
		{"garbage", []string{"X-RateLimit-Limit", "many", "X-RateLimit-Reset", "-5"}, nil},
		{"numbers that are too long", []string{"X-RateLimit-Limit", "99999999999999999999", "X-RateLimit-Reset", "1e300"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{}
			for i := 0; i < len(tt.header); i += 2 {
				h.Add(tt.header[i], tt.header[i+1])
			}
			got := NewRateLimit(h, now)
			if (got == nil) != (tt.want == nil) || got != nil && (got.Limit != tt.want.Limit || got.Remaining != tt.want.Remaining || !got.Reset.Equal(tt.want.Reset)) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func FuzzRateLimit(f *testing.F) {
	f.Add(`"default";r=50;t=30`, "10", "1704164705")
	f.Add("limit=1, remaining=,", "1;w=", "1m")
	f.Fuzz(func(t *testing.T, one, limit, reset string) {
		h := http.Header{"Ratelimit": {one}, "Ratelimit-Policy": {one}, "X-Ratelimit-Limit": {limit}, "X-Ratelimit-Reset": {reset}}
		if r := NewRateLimit(h, time.Now()); r != nil && (r.Limit < -1 || r.Remaining < -1) {
			t.Errorf("%+v", r)
		}
	})
}
