// Package restree decides the place of every operation in the resource tree: the
// resource that it belongs to, and the method that it is there. It reads paths,
// verbs, tags and operationIds; it knows no schema and no Go text.
//
// [Infer] gives every operation a resource and a method, as the author of an
// SDK would. What the description says outright comes first (a group and a
// name), then operationIds that are made of a group and a method ("emails/send",
// if two thirds are), then the path. The rules for the method are [Rules], an
// ordered list with an example each; docs/naming.md explains them. Then
//
//   - a scope says whose a resource is: /accounts/{account_id} in front of
//     /accounts/{account_id}/dns_records. It is found by the tags of what lies
//     under it, which name something else, or, without telling tags, by how
//     much lies under it and stands beside it (scope.go);
//   - a resource is called as its step, but in the plural or spelled out if its
//     tag or operationIds say so, and without the words of the resource above it
//     (label.go). One thing beside others of its kind is their default, if that
//     is what its operationId says: policies.default;
//   - of two methods that would be called the same, one says more: for what, by
//     what, or what else the operationId says besides the resource (clash.go).
//
// Problem: a decision that looks at more than one operation can turn when
// another is added, and rename methods that people call. Others fix the tree in
// a config file from the first day, which nobody reviews.
// Decision: a decision looks at the same path, then at its neighbours, and at
// the whole only where nothing else can know; and gen.yaml has the last word.
//
// So a new operation can rename only
//
//   - what wants the same call: one of them keeps it if it has nothing to add
//     (getForPolicy beside get), else all of them get longer;
//   - what is at the same path or right beside it: a new PUT on an item makes
//     PUT on its collection bulkUpdate, a new item makes a view of a folder a
//     resource, a first tag or operationId in the plural makes the resource
//     plural, settings beside oven_settings give that its first word back;
//   - a resource that is now there in another version, or under another scope,
//     with the same operations: it gets the version or the scope in front, and so
//     does what lies under it;
//   - much, if it tips what the whole decides: nine in ten operations have one
//     prefix, two thirds one style of operationIds, a fifth lie under a scope
//     (two fifths if there are no tags), four in five are paths of one step, one
//     in five has no name but its operationId. Descriptions are far from these
//     lines, mostly: of the 41 that this was tried on, none was near one but two
//     that have every operation in two versions.
package restree
