// Command onecall makes one call through one resource package, so that its size
// is what a program needs at least.
package main

import (
	"context"
	"fmt"

	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

func main() {
	store, err := secretsstore.New().Stores.Delete(context.Background(), "id", secretsstore.StoreDeleteParams{AccountID: "id"})
	fmt.Println(store, err)
}
