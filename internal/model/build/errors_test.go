package build

import (
	"maps"
	"strings"
	"testing"

	"github.com/openapi-lathe/lathe/internal/config"
)

func TestShouldRetry(t *testing.T) {
	api, warnings := built(t, `
paths:
  /a:
    post:
      operationId: a
      responses:
        '204': {description: ''}
        '409': {description: '', x-should-retry: 'true'}
        4xx: {description: '', x-should-retry: false}
        '500': {description: '', x-should-retry: 3}
`, config.Config{})
	if got := operations(api)["a"].ShouldRetry; !maps.Equal(got, map[string]bool{"409": true, "4XX": false}) {
		t.Errorf("ShouldRetry = %v", got)
	}
	if len(warnings) != 1 || !strings.HasPrefix(warnings[0], "should-retry: ") {
		t.Errorf("warnings: %q", warnings)
	}
}
