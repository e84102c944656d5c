package xmlcodec

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/templates/runtime/internal/union"
	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

type color string

type tag struct {
	Key   string `json:"key" xml:",attr"`
	Value string `json:"value" xml:",chardata"`
}

type owner struct {
	ID    int64                     `json:"id" xml:"Id,attr"`
	Name  param.Opt[string]         `json:"name,omitzero" xml:"urn:names n:Name"`
	Extra map[string]jsontext.Value `json:",embed"`
}

type thing struct {
	Name    string            `json:"name"`
	Size    param.Opt[int64]  `json:"size,omitzero" xml:"Size"`
	On      param.Opt[bool]   `json:"on,omitzero"`
	Color   param.Opt[color]  `json:"color,omitzero"`
	At      *time.Time        `json:"at,omitzero"`
	Day     param.Date        `json:"day,omitzero"`
	Price   param.Number      `json:"price,omitzero"`
	Data    []byte            `json:"data,omitzero"`
	Tags    []string          `json:"tags,omitzero"`
	Parts   []tag             `json:"parts,omitzero" xml:"Parts>Part"`
	Buckets []owner           `json:"buckets,omitzero" xml:"Bucket"`
	Owner   *owner            `json:"owner,omitzero"`
	Labels  map[string]string `json:"labels,omitzero"`
	Grid    [][]int64         `json:"grid,omitzero"`
	Raw     jsontext.Value    `json:"raw,omitzero"`
}

func full() thing {
	at := time.Date(2024, 2, 29, 1, 2, 3, 0, time.UTC)
	return thing{
		Name: "a<b&\"c\"", Size: param.Some[int64](9007199254740993), On: param.Some(false), Color: param.Some(color("red")), At: &at,
		Day: param.Date{Year: 2024, Month: 2, Day: 29}, Price: "0.10", Data: []byte{1, 2}, Tags: []string{"x", ""},
		Parts: []tag{{"k", "v"}, {"l", ""}}, Buckets: []owner{{ID: 1}, {ID: 2, Name: param.Some("n")}},
		Owner:  &owner{ID: 3, Extra: map[string]jsontext.Value{"more": jsontext.Value(`"m"`)}},
		Labels: map[string]string{"b": "2", "a": "1"}, Grid: [][]int64{{1, 2}, {3}}, Raw: jsontext.Value(`{"x":["1","2"],"y":{"z":"3"}}`),
	}
}

const fullText = `<thing xmlns="urn:things"><name>a&lt;b&amp;&#34;c&#34;</name><Size>9007199254740993</Size><on>false</on><color>red</color>` +
	`<at>2024-02-29T01:02:03Z</at><day>2024-02-29</day><price>0.10</price><data>AQI=</data><tags>x</tags><tags></tags>` +
	`<Parts><Part key="k">v</Part><Part key="l"></Part></Parts><Bucket Id="1"></Bucket>` +
	`<Bucket Id="2"><n:Name xmlns:n="urn:names">n</n:Name></Bucket><owner Id="3"><more>m</more></owner>` +
	`<labels><a>1</a><b>2</b></labels><grid><grid>1</grid><grid>2</grid></grid><grid><grid>3</grid></grid><raw><x>1</x><x>2</x><y><z>3</z></y></raw></thing>`

func write(t *testing.T, root string, v any) (string, error) {
	t.Helper()
	data, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Writer(root)(data, reflect.TypeOf(v))
	return strings.TrimPrefix(string(doc), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), err
}

