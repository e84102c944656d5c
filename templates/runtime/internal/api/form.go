package api

import (
	"bytes"
	"errors"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// A Part says how a member of a form or multipart body is written, where it is
// not as usual (OpenAPI 3, Encoding Object).
type Part struct {
	Name string // of the member
	// ContentType is the media type of a part. Several, separated by commas, are
	// those that a file may have. In a form only JSON matters: the member is
	// written as the text of it.
	ContentType string
	// Style is how a list or an object is written. The default style, which in a
	// multipart body is not the usual one, counts only if Styled.
	Style  Style
	Styled bool
	// Header has further header fields of a part.
	Header map[string]string
}

func (p *Part) styled() bool { return p.Styled || p.Style != Default }

// partOf returns what is said of a member.
func (b *Body) partOf(name string) Part {
	for i := range b.parts {
		if b.parts[i].Name == name {
			return b.parts[i]
		}
	}
	return Part{Name: name}
}

// Form is a body of the members of v in application/x-www-form-urlencoded. A
// list repeats its name, an object is written a[b]=c, and a list of objects
// a[0][b]=c, except for the parts that are to be written in another way.
func Form(v any, parts ...Part) Body {
	return Body{contentType: "application/x-www-form-urlencoded", value: v, parts: parts, encode: encodeForm}
}

func encodeForm(k *codec, b *Body) (payload, error) {
	text := []byte{}
	err := k.members(b.value, func(name string, value jsontext.Value) error {
		part := b.partOf(name)
		if isJSON(part.ContentType) && part.ContentType != "" {
			if value.Kind() != 'n' {
				text = unreserved.append(appendName(text, name), string(value))
			}
			return nil
		}
		n, err := parseNode(jsontext.NewDecoder(bytes.NewReader(value), Lenient()))
		if n.kind == object && !part.styled() {
			text = appendNested(text, name, n, Default, unreserved) // its members are not those of the form
		} else {
			text = appendQuery(text, name, n, part.Style)
		}
		return err
	})
	return payload{contentType: b.contentType, data: text}, err
}

// members calls visit with each member of the JSON object that v is.
func (k *codec) members(v any, visit func(name string, value jsontext.Value) error) error {
	data, err := k.encoded(v)
	if err != nil {
		return err
	}
	dec := jsontext.NewDecoder(bytes.NewReader(data), Lenient())
	switch dec.PeekKind() {
	case 'n':
		return nil
	case '{':
	default:
		return errors.New("a form is an object")
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() == '"' {
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		name := token.String()
		value, err := dec.ReadValue()
		if err != nil {
			return err
		}
		if err := visit(name, value); err != nil {
			return err
		}
	}
	return nil
}

// styled returns the names and texts that a value is in a style.
func styled(name string, n node, style Style) ([]pair, error) {
	query := string(appendQuery(nil, name, n, style))
	if query == "" {
		return nil, nil
	}
	var pairs []pair
	for crumb := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(crumb, "=")
		name, err := url.PathUnescape(name)
		if err != nil {
			return nil, err
		}
		if value, err = url.PathUnescape(value); err != nil {
			return nil, err
		}
		pairs = append(pairs, pair{name, value})
	}
	return pairs, nil
}
