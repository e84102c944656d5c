// Package templates has what an SDK consists of besides what is generated: the
// runtime, which is ordinary Go that is tested where it stands and copied, and
// the texts. It decides nothing; package emit fills it in.
package templates

import "embed"

// Runtime is the folder runtime, with its tests.
//
//go:embed runtime
var Runtime embed.FS

// Texts are the text/template files of the SDK's README.md and api.md.
//
//go:embed *.tmpl
var Texts embed.FS

// EngineSum is the go.sum of the JSON engine, the only module that an SDK
// requires, in the version that the runtime is built with.
//
//go:embed engine.sum
var EngineSum string

// Docs are the templates of the reference site, its style and its script.
//
//go:embed docs
var Docs embed.FS
