package build

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openapi-lathe/lathe/internal/config"
	"github.com/openapi-lathe/lathe/internal/model"
)

// TestFamily holds which schemas a schema with a discriminator stands for.
func TestFamily(t *testing.T) {
	const (
		pet = "{type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}"
		cat = "{allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}"
	)
	for _, tt := range []struct {
		name, schemas string
		want          []string // nil if Pet is no union
	}{
		{"nobody extends it", "Pet: " + pet, nil},
		{"by its name", "Pet: " + pet + "\n    Cat: " + cat, []string{"tag kind, else Other", "Cat pointer Cat object [Cat]", "Other pointer PetOther object [Pet]"}},
		{
			"before it", "Cat: " + cat + "\n    Pet: " + pet,
			[]string{"tag kind, else Other", "Cat pointer Cat object [Cat]", "Other pointer PetOther object [Pet]"},
		},
		{
			"by the mapping, which has the schema itself too",
			"Pet: {type: object, discriminator: {propertyName: kind, mapping: {c: Cat, p: '#/components/schemas/Pet'}}, properties: {kind: {type: string}}}\n    Cat: " + cat,
			[]string{"tag kind, else Other", "Cat pointer Cat object [c]", "Other pointer PetOther object [p]"},
		},
		{
			"only in the mapping",
			"Pet: {type: object, discriminator: {propertyName: kind, mapping: {c: Cat}}, properties: {kind: {type: string}}}\n    Cat: {type: object, properties: {kind: {type: string}}}",
			[]string{"tag kind, else Other", "Cat pointer Cat object [c]", "Other pointer PetOther object [Pet]"},
		},
		{
			"by values of its own, not by those that all have",
			"Pet: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string, enum: [a, b]}}}\n    Cat: " + cat + "\n    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {kind: {type: string, enum: [b]}}}]}",
			[]string{"tag kind, else Other", "Cat pointer Cat object [Cat]", "Dog pointer Dog object [b]", "Other pointer PetOther object [Pet]"},
		},
		{
			"of one that extends it",
			"Pet: " + pet + "\n    Cat: " + cat + "\n    Persian: {allOf: [{$ref: '#/components/schemas/Cat'}, {properties: {fur: {type: string}}}]}",
			[]string{"tag kind, else Other", "Cat pointer Cat object [Cat]", "Persian pointer Persian object [Persian]", "Other pointer PetOther object [Pet]"},
		},
		{
			"of one that has a family too",
			"Pet: " + pet + "\n    Cat: {discriminator: {propertyName: kind}, allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}\n    Persian: {allOf: [{$ref: '#/components/schemas/Cat'}, {properties: {fur: {type: string}}}]}",
			[]string{"tag kind, else Other", "Cat pointer Cat object [Cat]", "Persian pointer Persian object [Persian]", "Other pointer PetOther object [Pet]"},
		},
		{
			"of one that only extends another of which it is",
			"Animal: " + pet + "\n    Pet: {discriminator: {propertyName: kind}, allOf: [{$ref: '#/components/schemas/Animal'}]}\n    Cat: " + cat,
			[]string{"tag kind, else Other", "Cat pointer Cat object [Cat]", "Other pointer PetOther object [Pet]"},
		},
		{
			"of one that extends another of which it is",
			"Animal: " + pet + "\n    Pet: {discriminator: {propertyName: kind}, allOf: [{$ref: '#/components/schemas/Animal'}], properties: {name: {type: string}}}\n    Cat: " + cat,
			[]string{"tag kind, else Other", "Cat pointer Cat object [Cat]", "Other pointer PetOther object [Pet]"},
		},
		{
			"by an extension", "Pet: " + pet + "\n    Cat: {x-ms-discriminator-value: '#cat', allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}",
			[]string{"tag kind, else Other", "Cat pointer Cat object [#cat]", "Other pointer PetOther object [Pet]"},
		},
		{"another name for it", "Pet: " + pet + "\n    Same: {description: d, allOf: [{$ref: '#/components/schemas/Pet'}]}", nil},
		{"what has alternatives is none", "Pet: {discriminator: {propertyName: kind}, oneOf: [{$ref: '#/components/schemas/Dog'}, {type: string}]}\n    Dog: {properties: {kind: {type: string}}}\n    Cat: " + cat, []string{"tag kind", "Dog pointer Dog object [Dog]", "StringValue optional String string []"}},
		{"without a property that tells", "Pet: {type: object, discriminator: {}, properties: {kind: {type: string}}}\n    Cat: " + cat, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api, _ := built(t, `
paths: {/pets: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}}
components:
  schemas:
    `+tt.schemas+"\n", config.Config{})
			var got []string
			if u, ok := declarations(api)["pets.Pet"].(*model.Union); ok {
				got = unionText(u)
				if u.Default != nil {
					got[0] += ", else " + u.Default.Name.Go
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
