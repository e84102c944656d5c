package param

import "github.com/go-json-experiment/json/jsontext"

// Extra has the members of a JSON object that its description does not name, as
// they came, by their names. What is read with them is sent with them, so that an
// object that an API has added to comes back whole.
type Extra map[string]jsontext.Value
