// Annotate sets the comment of a secret, whichever store of the account it is in.
//
//	go run ./examples/annotate NAME "rotated in May"
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/param"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: annotate NAME COMMENT")
	}
	if err := annotate(context.Background(), cloudflare.NewClient(), os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

// errNoSecret says that no store has the secret.
var errNoSecret = errors.New("no store has this secret")

// annotate finds a secret by its name and sets its comment.
func annotate(ctx context.Context, client *cloudflare.Client, name, comment string) error {
	for store, err := range client.SecretsStore.Stores.ListAll(ctx, secretsstore.StoreListParams{}) {
		if err != nil {
			return fmt.Errorf("listing stores: %w", err)
		}
		secrets := client.SecretsStore.Secrets.ListAll(ctx, store.ID, secretsstore.SecretListParams{Search: param.Some(name)})
		for secret, err := range secrets {
			if err != nil {
				return fmt.Errorf("searching %s: %w", store.Name, err)
			}
			if secret.Name != name {
				continue // the search also finds parts of names, and comments
			}
			_, err := client.SecretsStore.Secrets.Edit(ctx, store.ID, secret.ID, secretsstore.SecretEditParams{
				Comment: param.Some(comment),
			})
			return err
		}
	}
	return fmt.Errorf("%s: %w", name, errNoSecret)
}
