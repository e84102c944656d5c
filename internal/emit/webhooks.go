package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// planWebhooks adds what verifies, decodes and handles the events that the API sends,
// beside their types.
func (e *emitter) planWebhooks() {
	w := e.api.Webhooks
	if w == nil {
		return
	}
	f := e.file(w.Package.Path, w.Package.Name, "events")
	if !e.isResourcePackage(w.Package) {
		f.doc = append([]prose.Block{{Text: "Package " + w.Package.Name + " has the events that " + e.title() + " sends. [Unwrap] and [Handler] verify one before they decode it."}}, prose.Blocks(w.Package.Doc)...)
		if w.Signature == nil {
			f.doc[0].Text = "Package " + w.Package.Name + " has the events that " + e.title() + " sends. [UnwrapWith] and [Handler] verify one before they decode it."
		}
	}
	f.add(func(g *jen.File) {
		if w.Signature != nil {
			g.Add(e.scheme(w.Signature)).Line()
			g.Add(e.unwrap(w)).Line()
		}
		g.Add(e.unwrapWith(w)).Line()
		g.Add(e.parseUnverified(w)).Line()
		if len(w.Choices) > 0 {
			g.Add(e.choices(w)).Line()
		}
		g.Add(e.decodeEvent(w)).Line()
		g.Add(e.handler(w)).Line()
		g.Add(e.serveEvents(w)).Line()
		g.Add(e.dispatch(w))
	})
}

// planDelivery adds the function of the fake API that sends an event to a handler.
func (e *emitter) planDelivery() {
	w := e.api.Webhooks
	if w == nil {
		return
	}
	event := jen.Op("*").Qual(e.importPath(w.Package.Path), w.Union.Name.Go)
	fail := jen.If(jen.Id("err").Op("!=").Nil()).Block(jen.Id("t").Dot("Fatal").Call(jen.Id("err")))
	body := []jen.Code{
		jen.Id("t").Dot("Helper").Call(),
		jen.List(jen.Id("payload"), jen.Id("err")).Op(":=").Qual(e.json, "Marshal").Call(jen.Id("event")),
		fail,
	}
	about := "Deliver sends an event to a handler, such as a " + w.Package.Name + ".Handler, and returns its answer."
	params := []jen.Code{jen.Id("t").Qual("testing", "TB"), jen.Id("handler").Qual("net/http", "Handler"), jen.Id("event").Add(event)}
	header := jen.Id("header").Op(":=").Qual("net/http", "Header").Values()
	if w.Signature != nil {
		about = "Deliver sends an event to a handler, such as a " + w.Package.Name + ".Handler, signed with the secret as the API does, and returns its answer."
		params = append(params, jen.Id("secret").String())
		header = jen.List(jen.Id("header"), jen.Id("err")).Op(":=").Add(e.schemeValue(w.Signature)).Dot("Sign").
			Call(jen.Id("payload"), jen.Lit("msg_test"), jen.Qual("time", "Now").Call(), jen.Id("secret")).Line().Add(fail.Clone())
	}
	body = append(body, header)
	var cases []jen.Code
	for _, c := range w.Choices {
		if len(c.Names) > 0 && c.Variant.Presence == model.Pointer {
			cases = append(cases, jen.Case(jen.Id("event").Dot(c.Variant.Name.Go).Op("!=").Nil()).Block(
				jen.Id("header").Dot("Set").Call(jen.Lit(w.Header), jen.Lit(c.Names[0])),
			))
		}
	}
	if len(cases) > 0 {
		body = append(body, jen.Switch().Block(cases...))
	}
	body = append(body,
		jen.Id("r").Op(":=").Qual("net/http/httptest", "NewRequest").Call(jen.Qual("net/http", "MethodPost"), jen.Lit("/"), jen.Qual("bytes", "NewReader").Call(jen.Id("payload"))),
		jen.Id("r").Dot("Header").Op("=").Id("header"),
		jen.Id("r").Dot("Header").Dot("Set").Call(jen.Lit("Content-Type"), jen.Lit("application/json")),
		jen.Id("w").Op(":=").Qual("net/http/httptest", "NewRecorder").Call(),
		jen.Id("handler").Dot("ServeHTTP").Call(jen.Id("w"), jen.Id("r")),
		jen.Return(jen.Id("w").Dot("Result").Call()),
	)
	f := e.file(fakePackage, "sdktest", "deliver")
	f.add(func(g *jen.File) {
		g.Add(doc(prose.Block{Text: about}).Func().Id("Deliver").Params(params...).Op("*").Qual("net/http", "Response").Block(body...))
	})
}

