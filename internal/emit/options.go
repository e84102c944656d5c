package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/prose"
)

// planCredentials adds the options that are particular to this API.
func (e *emitter) planCredentials() {
	if len(e.api.Schemes)+len(e.api.Params)+len(e.api.Variables)+len(e.api.Servers) == 0 {
		return
	}
	f := e.file("option", "option", "credentials")
	for _, s := range e.api.Schemes {
		options := []*option{e.withCredential(s)}
		if s.Source.Go != "" {
			options = append(options, e.withSource(s))
		}
		if s.Grant != nil {
			options = append(options, e.withClient(s), e.withTokenURL(s))
		}
		f.add(func(g *jen.File) { e.write(g, options...) })
	}
	for _, p := range e.api.Params {
		f.add(func(g *jen.File) { e.write(g, e.withParam(p)) })
	}
	for _, s := range e.api.Servers {
		f.add(func(g *jen.File) {
			g.Add(doc(prose.Block{Text: s.Option.Go + " sends requests to the server " + prose.Line(s.Name) + ", " + prose.Line(s.URL) + "."}).
				Func().Id(s.Option.Go).Params().Add(e.option()).Add(oneLine(jen.Return(jen.Id("WithBaseURL").Call(jen.Lit(s.URL))))))
			for _, old := range s.Option.Old {
				g.Line().Add(doc(renamed(s.Option.Go)...).Func().Id(old).Params().Add(e.option()).Add(oneLine(jen.Return(jen.Id(s.Option.Go).Call()))))
			}
		})
	}
	for _, v := range e.api.Variables {
		f.add(func(g *jen.File) { e.write(g, e.withVariable(v)) })
	}
}

// An option is a function of package option that only this SDK has. It passes
// what it is for and its arguments to a function of the transport.
type option struct {
	model.Option
	about  []prose.Block
	params []jen.Code
	args   []jen.Code
	call   string // of the transport
	of     string // the scheme, parameter or variable
}

// write writes options, each with its old names after it.
func (e *emitter) write(g *jen.File, options ...*option) {
	for _, o := range options {
		args := append([]jen.Code{jen.Lit(o.of)}, o.args...)
		g.Add(e.optionFunc(o, o.Go, o.about, e.internal(o.call).Call(args...)))
		for _, old := range o.Old {
			g.Line().Add(e.optionFunc(o, old, renamed(o.Go), jen.Id(o.Go).Call(o.args...)))
		}
	}
}

func (e *emitter) optionFunc(o *option, name string, about []prose.Block, call *jen.Statement) *jen.Statement {
	return doc(about...).Func().Id(name).Params(o.params...).Add(e.option()).Add(oneLine(jen.Return(call)))
}

// stringParams are parameters of a function that are strings, and what passes them on.
func stringParams(names ...string) (params, args []jen.Code) {
	for _, name := range names {
		params = append(params, jen.Id(name))
		args = append(args, jen.Id(name))
	}
	params[len(params)-1] = jen.Id(names[len(names)-1]).String()
	return params, args
}

// withCredential is the option that sets a credential.
func (e *emitter) withCredential(s *model.Scheme) *option {
	o := &option{Option: s.Option, call: "WithCredential", of: s.Name}
	what := "the credential"
	if s.Basic {
		what, o.call = "the user name and password", "WithBasicCredential"
		o.params, o.args = stringParams("user", "password")
	} else {
		o.params, o.args = stringParams(argument(s.Arg, "token"))
	}
	first := o.Go + " sets " + what + " of the security scheme " + prose.Line(s.Name) + "."
	if s.Env != "" {
		first += " It overrides " + prose.Line(s.Env)
		if s.EnvPassword != "" {
			first += " and " + prose.Line(s.EnvPassword)
		}
		first += "."
	}
	first += " A blank value is ignored."
	o.about = append([]prose.Block{{Text: first}}, prose.Blocks(s.Doc)...)
	return o
}

