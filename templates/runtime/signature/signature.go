// Package signature verifies that a webhook was sent by whom it says, and unchanged.
//
// A [Scheme] is a way to sign with a secret that both sides know; the common ones
// are variables of this package. A [Verifier] is any way to verify, such as one with
// a public key.
//
// Decision: what is compared is the digest of the payload as it came, in constant
// time, and a comparison with one secret takes as long as with another. Nothing is
// decoded before, so that no parser sees what a stranger sent.
package signature

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The reasons for which a delivery is refused; find them with [errors.Is].
var (
	ErrInvalid  = errors.New("webhook signature is invalid")  // it is missing, or of another payload or secret
	ErrExpired  = errors.New("webhook timestamp is too old")  // or in the future; the same delivery may have been sent before
	ErrNoSecret = errors.New("webhook secret is not given")   // nothing can be verified
	ErrScheme   = errors.New("webhook scheme is incomplete")  // nothing can be verified
	ErrTooLarge = errors.New("webhook payload is too large")  // it was not read whole
	ErrPayload  = errors.New("webhook payload is no event")   // it is signed well, and cannot be decoded
	errNoHeader = fmt.Errorf("%w: it is missing", ErrInvalid) // the delivery is not signed
	errNoTime   = fmt.Errorf("%w: its time is missing", ErrInvalid)
)

// DefaultTolerance is how far the timestamp of a delivery may be from now, where a
// [Scheme] does not say (Standard Webhooks, "Verifying webhook authenticity").
const DefaultTolerance = 5 * time.Minute

// A Verifier reports whether a payload, as it came, is signed in the headers that
// came with it. Its error is told to nobody but the program, and best wraps
// [ErrInvalid] or [ErrExpired].
type Verifier func(payload []byte, header http.Header) error

// A Scheme says how payloads are signed with a secret that both sides know: an HMAC
// (RFC 2104) in a header. Its zero value verifies nothing.
type Scheme struct {
	// Header has the signature, or several: one is enough, so that a sender can
	// change its secret.
	Header string
	// Separator is between several signatures in one header; empty: there is one.
	Separator string
	// Prefix is before the digest of each: "sha256=". What has another prefix is not
	// looked at.
	Prefix string
	// Hash is SHA256 if it is empty.
	Hash Hash
	// Encoding is how the digest is written: Hex if it is empty.
	Encoding Encoding
	// Timestamp is the header with the time at which it was sent, in seconds since
	// 1970, or the prefix of an entry of Header if it ends with "=". Empty: there is
	// none, so that a delivery can be sent again by whoever has seen it.
	Timestamp string
	// ID is the header that names a delivery; empty if Signed does not need it.
	ID string
	// Signed is what the digest is of, with {id}, {timestamp} and {body} for what came;
	// empty: the body alone.
	Signed string
	// SecretPrefix is before a secret whose rest is a key in base64: "whsec_". A secret
	// without it is in base64 too. Empty: the key is the text of the secret.
	SecretPrefix string
	// Tolerance is how far Timestamp may be from now; 0 is [DefaultTolerance], and less
	// than 0 is any time.
	Tolerance time.Duration
}

// Hash is the hash function of a digest.
type Hash string

// The hash functions.
const (
	SHA1   Hash = "sha1"
	SHA256 Hash = "sha256"
	SHA512 Hash = "sha512"
)

// Encoding is how a digest is written.
type Encoding string

// The encodings.
const (
	Hex    Encoding = "hex"
	Base64 Encoding = "base64"
)

// The schemes that senders share, or that others take over from them.
var (
	// Standard is that of Standard Webhooks (standardwebhooks.com).
	Standard = Scheme{
		Header: "Webhook-Signature", Separator: " ", Prefix: "v1,", Encoding: Base64,
		ID: "Webhook-Id", Timestamp: "Webhook-Timestamp", Signed: "{id}.{timestamp}.{body}", SecretPrefix: "whsec_",
	}
	// Svix is Standard with the names that its headers had before there was one.
	Svix = Scheme{
		Header: "Svix-Signature", Separator: " ", Prefix: "v1,", Encoding: Base64,
		ID: "Svix-Id", Timestamp: "Svix-Timestamp", Signed: "{id}.{timestamp}.{body}", SecretPrefix: "whsec_",
	}
	// GitHub is that of GitHub.
	GitHub = Scheme{Header: "X-Hub-Signature-256", Prefix: "sha256="}
	// Shopify is that of Shopify.
	Shopify = Scheme{Header: "X-Shopify-Hmac-Sha256", Encoding: Base64}
	// Stripe is that of Stripe.
	Stripe = Scheme{Header: "Stripe-Signature", Separator: ",", Prefix: "v1=", Timestamp: "t=", Signed: "{timestamp}.{body}"}
	// Slack is that of Slack.
	Slack = Scheme{Header: "X-Slack-Signature", Prefix: "v0=", Timestamp: "X-Slack-Request-Timestamp", Signed: "v0:{timestamp}:{body}"}
)

// Verifier returns what verifies with the scheme and secrets. Give the old and the
// new one while a secret is changed.
func (s Scheme) Verifier(secrets ...string) Verifier {
	return func(payload []byte, header http.Header) error {
		return s.VerifyAt(time.Now(), payload, header, secrets...)
	}
}

