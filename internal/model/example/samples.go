package example

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/openapi-lathe/lathe/internal/diag"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/operation"
	"github.com/openapi-lathe/lathe/internal/sample"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// A sampler makes the calls that generated tests make.
type sampler struct {
	doc     *openapi3.T
	success string // the member of an envelope that says whether a call succeeded
}

// Make gives every operation of an API its calls: one with what is required, one
// with everything. What cannot be called is a warning, added to problems.
func Make(doc *spec.Document, api *model.API, ops []*operation.Operation, problems *diag.List) {
	kin, err := doc.Typed()
	if err == nil {
		err = sample.Prepare(kin)
	}
	if err != nil {
		problems.Warningf(doc.Root.Pos(), "no-tests", "no tests are written: the values for them cannot be made: %v", err)
		return
	}
	s := &sampler{kin, api.Success}
	for _, op := range ops {
		for _, amount := range []struct {
			name string
			sample.Amount
		}{{"required", sample.Minimal}, {"everything", sample.Full}} {
			made := s.call(op, amount.Amount)
			if made == nil {
				problems.Warningf(op.Pos, "no-test", "%s %s is not tested with %s: no value can be made that it allows", op.Method, op.Path, amount.name)
				continue
			}
			made.Name = amount.name
			op.Samples = append(op.Samples, made)
		}
		if op.Streaming != nil {
			s.streamSamples(op)
		}
	}
}

func (s *sampler) maker(amount sample.Amount, direction sample.Direction) *sample.Maker {
	m := &sample.Maker{Amount: amount, Direction: direction, Examples: true}
	if s.doc.Components != nil {
		m.Schemas = s.doc.Components.Schemas
	}
	return m
}

// call makes a call of an operation; nil if there is none that it allows.
func (s *sampler) call(op *operation.Operation, amount sample.Amount) *model.Sample {
	kin := s.operation(op)
	if kin == nil {
		return nil
	}
	answer, ok := s.answer(op, kin, amount)
	if !ok {
		return nil
	}
	maker := s.maker(amount, sample.Request)
	made := &model.Sample{Answer: answer}
	if op.Params != nil {
		made.Params = &model.Value{Type: op.Params}
	}
	for _, in := range op.Inputs {
		p := kin.Parameters.GetByInAndName(in.In.String(), in.Name)
		if p == nil && in.In == model.InQuery {
			p = wholeQuery(kin)
		}
		if p != nil && !p.Required && amount == sample.Minimal && in.Arg == nil {
			continue
		}
		v, ok := parameterValue(maker, p)
		switch {
		case in.Arg != nil:
			value, fits := Fit(in.Arg.Type, v)
			if !ok || !fits {
				return nil
			}
			made.Args = append(made.Args, value)
		case ok && v != nil:
			value, set, fits := FitField(in.Field, v)
			if !fits {
				return nil
			}
			if set {
				made.Params.Fields = append(made.Params.Fields, model.FieldValue{Field: in.Field, Value: value})
			}
		case p == nil || p.Required:
			return nil
		}
	}
	if op.Body != nil && !op.Body.Empty && (op.Body.Required || amount == sample.Full) && !s.body(op, kin, maker, made) {
		return nil
	}
	return made
}

// operation finds an operation in what kin-openapi read, with the parameters of
// its path.
func (s *sampler) operation(op *operation.Operation) *openapi3.Operation {
	item := s.doc.Paths.Value(op.Path)
	if item == nil || item.Operations()[op.Method] == nil {
		return nil
	}
	kin := *item.Operations()[op.Method]
	kin.Parameters = slices.Clone(kin.Parameters)
	for _, p := range item.Parameters {
		if p.Value != nil && kin.Parameters.GetByInAndName(p.Value.In, p.Value.Name) == nil {
			kin.Parameters = append(kin.Parameters, p)
		}
	}
	return &kin
}

// wholeQuery is the parameter that is all of the query (OpenAPI 3.2,
// "querystring"). It may go by another name, or by none.
func wholeQuery(kin *openapi3.Operation) *openapi3.Parameter {
	for _, p := range kin.Parameters {
		if p.Value != nil && p.Value.In == "querystring" {
			return p.Value
		}
	}
	return nil
}

