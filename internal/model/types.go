package model

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// A Type is the Go type of a value: one of [Scalar], [*List], [*Map], [*Opt],
// [*Null], [*Ptr], [*Lines], [TypeParam] and the declarations, [Decl].
type Type interface{ isType() }

// Scalar is a type that needs no declaration.
type Scalar int

// The scalars. Any is raw JSON, AnyObject a JSON object with nothing known of
// its members, and Reader a body that is read as it comes.
const (
	Any Scalar = iota
	AnyObject
	String
	Bool
	Int32
	Int64
	Uint64
	Float32
	Float64
	Number // a number of any size, kept in its own digits
	Time
	Date
	Bytes
	True // true, in JSON even where it is not set
	Secret
	Empty // the empty text, as one of the variants of a union
	Reader
	File  // a part of a multipart body: content with a name
	Event // an event of a stream whose data the API does not describe
)

// A List is a slice.
type List struct{ Elem Type }

// A Map is a map with string keys.
type Map struct{ Elem Type }

// An Opt is a scalar that may be null, as an element of a list or map, or as a
// result: param.Opt.
type Opt struct{ Elem Type }

// A Null is any other type that may be null and has no nil for it, as an element
// or as a result: param.Nullable.
type Null struct{ Elem Type }

// A Ptr is a pointer: an element that may be null, or what a field with three
// states holds. A generic type is compiled again for every struct that it
// holds, but once for all pointers.
type Ptr struct{ Elem Type }

// Lines is a body of many values that are sent one after another.
type Lines struct{ Elem Type }

// A TypeParam is the item of a page.
type TypeParam struct{}

func (Scalar) isType()    {}
func (*List) isType()     {}
func (*Map) isType()      {}
func (*Opt) isType()      {}
func (*Null) isType()     {}
func (*Ptr) isType()      {}
func (*Lines) isType()    {}
func (TypeParam) isType() {}

// Elem returns the type that t holds, as a list, a map, a pointer and the like;
// nil if it holds none.
func Elem(t Type) Type {
	switch t := t.(type) {
	case *List:
		return t.Elem
	case *Map:
		return t.Elem
	case *Opt:
		return t.Elem
	case *Null:
		return t.Elem
	case *Ptr:
		return t.Elem
	case *Lines:
		return t.Elem
	case *OrNull:
		return t.Elem
	}
	return nil
}

// Underlying returns the type that t is an alias of; t itself if it is none.
func Underlying(t Type) Type {
	if a, ok := t.(*Alias); ok {
		return a.Target
	}
	return t
}

// A Decl is a type with a name: one of [*Object], [*Enum], [*Union],
// [*Defined], [*Alias], [*OrNull] and [*Page].
type Decl interface {
	Type
	Declaration() *Declared
}

// Declared is what all declarations have.
type Declared struct {
	Name       Name
	Pos        diag.Pos
	Doc        string
	Deprecated string
	Package    *Package
	File       string // without its extension
	Component  bool   // the description names it, so that many places can share it
	Repeated   bool   // it stands for several schemas that say the same
	Facts      *Facts
}

// Declaration returns d itself: it makes what embeds it a [Decl].
func (d *Declared) Declaration() *Declared { return d }
func (d *Declared) isType()                {}

// An Object is a struct, be it of an object or of an array in JSON.
type Object struct {
	Declared
	Fields []*Field
	// Extra is the map of the members that no field names; nil if there can be
	// none.
	Extra *Field
	// Tuple says that it is an array in JSON, of which each field is an element.
	// Extra is the list of what comes after them then.
	Tuple bool
	// XML says that it is read from XML or written as it.
	XML bool
	// Request reports whether the object is sent, as a body or inside one.
	Request bool
}

// A Field is a field of a struct.
type Field struct {
	Name       Name
	Own        string // the name that the description gives it for generators; empty if it gives none
	Pos        diag.Pos
	Doc        string
	Deprecated string
	Type       Type
	Presence   Presence
	In         FieldIn
	ReadOnly   bool
	WriteOnly  bool
	OnlyTrue   bool   // the one value that the description allows is true
	XML        string // its tag for XML, if it says more than the one for JSON
	Facts      *Facts
}

// Taggable reports whether the tag of a field can name a member of a JSON
// object. The JSON engine takes any text but these: a comma ends a name, and
// quotes are reserved.
func Taggable(name string) bool {
	return name != "" && !strings.ContainsAny(name, ",\\'\"`")
}

// FieldIn says what a field of a struct is for.
type FieldIn int

// A field is a member of the JSON object, or a parameter of the request, or
// the whole body.
const (
	InJSON FieldIn = iota
	InRequest
)

// Presence is how a field shows that its value may be absent or null.
type Presence int

// The presences.
const (
	Plain       Presence = iota // T, always sent
	OmitZero                    // T, left out when zero: a nil slice or map, an enum, or what only the server sets
	Optional                    // param.Opt[T], left out when unset
	Nullable                    // param.Opt[T], null when unset
	Pointer                     // *T, left out when nil
	NullPointer                 // *T, null when nil
	ThreeState                  // param.Nullable[T], left out when unset
	TwoState                    // param.Nullable[T], null when unset
)

