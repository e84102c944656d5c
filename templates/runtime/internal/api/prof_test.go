package api_test
import ("testing";"context";"net/http";"time";"fmt";"github.com/openapi-lathe/lathe/templates/runtime/internal/api";"github.com/openapi-lathe/lathe/templates/runtime/option")
func TestMin(t *testing.T) {
	ctx := context.Background()
	body := `{"errors":[],"messages":[],"success":true,"result":` + storeJSON + `}`
	params := []storeParams{{Name: "service_x_keys"}}
	raw := &http.Client{Transport: answer(body)}
	c1 := api.NewClient(&cloud, withAPIToken("token"), option.WithHTTPClient(raw))
	c0 := api.NewClient(&cloud, withAPIToken("token"), option.WithHTTPClient(raw), option.WithTimeout(0))
	fs := []func(){ func() { rawPost(ctx, raw, account, params) }, func() { createStore(ctx, c1, account, params) }, func() { createStore(ctx, c0, account, params) }, func() { api.NewClient(&cloud) } }
	mins := make([]time.Duration, len(fs))
	for range 1500 { for i, f := range fs { s := time.Now(); for range 100 { f() }; d := time.Since(s)/100; if mins[i]==0 || d < mins[i] { mins[i]=d } } }
	fmt.Println(mins, float64(mins[1])/float64(mins[0]), float64(mins[2])/float64(mins[0]))
}
