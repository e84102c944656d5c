package constant_test

import (
	stdjson "encoding/json"
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/constant"
)

// role, version and rate are what the generator makes of one allowed value.
type (
	role    string
	version int64
	rate    float64
)

func (v role) MarshalText() ([]byte, error)    { return constant.Text(string(v), "user") }
func (v version) MarshalJSON() ([]byte, error) { return constant.Int(int64(v), 2) }
func (v rate) MarshalJSON() ([]byte, error)    { return constant.Float(float64(v), 0.5) }

type message struct {
	Role    role    `json:"role"`
	Version version `json:"version"`
	Rate    rate    `json:"rate"`
}

// Both engines write the constant for what is not set, and read and keep another
// value.
func TestConstant(t *testing.T) {
	for _, tt := range []struct {
		v    message
		want string
	}{
		{message{}, `{"role":"user","version":2,"rate":0.5}`},
		{message{"system", 3, 1e21}, `{"role":"system","version":3,"rate":1e+21}`},
	} {
		got, err := json.Marshal(tt.v)
		if err != nil || string(got) != tt.want {
			t.Errorf("json/v2: got %s, %v; want %s", got, err, tt.want)
		}
		if got, err = stdjson.Marshal(tt.v); err != nil || string(got) != tt.want {
			t.Errorf("encoding/json: got %s, %v; want %s", got, err, tt.want)
		}
		var back message
		if err := json.Unmarshal(got, &back); err != nil || tt.v.Role != "" && back != tt.v {
			t.Errorf("read %+v, %v", back, err)
		}
	}
}
