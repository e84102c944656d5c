package ident

import (
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"secrets-store_storeObject", "secrets store store object"},
		{"requireSignedURLs", "require signed urls"},
		{"HTTPServer", "http server"},
		{"userIDs", "user ids"},
		{"IDsOfUsers", "ids of users"},
		{"OAuth2Token", "oauth2 token"},
		{"oauth2_token", "oauth2 token"},
		{"iPhone", "iphone"},
		{"IPv4Address", "ipv4 address"},
		{"OpenAPIs", "openapis"},
		{"v1beta1", "v1beta1"},
		{"S3Bucket", "s3 bucket"},
		{"SHA256", "sha256"},
		{"2fa", "2fa"},
		{"2010-04-01", "2010 04 01"},
		{"namespace's keys", "namespaces keys"},
		{"+1", "plus 1"},
		{"-1", "minus 1"},
		{"10-20", "10 20"},
		{"$filter", "filter"},
		{"account.id", "account id"},
		{"ACTIVE_STATUS", "active status"},
		{"X-Request-ID", "x request id"},
		{"取引先ID", "取引先 id"},
		{"ﬁle", "file"},
		{">=", "greater equal"},
		{"*", "star"},
		{"🚀", "u1f680"},
		{"🚀 launch", "launch"},
		{"\xff", "unreadable"},
		{"", "empty"},
		{"  ", "empty"},
	} {
		if got := strings.Join(Words(tt.in), " "); got != tt.want {
			t.Errorf("Words(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestIdentifiers(t *testing.T) {
	for _, tt := range []struct{ in, exported, unexported, pkg string }{
		{"account_id", "AccountID", "accountID", "accountid"},
		{"requireSignedURLs", "RequireSignedURLs", "requireSignedURLs", "requiresignedurls"},
		{"ids", "IDs", "ids", "ids"},
		{"secretsStore", "SecretsStore", "secretsStore", "secretsstore"},
		{"api_url", "APIURL", "apiURL", "apiurl"},
		{"ttl", "TTL", "ttl", "ttl"},
		{"dnssec", "DNSSEC", "dnssec", "dnssec"},
		{"ipv6_cidr", "IPv6CIDR", "ipv6CIDR", "ipv6cidr"},
		{"oauth_client", "OAuthClient", "oauthClient", "oauthclient"},
		{"sha256", "SHA256", "sha256", "sha256"},
		{"CNAMERecord", "CNAMERecord", "cnameRecord", "cnamerecord"},
		{"XYZRecord", "XYZRecord", "xyzRecord", "xyzrecord"},
		{"ACTIVE", "Active", "active", "active"},
		{"canvas", "Canvas", "canvas", "canvas"},
		{"2fa", "N2fa", "n2fa", "n2fa"},
		{"1.0", "N1_0", "n1_0", "n10"},
		{"+1", "Plus1", "plus1", "plus1"},
		{"-1", "Minus1", "minus1", "minus1"},
		{"type", "Type", "typeValue", "typeservice"},
		{"string", "String", "stringValue", "stringservice"},
		{"url", "URL", "urlValue", "urlservice"},
		{"ctx", "Ctx", "ctxValue", "ctxservice"},
		{"option", "Option", "optionValue", "optionservice"},
		{"internal", "Internal", "internal", "internalservice"},
		{"v2", "V2", "v2", "v2service"},
		{"取引先", "X取引先", "取引先", "u53d6u5f15u5148"},
		{"Über", "Über", "über", "uber"},
		{"ß", "Xß", "ß", "u00df"},
		{"", "Empty", "empty", "empty"},
		{"🚀", "U1f680", "u1f680", "u1f680"},
	} {
		if got := Exported(tt.in); got != tt.exported {
			t.Errorf("Exported(%q) = %s, want %s", tt.in, got, tt.exported)
		}
		if got := Unexported(tt.in); got != tt.unexported {
			t.Errorf("Unexported(%q) = %s, want %s", tt.in, got, tt.unexported)
		}
		if got := Package(tt.in); got != tt.pkg {
			t.Errorf("Package(%q) = %s, want %s", tt.in, got, tt.pkg)
		}
	}
}

func TestCamel(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"secrets_store", "secretsStore"},
		{"dns_records", "dnsRecords"},
		{"delete_by_ids", "deleteByIDs"},
		{"API Keys", "apiKeys"},
		{"type", "type"}, // reserved words are for Unexported
		{"64bit", "n64bit"},
	} {
		if got := Camel(tt.in); got != tt.want {
			t.Errorf("Camel(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestSpelled(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"foo.bar", "FooDotBarLower"},
		{"foo-bar", "FooDashBarLower"},
		{"Foo-Bar", "FooDashBarTitle"},
		{"FOO", "FooUpper"},
		{"fooBar", "FooBarCamel"},
		{"@type", "AtTypeLower"},
		{"a+b", "APlusBLower"},
		{"1", "N1"},
	} {
		if got := Spelled(tt.in); got != tt.want {
			t.Errorf("Spelled(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestLongNames(t *testing.T) {
	long := strings.Repeat("a2", 300)
	if got := Package(long); len(got) > maxPackage || got == Package(long+"b") {
		t.Errorf("Package of a long name is %d bytes: %s", len(got), got)
	}
	if got := Exported(long); len(got) != len(long) {
		t.Errorf("Exported shortens a long name to %d bytes", len(got))
	}
}

func FuzzExported(f *testing.F) {
	for _, s := range []string{"", "account_id", "+1", "$filter", "a.b", "取引先", "🚀", "\xff", "1.0", "ǅ", "ŉ", "type", "𝐀", "e\u0301", "ⅷ", "٣", "ʼn"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := Exported(s); !token.IsIdentifier(got) || !token.IsExported(got) {
			t.Errorf("Exported(%q) = %q is no exported identifier", s, got)
		}
		if got := Spelled(s); !token.IsIdentifier(got) || !token.IsExported(got) {
			t.Errorf("Spelled(%q) = %q is no exported identifier", s, got)
		}
		if got := Unexported(s); !token.IsIdentifier(got) || token.IsExported(got) || reserved[got] || predeclared[got] {
			t.Errorf("Unexported(%q) = %q is no free unexported identifier", s, got)
		}
		if got := Camel(s); token.IsExported(got) || !token.IsIdentifier(got) && !token.IsKeyword(got) {
			t.Errorf("Camel(%q) = %q is no unexported identifier", s, got)
		}
		got := Package(s)
		if !token.IsIdentifier(got) || strings.ContainsFunc(got, func(r rune) bool { return r >= utf8.RuneSelf || unicode.IsUpper(r) || r == '_' }) {
			t.Errorf("Package(%q) = %q is no name of a package", s, got)
		}
		if words := Words(s); len(words) == 0 || slices.Contains(words, "") {
			t.Errorf("Words(%q) = %q", s, words)
		}
		if one := Singular(s); Plural(s) != (one != s) && utf8.ValidString(s) {
			t.Errorf("Plural(%q) = %t, but Singular = %q", s, Plural(s), one)
		}
	})
}

func TestFold(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"camel", "nextPageToken", "nextpagetoken"},
		{"snake", "next_page_token", "nextpagetoken"},
		{"kebab", "Next-Page-Token", "nextpagetoken"},
		{"OData", "@odata.nextLink", "odatanextlink"},
		{"dollar", "$skip", "skip"},
		{"brackets stay", "page[number]", "page[number]"},
	} {
		if got := Fold(tt.text); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
