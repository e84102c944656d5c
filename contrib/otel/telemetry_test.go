package telemetry_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	telemetry "github.com/openapi-lathe/lathe/contrib/otel"
	cloudflare "github.com/openapi-lathe/lathe/generated"
	"github.com/openapi-lathe/lathe/generated/option"
	"github.com/openapi-lathe/lathe/generated/secretsstore"
)

// A call that is repeated once is a span with two below it, whose ids the API is
// sent, and two measurements.
func TestTelemetry(t *testing.T) {
	var parents []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parents = append(parents, r.Header.Get("traceparent"))
		w.Header().Set("Content-Type", "application/json")
		if len(parents) == 1 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		io.WriteString(w, `{"success":true,"errors":[],"messages":[],"result":{"secrets":{"quota":100,"usage":3}}}`)
	}))
	defer server.Close()

	spans := tracetest.NewInMemoryExporter()
	reader := metric.NewManualReader()
	options, err := telemetry.Options(trace.NewTracerProvider(trace.WithSyncer(spans)), metric.NewMeterProvider(metric.WithReader(reader)))
	if err != nil {
		t.Fatal(err)
	}
	client := cloudflare.NewClient(append(options, option.WithBaseURL(server.URL), option.WithAPIToken("secret-token"))...)
	params := secretsstore.QuotaGetParams{AccountID: "985e105f4ecef8ad9ca31a8372d0c353"}
	if _, err := client.SecretsStore.Quota.Get(t.Context(), params); err != nil {
		t.Fatal(err)
	}

	ended := spans.GetSpans()
	if len(ended) != 3 || len(parents) != 2 {
		t.Fatalf("%d spans, %d requests", len(ended), len(parents))
	}
	call := ended[2]
	if call.Name != "SecretsStore.Quota.Get" || call.Status.Code == codes.Error {
		t.Errorf("the call is %s, %v", call.Name, call.Status)
	}
	for i, attempt := range ended[:2] {
		if attempt.Name != "GET /accounts/{account_id}/secrets_store/quota" || attempt.Parent.SpanID() != call.SpanContext.SpanID() {
			t.Errorf("attempt %d is %s, below %s", i, attempt.Name, attempt.Parent.SpanID())
		}
		if want := "00-" + call.SpanContext.TraceID().String() + "-" + attempt.SpanContext.SpanID().String() + "-01"; parents[i] != want {
			t.Errorf("attempt %d sends traceparent %s, not %s", i, parents[i], want)
		}
	}
	if ended[0].Status.Code != codes.Error {
		t.Error("the attempt that was turned away did not fail")
	}
	for _, span := range ended {
		for _, a := range span.Attributes {
			if v := a.Value.Emit(); strings.Contains(v, "secret-token") || strings.Contains(v, params.AccountID) {
				t.Errorf("%s has a value of the caller's: %s", a.Key, v)
			}
		}
	}

	var found metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &found); err != nil {
		t.Fatal(err)
	}
	counted := uint64(0)
	for _, scope := range found.ScopeMetrics {
		for _, m := range scope.Metrics {
			if h, ok := m.Data.(metricdata.Histogram[float64]); ok && m.Name == "http.client.request.duration" {
				for _, p := range h.DataPoints {
					counted += p.Count
				}
			}
		}
	}
	if counted != 2 {
		t.Errorf("%d measurements", counted)
	}
}