// An Enum is a named scalar with the values that the description lists; others
// are kept as they come.
type Enum struct {
	Declared
	Base   Scalar // String, Int64 or Float64
	Values []*EnumValue
	// Fills says that the only value is sent where the zero value stands, because a
	// request must have it.
	Fills bool
}

// FillsItself reports whether a field that is not set is sent as the one value
// that the description allows.
func (f *Field) FillsItself() bool {
	if f.Presence != Plain {
		return false
	}
	e, ok := f.Type.(*Enum)
	return f.Type == True || ok && e.Fills
}

// An EnumValue is a constant.
type EnumValue struct {
	Name  Name // Go: the constant
	Value string
	Doc   string
	Old   []string // what it was called before
}

// A Union is a value of one of several types.
type Union struct {
	Declared
	Variants []*Variant
	Tag      string   // the member that tells objects apart; empty if none does
	Default  *Variant // of objects whose tag names none; nil if there is none
	Shared   []*Field // members that all variants have, as methods
	Request  bool     // it is sent
}

// A Variant is a type that a union can hold.
type Variant struct {
	Name     Name
	Pos      diag.Pos
	Type     Type
	Presence Presence // Pointer, Optional or OmitZero, as a field of the union's struct
	Kind     JSONKind
	Values   []string // of the union's tag that mean this variant
	Required []string // members that must be there
	Known    []string // members that can be there
	Tags     []Tag    // members that have few values
	Shapes   []Shape  // members whose values are of one kind

	// What decides for the variant among those of its kind, if the tag does not.
	Integer   bool     // it takes the numbers without a fraction, and another the rest
	Item      JSONKind // of what a list or a map holds
	ByMembers bool     // the members that an object, or one in a list, has
	Also      []Tag    // those of Tags whose values no other such variant has
	Kinds     []Shape  // those of Shapes that another such variant has of another kind
}

// A Shape is a member of an object and the kind of its values.
type Shape struct {
	Member string
	Kind   JSONKind
}

// ShapeOf returns the kind of a member, [KindAny] if it is not known.
func (v *Variant) ShapeOf(member string) JSONKind {
	for _, s := range v.Shapes {
		if s.Member == member {
			return s.Kind
		}
	}
	return KindAny
}

// A Tag is a member of an object and the values that it can have.
type Tag struct {
	Member string
	Values []string
}

// TagValues returns the values that a member of the variant can have, nil if
// they are not known.
func (v *Variant) TagValues(member string) []string {
	for _, t := range v.Tags {
		if t.Member == member {
			return t.Values
		}
	}
	return nil
}

// JSONKind is the kind of JSON value that a type is written as.
type JSONKind int

// The JSON kinds.
const (
	KindAny JSONKind = iota
	KindObject
	KindArray
	KindString
	KindNumber
	KindBool
)

// A Defined is a type declared as another: type Tree []Tree.
type Defined struct {
	Declared
	Under Type
}

// An OrNull is the struct that a field holds an object or enum in which may be
// null as well as left out, or a list or map of what has a name. Others are in a
// param.Nullable instead; but Go compiles the methods of a generic type again for
// each type, in every package that can reach it.
type OrNull struct {
	Declared
	Elem Type // a [*Ptr] to an [*Object], an [*Enum], or a [*List] or [*Map] of a [Decl]
}

// An Alias is a second name of a type: type StoreListResponse = Store.
type Alias struct {
	Declared
	Target Type
	// Moved reports whether the type had this name before it moved to another
	// package, and Values the second names of its constants, if it is an enum.
	Moved  bool
	Values []*AliasValue
}

// An AliasValue is a second name of a constant.
type AliasValue struct {
	Name   string
	Target *EnumValue
}

// A Page is a response with the type of its items left open, so that every
// operation which is paged alike shares it.
type Page struct {
	Object
	Style PageStyle
	Bare  bool     // the response is the list itself: Items leads to the only field
	Items []*Field // the way from the page to its items
	Facts []Fact
}

// Fact returns what a page says in a role; nil if it says nothing.
func (p *Page) Fact(role Role) *Fact {
	for i := range p.Facts {
		if p.Facts[i].Role == role {
			return &p.Facts[i]
		}
	}
	return nil
}

// PageStyle is how the next page is asked for.
type PageStyle int

// The styles.
const (
	SinglePage PageStyle = iota
	NumberedPage
	OffsetPage
	CursorPage
	NextURLPage
	LinkPage
)

// A Fact is what a member of a page says of the page's place in the list.
type Fact struct {
	Role Role
	Path []*Field
}

// Role is the meaning of a [Fact].
type Role int

// The roles.
const (
	PageNumber Role = iota
	PerPage
	TotalItems
	TotalPages
	Next // a cursor or URL
	HasMore
	Offset
	LastID // the items, of which the last one's id is the cursor
)
