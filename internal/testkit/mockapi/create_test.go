package mockapi_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/openapi-lathe/lathe/generated/pagination"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
	"github.com/openapi-lathe/lathe/internal/testkit/mockapi"
)

// createAnswer is the example of Cloudflare's own page on creating a store.
const createAnswer = `{
	"errors": [{"code": 1000, "message": "message", "documentation_url": "documentation_url", "source": {"pointer": "pointer"}}],
	"messages": [{"code": 1000, "message": "message", "documentation_url": "documentation_url", "source": {"pointer": "pointer"}}],
	"success": true,
	"result": [{
		"id": "023e105f4ecef8ad9ca31a8372d0c353",
		"created": "2023-09-21T18:56:32.624632Z",
		"modified": "2023-09-21T18:56:32.624632Z",
		"name": "service_x_keys"
	}],
	"result_info": {"count": 1, "page": 1, "per_page": 20, "total_count": 2000}
}`

// A request is what a server got, with its body read.
type request struct {
	*http.Request
	body string
}

// respond starts a server that answers every request with the same, and keeps
// what it got.
func respond(t *testing.T, status int, contentType, body string) (url string, got *[]request) {
	t.Helper()
	got = new([]request)
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		*got = append(*got, request{r, string(b)})
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}))
	t.Cleanup(ts.Close)
	return ts.URL + "/client/v4", got
}

// The whole of what is sent to create a store, down to each header.
func TestCreateStoreRequest(t *testing.T) {
	url, got := respond(t, http.StatusOK, "application/json", createAnswer)
	client := newClient(t, url)
	_, err := client.SecretsStore.Stores.Create(t.Context(), secretsstore.StoreCreateParams{
		AccountID: account,
		Body:      []secretsstore.StoreCreateParamsBody{{Name: "service_x_keys"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(*got) != 1 {
		t.Fatalf("%d requests were sent", len(*got))
	}
	r := (*got)[0]
	if want := "POST /client/v4/accounts/985e105f4ecef8ad9ca31a8372d0c353/secrets_store/stores"; r.Method+" "+r.RequestURI != want {
		t.Errorf("the request is %s %s, not %s", r.Method, r.RequestURI, want)
	}
	if want := `[{"name":"service_x_keys"}]`; r.body != want {
		t.Errorf("the body is %s, not %s", r.body, want)
	}
	for name, want := range map[string]string{
		"X-Auth-Email":   "user@example.com",
		"X-Auth-Key":     "144c9defac04969c7bfad8efaa8ea194",
		"Content-Type":   "application/json",
		"Accept":         "application/json",
		"Content-Length": "27",
	} {
		if got := r.Header.Values(name); len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	known := []string{"Accept", "Accept-Encoding", "Content-Length", "Content-Type", "User-Agent", "X-Auth-Email", "X-Auth-Key"}
	if names := slices.Sorted(maps.Keys(r.Header)); !slices.Equal(names, known) {
		t.Errorf("the headers are\n\t%q\nnot\n\t%q", names, known)
	}
}

func TestCreateStoreResult(t *testing.T) {
	url, _ := respond(t, http.StatusOK, "application/json", createAnswer)
	page, err := newClient(t, url).SecretsStore.Stores.Create(t.Context(), secretsstore.StoreCreateParams{
		AccountID: account,
		Body:      []secretsstore.StoreCreateParamsBody{{Name: "service_x_keys"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Result) != 1 {
		t.Fatalf("there are %d stores in the result", len(page.Result))
	}
	s := page.Result[0]
	if s.ID != store || s.Name != "service_x_keys" || s.Created.UnixNano() != 1695322592624632000 || !s.Modified.Equal(s.Created) || len(s.Extra) != 0 {
		t.Errorf("the store is %+v", s)
	}
	i := page.ResultInfo
	if i == nil || i.Count.Or(0) != 1 || i.Page.Or(0) != 1 || i.PerPage.Or(0) != 20 || i.TotalCount.Or(0) != 2000 {
		t.Errorf("the result_info is %+v", i)
	}
	encoded, err := json.Marshal(page)
	if err != nil {
		t.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal([]byte(createAnswer), &answer); err != nil {
		t.Fatal(err)
	}
	want, err := json.Marshal(map[string]any{"result": answer["result"], "result_info": answer["result_info"]})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range mockapi.Diff(want, encoded) {
		t.Error(d)
	}

	// The list is whole, whatever its total_count says.
	n := 0
	for _, err := range page.All(t.Context()) {
		if n++; err != nil {
			t.Fatal(err)
		}
	}
	if n != 1 || pagination.More(page) {
		t.Errorf("the page has %d stores and says %v for more", n, pagination.More(page))
	}
}