// withSource is the option that takes a function for a credential.
func (e *emitter) withSource(s *model.Scheme) *option {
	return &option{
		Option: s.Source,
		about:  []prose.Block{{Text: s.Source.Go + " calls source for the credential of the security scheme " + prose.Line(s.Name) + " before each attempt, so that it can change while the program runs. If source fails or returns a blank value, the call fails."}},
		params: []jen.Code{jen.Id("source").Func().Params(jen.Qual("context", "Context")).Params(jen.String(), jen.Error())},
		args:   []jen.Code{jen.Id("source")},
		call:   "WithCredentialFunc", of: s.Name,
	}
}

// withClient is the option of an OAuth 2.0 client.
func (e *emitter) withClient(s *model.Scheme) *option {
	g := s.Grant
	text := g.Client.Go + " authenticates with the OAuth 2.0 client credentials grant (RFC 6749, section 4.4) of the security scheme " + prose.Line(s.Name) + ": the client fetches its own access tokens. " +
		"All calls of a client share a token. It is renewed before it expires, and once when the API rejects it."
	if len(g.Scopes) > 0 {
		text += " Without scopes it requests " + prose.Line(strings.Join(g.Scopes, ", ")) + "."
	}
	text += " It overrides " + prose.Line(g.EnvID) + " and " + prose.Line(g.EnvSecret) + ". A blank id or secret is ignored."
	return &option{
		Option: g.Client,
		about:  []prose.Block{{Text: text}},
		params: []jen.Code{jen.List(jen.Id("id"), jen.Id("secret")).String(), jen.Id("scopes").Op("...").String()},
		args:   []jen.Code{jen.Id("id"), jen.Id("secret"), jen.Id("scopes").Op("...")},
		call:   "WithClientCredentials", of: s.Name,
	}
}

// withTokenURL is the option of where tokens come from.
func (e *emitter) withTokenURL(s *model.Scheme) *option {
	g := s.Grant
	text := g.Place.Go + " sets the URL that [" + g.Client.Go + "] fetches tokens from."
	if g.URL != "" {
		text += " The default is " + prose.Line(g.URL) + "; if that is on the API's own server, it follows [WithBaseURL]."
	}
	o := &option{Option: g.Place, about: []prose.Block{{Text: text}}, call: "WithTokenURL", of: s.Name}
	o.params, o.args = stringParams("url")
	return o
}

// withVariable is the option of a variable of the server's URL.
func (e *emitter) withVariable(v *model.ServerVariable) *option {
	text := v.Option.Go + " sets the variable " + prose.Line(v.Name) + " of the server URL, " + prose.Line(e.api.Server) + "."
	switch {
	case len(v.Values) > 0:
		text += " It is one of " + prose.Line(strings.Join(v.Values, ", ")) + "; the default is " + prose.Line(v.Default) + "."
	case v.Default != "":
		text += " The default is " + prose.Line(v.Default) + "."
	}
	text += " It replaces any base URL set before."
	o := &option{Option: v.Option, about: append([]prose.Block{{Text: text}}, prose.Blocks(v.Doc)...), call: "WithServerVariable", of: v.Name}
	o.params, o.args = stringParams(argument(v.Arg, "value"))
	return o
}

// withParam is the option of a parameter of every call.
func (e *emitter) withParam(p *model.ClientParam) *option {
	first := p.Option.Go + " sets the default " + prose.Line(p.Name) + ", for calls whose params leave it empty."
	if p.Env != "" {
		first += " It overrides " + prose.Line(p.Env) + "."
	}
	o := &option{Option: p.Option, about: append([]prose.Block{{Text: first}}, prose.Blocks(p.Doc)...), call: "WithParam", of: p.Name}
	o.params, o.args = stringParams(argument(p.Arg, "value"))
	return o
}

// argument is the name of an option's parameter, unless it would hide what the
// function needs.
func argument(name, fallback string) string {
	if name == "" {
		name = fallback
	}
	return scope{"api": true, "string": true}.local(name)
}
