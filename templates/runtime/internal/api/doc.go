// Package api sends one call to an API and decodes its response.
package api
