// Package layout puts the declarations of an SDK into packages and files: it takes
// an API whose operations, pages and errors are complete, and says where each type
// lives, which fields must be pointers so that no struct contains itself, and what
// is sent, received, or XML. It makes no operation and names nothing.
package layout