func (e *emitter) isResourcePackage(p *model.Package) bool {
	found := false
	walk(e.api.Root, func(r *model.Resource) { found = found || r != e.api.Root && r.Package == p })
	return found
}

func (e *emitter) signature(name string) *jen.Statement {
	return jen.Qual(e.importPath(model.SignaturePath), name)
}

// scheme writes the variable that says how deliveries are signed.
func (e *emitter) scheme(s *model.Signature) jen.Code {
	return jen.Comment("// scheme is how deliveries are signed.").Line().Var().Id("scheme").Op("=").Add(e.schemeValue(s))
}

func (e *emitter) schemeValue(s *model.Signature) *jen.Statement {
	if s.Name != "" {
		return e.signature(s.Name)
	}
	var entries []entry
	for _, p := range s.Parts {
		if p.Value != "" {
			entries = append(entries, entry{p.Name, jen.Lit(p.Value)})
		}
	}
	return literal(e.signature("Scheme"), entries...)
}

// delivery are the parameters that every way to read an event has.
func delivery() []jen.Code {
	return []jen.Code{jen.Id("payload").Index().Byte(), jen.Id("header").Qual("net/http", "Header")}
}

func eventResult(w *model.Webhooks) []jen.Code {
	return []jen.Code{jen.Op("*").Id(w.Union.Name.Go), jen.Error()}
}

func (e *emitter) unwrap(w *model.Webhooks) jen.Code {
	about := "Unwrap verifies a delivery with one of the secrets and decodes its payload. Give the payload as it came, before anything reads it, and both secrets while one is replaced. " +
		"The error is signature.ErrInvalid, signature.ErrExpired or signature.ErrNoSecret of package signature if the delivery is not to be trusted, and signature.ErrPayload if it is no JSON."
	return doc(prose.Block{Text: about}).Func().Id("Unwrap").
		Params(append(delivery(), jen.Id("secrets").Op("...").String())...).Params(eventResult(w)...).
		Block(jen.Return(jen.Id("UnwrapWith").Call(jen.Id("payload"), jen.Id("header"), jen.Id("scheme").Dot("Verifier").Call(jen.Id("secrets").Op("...")))))
}

func (e *emitter) unwrapWith(w *model.Webhooks) jen.Code {
	return doc(prose.Block{Text: "UnwrapWith verifies a delivery with a function, such as one with a public key, and decodes its payload."}).
		Func().Id("UnwrapWith").Params(append(delivery(), jen.Id("verify").Add(e.signature("Verifier")))...).Params(eventResult(w)...).
		Block(
			jen.If(jen.Id("verify").Op("==").Nil()).Block(jen.Return(jen.Nil(), e.signature("ErrNoSecret"))),
			jen.If(jen.Id("err").Op(":=").Id("verify").Call(jen.Id("payload"), jen.Id("header")), jen.Id("err").Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Id("err"))),
			jen.Return(jen.Id("decodeEvent").Call(jen.Id("payload"), jen.Id("header"))),
		)
}

func (e *emitter) parseUnverified(w *model.Webhooks) jen.Code {
	return doc(prose.Block{Text: "ParseUnverified decodes a payload that anybody may have sent. It is for tests, and for what was verified before it was stored."}).
		Func().Id("ParseUnverified").Params(delivery()...).Params(eventResult(w)...).
		Block(jen.Return(jen.Id("decodeEvent").Call(jen.Id("payload"), jen.Id("header"))))
}

