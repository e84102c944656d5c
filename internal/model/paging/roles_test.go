package paging

import (
	"testing"

	"github.com/openapi-lathe/lathe/internal/model"
)

func TestCanTell(t *testing.T) {
	for _, tt := range []struct {
		name string
		role model.Role
		typ  model.Type
		want bool
	}{
		{"a cursor is text", model.Next, model.String, true},
		{"a cursor is no number", model.Next, model.Int64, false},
		{"a cursor is no object", model.Next, &model.Object{}, false},
		{"more is a boolean", model.HasMore, model.Bool, true},
		{"more is no text", model.HasMore, model.String, false},
		{"a total is a number", model.TotalItems, model.Int64, true},
		{"a small number", model.TotalPages, model.Int32, true},
		{"a fraction", model.PageNumber, model.Float64, true},
		{"a total is no text", model.TotalItems, model.String, false},
		{"a total is no object", model.TotalItems, &model.Object{}, false},
		{"a page is no boolean", model.PageNumber, model.Bool, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := canTell(tt.role, tt.typ); got != tt.want {
				t.Errorf("role %d in %v: got %v, want %v", tt.role, tt.typ, got, tt.want)
			}
		})
	}
}

func TestTellsOfPages(t *testing.T) {
	for _, tt := range []struct {
		name string
		want bool
	}{
		{"meta", true}, {"result_info", true}, {"pagination", true}, {"pageInfo", true}, {"paging", true}, {"cursors", true},
		{"response_metadata", true}, {"_links", true}, {"data", false}, {"owner", false}, {"result", false},
	} {
		if got := tellsOfPages(tt.name); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestCursorIsNoURL: a cursor without a parameter to send it in leads nowhere.
func TestCursorIsNoURL(t *testing.T) {
	for _, tt := range []struct {
		name string
		want bool
	}{
		{"next_cursor", false},
		{"next_url", true},
		{"nextPageUri", true},
		{"next_link", true},
		{"after", false},
	} {
		if got := isLink(tt.name); got != tt.want {
			t.Errorf("isLink(%q) = %v, want %v", tt.name, got, tt.want)
		}
	}
}
