package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// log writes one record of an attempt: at debug if it went well, at warn if it
// failed. It has no values: no path, no query, no header, and a body only if it
// is asked for.
func (x *exchange) log(ctx context.Context, a *attempt, took time.Duration) {
	logger := x.config.Logger
	level, message := slog.LevelDebug, "request"
	if !a.ok() && (a.err != nil || a.resp.StatusCode != http.StatusNotModified) {
		level, message = slog.LevelWarn, "request failed"
	}
	if !logger.Enabled(ctx, level) {
		return
	}
	attrs := []slog.Attr{
		slog.String("operation", x.req.Operation),
		slog.String("method", x.req.Method),
		slog.String("route", x.req.route()),
		slog.Int("attempt", a.number+1),
		slog.Duration("duration", took),
	}
	if a.resp != nil {
		attrs = append(attrs, slog.Int("status", a.resp.StatusCode))
		if id := x.requestID(a.resp); id != "" {
			attrs = append(attrs, slog.String("request_id", id))
		}
	}
	if a.err != nil {
		text, _, _ := x.cause(ctx, a)
		attrs = append(attrs, slog.String("error", text))
	}
	if x.config.LogBodies > 0 {
		attrs = append(attrs, x.logBodies(a)...)
	}
	logger.LogAttrs(ctx, level, message, attrs...)
}