// Verify reports whether a payload is signed with one of the secrets. The error is
// [ErrInvalid], [ErrExpired], [ErrNoSecret] or [ErrScheme].
func (s Scheme) Verify(payload []byte, header http.Header, secrets ...string) error {
	return s.VerifyAt(time.Now(), payload, header, secrets...)
}

// VerifyAt is Verify at another time than now.
func (s Scheme) VerifyAt(now time.Time, payload []byte, header http.Header, secrets ...string) error {
	if s.Header == "" || s.hash() == nil {
		return ErrScheme
	}
	keys, err := s.keys(secrets)
	if err != nil {
		return err
	}
	digests, stamp := s.read(header)
	if len(digests) == 0 {
		return errNoHeader
	}
	if s.Timestamp != "" && stamp == "" {
		return errNoTime
	}
	id := header.Get(s.ID)
	if s.ID != "" && id == "" {
		return fmt.Errorf("%w: %s is missing", ErrInvalid, s.ID)
	}
	match := 0
	for _, key := range keys {
		want := s.digest(key, id, stamp, payload)
		for _, got := range digests {
			match |= subtle.ConstantTimeCompare(got, want)
		}
	}
	if match == 0 {
		return ErrInvalid
	}
	return s.fresh(now, stamp) // of a time that is signed too
}

// fresh reports whether a delivery is of about now.
func (s Scheme) fresh(now time.Time, stamp string) error {
	if s.Timestamp == "" || s.Tolerance < 0 {
		return nil
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return fmt.Errorf("%w: its time is no number", ErrInvalid)
	}
	tolerance := s.Tolerance
	if tolerance == 0 {
		tolerance = DefaultTolerance
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > tolerance || age < -tolerance {
		return ErrExpired
	}
	return nil
}

// read returns the digests in the header, and the timestamp.
func (s Scheme) read(header http.Header) (digests [][]byte, stamp string) {
	inHeader := strings.HasSuffix(s.Timestamp, "=")
	if s.Timestamp != "" && !inHeader {
		stamp = header.Get(s.Timestamp)
	}
	for _, line := range header.Values(s.Header) {
		entries := []string{line}
		if s.Separator != "" {
			entries = strings.Split(line, s.Separator)
		}
		for _, entry := range entries {
			entry = strings.TrimSpace(entry)
			if text, ok := strings.CutPrefix(entry, s.Timestamp); ok && inHeader {
				stamp = text
				continue
			}
			text, ok := strings.CutPrefix(entry, s.Prefix)
			if !ok || text == "" {
				continue
			}
			if digest, err := s.decode(text); err == nil {
				digests = append(digests, digest)
			}
		}
	}
	return digests, stamp
}

func (s Scheme) decode(text string) ([]byte, error) {
	if s.Encoding == Base64 {
		return base64.StdEncoding.DecodeString(text)
	}
	return hex.DecodeString(text)
}

func (s Scheme) encode(digest []byte) string {
	if s.Encoding == Base64 {
		return base64.StdEncoding.EncodeToString(digest)
	}
	return hex.EncodeToString(digest)
}

// hash returns the hash function; nil if there is none of that name.
func (s Scheme) hash() func() hash.Hash {
	switch s.Hash {
	case "", SHA256:
		return sha256.New
	case SHA1:
		return sha1.New // of old senders: an HMAC with it is not broken (RFC 6194, section 3.3)
	case SHA512:
		return sha512.New
	}
	return nil
}

// digest is what the header of a payload should have.
func (s Scheme) digest(key []byte, id, stamp string, payload []byte) []byte {
	mac := hmac.New(s.hash(), key)
	signed := s.Signed
	if signed == "" {
		signed = "{body}"
	}
	before, after, _ := strings.Cut(signed, "{body}")
	fill := strings.NewReplacer("{id}", id, "{timestamp}", stamp)
	mac.Write([]byte(fill.Replace(before)))
	mac.Write(payload)
	mac.Write([]byte(fill.Replace(after)))
	return mac.Sum(nil)
}

// keys returns the keys that secrets are. An empty one would be known to anybody.
func (s Scheme) keys(secrets []string) ([][]byte, error) {
	var keys [][]byte
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		key := []byte(secret)
		if s.SecretPrefix != "" {
			var err error
			if key, err = base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, s.SecretPrefix)); err != nil || len(key) == 0 {
				return nil, fmt.Errorf("%w: it must be base64 after %s", ErrNoSecret, s.SecretPrefix)
			}
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, ErrNoSecret
	}
	return keys, nil
}

// Sign returns the headers with which a payload is sent under an id at a time: what a
// sender does, and tests of a receiver.
func (s Scheme) Sign(payload []byte, id string, at time.Time, secret string) (http.Header, error) {
	if s.Header == "" || s.hash() == nil {
		return nil, ErrScheme
	}
	keys, err := s.keys([]string{secret})
	if err != nil {
		return nil, err
	}
	header := http.Header{}
	stamp, text := strconv.FormatInt(at.Unix(), 10), ""
	switch {
	case s.Timestamp == "":
	case strings.HasSuffix(s.Timestamp, "="):
		text = s.Timestamp + stamp + s.Separator
	default:
		header.Set(s.Timestamp, stamp)
	}
	if s.ID != "" {
		header.Set(s.ID, id)
	}
	header.Set(s.Header, text+s.Prefix+s.encode(s.digest(keys[0], id, stamp, payload)))
	return header, nil
}
