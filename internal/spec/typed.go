package spec

import (
	"errors"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
)

// Typed returns the document as kin-openapi reads it, which is what values are
// made and checked with. It fails where the library does, or would take for
// ever.
func (d *Document) Typed() (doc *openapi3.T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("kin-openapi failed: %v", r)
		}
	}()
	text := d.JSON()
	if why := d.tooMuchToValidate(len(text)); why != "" {
		return nil, errors.New(why)
	}
	return openapi3.NewLoader().LoadFromData(text)
}
