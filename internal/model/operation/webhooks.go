package operation

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/model/schema"
	"github.com/openapi-lathe/lathe/internal/model/types"
	"github.com/openapi-lathe/lathe/internal/spec"
)

// What an API sends to its users is a package of events.
//
// Problem: a description lists events under webhooks, under x-webhooks before OpenAPI
// 3.1, or as callbacks of operations. It says what each payload is, and often neither
// how a receiver tells one from another nor how it knows that the API sent it.
//
// Decision: one union of all payloads, whatever list they are in, since they may come
// to one URL. It is decided by a header that webhooks declare for it, then as any union
// is. A header without values has the names of the events, which is what it is for.
//
// Decision: the headers that a description declares or mentions tell of the common
// schemes of signatures. Where none does, deliveries are verified by Standard Webhooks,
// with a warning: what is signed in another way is refused, not let through.

// webhooksPath is the package of the events.
const webhooksPath = "webhooks"

// An event is one of the description's.
type event struct {
	*model.Webhook
	node    *spec.Node // of the operation
	item    *spec.Node
	payload *spec.Node // its schema
}

// webhooks reads the events, and makes the union of their payloads.
func (rd *reader) webhooks() {
	events := rd.readEvents()
	if len(events) == 0 {
		return
	}
	w := &model.Webhooks{Package: rd.api.AddPackage(cmp.Or(rd.cfg.Webhooks.Package, webhooksPath))}
	var payloads []*spec.Node
	var names []string
	var typed []*event
	for _, e := range events {
		w.Events = append(w.Events, e.Webhook)
		if e.payload != nil {
			payloads, names, typed = append(payloads, e.payload), append(names, e.Spec), append(typed, e)
		}
	}
	if len(payloads) == 0 {
		rd.diags.Warningf(events[0].Pos, "webhooks-untyped", "none of %d webhooks has a payload in JSON, so that the SDK has no events", len(events))
		return
	}
	rd.api.Webhooks = w
	o := types.Origin{Text: "webhook event", Fixed: "Event"}
	if rd.doc.Root.Get("components").Get("schemas").Has("Event") {
		o.Fixed = "WebhookEvent"
	}
	union, variants := rd.types.Events(spec.NewAnyOf(events[0].Pos, payloads...), payloads, names, o)
	union.Doc = ""
	w.Union = union
	for i, v := range variants {
		typed[i].Variant = v
	}
	w.Header = cmp.Or(rd.cfg.Webhooks.Header, eventHeader(rd, typed))
	for _, e := range typed {
		e.Names = rd.eventNames(e, w.Header)
	}
	rd.eventMember(union, typed)
	if w.Header != "" {
		w.Choices = choices(w)
	}
	rd.signature(w, events)
	w.Status = successStatus(events)
}

// readEvents finds every event, in the order of the description.
func (rd *reader) readEvents() []*event {
	var events []*event
	add := func(name, callback string, item *spec.Node) {
		item = rd.facts.Deref(item)
		for _, m := range item.All() {
			if slices.Contains(verbs[:], m.Name) {
				events = append(events, rd.readEvent(name, callback, item, m.Value))
			}
		}
	}
	for _, list := range []string{"webhooks", "x-webhooks"} {
		for name, item := range rd.doc.Root.Get(list).Members() {
			if list == "webhooks" && strings.HasPrefix(name, "x-") {
				continue
			}
			add(name, "", item)
		}
	}
	for _, op := range rd.all {
		for name, callback := range op.Node.Get("callbacks").Members() {
			for expression, item := range rd.facts.Deref(callback).Members() {
				if !strings.HasPrefix(expression, "x-") {
					add(name, types.Route(op.Operation), item)
				}
			}
		}
	}
	return slices.CompactFunc(events, func(a, b *event) bool { return a.node == b.node })
}

func (rd *reader) readEvent(name, callback string, item, n *spec.Node) *event {
	e := &event{
		Webhook: &model.Webhook{
			Spec: name, Pos: n.Pos(), Callback: callback, Doc: cmp.Or(operationDoc(n), operationDoc(item)),
			Deprecated: schema.Deprecation(n.Get("deprecated").True(), schema.DeprecatedReason(n)),
		},
		node: n, item: item,
	}
	for media, content := range rd.facts.Deref(n.Get("requestBody")).Get("content").Members() {
		if e.payload == nil && IsJSON(media) {
			e.payload = rd.facts.Deref(content).Get("schema")
		}
	}
	return e
}

