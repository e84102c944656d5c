package api

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

// codec turns values into what is sent. It shows secrets, which nothing else
// does, and remembers the ones it showed. A client keeps a few, because json
// looks up the types it has met once for each set of marshalers.
type codec struct {
	options json.Options
	secrets []string
	scratch []byte // to put text together in
}

func newCodec() *codec {
	k := new(codec)
	k.options = json.JoinOptions(
		json.Deterministic(true), // the same call is the same bytes, whatever the order of a map
		json.WithMarshalers(json.MarshalToFunc(func(enc *jsontext.Encoder, s param.Secret) error {
			return enc.WriteToken(jsontext.String(k.reveal(s)))
		})),
	)
	return k
}

func (k *codec) reveal(s param.Secret) string {
	if s != "" {
		k.secrets = append(k.secrets, s.Reveal())
	}
	return s.Reveal()
}

func (k *codec) marshal(v any) ([]byte, error) { return json.Marshal(v, k.options) }

// Lenient is how everything that an API sends is read.
func Lenient() json.Options {
	return json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// Encode returns the JSON of v as it would be sent, secrets and all. It is for
// tests of what was decoded; nothing else may see them.
func Encode(v any) ([]byte, error) { return newCodec().marshal(v) }
