// Package naming gives every part of an SDK that is laid out its Go name: it takes
// the model, what each name is made from, the config and the lock, and fills the
// names in. What the lock has a name for gets it first, all that is new gives way
// to it. It moves nothing and changes no type.
package naming
