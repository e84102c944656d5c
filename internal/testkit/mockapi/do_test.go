package mockapi_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
)

// What has no method is called with the credentials, the parameters and the
// errors of what has one.
func TestDo(t *testing.T) {
	noEnvironment(t)
	url, got := respond(t, http.StatusOK, "application/json", `{"success":true,"errors":[],"result":[{"id":"z"}]}`)
	client := cloudflare.NewClient(option.WithBaseURL(url), option.WithAccountID(account),
		option.WithAPITokenFunc(func(context.Context) (string, error) { return "fresh", nil }))
	var out struct {
		Result []struct {
			ID string `json:"id"`
		} `json:"result"`
	}
	params := struct {
		Status []string `json:"status"`
	}{[]string{"active", "on hold"}}
	if err := client.Do(t.Context(), "GET", "/accounts/{account_id}/zones", params, &out, option.WithQuery("page", "2")); err != nil {
		t.Fatal(err)
	}
	r := (*got)[0]
	if want := "/client/v4/accounts/" + account + "/zones?status=active&status=on%20hold&page=2"; r.URL.RequestURI() != want || r.Header.Get("Authorization") != "Bearer fresh" {
		t.Errorf("asked for %s as %s, want %s", r.URL.RequestURI(), r.Header.Get("Authorization"), want)
	}
	if len(out.Result) != 1 || out.Result[0].ID != "z" {
		t.Errorf("got %+v", out)
	}
}

func TestDoFails(t *testing.T) {
	noEnvironment(t)
	url, _ := respond(t, http.StatusConflict, "application/json", `{"success":false,"errors":[{"code":1061,"message":"exists already"}],"retry":"never"}`)
	client := cloudflare.NewClient(option.WithBaseURL(url), option.WithAPIToken("t"))
	err := client.Do(t.Context(), "POST", "/zones", map[string]string{"name": "example.com"}, nil)
	apiErr, ok := errors.AsType[*cloudflare.Error](err)
	if !ok || !errors.Is(err, cloudflare.ErrConflict) || apiErr.Attempts != 1 || apiErr.Errors[0].Code != 1061 {
		t.Fatalf("the error is %v", err)
	}
	var body struct {
		Retry string `json:"retry"`
	}
	if err := apiErr.Decode(&body); err != nil || body.Retry != "never" {
		t.Errorf("%+v, %v", body, err)
	}
}
