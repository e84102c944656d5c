// Package reference says of an API what a reference of it tells besides types: it
// takes a named API and the operations of its description, and returns servers,
// scopes, media types and examples, of which some are put together. It writes no
// page.
package reference
