package param_test

import (
	"testing"

	"github.com/openapi-lathe/lathe/internal/testkit/leak"
)

func TestMain(m *testing.M) { leak.Main(m) }
