package types

import (
	"math"
	"slices"
	"strconv"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// numberType is the Go type of an integer or number: by its format, and else one
// that holds what its bounds and its values say that it can be.
func numberType(v *schema.View) model.Type {
	switch v.Format {
	case "decimal", "decimal128", "bigdecimal", "bigint", "biginteger", "int128", "uint128", "int256", "uint256":
		return model.Number
	}
	if !v.Is("integer") {
		return model.Float64 // "float" too: JSON has no float32, and servers send more digits than one has
	}
	need := fitsInt64
	for _, e := range v.Enum {
		need = max(need, exactly(e))
	}
	switch {
	case v.Format == "uint64" && need < fitsNeither:
		return model.Uint64
	case need == fitsInt64 && v.Format == "int32":
		return model.Int32
	case need == fitsInt64 && v.Format == "int64":
		return model.Int64
	}
	low, high := bound(v.Minimum, v.ExclusiveMinimum), bound(v.Maximum, v.ExclusiveMaximum)
	switch {
	case low < -1<<63, high > 1<<64, high > 1<<63 && low < 0, need == fitsNeither, need == fitsUint64 && low < 0:
		return model.Number
	case high > 1<<63, need == fitsUint64:
		return model.Uint64
	}
	return model.Int64
}

// An integerFit says which type holds an integer.
type integerFit int

const (
	fitsInt64 integerFit = iota
	fitsUint64
	fitsNeither
)

// exactly returns what holds a value.
func exactly(n *spec.Node) integerFit {
	if !n.Is(spec.Number) {
		return fitsInt64
	}
	if _, ok := n.Int(); ok {
		return fitsInt64
	}
	if _, err := strconv.ParseUint(n.Text(), 10, 64); err == nil {
		return fitsUint64
	}
	return fitsNeither
}

// bound returns a bound of integers, 0 if there is none. It is not exact, on
// purpose: descriptions written by JavaScript have the bounds of an int64 as
// 9223372036854776000.
func bound(nodes ...*spec.Node) float64 {
	for _, n := range nodes {
		f, ok := n.Float()
		switch {
		case ok:
			return f
		case n.Is(spec.Number): // larger than any float64
			return math.Copysign(math.Inf(1), f)
		}
	}
	return 0
}

// widest is the one type that holds numbers of all the given ones.
func widest(types []model.Type) model.Type {
	has := func(some ...model.Type) bool {
		return slices.ContainsFunc(types, func(t model.Type) bool { return slices.Contains(some, t) })
	}
	floats := has(model.Float32, model.Float64)
	switch {
	case has(model.Number), floats && has(model.Int64, model.Uint64), has(model.Uint64) && has(model.Int32, model.Int64):
		return model.Number
	case floats:
		return model.Float64
	case has(model.Uint64):
		return model.Uint64
	}
	return model.Int64
}
