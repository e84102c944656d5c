package signature

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The values that the publishers of the schemes print.
var published = []struct {
	name    string
	scheme  Scheme
	secret  string
	payload string
	at      int64
	header  map[string]string
}{
	{
		"Standard Webhooks (specification, and the tests of its libraries)", Standard, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", `{"test": 2432232314}`, 1614265330,
		map[string]string{
			"webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
			"webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
		},
	},
	{
		"the same without the prefix of the secret, and among others", Standard, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", `{"test": 2432232314}`, 1614265330,
		map[string]string{
			"webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
			"webhook-signature": "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,xxx v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
		},
	},
	{
		"Svix", Svix, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", `{"test": 2432232314}`, 1614265330,
		map[string]string{
			"svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "svix-timestamp": "1614265330",
			"svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
		},
	},
	{
		"GitHub (Validating webhook deliveries)", GitHub, "It's a Secret to Everybody", "Hello, World!", 0,
		map[string]string{"X-Hub-Signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"},
	},
	{
		"Slack (Verifying requests from Slack)", Slack, "8f742231b10e8888abcd99yyyzzz85a5",
		"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
		1531420618,
		map[string]string{"X-Slack-Signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", "X-Slack-Request-Timestamp": "1531420618"},
	},
}

func headerOf(m map[string]string) http.Header {
	h := http.Header{}
	for k, v := range m {
		h.Set(k, v)
	}
	return h
}

func TestPublishedValues(t *testing.T) {
	for _, tt := range published {
		t.Run(tt.name, func(t *testing.T) {
			now := time.Unix(tt.at, 0)
			header := headerOf(tt.header)
			if err := tt.scheme.VerifyAt(now, []byte(tt.payload), header, tt.secret); err != nil {
				t.Errorf("it is refused: %v", err)
			}
			if err := tt.scheme.VerifyAt(now, []byte(tt.payload+" "), header, tt.secret); !errors.Is(err, ErrInvalid) {
				t.Errorf("a payload with a byte more: got %v, want %v", err, ErrInvalid)
			}
			if err := tt.scheme.VerifyAt(now, []byte(tt.payload), header, "whsec_"+base64.StdEncoding.EncodeToString([]byte("other"))); !errors.Is(err, ErrInvalid) {
				t.Errorf("another secret: got %v, want %v", err, ErrInvalid)
			}
		})
	}
}

func TestSchemes(t *testing.T) {
	const secret = "whsec_c2VjcmV0"
	at := time.Unix(1_700_000_000, 0)
	for name, s := range map[string]Scheme{
		"standard": Standard, "svix": Svix, "github": GitHub, "shopify": Shopify, "stripe": Stripe, "slack": Slack,
		"sha1":   {Header: "X-Sig", Hash: SHA1},
		"sha512": {Header: "X-Sig", Hash: SHA512, Encoding: Base64, Timestamp: "X-Time", Signed: "{body}{timestamp}"},
	} {
		t.Run(name, func(t *testing.T) {
			payload := []byte(`{"a":"{timestamp}"}`) // what is in a payload is no template
			header, err := s.Sign(payload, "msg_1", at, secret)
			if err != nil {
				t.Fatal(err)
			}
			verify := func(now time.Time, header http.Header, secrets ...string) error {
				return s.VerifyAt(now, payload, header, secrets...)
			}
			if err := verify(at, header, secret); err != nil {
				t.Errorf("it is refused: %v", err)
			}
			if err := verify(at, header, "whsec_b2xk", secret); err != nil {
				t.Errorf("with the old secret too, it is refused: %v", err)
			}
			for _, secrets := range [][]string{nil, {""}, {"", ""}} {
				if err := verify(at, header, secrets...); !errors.Is(err, ErrNoSecret) {
					t.Errorf("secrets %q: got %v, want %v", secrets, err, ErrNoSecret)
				}
			}
			if err := verify(at, http.Header{}, secret); !errors.Is(err, ErrInvalid) {
				t.Errorf("without a header: got %v, want %v", err, ErrInvalid)
			}
			if s.Timestamp == "" {
				return
			}
			for _, d := range []time.Duration{DefaultTolerance, -DefaultTolerance} {
				if err := verify(at.Add(d), header, secret); err != nil {
					t.Errorf("%v later it is refused: %v", d, err)
				}
				if err := verify(at.Add(d+d/300), header, secret); !errors.Is(err, ErrExpired) {
					t.Errorf("%v later: got %v, want %v", d+d/300, err, ErrExpired)
				}
			}
			s.Tolerance = -1
			if err := s.VerifyAt(at.AddDate(1, 0, 0), payload, header, secret); err != nil {
				t.Errorf("with any tolerance it is refused: %v", err)
			}
			// A time that is not the one that is signed.
			forged := header.Clone()
			if strings.HasSuffix(s.Timestamp, "=") {
				forged.Set(s.Header, strings.Replace(forged.Get(s.Header), "1700000000", "1800000000", 1))
			} else {
				forged.Set(s.Timestamp, "1800000000")
			}
			if err := s.VerifyAt(time.Unix(1_800_000_000, 0), payload, forged, secret); !errors.Is(err, ErrInvalid) {
				t.Errorf("another time: got %v, want %v", err, ErrInvalid)
			}
		})
	}
	for name, s := range map[string]Scheme{"empty": {}, "hash": {Header: "X", Hash: "md5"}} {
		if err := s.Verify(nil, http.Header{"X": {""}}, "s"); !errors.Is(err, ErrScheme) {
			t.Errorf("scheme %s: got %v, want %v", name, err, ErrScheme)
		}
	}
}