// headers returns the parameters that a delivery of an event has in its header.
func (rd *reader) headers(e *event) []*spec.Node {
	var list []*spec.Node
	for _, params := range []*spec.Node{e.item.Get("parameters"), e.node.Get("parameters")} {
		for _, p := range params.Elements() {
			if p = rd.facts.Deref(p); strings.EqualFold(p.Get("in").Text(), "header") {
				list = append(list, p)
			}
		}
	}
	return list
}

// eventName is how headers are called that name an event.
var eventName = regexp.MustCompile(`(?i)(^|[-_])(event|event-?(type|name|key)|topic|webhook-?(type|topic))$`)

// eventHeader is the header that names the event: one that most events declare, and
// that is called so or has one value for each of them. It is empty if there is none.
func eventHeader(rd *reader, events []*event) string {
	count, values := map[string]int{}, map[string]map[string]bool{}
	spelled := map[string]string{}
	var order []string
	for _, e := range events {
		for _, p := range rd.headers(e) {
			name := strings.ToLower(p.Get("name").Text())
			if count[name] == 0 {
				order = append(order, name)
				values[name], spelled[name] = map[string]bool{}, p.Get("name").Text()
			}
			count[name]++
			if list := rd.fixedValues(p); len(list) == 1 {
				values[name][list[0]] = true
			}
		}
	}
	for _, name := range order {
		said := len(values[name]) > 1 && len(values[name]) == count[name]
		if count[name]*2 > len(events) && (said || eventName.MatchString(name)) {
			return spelled[name]
		}
	}
	return ""
}

// fixedValues are the values that a parameter can have, if it can have few.
func (rd *reader) fixedValues(p *spec.Node) []string {
	var list []string
	for _, v := range rd.facts.View(p.Get("schema")).Enum {
		list = append(list, v.Text())
	}
	return list
}

