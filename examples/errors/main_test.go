package main

import (
	"testing"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/sdktest"
)

func TestRemove(t *testing.T) {
	for _, tt := range []struct {
		name string
		fail error
		want string
	}{
		{"not found", &cloudflare.Error{StatusCode: 404, Message: "no store"}, "there is no such store"},
		{"refused", &cloudflare.Error{StatusCode: 403, Message: "not yours"}, "the API refused: not yours (request )"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api := sdktest.New(t)
			sdktest.Fail(api.On.SecretsStore.Stores.Delete, 1, tt.fail)
			client := cloudflare.NewClient(append(api.Options(), option.WithAccountID("a"))...)
			if got := remove(t.Context(), client, "1"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
