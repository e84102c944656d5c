package build

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/lockfile"
	"github.com/openapi-lathe/lathe/internal/model"
)

// posts are operations whose bodies have these properties, by their paths.
func posts(bodies ...string) string {
	var s strings.Builder
	s.WriteString("paths:\n")
	for i := 0; i < len(bodies); i += 2 {
		s.WriteString("  " + bodies[i] + ": {get: {responses: {'200': {description: '', content: {application/json: {schema: {type: array, items: {type: string}}}}}}}, post: {requestBody: {content: {application/json: {schema: {type: object, properties: {" + bodies[i+1] + "}}}}}, responses: {'204': {description: ''}}}}\n")
	}
	return s.String()
}

const (
	owner  = `owner: {type: object, description: Who has it., properties: {name: {type: string}, role: {type: string, enum: [admin, guest]}}}`
	months = `{type: string, enum: [jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec]}`
)

// Schemas that stand in other places and say the same are one type.
func TestEqualSchemas(t *testing.T) {
	for _, tt := range []struct {
		name, paths string
		want        []string
	}{
		{"once", posts("/a", owner), []string{"a.CreateParamsOwner", "a.CreateParamsOwnerRole"}},
		{"twice in a package", posts("/a", owner, "/a/b", owner), []string{"a.Owner", "a.OwnerRole"}},
		{"in two packages", posts("/a", owner, "/b", owner), []string{"shared.Owner", "shared.OwnerRole"}},
		{
			"by another name", posts("/a", owner, "/a/b", strings.Replace(owner, "owner", "user", 1)),
			[]string{"a.BCreateParamsUser", "a.BCreateParamsUserRole", "a.CreateParamsOwner", "a.CreateParamsOwnerRole"},
		},
		{
			"with one title", posts("/a", "x: {title: Person, properties: {n: {type: string}}}, y: {title: Person, properties: {n: {type: string}}}"),
			[]string{"a.Person"},
		},
		{
			"of another description", posts("/a", owner, "/a/b", strings.Replace(owner, "Who has it.", "Who had it.", 1)),
			[]string{"a.Owner", "a.OwnerRole"},
		},
		{
			"with another description inside", posts("/a", owner, "/a/b", strings.Replace(owner, "{type: string}", "{type: string, description: d}", 1)),
			[]string{"a.BCreateParamsOwner", "a.CreateParamsOwner", "a.OwnerRole"},
		},
		{"that may be null", posts("/a", owner, "/a/b", strings.Replace(owner, "type:", "nullable: true, type:", 1)), []string{"a.Owner", "a.OwnerOrNull", "a.OwnerRole"}},
		{
			"one word for a value, of two resources", posts("/a", "state: {type: string, enum: [on, off]}", "/a/b", "state: {type: string, enum: [on, off]}"),
			[]string{"a.BCreateParamsState", "a.CreateParamsState"},
		},
		{
			"one word for a value, of the same", posts("/a", "x: {type: object, properties: {lamp: {properties: {n: {type: integer}, state: {type: string, enum: [on, off]}}}}}, lamp: {properties: {state: {type: string, enum: [on, off]}}}"),
			[]string{"a.CreateParamsLamp", "a.CreateParamsX", "a.CreateParamsXLamp", "a.LampState"},
		},
		{"a word that fits all", posts("/a", "data: {properties: {n: {type: string}}}", "/a/b", "data: {properties: {n: {type: string}}}"), []string{"a.BCreateParamsData", "a.CreateParamsData"}},
		{"a word and the only value", posts("/a", "type: {type: string, enum: [lamp]}", "/a/b", "type: {type: string, enum: [lamp]}"), []string{"a.LampType"}},
		{"a number alone", posts("/a", "flags: {type: integer, enum: [1]}", "/a/b", "flags: {type: integer, enum: [1]}"), []string{"a.CreateParamsFlags"}},
		{"a constant", posts("/a", "type: {const: lamp}", "/a/b", "type: {const: lamp}"), []string{"a.LampType"}},
		{"two words", posts("/a", "on_off: {type: string, enum: [on, off]}", "/a/b", "on_off: {type: string, enum: [on, off]}"), []string{"a.OnOff"}},
		{"many values by several names", posts("/a", "first_month: "+months+", last_month: "+months), []string{"a.AMonth"}},
		{"few values by several names", posts("/a", "x: {type: string, enum: [on, off]}, y: {type: string, enum: [on, off]}"), []string{"a.CreateParamsX", "a.CreateParamsY"}},
		{
			"a choice of components by several names", posts("/a", "x: {anyOf: [{type: string}, {$ref: '#/components/schemas/File'}]}, y: {anyOf: [{type: string}, {$ref: '#/components/schemas/File'}]}") + "components: {schemas: {File: {properties: {id: {type: string}}}}}",
			[]string{"a.File", "a.StringOrFile"},
		},
		{"a union", posts("/a", "at: {anyOf: [{type: string}, {type: integer}]}", "/a/b", "at: {anyOf: [{type: string}, {type: integer}]}"), []string{"a.At"}},
		{
			"a component has the name", posts("/a", owner+", boss: {$ref: '#/components/schemas/Owner'}", "/a/b", owner) + "components: {schemas: {Owner: {properties: {id: {type: string}}}}}",
			[]string{"a.Owner", "a.OwnerObject", "a.OwnerObjectRole"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, tt.paths, config.Config{})
			if diff := cmp.Diff(tt.want, placed(api)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A type that stands for several schemas says of itself only what all of them
// say.
func TestEqualSchemasDoc(t *testing.T) {
	for description, want := range map[string]string{"Who has it.": "Who has it.", "Who had it.": ""} {
		api, _ := built(t, posts("/a", owner, "/a/b", strings.Replace(owner, "Who has it.", description, 1)), config.Config{})
		if d := declarations(api)["a.Owner"].Declaration(); d.Doc != want || !d.Repeated {
			t.Errorf("%q and another make %q, %t", description, d.Doc, d.Repeated)
		}
	}
}

// What the lock knows as one type stays one, and what it knows as several
// stays several.
func TestLockEqualSchemas(t *testing.T) {
	more := strings.NewReplacer("name: {type: string}", "name: {type: string}, mail: {type: string}", "guest", "guest, owner").Replace(owner)
	other := strings.Replace(owner, "name: {type: string}", "name: {type: integer}", 1)
	twice := posts("/a", owner, "/a/b", owner)
	for _, tt := range []struct {
		name, first, second string
		want                []string
	}{
		{"nothing new", twice, twice, []string{"a.Owner", "a.OwnerRole"}},
		{
			"one may be null", posts("/a", owner, "/a/b", strings.Replace(owner, "type:", "nullable: true, type:", 1)), posts("/a", owner, "/a/b", strings.Replace(owner, "type:", "nullable: true, type:", 1)),
			[]string{"a.Owner", "a.OwnerOrNull", "a.OwnerRole"},
		},
		{"more in one of two", twice, posts("/a", owner, "/a/b", more), []string{"a.Owner", "a.OwnerRole"}},
		{"more in the other", twice, posts("/a", more, "/a/b", owner), []string{"a.Owner", "a.OwnerRole"}},
		{
			"another alternative in one of two", posts("/a", "at: {anyOf: [{type: string}, {type: integer}]}", "/a/b", "at: {anyOf: [{type: string}, {type: integer}]}"),
			posts("/a", "at: {anyOf: [{type: string}, {type: integer}]}", "/a/b", "at: {anyOf: [{type: string}, {type: integer}, {type: boolean}]}"), []string{"a.At"},
		},
		{"another type in one of two", twice, posts("/a", owner, "/a/b", other), []string{"a.BCreateParamsOwner", "a.Owner", "a.OwnerRole"}},
		{"the first is gone", twice, posts("/a/b", owner), []string{"a.Owner", "a.OwnerRole"}},
		{"a third", twice, posts("/a/0", owner, "/a", owner, "/a/b", owner), []string{"a.Owner", "a.OwnerRole"}},
		{"a third in another package", twice, posts("/d", owner, "/a", owner, "/a/b", owner), []string{"a.Owner", "a.OwnerRole", "d.CreateParamsOwner", "d.CreateParamsOwnerRole"}},
		{"a second", posts("/a", owner), twice, []string{"a.CreateParamsOwner", "a.CreateParamsOwnerRole"}},
		{"several became equal", posts("/a", owner, "/a/b", more), twice, []string{"a.BCreateParamsOwner", "a.BCreateParamsOwnerRole", "a.CreateParamsOwner", "a.CreateParamsOwnerRole"}},
		{
			"a third in a third package", posts("/a", owner, "/b", owner), posts("/d", owner, "/a", owner, "/b", owner),
			[]string{"shared.Owner", "shared.OwnerRole"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, after, warnings := again(t, tt.first, tt.second, config.Config{})
			if diff := cmp.Diff(tt.want, placed(after)); diff != "" || len(warnings) > 0 {
				t.Errorf("(-want +got):\n%s%q", diff, warnings)
			}
		})
	}
}

// A type of schemas that are not equal any more has what any of them has, and
// stays as it is in the next run.
func TestWidened(t *testing.T) {
	const (
		list   = `list: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: array, items: {type: object, properties: {kind: {type: string, enum: [x]}}}}}}`
		longer = `list: {type: object, required: [a], properties: {a: {type: string}, b: {type: array, items: {type: object, properties: {kind: {type: string, enum: [x, y]}, size: {type: integer}}}}, c: {type: boolean}}}`
	)
	cfg := config.Config{}
	_, after, _ := again(t, posts("/a", list, "/a/b", list), posts("/a", list, "/a/b", longer), cfg)
	for range 2 {
		decls := declarations(after)
		var values []string
		for _, v := range decls["a.ListBKind"].(*model.Enum).Values {
			values = append(values, v.Name.Go)
		}
		got := []string{fieldsText(decls["a.List"].(*model.Object).Fields), fieldsText(decls["a.ListB"].(*model.Object).Fields), strings.Join(values, " ")}
		want := []string{"a plain String; b omitzero []ListB; c optional Bool", "kind omitzero ListBKind; size optional Int64", "ListBKindX ListBKindY"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		cfg.Lock = lockOf(after)
		after, _ = built(t, posts("/a", list, "/a/b", longer), cfg)
	}
	if !slices.ContainsFunc(cfg.Lock.Named("a.List"), func(e *lockfile.Entry) bool { return strings.HasPrefix(e.Place, "also POST /a/b ") }) {
		t.Errorf("the lock has %v", cfg.Lock.Named("a.List"))
	}
}

// What only an empty text stands beside is the value, and stays it.
func TestValueOrEmpty(t *testing.T) {
	const at = `at: {anyOf: [{title: Moment, properties: {day: {type: integer}}}, {enum: ['']}]}`
	variants := func(api *model.API) string {
		var list []string
		for _, v := range declarations(api)["a.CreateParamsAt"].(*model.Union).Variants {
			list = append(list, v.Name.Go+" "+presenceText(v.Presence)+" "+typeText(v.Type))
		}
		return strings.Join(list, "; ")
	}
	more := strings.Replace(at, "{enum", "{type: integer}, {enum", 1)
	before, after, _ := again(t, posts("/a", at), posts("/a", more), config.Config{})
	if got, want := variants(before), "Object pointer CreateParamsAtValue; Empty plain Empty"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := variants(after), "Object pointer CreateParamsAtValue; IntegerValue optional Int64; Empty plain Empty"; got != want {
		t.Errorf("with another alternative: got %s, want %s", got, want)
	}
	fresh, _ := built(t, posts("/a", more), config.Config{})
	if got, want := variants(fresh), "Moment pointer CreateParamsAtMoment; IntegerValue optional Int64; Empty plain Empty"; got != want {
		t.Errorf("without a lock: got %s, want %s", got, want)
	}
}

// A type that has moved to package shared, with an alias where it was, gets more
// as any other.
func TestWidenedAndMoved(t *testing.T) {
	api := func(paths, in string) string {
		return paths + "components: {schemas: {Thing: {properties: {" + in + "}}}}"
	}
	more := strings.Replace(owner, "name: {type: string}", "name: {type: string}, mail: {type: string}", 1)
	thing := "thing: {$ref: '#/components/schemas/Thing'}"
	steps := []string{
		api(posts("/a", owner+", "+thing, "/a/b", owner), owner),
		api(posts("/a", owner+", "+thing, "/a/b", owner, "/d", thing), owner),
		api(posts("/a", owner+", "+thing, "/a/b", more, "/d", thing), owner),
		api(posts("/a", owner+", "+thing, "/a/b", more, "/d", thing), strings.Replace(owner, "guest", "guest, owner", 1)),
	}
	want := []string{
		"a.Owner a.OwnerRole a.Thing",
		"a.Owner=Owner a.OwnerRole=OwnerRole a.Thing=Thing shared.Owner shared.OwnerRole shared.Thing",
		"a.Owner=Owner a.OwnerRole=OwnerRole a.Thing=Thing shared.Owner shared.OwnerRole shared.Thing",
		"a.Owner=Owner a.OwnerRole=OwnerRole a.Thing=Thing shared.Owner shared.OwnerRole shared.Thing",
	}
	cfg := config.Config{}
	for i, text := range steps {
		for range 2 { // the second changes nothing
			made, warnings := built(t, text, cfg)
			if got := strings.Join(placed(made), " "); got != want[i] || len(warnings) > 0 {
				t.Fatalf("step %d: got %s, want %s; %q", i, got, want[i], warnings)
			}
			cfg.Lock = lockOf(made)
			if i == len(steps)-1 {
				decls := declarations(made)
				if n, m := len(decls["shared.Owner"].(*model.Object).Fields), len(decls["shared.OwnerRole"].(*model.Enum).Values); n != 3 || m != 3 {
					t.Errorf("the type has %d fields and %d values", n, m)
				}
			}
		}
	}
}

// What is part of schemas that are one type may be one with still others.
func TestWidenedInside(t *testing.T) {
	const (
		land    = `home_land: {type: string, enum: [de, fr]}`
		address = `address: {type: object, properties: {street: {type: string}, ` + land + `}}`
	)
	italy, spain := strings.Replace(address, "fr]", "fr, it]", 1), strings.Replace(land, "fr]", "fr, es]", 1)
	twice := posts("/a", address, "/a/b", address, "/a/c", land)
	for _, tt := range []struct {
		name, second string
		values       int
	}{
		{"in one", posts("/a", address, "/a/b", italy, "/a/c", land), 3},
		{"in the first", posts("/a", italy, "/a/b", address, "/a/c", land), 3},
		{"in the other", posts("/a", address, "/a/b", address, "/a/c", spain), 3},
		{"in both", posts("/a", address, "/a/b", italy, "/a/c", spain), 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, after, warnings := again(t, twice, tt.second, config.Config{})
			if got, want := strings.Join(placed(after), " "), "a.Address a.HomeLand"; got != want || len(warnings) > 0 {
				t.Fatalf("got %s, want %s; %q", got, want, warnings)
			}
			if n := len(declarations(after)["a.HomeLand"].(*model.Enum).Values); n != tt.values {
				t.Errorf("%d values, want %d", n, tt.values)
			}
		})
	}
}
