// Package sdktest is the API for a program's own tests: a fake that answers the
// SDK's client in the same process, without a network and without interfaces to
// mock.
//
//	api := sdktest.New(t)
//	sdktest.Respond(api.On.SecretsStore.Stores.List, result)
//	client := cloudflare.NewClient(api.Options()...)
//
// Under On is each operation where the client has its method. [Respond] lets it
// answer with a result of the method's type, and [Handle] with a function that
// takes what the method takes. A failure is an [*Error], which is sent in the form that the API has for
// its errors, or any other error, which breaks the connection. The client's
// requests are real ones: parameters, bodies, retries, pages and streams go
// through all of the SDK but the socket.
//
// Times are those of package time, so that a test in a bubble of
// testing/synctest waits for nothing.
package sdktest

// Decision: operations are fields of a type without methods, each of them one line
// of data. What they have in common is not generic, and reads the request with
// reflection by the table that stands in the field's tag. A method of a generic
// type is compiled for each of its operations: with methods in place of functions
// the package of 528 operations took 11 s to compile, and takes 0.6 s now.
//
// Decision: services are no interfaces. Who wants one declares the methods that
// the program needs, and the service has them.
