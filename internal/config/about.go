package config

import "strings"

// about is what a key says, for the reader of an editor's help. The way leads to
// it, with * for a member that the user names.
func about(way string) string {
	if last := strings.LastIndex(way, "pagination."); last > 0 {
		way = way[last:] // an operation's is as the general one
	}
	for _, side := range []string{"include.", "exclude."} {
		way = strings.Replace(way, side, "rule.", 1)
	}
	return abouts[way]
}

var abouts = map[string]string{
	"spec":     "The description: a file, relative to this one, or a URL.",
	"output":   "The folder to write to, relative to this file. Default: a folder with the name of the package.",
	"package":  "The name of the root package. Default: from the module, the title or the name of the file.",
	"module":   "The path of a module of its own; a go.mod is written. Default: the SDK is a package of the module around the output.",
	"go":       "The Go version of the SDK.",
	"strict":   "Whether warnings are errors.",
	"version":  "The version of the SDK, for its constant Version and its User-Agent.",
	"license":  "A file with the text of the SDK's LICENSE.",
	"renames":  "Names that changed, old to new: the old ones stay as deprecated aliases.",
	"tests":    "Whether tests are written beside the client, that call every method.",
	"base_url": "The server. Default: the first one of the description.",
	"lock":     "The file that remembers names, relative to this one. Default: gen.lock beside it.",
	"root":     "The folder outside of which no file is read, relative to this file. Default: that of the description.",
	"limits":   "How large what is read may be.",
	"overlays": "OpenAPI Overlays, relative to this file, that are applied to the description in this order.",
	"include":  "The operations to make methods of: those that one of these rules matches. Default: all.",
	"exclude":  "The operations to leave out: those that one of these rules matches.",
	"schemas":  "Decisions for component schemas, by name.",
	"envelope": "What wraps a response, or false for nothing. Default: recognised by its shape.",

	"allow_hosts":  "Hosts that references may be fetched from. Default: none.",
	"limits.bytes": "The bytes of a file. Default: 64 MiB.",
	"limits.depth": "How deep the values of a file may be nested. Default: 512.",
	"limits.nodes": "The values of a file. Default: 20 million.",
	"limits.files": "The files of a description. Default: 10,000.",

	"rule.path":         "Globs that the path matches: * is anything within a segment, ** anything at all.",
	"rule.method":       "HTTP methods.",
	"rule.tag":          "Tags, one of which the operation has.",
	"rule.operation_id": "Globs that the operationId matches.",
	"rule.extension":    "Extensions of the operation or its path: x-internal if it is there and not false, x-stage=beta if it has that value.",

	"environment":                "The environment variables: base_url and each security scheme, with the variable's name. Default: the package and the name, in capitals.",
	"credentials":                "How a client gets what a security scheme needs, by the scheme's name.",
	"credentials.*.env":          "The environment variable that holds the credential.",
	"credentials.*.env_password": "The environment variable that holds the password of basic authentication.",
	"credentials.*.option":       "The name of the option that sets the credential, without its With, such as APIToken.",

	"client_parameters":           "Parameters that can be set once for a client: a list of names, or an object by name.",
	"client_parameters.*.env":     "The environment variable that holds the parameter.",
	"client_parameters.*.header":  "The header that every request has it in, whether the operation declares it or not.",
	"client_parameters.*.query":   "The query parameter that every request has it in, whether the operation declares it or not.",
	"client_parameters.*.default": "Its value where nothing is set.",

	"envelope.result":  "The member of a response that is the result.",
	"envelope.success": "The boolean member that says whether the call succeeded.",
	"envelope.errors":  "The member that holds the problems.",

	"unwrap": "Members of a response that are the result where the response has no other member.",

	"infer":            "What may be inferred where nothing is said of it.",
	"infer.operations": "Whether operations that are not under operations become methods. Default: true.",
	"infer.pagination": "Whether operations are paged that no pagination here speaks of. Default: true.",

	"surface":    "The shape of the SDK: lathe, or stainless for the names and signatures that SDKs by Stainless have. Default: lathe.",
	"layout":     "Where types are: resources, in a package for each top-level resource, or root, in the root package. Default: resources, and root for the surface stainless.",
	"positional": "Which path parameters are arguments of a method: all, the last, or none. Default: all, and last for the surface stainless.",
	"casings":    "How words are written in exported names, by the word in small letters: {openai: OpenAI, io: Io}.",

	"servers":            "Servers by name, with an option for each. The first one is the default, unless base_url says another.",
	"timeout":            "How long an attempt may take, as Go writes times: 1m30s. Default: 1m.",
	"retries":            "How failed requests are repeated.",
	"retries.max":        "How many times. Default: 2.",
	"retries.min_delay":  "The shortest time between attempts. Default: 500ms.",
	"retries.max_delay":  "The longest time between attempts. Default: 8s.",
	"idempotency_header": "The header of the idempotency key that repeated requests have. Default: the one that operations declare, or Idempotency-Key.",
	"headers":            "Headers that every request has, with their values.",
	"query":              "How lists and objects are written in queries whose parameters do not say.",
	"query.arrays":       "Lists: a=1&a=2 (repeat), a=1,2 (comma), a[]=1&a[]=2 (brackets) or a[0]=1&a[1]=2 (indices).",
	"query.objects":      "Objects: a[b]=1 (brackets) or a.b=1 (dots).",

	"pagination.name":        "The name of the page type.",
	"pagination.members":     "Further members that the response must have for that.",
	"pagination.in":          "Where the param is: query or body.",
	"pagination.with":        "Further parameters that an operation must have to be paged so.",
	"pagination":             "How operations are paged: one way or a list, of which the first fits whose param the operation has. Default: matched from parameters and response.",
	"pagination.style":       "The way of paging.",
	"pagination.param":       "The query parameter that asks for the next page.",
	"pagination.items":       "The member of the response that holds the items, with dots on the way to it.",
	"pagination.next":        "The member that holds the next cursor or URL.",
	"pagination.has_more":    "The member that says whether there is a next page.",
	"pagination.total":       "The member that counts the items of all pages.",
	"pagination.total_pages": "The member that counts the pages.",

	"streams":     "How event streams are read, of all operations.",
	"streams.end": "The data of the event that ends a stream, such as [DONE]. Default: found in the description's texts and examples.",

	"webhooks":                         "What the description does not say of the events that the API sends.",
	"webhooks.package":                 "The package of the events. Default: webhooks.",
	"webhooks.signature":               "How deliveries are signed: a scheme that many use, or an HMAC in a header. Default: by the headers that the description names, else standard.",
	"webhooks.signature.header":        "The header that has the signature.",
	"webhooks.signature.separator":     "What is between several signatures in the header. Default: there is one.",
	"webhooks.signature.prefix":        "What is before the digest, such as sha256=.",
	"webhooks.signature.hash":          "The hash function. Default: sha256.",
	"webhooks.signature.encoding":      "How the digest is written. Default: hex.",
	"webhooks.signature.timestamp":     "The header of the time, in seconds since 1970, or the prefix of an entry of the signature's header, such as t=. Default: none.",
	"webhooks.signature.id":            "The header of the delivery's id. Default: none.",
	"webhooks.signature.signed":        "What is signed, with {id}, {timestamp} and {body}. Default: {body}.",
	"webhooks.signature.secret_prefix": "What is before a secret whose rest is a key in base64, such as whsec_. Default: the secret is the key.",
	"webhooks.event_header":            "The header that names the event, such as X-GitHub-Event. Default: one that the webhooks declare.",
	"webhooks.event_member":            "The member of the payload that names the event, such as type. Default: one that tells them apart.",

	"unused_schemas": "Whether component schemas that nothing refers to are types too. Default: false.",

	"operations":                 "Decisions for operations, by operationId or METHOD /path.",
	"operations.*.resource":      "The way to the operation's service, such as things.parts; $client for the client itself.",
	"operations.*.method":        "The name of its method, such as bulkDelete.",
	"operations.*.also":          "Further methods that call the operation, each with its resource and name.",
	"operations.*.also.resource": "The way to its service, or $client.",
	"operations.*.also.method":   "Its name.",
	"operations.*.positional":    "The path parameters that are arguments, by their names; the others are fields of the params.",
	"operations.*.body_name":     "The field of the params that is the body, where the body is no object. Default: body.",
	"operations.*.unwrap":        "The member of the response that is the result, or false if the whole is.",
	"operations.*.skip":          "Whether the operation is no method.",
	"operations.*.deprecated":    "Why callers should not use it any more.",
	"operations.*.timeout":       "How long an attempt may take, unless the client or the call says.",
	"operations.*.max_retries":   "How many times a failed request is repeated, unless the client or the call says.",
	"operations.*.pagination":    "How the operation is paged, or false if it is not.",

	"operations.*.stream":        "How the operation streams, or false if it is to have no method that does.",
	"operations.*.stream.method": "The name of the method that streams, such as createStreaming.",
	"operations.*.stream.flag":   "The boolean member of the body, or query parameter, that asks for the stream. Default: stream.",
	"operations.*.stream.event":  "The component schema of an event's data, where the description does not say.",
	"operations.*.stream.end":    "The data of the event that ends the stream.",
	"operations.*.stream.item":   "What the schema describes: an event with its fields, or its data. Default: what it looks like.",

	"docs":               "The reference site of gen docs.",
	"docs.output":        "The folder that the site is written to. Default: site.",
	"docs.title":         "What the site is called. Default: the description's title.",
	"docs.url":           "Where the site will be, for sitemap.xml and canonical links.",
	"docs.color":         "The colour of links and marks, as #rrggbb.",
	"docs.logo":          "An SVG, PNG or JPEG file for the corner of every page.",
	"docs.footer":        "Markdown for the foot of every page.",
	"docs.pages":         "Markdown files that become pages among the guides.",
	"docs.templates":     "A folder with templates, a style.css or a site.js, each of which replaces the one of the same name.",
	"docs.images":        "Whether images from other hosts are shown; links stand for them otherwise. Default: false.",
	"docs.from":          "What the changelog compares with: a description, a config or a git revision, as gen diff takes them.",
	"docs.versions":      "Other versions of the API, each a name and its description or config, with a site in a folder of that name.",
	"schemas.*.name":     "The name of the Go type.",
	"schemas.*.also":     "Further names of the Go type, as aliases.",
	"schemas.*.resource": "The top-level resource in whose package the type is; $shared for package shared.",
	"operation_types":    "Whether results and bodies get their operation's name, as aliases. Default: false.",
}