// choices writes what tells the variants apart by the header.
func (e *emitter) choices(w *model.Webhooks) jen.Code {
	var list []jen.Code
	for _, c := range w.Choices {
		var entries []entry
		if len(c.Names) > 0 {
			entries = append(entries, entry{"Names", stringList(c.Names)})
		}
		if c.Member != "" {
			entries = append(entries, entry{"Member", jen.Lit(c.Member)}, entry{"Values", stringList(c.Values)})
		}
		list = append(list, compact(entries...))
	}
	return jen.Comment("// choices has what means each field of "+w.Union.Name.Go+", in their order.").Line().
		Var().Id("choices").Op("=").Index().Qual(e.importPath("internal/union"), "Choice").Add(multiline(list...))
}

func (e *emitter) decodeEvent(w *model.Webhooks) jen.Code {
	name, list := jen.Lit(""), jen.Nil()
	if len(w.Choices) > 0 {
		name, list = jen.Id("header").Dot("Get").Call(jen.Lit(w.Header)), jen.Id("choices")
	}
	params := delivery()
	if len(w.Choices) == 0 {
		params[1] = jen.Id("_").Qual("net/http", "Header")
	}
	return jen.Func().Id("decodeEvent").Params(params...).Params(eventResult(w)...).Block(
		jen.Id("event").Op(":=").New(jen.Id(w.Union.Name.Go)),
		jen.If(jen.Id("err").Op(":=").Qual(e.importPath("internal/union"), "Named").Call(jen.Id("payload"), jen.Id("event"), name, list), jen.Id("err").Op("!=").Nil()).Block(
			jen.Return(jen.Nil(), jen.Qual("fmt", "Errorf").Call(jen.Lit("%w: %w"), e.signature("ErrPayload"), jen.Id("err"))),
		),
		jen.Return(jen.Id("event"), jen.Nil()),
	)
}

// handler writes the struct that answers deliveries, with a function for each event.
func (e *emitter) handler(w *model.Webhooks) jen.Code {
	about := "Handler is an [http.Handler] that verifies a delivery, decodes it and calls the function for its event. It answers for itself: see signature.Receiver. " +
		"An event without a function goes to Otherwise, and is answered as if it had been handled if there is none."
	var fields []jen.Code
	field := func(name, text string, typ jen.Code) {
		fields = append(fields, doc(prose.Block{Text: text}).Id(name).Add(typ))
	}
	if w.Signature != nil {
		field("Secrets", "Secrets verify deliveries; give both while one is replaced.", jen.Index().String())
		field("Verify", "Verify is called in place of the usual verification, if it is set.", e.signature("Verifier"))
	} else {
		field("Verify", "Verify reports whether a delivery is to be trusted. Without it none is.", e.signature("Verifier"))
	}
	field("MaxBytes", "MaxBytes is how large a payload may be; 0 is signature.DefaultMaxBytes.", jen.Int64())
	field("Failed", "Failed is told why a delivery was refused or not handled. It may be nil.", jen.Func().Params(jen.Id("r").Op("*").Qual("net/http", "Request"), jen.Id("err").Error()))
	field("Otherwise", "Otherwise is called with an event that has no function of its own. It may be nil.", e.eventFunc(jen.Op("*").Id(w.Union.Name.Go)))
	for _, v := range w.Union.Variants {
		name := "On" + v.Name.Go
		fields = append(fields, doc(e.eventDoc(w, v, name)...).Id(name).Add(e.eventFunc(e.variantType(v))))
	}
	return doc(prose.Block{Text: about}).Type().Id("Handler").Struct(fields...)
}

// variantType is the type of the field that a union has for a variant.
func (e *emitter) variantType(v *model.Variant) *jen.Statement {
	return e.presence(&model.Field{Name: v.Name, Type: v.Type, Presence: v.Presence})
}

func (e *emitter) eventFunc(of jen.Code) *jen.Statement {
	return jen.Func().Params(jen.Id("ctx").Qual("context", "Context"), jen.Id("event").Add(of)).Error()
}