// Whoever signs with a key pair gives a function.
func TestEd25519(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	verify := Verifier(func(payload []byte, header http.Header) error {
		digest, _ := hex.DecodeString(header.Get("X-Signature-Ed25519"))
		if !ed25519.Verify(public, append([]byte(header.Get("X-Signature-Timestamp")), payload...), digest) {
			return ErrInvalid
		}
		return nil
	})
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	digest := hex.EncodeToString(ed25519.Sign(private, []byte(stamp+"{}")))
	handled := ""
	server := httptest.NewServer(&Receiver{Verify: verify, Dispatch: func(_ context.Context, payload []byte, _ http.Header) error {
		handled += string(payload)
		return nil
	}})
	defer server.Close()
	for body, want := range map[string]int{"{}": 204, "[]": 401} {
		req, _ := http.NewRequest("POST", server.URL, strings.NewReader(body))
		req.Header.Set("X-Signature-Ed25519", digest)
		req.Header.Set("X-Signature-Timestamp", stamp)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: got %d, want %d", body, resp.StatusCode, want)
		}
	}
	if handled != "{}" {
		t.Errorf("handled %q, want the one that is signed", handled)
	}
}

func TestReceiver(t *testing.T) {
	const secret = "It's a Secret to Everybody"
	sign := func(body string) http.Header {
		header, err := GitHub.Sign([]byte(body), "", time.Now(), secret)
		if err != nil {
			t.Fatal(err)
		}
		return header
	}
	broken := errors.New("the database is down")
	for _, tt := range []struct {
		name   string
		method string
		header http.Header
		body   io.Reader
		verify Verifier
		handle error
		want   int
		err    error
	}{
		{"handled", "POST", sign("{}"), strings.NewReader("{}"), GitHub.Verifier(secret), nil, 202, nil},
		{"a GET", "GET", sign(""), nil, GitHub.Verifier(secret), nil, 405, nil},
		{"not signed", "POST", http.Header{}, strings.NewReader("{}"), GitHub.Verifier(secret), nil, 401, ErrInvalid},
		{"another body", "POST", sign("{}"), strings.NewReader("[]"), GitHub.Verifier(secret), nil, 401, ErrInvalid},
		{"too large", "POST", sign("{}"), strings.NewReader(strings.Repeat(" ", 65)), GitHub.Verifier(secret), nil, 413, ErrTooLarge},
		{"too large, of no length", "POST", sign("{}"), io.MultiReader(strings.NewReader(strings.Repeat(" ", 65))), GitHub.Verifier(secret), nil, 413, ErrTooLarge},
		{"no secret", "POST", sign("{}"), strings.NewReader("{}"), GitHub.Verifier(), nil, 500, ErrNoSecret},
		{"no verifier", "POST", sign("{}"), strings.NewReader("{}"), nil, nil, 500, ErrNoSecret},
		{"no event", "POST", sign("{}"), strings.NewReader("{}"), GitHub.Verifier(secret), ErrPayload, 400, ErrPayload},
		{"broken", "POST", sign("{}"), strings.NewReader("{}"), GitHub.Verifier(secret), broken, 500, broken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var said error
			var ran bool
			h := &Receiver{Verify: tt.verify, MaxBytes: 64, Status: 202, OnError: func(_ *http.Request, err error) { said = err }}
			h.Dispatch = func(ctx context.Context, payload []byte, header http.Header) error {
				ran = true
				if HeaderOf(ctx).Get("X-Hub-Signature-256") != header.Get("X-Hub-Signature-256") {
					t.Error("the context has other headers")
				}
				return tt.handle
			}
			r := httptest.NewRequest(tt.method, "/hook", tt.body)
			for name, values := range tt.header {
				r.Header[name] = values
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != tt.want || w.Body.Len() > 0 {
				t.Errorf("got %d %q, want %d and nothing", w.Code, w.Body, tt.want)
			}
			if tt.err != nil && !errors.Is(said, tt.err) {
				t.Errorf("it said %v, want %v", said, tt.err)
			}
			if dispatched := tt.want == 202 || tt.handle != nil; ran != dispatched {
				t.Errorf("dispatched: %v, want %v", ran, dispatched)
			}
		})
	}
}

// Nothing that a stranger sends is taken for signed, or makes it panic; what is signed
// is never refused.
func FuzzVerify(f *testing.F) {
	for _, tt := range published {
		for _, v := range tt.header {
			f.Add([]byte(tt.payload), v, "1614265330", "msg_1", tt.secret)
		}
	}
	f.Add([]byte("{body}"), "t=1,v1=00,v1=", "", "", "{id}")
	f.Fuzz(func(t *testing.T, payload []byte, text, stamp, id, secret string) {
		now := time.Unix(1_614_265_330, 0)
		for _, s := range []Scheme{Standard, GitHub, Shopify, Stripe, Slack} {
			header := http.Header{}
			header.Set(s.Header, text)
			if s.ID != "" {
				header.Set(s.ID, id)
			}
			if s.Timestamp != "" && !strings.HasSuffix(s.Timestamp, "=") {
				header.Set(s.Timestamp, stamp)
			}
			key := "whsec_" + base64.StdEncoding.EncodeToString([]byte("a key that "+secret+" cannot guess"))
			if s.VerifyAt(now, payload, header, key) == nil {
				t.Fatalf("%s: %q is taken for signed", s.Header, text)
			}
			signed, err := s.Sign(payload, "msg_1", now, key)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.VerifyAt(now, bytes.Clone(payload), signed, secret, key); err != nil && !errors.Is(err, ErrNoSecret) {
				t.Fatalf("%s: what is signed is refused: %v", s.Header, err)
			}
		}
	})
}
