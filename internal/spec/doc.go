// Package spec turns the bytes of an OpenAPI description into one ordered,
// positioned, self-contained document of version 3. Everything about files,
// references, versions, limits and repairs is here; what the description means
// for an SDK is not.
//
// # The tree
//
// A generator needs to know in which order things stand, where each of them
// stands, what a number says to the last digit, null from absent, and whether
// two uses mean the same schema. Typed readers of OpenAPI lose most of that:
// kin-openapi keeps properties in a map, knows no positions in JSON, reads
// integers as float64, re-reads a whole-file reference at each use, binds a
// reference in one file to a component of another that has the same name, and
// takes a time quadratic in depth and in what refers to what. Generators that
// build on it sort by name and forbid what it misreads.
//
// Decision: everything downstream reads our own tree of nodes, in which the
// identity of a node is the identity of a schema, and kin-openapi is handed one
// self-contained text afterwards, as the validator of [Document.Validate] and
// as the referee of tests.
//
// # Reading
//
// YAML is a superset of JSON by its specification, and not in its libraries:
// they reject escaped slashes and surrogate pairs, and take ten times as long.
//
// Decision: what starts like JSON is read as JSON, token by token, and as YAML
// only if that fails.
//
// YAML scalars are resolved by the core schema of YAML 1.2: yes, no and dates
// are strings. Two kinds of integers are strings besides, those with a plus and
// those with a superfluous zero in front: YAML 1.1 and 1.2 disagree on their
// value, JSON cannot write them, and who writes 02134 or +15551234567 means the
// characters.
//
// An alias leads to the node of its anchor rather than to a copy. So it costs
// nothing however often it is used, and a file of aliases to aliases is no
// bomb; but whoever walks the tree does pay, so what an alias leads to counts
// at each use against the limit on nodes.
//
// # References
//
// References are followed when asked, by [Document.Deref], which reads the
// files that it needs. They lead nowhere outside of one folder, by way of
// [os.Root], and to no host that is not allowed.
//
// One that leads nowhere is no error by itself: it may be in a part that
// nothing uses, and a looser type may do in its place. Who asks decides.
//
// # Version 2.0
//
// Libraries turn a description of 2.0 into their types for 3.0 and lose what
// lies between, the default collectionFormat for one, without which arrays are
// sent in another way.
//
// Decision: the tree is converted as a tree. Schemas stay the nodes that they
// are, all else is built around them, and every node keeps the position of what
// it comes from, so that messages speak of the file as it was written.
//
// # Repairs
//
// Most descriptions break a rule somewhere. Where it is clear what is meant,
// the tree is mended when it is loaded, with a warning that has a code; tables
// in repair.go say what is mended. No name that the description gives is
// dropped on the way.
package spec
