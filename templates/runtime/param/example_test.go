package param_test

import (
	"fmt"

	"github.com/go-json-experiment/json"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

func ExampleOpt() {
	type storeParams struct {
		Name    param.Opt[string] `json:"name,omitzero"`
		Comment param.Opt[string] `json:"comment,omitzero"`
		Limit   param.Opt[int64]  `json:"limit,omitzero"`
	}
	data, err := json.Marshal(storeParams{
		Name:    param.Some(""),       // sent, though it is empty
		Comment: param.Null[string](), // sent as null
		// Limit is not sent
	})
	fmt.Println(string(data), err)

	var back storeParams
	err = json.Unmarshal(data, &back)
	fmt.Println(back.Comment.IsNull(), back.Limit.IsZero(), back.Limit.Or(20), err)
	fmt.Printf("%+v\n", back)
	// Output:
	// {"name":"","comment":null} <nil>
	// true true 20 <nil>
	// {Name: Comment:null Limit:<unset>}
}

func ExampleSecret() {
	type secretParams struct {
		Name  string       `json:"name"`
		Value param.Secret `json:"value"`
	}
	p := secretParams{Name: "MY_API_KEY", Value: "hunter2"}
	fmt.Printf("%+v\n", p)
	data, err := json.Marshal(p)
	fmt.Println(string(data), err)
	fmt.Println(p.Value.Reveal())
	// Output:
	// {Name:MY_API_KEY Value:[redacted]}
	// {"name":"MY_API_KEY","value":"[redacted]"} <nil>
	// hunter2
}