// eventNames are the names that a header may have for an event: the values that it
// declares, else what the description calls it: its name, its operationId, and what
// that has before a slash or dot (issues/opened).
func (rd *reader) eventNames(e *event, header string) []string {
	if header == "" {
		return nil
	}
	for _, p := range rd.headers(e) {
		if list := rd.fixedValues(p); strings.EqualFold(p.Get("name").Text(), header) && len(list) > 0 {
			return list
		}
	}
	names := []string{e.Spec}
	if id := e.node.Get("operationId").Text(); id != "" {
		names = append(names, id)
		if before, _, ok := strings.Cut(id, "/"); ok {
			names = append(names, before)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// eventMember makes a member of the payload the one that names the event, where the
// config says so. Its values are those that a payload allows, else the event's name.
func (rd *reader) eventMember(u *model.Union, events []*event) {
	member := rd.cfg.Webhooks.Member
	if member == "" {
		return
	}
	known := false
	for _, v := range u.Variants {
		known = known || slices.Contains(v.Known, member)
		v.Values = v.TagValues(member)
	}
	if !known {
		rd.diags.Warningf(rd.cfg.Webhooks.Pos, "config-unused", "no payload of a webhook has the member %q, which is to name the event", member)
		return
	}
	u.Tag = member
	for _, e := range events {
		if v := e.Variant; v != nil && v.TagValues(member) == nil && !slices.Contains(v.Values, e.Spec) {
			v.Values = append(v.Values, e.Spec)
		}
	}
}

// signatures are the headers by which the common schemes are known, in lower case, and
// what package signature calls the schemes.
var signatures = []struct{ header, key, name string }{
	{"webhook-signature", "standard", "Standard"},
	{"svix-signature", "svix", "Svix"},
	{"x-hub-signature-256", "github", "GitHub"},
	{"x-shopify-hmac-sha256", "shopify", "Shopify"},
	{"stripe-signature", "stripe", "Stripe"},
	{"x-slack-signature", "slack", "Slack"},
}

// signature settles how deliveries are signed: as the config says, else by a header
// that events declare, as a parameter or as what they are secured with, else by one
// that the texts mention.
func (rd *reader) signature(w *model.Webhooks, events []*event) {
	switch c := rd.cfg.Webhooks; {
	case c.HMAC != nil:
		w.Signature = &model.Signature{Parts: []model.Constant{
			{Name: "Header", Value: c.HMAC.Header}, {Name: "Separator", Value: c.HMAC.Separator}, {Name: "Prefix", Value: c.HMAC.Prefix},
			{Name: "Hash", Value: c.HMAC.Hash}, {Name: "Encoding", Value: c.HMAC.Encoding}, {Name: "Timestamp", Value: c.HMAC.Timestamp},
			{Name: "ID", Value: c.HMAC.ID}, {Name: "Signed", Value: c.HMAC.Signed}, {Name: "SecretPrefix", Value: c.HMAC.SecretPrefix},
		}}
		return
	case c.Signature == "none":
		return
	case c.Signature != "":
		i := slices.IndexFunc(signatures, func(s struct{ header, key, name string }) bool { return s.key == c.Signature })
		w.Signature = &model.Signature{Name: signatures[i].name}
		return
	}
	declared, texts := map[string]bool{}, strings.ToLower(rd.doc.Root.Get("info").Get("description").Text())
	schemes := rd.doc.Root.Get("components").Get("securitySchemes")
	for _, e := range events {
		for _, p := range rd.headers(e) {
			declared[strings.ToLower(p.Get("name").Text())] = true
		}
		for _, alternative := range e.node.Get("security").Elements() {
			for name := range alternative.Members() {
				declared[strings.ToLower(rd.facts.Deref(schemes.Get(name)).Get("name").Text())] = true
			}
		}
		texts += " " + strings.ToLower(e.Doc)
	}
	for _, s := range signatures {
		if declared[s.header] {
			w.Signature = &model.Signature{Name: s.name}
			return
		}
	}
	for _, s := range signatures {
		if regexp.MustCompile(`(^|[^a-z0-9-])` + s.header + `([^a-z0-9-]|$)`).MatchString(texts) {
			w.Signature = &model.Signature{Name: s.name}
			return
		}
	}
	w.Signature = &model.Signature{Name: "Standard"}
	rd.diags.Warningf(events[0].Pos, "webhook-signature", "nothing says how webhooks are signed; Unwrap takes them to be Standard Webhooks and refuses others; say webhooks.signature in gen.yaml")
}

// successStatus is the status that the events ask for; 0 if they do not agree on one
// other than 204, which stands for any that tells of success.
func successStatus(events []*event) int {
	found := 0
	for _, e := range events {
		for status := range e.node.Get("responses").Members() {
			n, err := strconv.Atoi(status)
			if err != nil || n < 200 || n > 299 {
				continue
			}
			if found != 0 && found != n {
				return 0
			}
			found = n
			break
		}
	}
	return found
}

// choices says of each variant of the union by what it is told from the others that
// have the same name in the header.
func choices(w *model.Webhooks) []*model.Choice {
	list := make([]*model.Choice, len(w.Union.Variants))
	for i, v := range w.Union.Variants {
		list[i] = &model.Choice{Variant: v}
		for _, e := range w.Events {
			if e.Variant == v {
				list[i].Names = append(list[i].Names, e.Names...)
			}
		}
		slices.Sort(list[i].Names)
		list[i].Names = slices.Compact(list[i].Names)
	}
	for _, c := range list {
		var rivals []*model.Variant
		for _, other := range list {
			if slices.ContainsFunc(other.Names, func(name string) bool { return slices.Contains(c.Names, name) }) {
				rivals = append(rivals, other.Variant)
			}
		}
		for _, tag := range c.Variant.Tags {
			if len(rivals) > 1 && apart(rivals, tag.Member) {
				c.Member, c.Values = tag.Member, tag.Values
				break
			}
		}
	}
	return list
}

// apart reports whether each of several payloads allows values for a member that no
// other does.
func apart(rivals []*model.Variant, member string) bool {
	seen := map[string]bool{}
	for _, v := range rivals {
		values := v.TagValues(member)
		for _, value := range values {
			if seen[value] {
				return false
			}
			seen[value] = true
		}
		if len(values) == 0 {
			return false
		}
	}
	return true
}
