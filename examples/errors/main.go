// Errors deletes a store and says what went wrong in words that a person can act
// on.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: errors STORE")
		os.Exit(2)
	}
	fmt.Println(remove(context.Background(), cloudflare.NewClient(), os.Args[1]))
}

// remove deletes a store and describes the outcome.
func remove(ctx context.Context, client *cloudflare.Client, store string) string {
	_, err := client.SecretsStore.Stores.Delete(ctx, store, secretsstore.StoreDeleteParams{})
	var apiErr *cloudflare.Error
	switch {
	case err == nil:
		return "deleted"
	case errors.Is(err, cloudflare.ErrNotFound):
		return "there is no such store"
	case errors.Is(err, cloudflare.ErrNoCredentials):
		return "set CLOUDFLARE_API_TOKEN"
	case errors.As(err, &apiErr):
		return fmt.Sprintf("the API refused: %s (request %s)", apiErr.Message, apiErr.RequestID)
	}
	return "no answer: " + err.Error()
}
