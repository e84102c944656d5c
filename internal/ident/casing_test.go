package ident

import (
	"go/token"
	"testing"
)

func TestRecase(t *testing.T) {
	forms := map[string]string{"io": "Io", "openai": "OpenAI", "llm": "Llm", "urls": "URLS"}
	for _, tt := range []struct{ name, want string }{
		{"VectorIO", "VectorIo"},
		{"IO", "Io"},
		{"IOs", "Ios"},
		{"URLs", "URLS"},
		{"LLMModel", "LlmModel"},
		{"Curio", "Curio"},
		{"IOID", "IoID"},
		{"GetIOURL", "GetIoURL"},
		{"", ""},
	} {
		if got := Recase(tt.name, forms); got != tt.want {
			t.Errorf("Recase(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := Recase("VectorIO", nil); got != "VectorIO" {
		t.Errorf("without forms it is %q", got)
	}
}

func FuzzRecase(f *testing.F) {
	f.Add("vector_io", "io", "Io")
	f.Fuzz(func(t *testing.T, text, word, form string) {
		if !token.IsIdentifier(form) || !token.IsExported(form) {
			return
		}
		if got := Recase(Exported(text), map[string]string{word: form}); !token.IsIdentifier(got) {
			t.Errorf("%q with %s as %s is %q, which is no identifier", text, word, form, got)
		}
	})
}
