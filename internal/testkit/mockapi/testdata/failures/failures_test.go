// Package failures_test calls a client that gen has just made beside it, whose
// API describes the bodies of its errors.
package failures_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	shop "github.com/openapi-lathe/lathe/internal/testkit/mockapi/failures/sdk"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/failures/sdk/option"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/failures/sdk/orders"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi/failures/sdk/shared"
)

// failing returns a client of a server that answers with a status and a body.
func failing(t *testing.T, status int, contentType, body string) *shop.Client {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return shop.NewClient(option.WithBaseURL(server.URL))
}

// The usual body of an error is that of every method.
func TestUsualBody(t *testing.T) {
	client := failing(t, 402, "application/problem+json", `{"title":"You are out of credit","balance":30}`)
	for _, err := range []error{client.Orders.Create(t.Context()), client.Orders.Delete(t.Context(), "a"), client.Customers.Create(t.Context())} {
		failed, ok := errors.AsType[*shop.ErrorOf[shared.Problem]](err)
		if !ok || failed.StatusCode != 402 || failed.Body.Title != "You are out of credit" || failed.Body.Balance.Or(0) != 30 {
			t.Errorf("got %v: %+v", err, failed)
		}
		if failed.Message != "You are out of credit" {
			t.Errorf("the message is %q", failed.Message)
		}
	}
}

// A status that has a body of its own has a type of its own, in the package
// that the rule for types puts it in.
func TestBodyOfStatus(t *testing.T) {
	client := failing(t, 422, "application/json", `{"fields":[{"name":"email","reason":"taken"}]}`)
	for _, err := range []error{client.Orders.Create(t.Context()), client.Customers.Create(t.Context())} {
		failed, ok := errors.AsType[*shop.ErrorOf[shared.ValidationProblem]](err)
		if !ok || !errors.Is(failed, shop.ErrUnprocessableEntity) || len(failed.Body.Fields) != 1 || failed.Body.Fields[0].Reason != "taken" {
			t.Errorf("got %v: %+v", err, failed)
		}
	}
}

// The body of an error is read as forgivingly as a result is: this is not how
// RFC 3339 writes a time.
func TestBodyIsReadAsResultsAre(t *testing.T) {
	err := failing(t, 409, "application/json", `{"since":"2026-05-01 10:00:00"}`).Orders.Create(t.Context())
	failed, ok := errors.AsType[*shop.ErrorOf[orders.Conflict]](err)
	if !ok || !failed.Body.Since.Equal(time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)) {
		t.Errorf("got %v: %+v", err, failed)
	}
}

// What is not the body that the description promises is an error all the same.
func TestOtherBody(t *testing.T) {
	err := failing(t, 502, "text/html", `<html>Bad Gateway</html>`).Orders.Create(t.Context())
	if failed, ok := errors.AsType[*shop.ErrorOf[shared.Problem]](err); ok {
		t.Errorf("HTML is %+v", failed.Body)
	}
	if !errors.Is(err, shop.ErrInternalServer) {
		t.Errorf("the error is %v", err)
	}
}
