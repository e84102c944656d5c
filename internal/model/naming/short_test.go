package naming

import (
	"slices"
	"testing"
)

func TestShortened(t *testing.T) {
	const long = "CustomerBalanceResourceCashBalanceTransactionResourceFundedTransactionResourceBankTransfer"
	for _, tt := range []struct {
		name     string
		in, want []string
	}{
		{"short ones stay", []string{"Customer", "CustomerParams"}, []string{"Customer", "CustomerParams"}},
		{"repeated words go first", []string{long}, []string{"CustomerCashBalanceFundedTransactionResourceBankTransfer", "CustomerCashBalanceFundedTransactionResourceBankTransfer", long}},
		{"fillers, then the middle", []string{"AlphaBetaGammaDeltaEpsilonZetaEtaThetaIotaKappaLambdaMuNuXiOmicronObjectPi"},
			[]string{"AlphaBetaEpsilonZetaEtaThetaIotaKappaLambdaMuNuXiOmicronPi", "AlphaBetaGammaDeltaEpsilonZetaEtaThetaIotaKappaLambdaMuNuPi", "AlphaBetaGammaDeltaEpsilonZetaEtaThetaIotaKappaLambdaMuNuXiOmicronObjectPi"}},
		{"a shorter candidate comes before the long one", []string{long, "BankTransfer"}, []string{"CustomerCashBalanceFundedTransactionResourceBankTransfer", "CustomerCashBalanceFundedTransactionResourceBankTransfer", "BankTransfer", long}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := shortened(tt.in)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
