package apierror

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// This file stands for APIs that describe no error body. The generator writes
// it anew for one that does: then Data is that API's own type. Either has Data,
// body, and the methods of body and *Data below.

// Data is one problem that the API reports.
type Data struct {
	Code    string // the API's code, number or text; "" if it gave none
	Message string // the API's words
	// Extra has every member of the problem as it was received.
	Extra map[string]jsontext.Value
}

// body is where an error response has its problems.
type body struct {
	found []problem
}

// UnmarshalJSONFrom looks for problems wherever APIs commonly put them.
func (b *body) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var raw jsontext.Value
	if err := json.UnmarshalDecode(dec, &raw); err != nil {
		return err
	}
	b.found = guess(raw)
	return nil
}

// data returns the problems.
func (b *body) data() []Data {
	var list []Data
	for _, p := range b.found {
		list = append(list, Data{Code: p.code, Message: p.message, Extra: p.members})
	}
	return list
}

// summary returns the code and the message of d, as far as it has them.
func (d *Data) summary() (code, message string) { return text(d.Code), d.Message }
