// Package model is an API as its SDK shows it: resources, operations and types,
// every pointer resolved, every name settled, every decision made. It holds no
// OpenAPI and no Go text; package build fills it in, package emit writes it.
package model
