package snippet

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
)

// Webhook returns a program that receives an event of the API: a server whose
// handler verifies a delivery, decodes it and prints something of it.
func (w *Writer) Webhook(event *model.Webhook) (string, error) {
	hooks := w.api.Webhooks
	pkg := func(name string) *jen.Statement { return jen.Qual(w.importPath(hooks.Package.Path), name) }
	ctx := jen.Id("ctx").Qual("context", "Context")
	handled := jen.Id("Otherwise").Op(":").Func().Params(ctx, jen.Id("event").Op("*").Add(pkg(hooks.Union.Name.Go))).Error().
		Block(jen.Qual("fmt", "Println").Call(jen.Id("event").Dot("Variant").Call()), jen.Return(jen.Nil()))
	if v := event.Variant; v != nil && v.Presence == model.Pointer {
		if _, ok := unnamed(v.Type).(*model.Object); ok {
			handled = jen.Id("On"+v.Name.Go).Op(":").Func().Params(ctx, jen.Id("event").Op("*").Add(w.Type(v.Type))).Error().
				Block(jen.Qual("fmt", "Println").Call(printed(jen.Id("event"), v.Type)), jen.Return(jen.Nil()))
		}
	}
	g := w.file()
	secret := jen.Id("Secrets").Op(":").Index().String().Values(jen.Qual("os", "Getenv").Call(jen.Lit("WEBHOOK_SECRET")))
	if hooks.Signature == nil {
		secret = jen.Id("Verify").Op(":").Id("verify")
	}
	lines := jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}
	g.Func().Id("main").Params().Block(
		jen.Qual("net/http", "Handle").Call(jen.Lit("/events"), jen.Op("&").Add(pkg("Handler")).Custom(lines, secret, handled)),
		jen.Qual("log", "Fatal").Call(jen.Qual("net/http", "ListenAndServe").Call(jen.Lit(":8080"), jen.Nil())),
	)
	if hooks.Signature == nil {
		g.Comment("verify reports whether a delivery is the API's.")
		g.Func().Id("verify").Params(jen.Id("payload").Index().Byte(), jen.Id("header").Qual("net/http", "Header")).Error().
			Block(jen.Return(jen.Qual("errors", "New").Call(jen.Lit("nothing verifies it yet"))))
	}
	text, err := render(g, &model.Operation{Call: "the event " + event.Spec})
	if err != nil {
		return "", fmt.Errorf("snippet: a handler of %s: %w", event.Spec, err)
	}
	return text, nil
}

// unnamed looks through other names of a type.
func unnamed(t model.Type) model.Type {
	for {
		a, ok := t.(*model.Alias)
		if !ok {
			return t
		}
		t = a.Target
	}
}
