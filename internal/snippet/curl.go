package snippet

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// Curl returns the request of [Writer.Program] as a shell command. Credentials
// come from the same variables.
func (w *Writer) Curl(op *model.Operation) string {
	args, params := w.values(op)
	var lines []string
	add := func(flag, value string) { lines = append(lines, flag+" "+value) }
	address, headers := w.address(op, args, params)
	first := "curl " + quoted(address)
	if op.Method != "GET" {
		first = "curl -X " + quotedWord(op.Method) + " " + quoted(address)
	}
	for _, name := range w.alternative(op) {
		s := w.schemes[name]
		switch {
		case s == nil || s.In == model.InQuery:
		case s.Basic:
			add("-u", quoted(variable(s.Env)+":"+variable(s.EnvPassword)))
		case s.In == model.InCookie:
			add("-b", quoted(unmarked(s.Key)+"="+variable(s.Env)))
		default:
			add("-H", quoted(unmarked(s.Key+": "+s.Prefix)+variable(s.Env)))
		}
	}
	for _, h := range headers {
		add("-H", quoted(h))
	}
	lines = append(lines, w.sent(op)...)
	return strings.Join(append([]string{first}, lines...), " \\\n  ")
}

// alternative is the first way to say who calls.
func (w *Writer) alternative(op *model.Operation) []string {
	for _, a := range w.security(op) {
		if len(a) > 0 {
			return a
		}
	}
	return nil
}

// address is the URL of a request with what must be in it, and the headers that
// must be sent.
func (w *Writer) address(op *model.Operation, args []*model.Value, params *model.Value) (string, []string) {
	given := map[any]*model.Value{}
	for i, arg := range op.Args {
		given[arg] = args[i]
	}
	if params != nil {
		for _, f := range params.Fields {
			given[f.Field] = f.Value
		}
	}
	base := unmarked(w.api.BaseURL)
	if op.Server != "" {
		base = unmarked(op.Server)
	}
	if base == "" {
		base = variable(w.api.BaseURLEnv)
	}
	path, query := unmarked(op.Path), url.Values{}
	var headers []string
	for _, f := range op.Fixed {
		switch f.In {
		case model.InPath:
			path = strings.ReplaceAll(path, "{"+f.Name+"}", url.PathEscape(f.Value))
		case model.InQuery:
			query.Set(f.Name, f.Value)
		case model.InHeader:
			headers = append(headers, unmarked(f.Name+": "+f.Value))
		}
	}
	for _, in := range op.Inputs {
		v := given[in.Field]
		if in.Arg != nil {
			v = given[in.Arg]
		}
		if v == nil {
			continue
		}
		switch in.In {
		case model.InPath:
			path = strings.ReplaceAll(path, "{"+in.Name+"}", url.PathEscape(wire(v)))
		case model.InQuery:
			query.Set(in.Name, wire(v))
		case model.InHeader:
			headers = append(headers, unmarked(in.Name+": "+wire(v)))
		}
	}
	secret := ""
	for _, name := range w.alternative(op) {
		if s := w.schemes[name]; s != nil && s.In == model.InQuery {
			secret = url.QueryEscape(s.Key) + "=" + variable(s.Env)
		}
	}
	if all := strings.Trim(query.Encode()+"&"+secret, "&"); all != "" {
		path += "?" + all
	}
	return base + path, headers
}

// unmarked is a text of the description without our mark.
func unmarked(text string) string { return strings.ReplaceAll(text, mark, "") }

// wire is a value as it stands in a URL or a header.
func wire(v *model.Value) string {
	switch {
	case v.Inner != nil:
		return wire(v.Inner)
	case len(v.Items) > 0:
		var list []string
		for _, item := range v.Items {
			list = append(list, wire(item))
		}
		return strings.Join(list, ",")
	}
	return v.Text
}

// sent are the flags of the body.
func (w *Writer) sent(op *model.Operation) []string {
	if op.Body == nil || op.Facts == nil {
		return nil
	}
	text := ""
	for _, c := range op.Facts.Request {
		if c.Media == op.Body.ContentType && len(c.Examples) > 0 {
			text = c.Examples[0].Text
		}
	}
	members := map[string]json.RawMessage{}
	switch op.Body.Kind {
	case model.FormBody, model.MultipartBody:
		if json.Unmarshal([]byte(text), &members) != nil {
			return nil
		}
		flag := "--data-urlencode"
		if op.Body.Kind == model.MultipartBody {
			flag = "-F"
		}
		var lines []string
		for _, name := range memberNames(text) {
			lines = append(lines, flag+" "+quoted(unmarked(name+"="+plainText(members[name]))))
		}
		return lines
	case model.StreamBody:
		return []string{"-H " + quoted(unmarked("Content-Type: "+op.Body.ContentType)), "--data-binary @file"}
	}
	if text == "" {
		return nil
	}
	return []string{"-H " + quoted(unmarked("Content-Type: "+op.Body.ContentType)), "-d " + quoted(unmarked(text))}
}

// memberNames are the names of an object in their order.
func memberNames(text string) []string {
	dec := json.NewDecoder(strings.NewReader(text))
	var list []string
	if _, err := dec.Token(); err != nil {
		return nil
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return list
		}
		var skip json.RawMessage
		if dec.Decode(&skip) != nil {
			return list
		}
		if s, ok := name.(string); ok {
			list = append(list, s)
		}
	}
	return list
}

// plainText is the text of a string, and the JSON of anything else.
func plainText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// variable marks the name of a variable of the environment in a text. The mark is
// a rune of a private use area, which is taken out of what the description says.
func variable(name string) string { return mark + name + mark }

const mark = "\ue000"

// quoted is text as one word of a POSIX shell, in which only our own variables
// are expanded.
func quoted(text string) string {
	parts := strings.Split(text, mark)
	if len(parts)%2 == 0 || len(parts) == 1 {
		return "'" + strings.ReplaceAll(strings.ReplaceAll(text, mark, ""), "'", `'\''`) + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for i, part := range parts {
		if i%2 == 1 {
			b.WriteString("$" + part)
			continue
		}
		b.WriteString(strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(part))
	}
	b.WriteByte('"')
	return b.String()
}

// quotedWord is a word that needs quotes only if it is a strange one.
func quotedWord(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '-' }) < 0 {
		return word
	}
	return quoted(word)
}
