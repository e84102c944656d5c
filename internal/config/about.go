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

	"environment":          "The environment variables: base_url and each security scheme, with the variable's name. Default: the package and the name, in capitals.",
	"credentials":          "How a client gets what a security scheme needs, by the scheme's name.",
	"credentials.*.env":    "The environment variable that holds the credential.",
	"credentials.*.option": "The name of the option that sets the credential, without its With, such as APIToken.",

	"client_parameters":       "Parameters that can be set once for a client: a list of names, or an object by name.",
	"client_parameters.*.env": "The environment variable that holds the parameter.",

	"envelope.result":  "The member of a response that is the result.",
	"envelope.success": "The boolean member that says whether the call succeeded.",
	"envelope.errors":  "The member that holds the problems.",

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

	"operations":              "Decisions for operations, by operationId or METHOD /path.",
	"operations.*.resource":   "The way to the operation's service, such as things.parts.",
	"operations.*.method":     "The name of its method, such as bulkDelete.",
	"operations.*.pagination": "How the operation is paged, or false if it is not.",

	"operations.*.stream":        "How the operation streams, or false if it is to have no method that does.",
	"operations.*.stream.method": "The name of the method that streams, such as createStreaming.",
	"operations.*.stream.end":    "The data of the event that ends the stream.",
	"operations.*.stream.item":   "What the schema describes: an event with its fields, or its data. Default: what it looks like.",

	"schemas.*.name": "The name of the Go type.",
	"docs":           "The reference site of gen docs.",
	"docs.output":    "The folder that the site is written to. Default: site.",
	"docs.title":     "What the site is called. Default: the description's title.",
	"docs.url":       "Where the site will be, for sitemap.xml and canonical links.",
	"docs.color":     "The colour of links and marks, as #rrggbb.",
	"docs.logo":      "An SVG, PNG or JPEG file for the corner of every page.",
	"docs.footer":    "Markdown for the foot of every page.",
	"docs.pages":     "Markdown files that become pages among the guides.",
	"docs.templates": "A folder with templates, a style.css or a site.js, each of which replaces the one of the same name.",
	"docs.images":    "Whether images from other hosts are shown; links stand for them otherwise. Default: false.",
	"docs.from":      "What the changelog compares with: a description, a config or a git revision, as gen diff takes them.",
	"docs.versions":  "Other versions of the API, each a name and its description or config, with a site in a folder of that name.",

	"operation_types": "Whether results and bodies get their operation's name, as aliases. Default: false.",
}
