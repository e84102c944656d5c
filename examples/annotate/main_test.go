package main

import (
	"errors"
	"testing"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/sdktest"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

func TestAnnotate(t *testing.T) {
	api := sdktest.New(t)
	on := api.On.SecretsStore
	sdktest.Respond(on.Stores.List, []secretsstore.Store{{ID: "1", Name: "keys"}})
	sdktest.Respond(on.Secrets.List, []secretsstore.Secret{{ID: "8", Name: "db-old"}, {ID: "9", Name: "db"}})
	sdktest.Respond(on.Secrets.Edit, &secretsstore.Secret{ID: "9", Name: "db"})
	client := cloudflare.NewClient(append(api.Options(), option.WithAccountID("a"))...)

	if err := annotate(t.Context(), client, "db", "rotated"); err != nil {
		t.Fatal(err)
	}
	calls := sdktest.Calls(on.Secrets.Edit)
	if len(calls) != 1 || calls[0].Path != "/accounts/a/secrets_store/stores/1/secrets/9" {
		t.Errorf("edited %v", calls)
	}
	if err := annotate(t.Context(), client, "mail", "rotated"); !errors.Is(err, errNoSecret) {
		t.Errorf("got %v, want %v", err, errNoSecret)
	}
}
