// Package telemetry shows how to trace and measure the calls of an SDK with
// OpenTelemetry: a span for each call, one below it for each attempt, which the
// API is told of (traceparent, W3C Trace Context), and the duration of attempts.
//
// It is a module of its own, so that an SDK depends on nothing. To use it, copy
// this file into a program and let it import the option package of its SDK.
package telemetry

import (
	"context"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/openapi-lathe/lathe/generated/option"
)

const name = "github.com/openapi-lathe/lathe/contrib/otel"

// Options are for a client: NewClient(telemetry.Options(tracers, meters)...). The
// attributes are those of OpenTelemetry's conventions for HTTP clients. None has a
// value of the caller's: the path is the template that the API describes.
func Options(tracers trace.TracerProvider, meters metric.MeterProvider) ([]option.RequestOption, error) {
	tracer := tracers.Tracer(name)
	duration, err := meters.Meter(name).Float64Histogram("http.client.request.duration",
		metric.WithUnit("s"), metric.WithDescription("Duration of HTTP client requests."))
	if err != nil {
		return nil, err
	}
	call := func(ctx context.Context, call *option.Call, next func(context.Context) error) error {
		ctx, span := tracer.Start(ctx, call.Operation)
		defer span.End()
		err := next(ctx)
		if call.StatusCode > 0 {
			span.SetAttributes(attribute.Int("http.response.status_code", call.StatusCode))
		}
		if err != nil {
			span.RecordError(err) // errors of the SDK have no secrets in them
			span.SetStatus(codes.Error, err.Error())
		}
		return err
	}
	attempt := func(req *http.Request, next option.Next) (*http.Response, error) {
		attributes := []attribute.KeyValue{
			attribute.String("http.request.method", req.Method),
			attribute.String("server.address", req.URL.Hostname()),
		}
		spanName, resend := req.Method, 0
		if call := option.CallOf(req.Context()); call != nil {
			attributes = append(attributes, attribute.String("url.template", call.Route))
			spanName, resend = req.Method+" "+call.Route, call.Attempts-1
		}
		ctx, span := tracer.Start(req.Context(), spanName, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attributes...))
		defer span.End()
		if resend > 0 {
			span.SetAttributes(attribute.Int("http.request.resend_count", resend))
		}
		req = req.WithContext(ctx)
		propagation.TraceContext{}.Inject(ctx, propagation.HeaderCarrier(req.Header))

		start := time.Now()
		resp, err := next(req)
		switch {
		case err != nil:
			span.RecordError(err)
			span.SetStatus(codes.Error, err.Error())
			attributes = append(attributes, attribute.String("error.type", "connection"))
		default:
			status := attribute.Int("http.response.status_code", resp.StatusCode)
			span.SetAttributes(status)
			attributes = append(attributes, status)
			if resp.StatusCode >= 400 {
				span.SetStatus(codes.Error, "")
			}
		}
		duration.Record(ctx, time.Since(start).Seconds(), metric.WithAttributes(attributes...))
		return resp, err
	}
	return []option.RequestOption{option.WithCallMiddleware(call), option.WithMiddleware(attempt)}, nil
}