// parameterValue makes the value of a parameter. An empty list cannot be sent,
// so that of a required one has an item.
func parameterValue(maker *sample.Maker, p *openapi3.Parameter) (any, bool) {
	if p == nil {
		return "text", true // it is not declared
	}
	schema := p.Schema
	for _, media := range p.Content {
		schema = media.Schema
	}
	if schema == nil || schema.Value == nil {
		return "text", true
	}
	if p.Example != nil && sample.Allows(schema, p.Example) {
		return p.Example, true
	}
	v, ok := maker.Value(schema)
	if list, isList := v.([]any); isList && len(list) == 0 {
		full := *maker
		full.Amount = sample.Full
		v, ok = full.Value(schema)
	}
	if object, isObject := v.(map[string]any); isObject && len(object) == 0 && schema.Value.Type == nil {
		return "text", true // anything goes, and a text is written the same in every style
	}
	return v, ok
}

// visible fills what would leave no trace in a body that is written as pairs, or
// as the one member that it has: an empty object, and empty members of it.
func visible(v any, maker *sample.Maker, schema *openapi3.SchemaRef) any {
	object, isObject := v.(map[string]any)
	full := *maker
	full.Amount = sample.Full
	all, ok := full.Value(schema)
	more, both := all.(map[string]any)
	if !isObject || !ok || !both {
		return v
	}
	if len(object) == 0 {
		return more
	}
	for name, member := range object {
		if m, ok := more[name]; ok && holdsNothing(member) {
			object[name] = m
		}
	}
	return object
}

func holdsNothing(v any) bool {
	switch v := v.(type) {
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// body adds the body to the params of a call.
func (s *sampler) body(op *operation.Operation, kin *openapi3.Operation, maker *sample.Maker, made *model.Sample) bool {
	var schema *openapi3.SchemaRef
	if kin.RequestBody != nil && kin.RequestBody.Value != nil {
		if media := kin.RequestBody.Value.Content[op.Body.ContentType]; media != nil {
			schema = media.Schema
			if media.ItemSchema != nil {
				schema = media.ItemSchema
			}
		}
	}
	v, ok := maker.Value(schema)
	switch body := op.Body; {
	case body.Kind == model.FormBody, body.Kind == model.MultipartBody, body.Kind == model.XMLBody && body.Root == "":
		v = visible(v, maker, schema)
	}
	if !ok {
		return false
	}
	if field := op.Body.Field; field != nil {
		switch op.Body.Kind {
		case model.TextBody, model.StreamBody:
			if _, isText := v.(string); !isText {
				v = "text"
			}
		}
		value, set, fits := FitField(field, v)
		if set {
			made.Params.Fields = append(made.Params.Fields, model.FieldValue{Field: field, Value: value})
		}
		return fits
	}
	object, ok := v.(map[string]any)
	if !ok {
		return false
	}
	if f := cmp.Or(op.Body.Flag, operation.StreamingFlag(op)); f != nil {
		delete(object, f.Name)
	}
	if op.Params == nil {
		return true // the method knows all of it
	}
	value, fits := FitObject(op.Params, object)
	if fits {
		made.Params.Fields = append(made.Params.Fields, value.Fields...)
		made.Params.Entries = value.Entries
	}
	return fits
}

// answer makes the response that the SDK reads. It returns false if there is
// none that the description allows.
func (s *sampler) answer(op *operation.Operation, kin *openapi3.Operation, amount sample.Amount) (model.Answer, bool) {
	if op.Result.Kind == model.ItemsResult {
		return s.streamAnswer(op, op.Operation, kin, amount)
	}
	r := op.Success
	if r == nil {
		return model.Answer{Status: http.StatusNoContent}, true
	}
	a := model.Answer{Status: statusOf(r.Status)}
	if r.Media == "" || op.Method == http.MethodHead || a.Status == http.StatusNoContent {
		return a, true
	}
	if r.Elsewhere {
		return a, false
	}
	a.ContentType, a.Body = r.Media, []byte("text")
	if !operation.IsJSON(r.Media) && !op.Result.XML {
		return a, true
	}
	var schema *openapi3.SchemaRef
	if response := kin.Responses.Value(r.Status); response != nil && response.Value != nil {
		if media := response.Value.Content[r.Media]; media != nil {
			schema = media.Schema
		}
	}
	maker := s.maker(amount, sample.Response)
	v, ok := maker.Value(schema)
	if !ok {
		maker.Loose = true
		v, ok = maker.Value(schema)
	}
	if object, isObject := v.(map[string]any); isObject && s.success != "" {
		if _, there := object[s.success]; there {
			object[s.success] = true
		}
	}
	if op.Result.XML {
		a.Body, a.Means = sample.XML(v, schema), []byte(jsonText(v))
		return a, ok
	}
	a.ContentType, a.Body = "application/json", []byte(jsonText(v))
	return a, ok
}

// statusOf is a status that the key of a response stands for.
func statusOf(key string) int {
	if n, err := strconv.Atoi(key); err == nil {
		return n
	}
	return http.StatusOK // 2XX, default
}
