package model

// A Sample is a call of an operation, as a test makes it.
type Sample struct {
	Name   string   // what is special about it: "required"
	Args   []*Value // the positional parameters
	Params *Value   // nil if the method has none
	Answer Answer   // what a server says to it
}

// An Answer is a response.
type Answer struct {
	Status      int
	ContentType string // empty: it has no body
	Body        []byte
	Means       []byte // the JSON of what a body of XML says
}

// A Value is a value of a Go type. What it has besides depends on the type.
type Value struct {
	Type Type
	// Null is set if it is a null that the type has a place for.
	Null bool
	// Text is that of a scalar or an enum, without quotes; of [Any], [Number] and
	// of a union without a Variant it is JSON.
	Text string
	// Items are the elements of a list.
	Items []*Value
	// Entries are those of a map, and the members of an object that no field has.
	Entries []Entry
	// Fields are those of an object that are set.
	Fields []FieldValue
	// Variant is the one that a union holds.
	Variant *Variant
	// Inner is what a Variant, an [Opt], a [Null], a [Ptr], an [OrNull], a [Defined]
	// or an [Alias] holds.
	Inner *Value
}

// An Entry is one of a map.
type Entry struct {
	Name  string
	Value *Value
}

// A FieldValue is a field and its value.
type FieldValue struct {
	Field *Field
	Value *Value
}
