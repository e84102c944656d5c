package param_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/openapi-lathe/lathe/templates/runtime/param"
)

type status string

type owner struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Type string `json:"type"`
}

// A plainZone has the fields of a zone as one would write them by hand.
type plainZone struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Account     owner     `json:"account"`
	Owner       owner     `json:"owner"`
	Servers     []string  `json:"name_servers"`
	Created     time.Time `json:"created_on"`
	Modified    time.Time `json:"modified_on"`
	Development float64   `json:"development_mode"`
	Status      status    `json:"status"`
	Plan        struct {
		ID       string  `json:"id"`
		Name     string  `json:"name"`
		Price    float64 `json:"price"`
		Currency string  `json:"currency"`
	} `json:"plan"`

	Activated   time.Time `json:"activated_on"`
	CNAMESuffix string    `json:"cname_suffix"`
	DNSHost     string    `json:"original_dnshost"`
	Registrar   string    `json:"original_registrar"`
	Paused      bool      `json:"paused"`
	Type        status    `json:"type"`
	Verify      string    `json:"verification_key"`
	Quota       int64     `json:"page_rule_quota"`
	Step        int64     `json:"step"`
	Phishing    bool      `json:"phishing_detected"`
}

// An optZone is the same with half of its fields optional.
type optZone struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Account     owner     `json:"account"`
	Owner       owner     `json:"owner"`
	Servers     []string  `json:"name_servers"`
	Created     time.Time `json:"created_on"`
	Modified    time.Time `json:"modified_on"`
	Development float64   `json:"development_mode"`
	Status      status    `json:"status"`
	Plan        struct {
		ID       string  `json:"id"`
		Name     string  `json:"name"`
		Price    float64 `json:"price"`
		Currency string  `json:"currency"`
	} `json:"plan"`

	Activated   param.Opt[time.Time]      `json:"activated_on,omitzero"`
	CNAMESuffix param.Opt[string]         `json:"cname_suffix,omitzero"`
	DNSHost     param.Opt[string]         `json:"original_dnshost,omitzero"`
	Registrar   param.Opt[string]         `json:"original_registrar,omitzero"`
	Paused      param.Opt[bool]           `json:"paused,omitzero"`
	Type        param.Opt[status]         `json:"type,omitzero"`
	Verify      param.Opt[string]         `json:"verification_key,omitzero"`
	Quota       param.Opt[int64]          `json:"page_rule_quota,omitzero"`
	Step        param.Opt[int64]          `json:"step,omitzero"`
	Phishing    param.Opt[bool]           `json:"phishing_detected,omitzero"`
	Extra       map[string]jsontext.Value `json:",embed"`
}

const zoneJSON = `{"id":"023e105f4ecef8ad9ca31a8372d0c353","name":"example.com","status":"active","paused":false,"type":"full","development_mode":7200,
	"name_servers":["bob.ns.cloudflare.com","lola.ns.cloudflare.com"],"original_registrar":"GoDaddy","original_dnshost":"NameCheap",
	"modified_on":"2014-01-01T05:20:00.12345Z","created_on":"2014-01-01T05:20:00.12345Z","activated_on":"2014-01-02T00:01:00.12345Z",
	"cname_suffix":"cdn.cloudflare.com","verification_key":"284344499-1084221259","page_rule_quota":100,"step":2,"phishing_detected":false,
	"owner":{"id":"023e105f4ecef8ad9ca31a8372d0c353","type":"organization","name":"Example Org"},
	"account":{"id":"023e105f4ecef8ad9ca31a8372d0c353","name":"Example Account Name","type":"standard"},
	"plan":{"id":"0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee","name":"Free Website","price":0,"currency":"USD"}}`

// BenchmarkZones decodes 1,000 objects with 20 members, half of them optional,
// in turn into optional fields and into plain ones: at most 1.25 times.
func BenchmarkZones(b *testing.B) {
	data := []byte("[" + strings.Repeat(zoneJSON+",", 999) + zoneJSON + "]")
	least := [2]time.Duration{math.MaxInt64, math.MaxInt64} // at best: the rest is the machine's
	b.SetBytes(int64(len(data)))
	lenient := json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for b.Loop() {
		for i, f := range []func() error{
			func() error { var v []plainZone; return json.Unmarshal(data, &v, lenient) },
			func() error { var v []optZone; return json.Unmarshal(data, &v, lenient) },
		} {
			start := time.Now()
			if err := f(); err != nil {
				b.Fatal(err)
			}
			least[i] = min(least[i], time.Since(start))
		}
	}
	b.ReportMetric(float64(least[1])/float64(least[0]), "ratio")
}
