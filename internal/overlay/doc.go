// Package overlay reads OpenAPI Overlays, versions 1.0 and 1.1, and applies them
// to the tree of a description. It knows nothing of what an OpenAPI description
// means.
//
// Every value keeps the place where it was written: what an overlay brought
// points into the overlay's file, all else into the description's. Values that
// YAML aliases share are changed only where the target says so, as what an
// overlay changes are places and not values.
//
// The two versions are treated alike where 1.1 only says more than 1.0: how
// arrays are joined, and that single values can be targets. What does not fit,
// such as an object that is to be merged with a string, is an error in 1.1, as
// the standard has it. 1.0 says nothing of it, and other tools replace the
// value: that is what is done, with a warning. Only copy needs 1.1.
//
// Decision: it is our own, over our own tree. The libraries for it change the
// nodes of a YAML library, which loses order or positions, and bring more
// modules than the generator may have.
package overlay
