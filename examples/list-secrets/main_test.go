package main

import (
	"bytes"
	"testing"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/sdktest"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

// The fake of the API answers in the same process.
func TestList(t *testing.T) {
	api := sdktest.New(t)
	sdktest.Respond(api.On.SecretsStore.Stores.List, []secretsstore.Store{{ID: "1", Name: "keys"}})
	sdktest.Respond(api.On.SecretsStore.Secrets.List, []secretsstore.Secret{{Name: "db", Status: "active"}, {Name: "mail", Status: "pending"}})

	client := cloudflare.NewClient(append(api.Options(), option.WithAccountID("a"))...)
	var out bytes.Buffer
	if err := list(t.Context(), &out, client); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "keys db active\nkeys mail pending\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
