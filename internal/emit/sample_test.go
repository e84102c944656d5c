package emit

import (
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
)

// sample is a model of the Secrets Store with one of everything added: what a
// description cannot be relied on to have.
func sample() *model.API {
	pkg := &model.Package{Name: "secretsstore", Path: "secretsstore"}
	shared := &model.Package{Name: "shared", Path: "shared"}
	pages := &model.Package{Name: "pagination", Path: "pagination"}
	errs := &model.Package{Name: "apierror", Path: "apierror"}
	root := &model.Package{Name: "cloudflare"}
	declared := func(p *model.Package, file, name, doc string) model.Declared {
		return model.Declared{Name: model.Name{Spec: name, Go: name}, Package: p, File: file, Doc: doc}
	}
	extra := func() *model.Field {
		return &model.Field{Name: model.Name{Go: "Extra"}, Type: model.Any}
	}

	info := &model.Object{Declared: declared(pages, "pages", "ResultInfo", ""), Fields: []*model.Field{
		{Name: model.Name{Spec: "page", Go: "Page"}, Type: model.Float64, Presence: model.Optional},
		{Name: model.Name{Spec: "per_page", Go: "PerPage"}, Type: model.Float64, Presence: model.Optional},
		{Name: model.Name{Spec: "total_count", Go: "TotalCount"}, Type: model.Float64},
	}}
	listed := func(name, member string) *model.Field {
		return &model.Field{Name: model.Name{Spec: member, Go: name}, Type: &model.List{Elem: model.TypeParam{}}}
	}
	page := func(name string, style model.PageStyle, items *model.Field, others ...*model.Field) *model.Page {
		return &model.Page{
			Object: model.Object{Declared: declared(pages, "pages", name, ""), Fields: append([]*model.Field{items}, others...)},
			Style:  style, Items: []*model.Field{items},
		}
	}
	resultInfo := &model.Field{Name: model.Name{Spec: "result_info", Go: "ResultInfo"}, Type: info, Presence: model.Pointer}
	numbered := page("NumberedPage", model.NumberedPage, listed("Result", "result"), resultInfo)
	for i, role := range []model.Role{model.PageNumber, model.PerPage, model.TotalItems} {
		numbered.Facts = append(numbered.Facts, model.Fact{Role: role, Path: []*model.Field{resultInfo, info.Fields[i]}})
	}
	single := page("SinglePage", model.SinglePage, listed("Result", "result"))
	single.Facts = numbered.Facts
	next := &model.Field{Name: model.Name{Spec: "next", Go: "NextURL"}, Type: model.String, Presence: model.Nullable}
	links := &model.Field{Name: model.Name{Spec: "info", Go: "Info"}, Type: &model.Ptr{Elem: info}, Presence: model.ThreeState}
	linked := page("LinkedPage", model.NextURLPage, listed("Items", "items"), next, links)
	linked.Facts = []model.Fact{{Role: model.Next, Path: []*model.Field{next}}, {Role: model.TotalItems, Path: []*model.Field{links, info.Fields[2]}}}
	cursor := &model.Field{Name: model.Name{Spec: "cursor", Go: "Cursor"}, Type: model.String}
	hasMore := &model.Field{Name: model.Name{Spec: "has_more", Go: "HasMore"}, Type: model.Bool, Presence: model.Optional}
	cursored := page("CursorPage", model.CursorPage, listed("Data", "data"), cursor, hasMore)
	cursored.Facts = []model.Fact{{Role: model.Next, Path: []*model.Field{cursor}}, {Role: model.HasMore, Path: []*model.Field{hasMore}}}
	bare := page("LinkPage", model.LinkPage, listed("Items", "items"))
	bare.Bare = true

	id := &model.Object{Declared: declared(shared, "id", "ID", "The identifier of a thing."), Fields: []*model.Field{
		{Name: model.Name{Spec: "id", Go: "ID"}, Type: model.String},
	}}
	direction := &model.Enum{Declared: declared(pkg, "stores_types", "StoreListParamsDirection", "Direction to sort objects"), Base: model.String, Values: []*model.EnumValue{
		{Name: model.Name{Spec: "asc", Go: "StoreListParamsDirectionAsc"}, Value: "asc"},
		{Name: model.Name{Spec: "desc", Go: "StoreListParamsDirectionDesc"}, Value: "desc", Doc: "The last one first."},
	}}
	level := &model.Enum{Declared: declared(pkg, "stores_types", "Level", ""), Base: model.Int64, Values: []*model.EnumValue{
		{Name: model.Name{Spec: "-1", Go: "LevelMinus1"}, Value: "-1"},
	}}
	ratio := &model.Enum{Declared: declared(pkg, "stores_types", "Ratio", ""), Base: model.Float64, Values: []*model.EnumValue{
		{Name: model.Name{Spec: "0.5", Go: "RatioHalf"}, Value: "0.5"},
	}}
	store := &model.Object{Declared: declared(pkg, "stores_types", "Store", "A store of secrets."), Extra: extra()}
	store.Component = true
	tree := &model.Defined{Declared: declared(pkg, "stores_types", "Tree", "")}
	tree.Under = &model.List{Elem: tree}
	field := func(name, goName string, t model.Type, p model.Presence) *model.Field {
		return &model.Field{Name: model.Name{Spec: name, Go: goName}, Type: t, Presence: p}
	}
	store.Fields = []*model.Field{
		{Name: model.Name{Spec: "id", Go: "ID"}, Type: model.String, Doc: "Store identifier. At most 32 characters."},
		field("created", "Created", model.Time, model.Plain),
		field("expires", "Expires", model.Date, model.Optional),
		field("tags", "Tags", &model.List{Elem: model.String}, model.OmitZero),
		field("labels", "Labels", &model.Map{Elem: &model.Opt{Elem: model.Int64}}, model.OmitZero),
		field("comment", "Comment", model.String, model.Nullable),
		field("parent", "Parent", store, model.Pointer),
		field("origin", "Origin", store, model.NullPointer),
		field("owner", "Owner", id, model.Pointer),
		field("level", "Level", level, model.Plain),
		field("ratio", "Ratio", ratio, model.Optional),
		field("key", "Key", model.Bytes, model.OmitZero),
		field("any", "Any", model.Any, model.OmitZero),
		field("object", "Object", model.AnyObject, model.OmitZero),
		field("count", "Count", model.Number, model.OmitZero),
		field("small", "Small", model.Int32, model.Plain),
		field("ratio32", "Ratio32", model.Float32, model.Plain),
		field("tree", "Tree", tree, model.OmitZero),
		{Name: model.Name{Spec: "old", Go: "Old"}, Type: model.Bool, Presence: model.Optional, Deprecated: "the API may stop supporting it."},
	}
	created := &model.Alias{Declared: declared(pkg, "stores_types", "StoreCreateResponse", ""), Target: store}
	body := &model.Object{Declared: declared(pkg, "stores_types", "StoreCreateParamsBody", ""), Request: true, Fields: []*model.Field{
		{Name: model.Name{Spec: "name", Go: "Name"}, Type: model.String, Doc: "The name of the store"},
		{Name: model.Name{Spec: "value", Go: "Value"}, Type: model.Secret},
	}}

	account := func() *model.Field {
		return &model.Field{Name: model.Name{Spec: "account_id", Go: "AccountID"}, Type: model.String, In: model.InRequest, Doc: "Account identifier."}
	}
	request := func(name, goName string, t model.Type, p model.Presence) *model.Field {
		f := field(name, goName, t, p)
		f.In = model.InRequest
		return f
	}
	params := func(name string, fields ...*model.Field) *model.Object {
		return &model.Object{Declared: declared(pkg, "stores", name, ""), Fields: fields, Request: true}
	}
	create := params("StoreCreateParams", account(), request("body", "Body", &model.List{Elem: body}, model.Plain))
	list := params("StoreListParams", account(), request("direction", "Direction", direction, model.Optional),
		request("page", "Page", model.Int64, model.Optional), request("tags", "Tags", &model.List{Elem: model.String}, model.OmitZero),
		request("filter", "Filter", &model.Map{Elem: model.String}, model.OmitZero), request("session", "Session", model.String, model.Optional),
		request("X-Trace", "XTrace", model.String, model.Optional))
	edit := params("StoreEditParams", account(), field("name", "Name", model.String, model.Optional), field("comment", "Comment", model.String, model.Nullable))
	edit.Extra = extra()
	upload := params("StoreUploadParams", request("body", "Body", model.Reader, model.Plain))
	storeID := func() *model.Arg {
		return &model.Arg{Name: model.Name{Spec: "store_id", Go: "storeID"}, Type: model.String}
	}
	accountIn := func(p *model.Object) *model.Input {
		return &model.Input{Name: "account_id", In: model.InPath, Field: p.Fields[0]}
	}
	both := model.Security{{"api_email", "api_key"}}
	const base = "/accounts/{account_id}/secrets_store/stores"
	op := func(method, path, name, call, doc string) *model.Operation {
		return &model.Operation{Method: method, Path: path, ID: "secrets-store-" + name, Name: model.Name{Spec: name, Go: name}, Call: call, Doc: doc}
	}

	createOp := op("POST", base, "Create", "SecretsStore.Stores.Create", "Creates a store in the account")
	createOp.Params, createOp.Security = create, both
	createOp.Inputs = []*model.Input{accountIn(create)}
	createOp.Body = &model.Body{ContentType: "application/json", Required: true, Field: create.Fields[1]}
	createOp.Result = model.Result{Kind: model.PageResult, Type: created, Page: single}

	listOp := op("GET", base, "List", "SecretsStore.Stores.List", "List account stores")
	listOp.Params, listOp.Security = list, both
	listOp.Inputs = []*model.Input{
		accountIn(list),
		{Name: "direction", In: model.InQuery, Field: list.Fields[1]},
		{Name: "page", In: model.InQuery, Field: list.Fields[2]},
		{Name: "tags", In: model.InQuery, Style: model.FormJoined, Field: list.Fields[3]},
		{Name: "filter", In: model.InQuery, Style: model.DeepObject, Field: list.Fields[4]},
		{Name: "session", In: model.InCookie, Field: list.Fields[5]},
		{Name: "X-Trace", In: model.InHeader, Field: list.Fields[6]},
	}
	listOp.Result = model.Result{Kind: model.PageResult, Type: store, Page: numbered, Cursor: "page", All: "ListAll"}

	editOp := op("PATCH", base+"/{store_id}", "Edit", "SecretsStore.Stores.Edit", "")
	editOp.Params, editOp.Args = edit, []*model.Arg{storeID()}
	editOp.Inputs = []*model.Input{accountIn(edit), {Name: "store_id", Style: model.MatrixExploded, Arg: editOp.Args[0]}}
	editOp.Body = &model.Body{ContentType: "application/merge-patch+json"}
	editOp.Result = model.Result{Kind: model.ValueResult, Type: store, Unwrap: "result"}

	deleteOp := op("DELETE", "/stores/{out}", "Delete", "SecretsStore.Stores.Delete", "Permanently delete a store")
	deleteOp.Deprecated = "use BulkDelete."
	deleteOp.Args = []*model.Arg{{Name: model.Name{Spec: "out", Go: "out"}, Type: model.String}}
	deleteOp.Inputs = []*model.Input{{Name: "out", Arg: deleteOp.Args[0]}}

	uploadOp := op("PUT", "/stores", "Upload", "SecretsStore.Stores.Upload", "Percentage of things.")
	uploadOp.Params = upload
	uploadOp.Body = &model.Body{Kind: model.StreamBody, ContentType: "application/octet-stream", Field: upload.Fields[0]}
	uploadOp.Accept = "text/plain"
	uploadOp.Result = model.Result{Kind: model.TextResult, Type: model.String}

	namesOp := op("QUERY", "/stores", "Names", "SecretsStore.Stores.Names", "")
	namesOp.ID = ""
	namesOp.Security = model.Security{{}}
	namesOp.Result = model.Result{Kind: model.ValueResult, Type: &model.Map{Elem: &model.List{Elem: id}}}

	downloadOp := op("GET", "/stores/{page}/{s}", "Download", "SecretsStore.Stores.Download", "Download it.")
	downloadOp.Args = []*model.Arg{{Name: model.Name{Spec: "page", Go: "page"}, Type: model.Int64}, {Name: model.Name{Spec: "s", Go: "s"}, Type: direction}}
	downloadOp.Inputs = []*model.Input{{Name: "page", Arg: downloadOp.Args[0]}, {Name: "s", Arg: downloadOp.Args[1]}}
	downloadOp.Accept = "application/octet-stream"
	downloadOp.Result = model.Result{Kind: model.StreamResult, Type: model.Reader}

	shape := &model.Union{Declared: declared(pkg, "stores_types", "Shape", ""), Tag: "kind", Variants: []*model.Variant{
		{Name: model.Name{Spec: "store", Go: "Store"}, Type: store, Presence: model.Pointer, Kind: model.KindObject, Values: []string{"store"}},
		{Name: model.Name{Spec: "text", Go: "Text"}, Type: model.String, Presence: model.Optional, Kind: model.KindString},
	}}
	shapeOp := op("GET", "/shape", "Shape", "SecretsStore.Stores.Shape", "")
	shapeOp.Result = model.Result{Kind: model.ValueResult, Type: shape}

	each := func(name string, p *model.Page) *model.Operation {
		o := op("GET", "/"+name, name, "SecretsStore.Stores."+name, "")
		o.Result = model.Result{Kind: model.PageResult, Type: &model.Opt{Elem: model.String}, Page: p, Cursor: "cursor", All: name + "All"}
		return o
	}
	stores := &model.Resource{
		Name: model.Name{Spec: "stores", Go: "Stores"}, Call: "SecretsStore.Stores", Service: "StoreService", Package: pkg, File: "stores",
		Methods: []*model.Operation{createOp, listOp, editOp, deleteOp, uploadOp, namesOp, downloadOp, shapeOp, each("Linked", linked), each("Cursored", cursored), each("Bare", bare)},
		Children: []*model.Resource{{
			Name: model.Name{Spec: "secrets", Go: "Secrets"}, Call: "SecretsStore.Stores.Secrets", Service: "SecretService", Package: pkg, File: "storessecrets",
			Methods: []*model.Operation{op("POST", "/secrets", "Lock", "SecretsStore.Stores.Secrets.Lock", "Lock it.")},
		}},
	}
	problem := &model.Object{Declared: declared(errs, "data", "Data", ""), Fields: []*model.Field{
		field("code", "Code", model.Int64, model.Plain), field("message", "Message", model.String, model.Optional),
	}}
	pages.Types = []model.Decl{info}
	errs.Types = []model.Decl{problem}
	shared.Types = []model.Decl{id}
	pkg.Types = []model.Decl{direction, level, ratio, store, tree, created, body, shape}
	// Packages whose names are those of others, and of variables.
	var odd []*model.Resource
	pings := []*model.Operation{op("GET", "/ping", "Ping", "Ping", "Ping the API")}
	packages := []*model.Package{root, pkg, shared, pages, errs}
	for _, name := range []string{"http", "time", "c", "opts", "client"} {
		p := &model.Package{Name: name, Path: name}
		thing := &model.Object{Declared: declared(p, name+"_types", "Thing", "Thing"), Fields: []*model.Field{field("at", "At", model.Time, model.Plain)}}
		p.Types = []model.Decl{thing}
		o := op("GET", "/"+name, "Get", strings.ToUpper(name)+".Get", "Get it")
		o.Result = model.Result{Kind: model.ValueResult, Type: thing}
		odd = append(odd, &model.Resource{
			Name: model.Name{Spec: name, Go: strings.ToUpper(name)}, Call: strings.ToUpper(name), Service: "Service", New: "New", Make: "NewService", Package: p, File: name,
			Methods: []*model.Operation{o},
		})
		packages = append(packages, p)
		ping := op("GET", "/odd/"+name, "Ping"+strings.ToUpper(name), "Ping"+strings.ToUpper(name), "Ping it")
		ping.Result = model.Result{Kind: model.ValueResult, Type: thing}
		ping.Args = []*model.Arg{{Name: model.Name{Spec: name, Go: name}, Type: model.String}}
		ping.Inputs = []*model.Input{{Name: name, Arg: ping.Args[0]}}
		pings = append(pings, ping)
	}
	return &model.API{
		Title: "Cloudflare API", Doc: "All of it.", Version: "4.0.0", Package: "cloudflare", Module: "example.com/sdk", Go: "1.26",
		BaseURL: "https://api.cloudflare.com/client/v4", BaseURLEnv: "CLOUDFLARE_BASE_URL",
		Schemes: []*model.Scheme{
			{Name: "api_token", Option: model.Option{Go: "WithAPIToken"}, Arg: "apiToken", Env: "CLOUDFLARE_API_TOKEN", Key: "Authorization", In: model.InHeader, Prefix: "Bearer "},
			{Name: "basic", Option: model.Option{Go: "WithBasic"}, Basic: true, In: model.InHeader, Key: "Authorization"},
		},
		Security: model.Security{{"api_token"}, {"basic"}},
		Params:   []*model.ClientParam{{Name: "account_id", Option: model.Option{Go: "WithAccountID"}, Arg: "accountID", Env: "CLOUDFLARE_ACCOUNT_ID"}},
		Success:  "success",
		ErrorData: &model.ErrorData{
			Member: "errors", Data: problem, Code: problem.Fields[0], Message: problem.Fields[1],
		},
		Root: &model.Resource{
			Package: root, File: "methods", Methods: pings,
			Children: append([]*model.Resource{{
				Name: model.Name{Spec: "secrets_store", Go: "SecretsStore"}, Call: "SecretsStore", Service: "Service", New: "New", Make: "NewService", Package: pkg, File: "secretsstore",
				Children: []*model.Resource{stores},
			}}, odd...),
		},
		Pages:    []*model.Page{single, numbered, linked, cursored, bare},
		Packages: packages,
	}
}
