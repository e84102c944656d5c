// List-secrets prints the name and status of every secret of an account. It reads
// credentials and the account from the environment:
//
//	CLOUDFLARE_API_TOKEN=… CLOUDFLARE_ACCOUNT_ID=… go run ./examples/list-secrets
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

func main() {
	if err := list(context.Background(), os.Stdout, cloudflare.NewClient()); err != nil {
		log.Fatal(err)
	}
}

// list writes a line for each secret of each store.
func list(ctx context.Context, w io.Writer, client *cloudflare.Client) error {
	for store, err := range client.SecretsStore.Stores.ListAll(ctx, secretsstore.StoreListParams{}) {
		if err != nil {
			return fmt.Errorf("listing stores: %w", err)
		}
		for secret, err := range client.SecretsStore.Secrets.ListAll(ctx, store.ID, secretsstore.SecretListParams{}) {
			if err != nil {
				return fmt.Errorf("listing the secrets of %s: %w", store.Name, err)
			}
			fmt.Fprintln(w, store.Name, secret.Name, secret.Status)
		}
	}
	return nil
}
