// Package xmlcodec turns XML documents into the JSON of a value and back, by the
// type of the value: its fields say by their tags what is an attribute, which
// elements are a list, and what they are called.
//
// Problem: some APIs speak XML only. A type has to be read and written by two
// codecs then, and [encoding/xml] knows nothing of optional values, of unions,
// of dates and of members that no field has, nor of the ways in which servers
// write lists.
//
// Decision: a document is turned into JSON, which the one codec of the SDK reads,
// and what that writes is turned into a document. Only SDKs of APIs with XML have
// this package.
//
// The tags are those of encoding/xml: a name, with its namespace before it, a
// list in an element of its own as list>item, the options attr and chardata. A
// field without one is called as in JSON.
package xmlcodec