func TestWrite(t *testing.T) {
	for _, tt := range []struct {
		name, root string
		value      any
		want       string
	}{
		{"everything", "urn:things thing", full(), fullText},
		{"a pointer", "urn:things thing", new(full()), fullText},
		{"nothing set", "thing", thing{}, "<thing><name></name></thing>"},
		{"a list", "tags", []string{"a", "b"}, "<tags><tags>a</tags><tags>b</tags></tags>"},
		{"a list whose items have a name", "tags>tag", []string{"a", "b"}, "<tags><tag>a</tag><tag>b</tag></tags>"},
		{"a text", "text", "a", "<text>a</text>"},
		{"a map", "map", map[string]int64{"a": 1}, "<map><a>1</a></map>"},
		{"any", "any", map[string]any{"a": []any{1, nil, true}}, "<any><a>1</a><a>true</a></any>"},
		{"null", "any", nil, ""},
		{"the only member", "", struct {
			Owner *owner `json:"owner" xml:"Owner"`
			Other *owner `json:"other"`
		}{Owner: &owner{ID: 1}}, `<Owner Id="1"></Owner>`},
		{"no member", "", map[string]*int{"a": nil}, ""},
		{"nothing at all", "", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := write(t, tt.root, tt.value)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("(-want +got):\n%s", cmp.Diff(strings.ReplaceAll(tt.want, "><", ">\n<"), strings.ReplaceAll(got, "><", ">\n<")))
			}
		})
	}
	for _, v := range []any{map[string]int{"a": 1, "b": 2}, []int{1, 2}, 1} {
		if got, err := write(t, "", v); err == nil {
			t.Errorf("%v without a root: %s", v, got)
		}
	}
	for _, name := range []string{"", "a b", "1", "a>", "-a", "a/b", "a:b:c"} {
		if got, err := write(t, "map", map[string]int{name: 1}); err == nil {
			t.Errorf("%q: %s", name, got)
		}
	}
}

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		into, want any
	}{
		{"everything", fullText, new(thing), new(full())},
		{"in any namespace, with space", "<?xml version='1.0'?>\n<!-- c --><t:x xmlns:t='u'>\n <t:name>a</t:name>\n <t:Size> 3 </t:Size>\n <on>1</on></t:x>", new(thing), &thing{Name: "a", Size: param.Some[int64](3), On: param.Some(true)}},
		{"an empty list of its own", "<x><name/><Parts/></x>", new(thing), &thing{Parts: []tag{}}},
		{"a list that should be in an element", "<x><Part key='k'>v</Part></x>", new(thing), &thing{Parts: []tag{{"k", "v"}}}},
		{"a list that should not be in an element", "<x><buckets><Bucket Id='1'/></buckets></x>", new(thing), &thing{Buckets: []owner{{ID: 1}}}},
		{"an empty one", "<x><buckets/></x>", new(thing), &thing{Buckets: []owner{}}},
		{"a list whose items have the name of the list", "<x><buckets Id='1'/><buckets Id='2'/></x>", new(thing), &thing{Buckets: []owner{{ID: 1}, {ID: 2}}}},
		{"texts in an element of the same name", "<x><tags><tags>a</tags><tags>b</tags></tags></x>", new(thing), &thing{Tags: []string{"a", "b"}}},
		{"null", "<x xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><Size xsi:nil='true'/></x>", new(thing), &thing{Size: param.Null[int64]()}},
		{"what no field has", "<x Id='1'><a>1</a><b><c d='e'/></b><a>2</a></x>", new(owner), &owner{ID: 1, Extra: map[string]jsontext.Value{"a": jsontext.Value(`["1","2"]`), "b": jsontext.Value(`{"c":{"d":"e"}}`)}}},
		{"a list", "<x><y>1</y><z>2</z></x>", new([]int64), &[]int64{1, 2}},
		{"a map", "<x><a>1</a><b>2</b></x>", new(map[string]int64), &map[string]int64{"a": 1, "b": 2}},
		{"an attribute that is in the way of an element", "<x a='1'><a>2</a></x>", new(jsontext.Value), new(jsontext.Value(`{"a":"1"}`))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data, err := Read([]byte(tt.text), reflect.TypeOf(tt.into))
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(data, tt.into); err != nil {
				t.Fatalf("%s: %v", data, err)
			}
			want, _ := json.Marshal(tt.want, json.Deterministic(true))
			got, _ := json.Marshal(tt.into, json.Deterministic(true))
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestBadDocuments(t *testing.T) {
	for _, text := range []string{"", "text", "<a>", "<a></b>", "{}", "<a>&unknown;</a>", strings.Repeat("<a>", 1001) + strings.Repeat("</a>", 1001)} {
		if data, err := Read([]byte(text), reflect.TypeFor[thing]()); err == nil {
			t.Errorf("%.40q is %s", text, data)
		}
	}
	data, err := Read([]byte("<x><Size>many</Size></x>"), reflect.TypeFor[thing]())
	if err != nil || json.Unmarshal(data, new(thing)) == nil {
		t.Errorf("%s, %v", data, err)
	}
}

// Whatever a document is, what is made of it is JSON or an error.
func FuzzRead(f *testing.F) {
	f.Add(fullText)
	f.Add("<x a='1' a='2'><a/><a>\x00</a></x>")
	f.Add("<x><Part key='k'>v</Part><Parts/><buckets><Bucket/></buckets></x>")
	f.Fuzz(func(t *testing.T, text string) {
		for _, typ := range []reflect.Type{reflect.TypeFor[thing](), reflect.TypeFor[jsontext.Value](), reflect.TypeFor[[]string]()} {
			if data, err := Read([]byte(text), typ); err == nil && !jsontext.Value(data).IsValid() {
				t.Errorf("%q is %s", text, data)
			}
		}
	})
}

// A document can be a member of the value.
func TestReadMember(t *testing.T) {
	type rule struct {
		Days *int32 `json:"days,omitzero"`
		Rule *rule  `json:"Rule,omitzero"`
	}
	type box struct {
		Rule *rule    `json:"rule,omitzero" xml:"Rule"`
		Tags []string `json:"tags,omitzero" xml:"Tags>Tag"`
		Key  string   `json:"key,omitzero" xml:",attr"`
	}
	type named struct {
		Name string `json:"name" xml:",chardata"`
		Rule *rule  `json:"Rule,omitzero"`
	}
	for _, tt := range []struct {
		doc  string
		t    reflect.Type
		want string
	}{
		{"<Rule><days>1</days></Rule>", reflect.TypeFor[box](), `{"rule":{"days":1}}`},
		{"<Tags><Tag>a</Tag></Tags>", reflect.TypeFor[*box](), `{"tags":["a"]}`},
		{"<box><Rule><days>1</days></Rule></box>", reflect.TypeFor[box](), `{"rule":{"days":1}}`},
		{"<Rule><days>1</days></Rule>", reflect.TypeFor[rule](), `{"days":1}`},
		{"<Rule><Rule><days>1</days></Rule></Rule>", reflect.TypeFor[rule](), `{"Rule":{"days":1}}`},
		{"<Rule/>", reflect.TypeFor[rule](), `{}`},
		{"<Rule key='a'>b</Rule>", reflect.TypeFor[box](), `{"key":"a"}`},
		{"<Rule>b</Rule>", reflect.TypeFor[named](), `{"name":"b"}`},
		{"<Rule><days>1</days></Rule>", reflect.TypeFor[map[string]any](), `{"days":"1"}`},
	} {
		if got, err := Read([]byte(tt.doc), tt.t); err != nil || string(got) != tt.want {
			t.Errorf("%s as %v: %s, %v, want %s", tt.doc, tt.t, got, err, tt.want)
		}
	}
}

// ownerOrNull is what the generator declares for an object that may be null.
type ownerOrNull struct {
	Value *owner
	Null  bool
}

func (v *ownerOrNull) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return union.DecodeOrNull(dec, &v.Value, &v.Null)
}

func (v *ownerOrNull) MarshalJSONTo(enc *jsontext.Encoder) error {
	return union.EncodeOrNull(enc, &v.Value, v.Null)
}

// What may be null and is no scalar is read and written as what it holds.
func TestNullable(t *testing.T) {
	type box struct {
		Owner ownerOrNull              `json:"owner,omitzero" xml:"Owner"`
		Tags  param.Nullable[[]string] `json:"tags,omitzero" xml:"Tags>Tag"`
	}
	want := box{Owner: ownerOrNull{Value: &owner{ID: 1}}, Tags: param.NonNull([]string{"a", "b"})}
	doc, err := write(t, "box", want)
	if text := `<box><Owner Id="1"></Owner><Tags><Tag>a</Tag><Tag>b</Tag></Tags></box>`; err != nil || doc != text {
		t.Fatalf("got %s, %v, want %s", doc, err, text)
	}
	data, err := Read([]byte(doc), reflect.TypeFor[box]())
	if err != nil {
		t.Fatal(err)
	}
	var got box
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %s", data)
	}
}
