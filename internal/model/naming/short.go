package naming

import (
	"slices"
	"strings"

	"github.com/openapi-lathe/lathe/internal/ident"
)

// longest is how many letters the name of a type may have. A reader still takes in
// SubscriptionItemBillingThresholds at a glance; of
// CustomerBalanceResourceCashBalanceTransactionResourceFundedTransactionResourceBankTransfer
// nobody tells the parts.
const longest = 60

// fillers are words of schema names that say what every schema is.
var fillers = strings.Fields("body data object params request resource response schema")

// shortened puts before each candidate that is too long what is left of it without
// the words that say least: those that come again, fillers, and then those in the
// middle, so that its first words and the last stay: those nearer to the beginning, or
// nearer to the end where that makes two names the same.
func shortened(candidates []string) []string {
	var list []string
	for _, name := range candidates {
		if len(name) > longest {
			list = append(list, shorter(name, 2))
		}
	}
	for _, name := range candidates {
		if len(name) > longest {
			list = append(list, shorter(name, -2))
		}
	}
	if list == nil {
		return candidates
	}
	for _, name := range candidates {
		if len(name) <= longest {
			list = append(list, name)
		}
	}
	return append(list, slices.DeleteFunc(slices.Clone(candidates), func(name string) bool { return len(name) <= longest })...)
}

// shorter returns a name of at most longest letters, if it has words to spare. It
// spares those at an index, which counts from the end if it is negative.
func shorter(name string, spare int) string {
	words := ident.Words(name)
	join := func() string { return ident.Exported(strings.Join(words, " ")) }
	// A word that comes again says it there.
	for i := 0; i < len(words); i++ {
		if slices.Contains(words[i+1:], words[i]) {
			words = slices.Delete(words, i, i+1)
			i--
		}
	}
	for i := 1; i < len(words)-1 && len(join()) > longest; {
		if slices.Contains(fillers, words[i]) {
			words = slices.Delete(words, i, i+1)
			continue
		}
		i++
	}
	for len(words) > 3 && len(join()) > longest {
		i := spare
		if i < 0 {
			i += len(words)
		}
		words = slices.Delete(words, i, i+1)
	}
	return join()
}
