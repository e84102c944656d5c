// Package paging finds out how operations are paged: it takes an operation whose
// parameters and body are known, and the schema of its response, and returns a
// [Plan], the page type that the response would be and how the next one is asked
// for. [Merge] makes the plans of all operations the page types of the SDK. It
// changes no operation and names nothing.
package paging
