package types

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// isCredential reports whether a member is called what only a credential is. That
// it is only sent proves nothing by itself, for an address line may be so too; but
// of a word that means other things as well it shows which is meant.
func isCredential(name string, onlySent bool) bool {
	words := ident.Words(name)
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	all := strings.Join(words, " ")
	for _, end := range []string{"password", "passwd", "passphrase", "client secret", "private key", "secret key", "api secret", "secret access key"} {
		if all == end || strings.HasSuffix(all, " "+end) {
			return true
		}
	}
	return onlySent && len(words) > 0 && slices.Contains([]string{"secret", "token", "key", "pin", "otp", "credential", "credentials", "apikey"}, words[len(words)-1])
}
