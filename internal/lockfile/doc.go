// Package lockfile reads and writes gen.lock: the public names of an SDK, each with
// the place in the description that it is from. A later run keeps them.
//
// Problem: names are inferred, and an inference that looks at more than one
// operation can turn when another is added; a schema that a second resource
// comes to use is no longer the first one's. For the users of an SDK each is a
// breaking change that the API never made. Others fix all names by hand in a
// config, or have a service remember them.
//
// Decision: what was inferred once is written down, in a file that people read
// in a diff and merge line by line: a name, a space and its place, sorted, with
// nothing that one line says of another. There are no counts, no hashes and no
// columns to align.
//
// # Names
//
// A name is as a user of the SDK writes it:
//
//	Client.Stores.Create    a method, or a field that leads to a resource
//	stores.Store            a type, function or constant of a package
//	stores.Store.CreatedAt  a field of a type
//
// # Places
//
// A place is where the name comes from. It does not move when the description
// is reordered or grows:
//
//	GET /stores                       an operation
//	GET /stores all                   the twin of its method that yields items
//	GET /stores stream                the method beside it that streams
//	GET /stores params, …response     what is declared for an operation
//	GET /stores page                  the page that it returns
//	#/components/schemas/Store        a schema, by its JSON pointer
//	#/components/schemas/Store.name   a member of it
//	#/components/schemas/State=open   a value of it
//	also #/components/schemas/S/items a schema that is equal to the one of the type's own place
//	resource stores.parts             a resource
//	credential api_key                an option, for a security scheme
//	credential function, client credentials, token URL api_key
//	parameter account_id              an option, for a parameter of the client
//	server variable region            an option, for a variable of the server's URL
package lockfile
