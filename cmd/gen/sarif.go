package main

import (
	"net/url"
	"path/filepath"
	"slices"

	"github.com/openapi-lathe/lathe/internal/diag"
)

// The parts of SARIF 2.1.0 that a list of diagnostics needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID string `json:"id"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId,omitempty"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

// newSARIF is the diagnostics as code scanners exchange them.
func newSARIF(list []*diag.Diagnostic) sarifLog {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name:           "gen",
			InformationURI: "https://github.com/openapi-lathe/lathe",
			Rules:          []sarifRule{},
		}},
		Results: []sarifResult{},
	}
	for _, d := range list {
		rule := sarifRule{d.Code}
		if d.Code != "" && !slices.Contains(run.Tool.Driver.Rules, rule) {
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
		}
		result := sarifResult{RuleID: d.Code, Level: d.Severity.String(), Message: sarifText{d.Message}}
		if d.Pos.File != "" {
			location := sarifPhysical{Artifact: sarifArtifact{sarifURI(d.Pos.File)}}
			if d.Pos.Line > 0 {
				location.Region = &sarifRegion{d.Pos.Line, d.Pos.Col}
			}
			result.Locations = []sarifLocation{{location}}
		}
		run.Results = append(run.Results, result)
	}
	return sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	}
}

// sarifURI is the URI of a file that may be one already.
func sarifURI(file string) string {
	if u, err := url.Parse(file); err == nil && u.Host != "" {
		return file
	}
	if filepath.IsAbs(file) {
		return (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	}
	return (&url.URL{Path: filepath.ToSlash(file)}).String()
}
