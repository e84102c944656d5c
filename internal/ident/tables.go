package ident

import "strings"

// set returns the words of text.
func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// IsInitialism reports whether a word in lower case is written in capitals.
func IsInitialism(word string) bool { return initialisms[word] }

// initialisms are written in capitals in a Go identifier: those of golint, and
// those that people who use APIs read as such.
var initialisms = set(`
	acl api ascii cpu crm css dns eof guid html http https id ip json lhs qps ram rhs rpc sla smtp
	sql ssh tcp tls ttl udp ui uid uuid uri url utf8 vm xml xmpp xsrf xss

	ach acme ai arn asn avs aws bgp bic ca cdn cidr cli cname cors crl crn csp csr csv csrf cvc cvv
	dhcp dkim dmarc dnssec db dbms e2e ecdsa ekm eks etl eu exif fqdn ftp ftps fs gb gcp gcs gdpr
	gid gif gke gps gpu grpc gtin gui hmac hsm hsts iam iban icmp ics idp imap imei imsi io iops isbn
	iso isp jpeg jpg jwe jwk jwks jws jwt kb kms kpi kyc lan ldap llm lru lxc mac mb mcp md5 mfa mime ml
	mqtt ms mtls mtu mx nat nic nfs nfs nfc nps nvme nvram oai ocr oci ocsp oidc os otp
	pci pdf pem pgp pid pii pkce pki png pop3 ppp ptr qos qr raid rbac rdp rfc rgb rgba rsa rss rtmp rtmps
	rtp rum saas saml sbom scim sdk sdp sdr seo sepa sftp sha sid sip sku slo sms sni soa soap spf sqs srt srv
	sse ssl sso ssrf sts svg swift tcpip tfa tftp tld toml totp tpm tsig txt tz udid udf upc upn urn usb utc utm
	vat vcpu vlan vmdk vnc voip vpc vpn vtt waf wan wasm webp xlsx xslt yaml yml zfs`)

// shapes are the words with a shape of their own, wherever in a name they stand.
var shapes = map[string]string{
	"android": "Android", "devops": "DevOps", "etag": "ETag", "github": "GitHub", "gitlab": "GitLab",
	"graphql": "GraphQL", "ios": "IOS", "ipad": "IPad", "iphone": "IPhone", "ipv4": "IPv4", "ipv6": "IPv6",
	"linkedin": "LinkedIn", "macos": "MacOS", "mysql": "MySQL", "nosql": "NoSQL", "oauth": "OAuth",
	"oauth1": "OAuth1", "oauth2": "OAuth2", "openai": "OpenAI", "openapi": "OpenAPI", "openid": "OpenID",
	"paypal": "PayPal", "postgresql": "PostgreSQL", "webrtc": "WebRTC", "whatsapp": "WhatsApp",
	"youtube": "YouTube", "sqlite": "SQLite", "kbps": "Kbps", "mbps": "Mbps",
	"get": "Get", "put": "Put", "post": "Post", "patch": "Patch", "delete": "Delete", "head": "Head",
}

// humps are words that camel case would tear apart, by their first letter.
var humps = byFirst(`
	eTag ETag iPhone iPad iOS IPv4 IPv6 macOS MacOS OAuth OpenAPI OpenAI OpenID GitHub GitLab GraphQL
	LinkedIn MySQL NoSQL PayPal PostgreSQL SQLite WebRTC WhatsApp YouTube DevOps`)

func byFirst(text string) map[rune][][]rune {
	m := map[rune][][]rune{}
	for _, w := range strings.Fields(text) {
		r := []rune(w)
		m[r[0]] = append(m[r[0]], r)
	}
	return m
}

// noPlural are words that end like the plural of an initialism and are none.
var noPlural = set(`cas pops nats mss sips swifts oss macs`)

// predeclared are Go's keywords and predeclared identifiers.
var predeclared = set(`
	break case chan const continue default defer else fallthrough for func go goto if import interface
	map package range return select struct switch type var

	any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune
	string uint uint8 uint16 uint32 uint64 uintptr true false iota nil
	append cap clear close complex copy delete imag len make max min new panic print println real recover`)

// reserved are the names that generated files use themselves: the packages that
// they import, and what their functions call their own parameters, receivers
// and variables.
var reserved = set(`
	api apierror bytes context civil errors fmt http io iter json jsontext mime multipart option pagination param
	runtime shared slices sse strconv stream streaming strings time url

	s c ctx opts params req resp res err body query header path page out yield client`)

// reservedPackages are names that a package of the output cannot have besides,
// because its folder or its import path would mean something else.
var reservedPackages = set(`aux com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 con lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 nul prn init t
	internal vendor testdata main test cmd docs examples documentation builtin unsafe
	base64 big bufio cmp embed encoding filepath hash log maps math net os reflect regexp sdktest signature sort sync testing textproto unicode utf8`)
