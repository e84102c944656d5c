package sdktest

import (
	"testing"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/api"
)

// This file stands for an API without operations. The generator writes it anew,
// with the operations of an API. Either has On, described and New.

// On has the operations of the API, where the client has its methods.
type On struct{}

var described = description{api: new(api.API)}

// New returns a fake of the API, which fails the test if it is called in a way
// that it was not told to answer.
func New(t testing.TB) *Server {
	s := new(Server)
	s.init(t, &described, &s.On)
	return s
}
