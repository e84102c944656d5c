package restree

import (
	"strings"
	"testing"
)

func TestParseRoute(t *testing.T) {
	for _, tt := range []struct{ path, want string }{
		{"/", ""},
		{"/pets/{id}", "pets {id}"},
		{"/pets/:id/", "pets {id}"},
		{"/2010-04-01/Accounts/{Sid}.json", "2010-04-01 Accounts {Sid}"},
		{"/2010-04-01/Accounts.json", "2010-04-01 Accounts"},
		{"/containers/{id}/json", "containers {id}"},
		{"/chat.postMessage", "chat postMessage!"},
		{"/run/base-v1.5", "run base-v1.5"},
		{"/admin.apps.approved.list", "admin apps approved list!"},
		{"/apis/rbac.authorization.k8s.io/v1/roles", "apis rbac v1 roles"},
		{"/projects/{id}:cancel", "projects {id} cancel!"},
		{"/projects:batchGet", "projects batchGet!"},
		{"/Users('{id}')/Messages", "Users {id} Messages"},
		{"/files/{id}/thumbnail.{extension}", "files {id} thumbnail"},
		{"/v{version}/things", "{version} things"},
		{"/v1.0/things", "v1.0 things"},
		{"/repos/{owner}/{repo}/compare/{base}...{head}", "repos {owner} {repo} compare {base}"},
		{"/responses?beta=true", "responses variant=beta"},
		{"/?Action=ListUsers&Version=1", "rpc=ListUsers"},
		{"/#X-Amz-Target=Kinesis_20131202.AddTags", "rpc=AddTags"},
		{"/token#refresh", "token"},
		{"/.well-known/jwks.json", "well-known jwks"},
		{"/users/@me", "users @me"},
		{"/{a", "{a"},
	} {
		r := parseRoute(tt.path)
		var parts []string
		for _, s := range r.segments {
			switch {
			case s.param:
				parts = append(parts, "{"+s.text+"}")
			case s.rpc:
				parts = append(parts, s.text+"!")
			default:
				parts = append(parts, s.text)
			}
		}
		if r.variant != "" {
			parts = append(parts, "variant="+r.variant)
		}
		if r.rpc != "" {
			parts = append(parts, "rpc="+r.rpc)
		}
		if got := strings.Join(parts, " "); got != tt.want {
			t.Errorf("parseRoute(%q) = %s, want %s", tt.path, got, tt.want)
		}
	}
}