// eventDoc says of which events a variant is the payload.
func (e *emitter) eventDoc(w *model.Webhooks, v *model.Variant, name string) []prose.Block {
	var of []*model.Webhook
	for _, event := range w.Events {
		if event.Variant == v {
			of = append(of, event)
		}
	}
	if len(of) == 0 {
		return []prose.Block{{Text: name + " handles an event."}}
	}
	text := name + " handles the event " + prose.Line(of[0].Spec) + "."
	if len(of) > 1 {
		text = fmt.Sprintf("%s handles the event %s and %d more with the same payload.", name, prose.Line(of[0].Spec), len(of)-1)
	}
	if of[0].Callback != "" {
		text = name + " handles the callback " + prose.Line(of[0].Spec) + " of " + prose.Line(of[0].Callback) + "."
	}
	blocks := []prose.Block{{Text: text}}
	if len(of) == 1 {
		blocks = append(blocks, prose.Blocks(of[0].Doc)...)
		blocks = append(blocks, prose.Deprecation(of[0].Deprecated)...)
	}
	return blocks
}

func (e *emitter) serveEvents(w *model.Webhooks) jen.Code {
	entries := []entry{
		{"Verify", jen.Id("h").Dot("Verify")},
		{"Dispatch", jen.Id("h").Dot("dispatch")},
		{"MaxBytes", jen.Id("h").Dot("MaxBytes")},
		{"OnError", jen.Id("h").Dot("Failed")},
	}
	if w.Status != 0 && w.Status != 204 {
		entries = append(entries, entry{"Status", jen.Lit(w.Status)})
	}
	body := []jen.Code{jen.Id("receiver").Op(":=").Add(literal(e.signature("Receiver"), entries...))}
	if w.Signature != nil {
		body = append(body, jen.If(jen.Id("receiver").Dot("Verify").Op("==").Nil()).Block(
			jen.Id("receiver").Dot("Verify").Op("=").Id("scheme").Dot("Verifier").Call(jen.Id("h").Dot("Secrets").Op("...")),
		))
	}
	body = append(body, jen.Id("receiver").Dot("ServeHTTP").Call(jen.Id("w"), jen.Id("r")))
	return doc(prose.Block{Text: "ServeHTTP answers a delivery."}).Func().Params(jen.Id("h").Op("*").Id("Handler")).Id("ServeHTTP").
		Params(jen.Id("w").Qual("net/http", "ResponseWriter"), jen.Id("r").Op("*").Qual("net/http", "Request")).Block(body...)
}

func (e *emitter) dispatch(w *model.Webhooks) jen.Code {
	var cases []jen.Code
	for _, v := range w.Union.Variants {
		field, on := jen.Id("event").Dot(v.Name.Go), jen.Id("h").Dot("On"+v.Name.Go)
		set := field.Clone().Op("!=").Nil()
		if v.Presence == model.Optional {
			set = jen.Op("!").Add(field).Dot("IsZero").Call()
		} else if v.Presence == model.OmitZero {
			if _, enum := model.Underlying(v.Type).(*model.Enum); enum {
				set = field.Clone().Op("!=").Lit("")
			}
		}
		cases = append(cases, jen.Case(on.Clone().Op("!=").Nil().Op("&&").Add(set)).Block(jen.Return(on.Clone().Call(jen.Id("ctx"), field))))
	}
	cases = append(cases, jen.Case(jen.Id("h").Dot("Otherwise").Op("!=").Nil()).Block(jen.Return(jen.Id("h").Dot("Otherwise").Call(jen.Id("ctx"), jen.Id("event")))))
	return jen.Func().Params(jen.Id("h").Op("*").Id("Handler")).Id("dispatch").
		Params(append([]jen.Code{jen.Id("ctx").Qual("context", "Context")}, delivery()...)...).Error().Block(
		jen.List(jen.Id("event"), jen.Id("err")).Op(":=").Id("decodeEvent").Call(jen.Id("payload"), jen.Id("header")),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(jen.Return(jen.Id("err"))),
		jen.Switch().Block(cases...),
		jen.Return(jen.Nil()),
	)
}
