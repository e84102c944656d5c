package restree

import (
	"fmt"
	"go/token"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// parseOperations reads operations from lines of
//
//	[*1?~+]METHOD /path [id=operationId] [tag=Tag_With_Spaces] [group=a.b] [name=x] [has=a,b] [sends=a,b] -> resource.name
//
// where * says that the response is a list, 1 that it is one thing, ? that it is
// values by name, ~ that it is a stream, + that its status is 201; has are its
// properties, and sends those of the request.
func parseOperations(t *testing.T, text string) (ops []Operation, want []string) {
	t.Helper()
	for line := range strings.Lines(strings.TrimSpace(text)) {
		line, call, _ := strings.Cut(strings.TrimSpace(line), " -> ")
		marks := line[:strings.IndexFunc(line+"A", unicode.IsUpper)]
		fields := strings.Fields(line[len(marks):])
		if len(fields) < 2 {
			t.Fatalf("line %q", line)
		}
		op := Operation{Method: fields[0], Path: fields[1]}
		for _, mark := range marks {
			switch mark {
			case '*':
				op.Returns = List
			case '1':
				op.Returns = One
			case '?':
				op.Returns = Map
			case '~':
				op.Returns = Stream
			case '+':
				op.Created = true
			default:
				t.Fatalf("line %q", line)
			}
		}
		for _, f := range fields[2:] {
			key, value, _ := strings.Cut(f, "=")
			switch key {
			case "id":
				op.ID = value
			case "tag":
				op.Tags = append(op.Tags, strings.ReplaceAll(value, "_", " "))
			case "group":
				op.Group = []string{value}
			case "name":
				op.Name = value
			case "has":
				op.Members = strings.Split(value, ",")
			case "sends":
				op.Sends = strings.Split(value, ",")
			case "summary":
				op.Summary = strings.ReplaceAll(value, "_", " ")
			default:
				t.Fatalf("line %q", line)
			}
		}
		ops = append(ops, op)
		want = append(want, strings.TrimSpace(call))
	}
	return ops, want
}

func (c Call) String() string {
	return strings.Join(append(c.Resource[:len(c.Resource):len(c.Resource)], c.Name), ".")
}

func TestInfer(t *testing.T) {
	for _, tt := range []struct{ name, ops string }{
		{"verbs on collections, items and singletons", `
			*GET /pets                       -> pets.list
			POST /pets                       -> pets.create
			GET /pets/{id}                   -> pets.get
			PUT /pets/{id}                   -> pets.update
			PATCH /pets/{id}                 -> pets.edit
			DELETE /pets/{id}                -> pets.delete
			HEAD /pets/{id}                  -> pets.head
			GET /pets/{id}/quota             -> pets.quota.get
			PUT /pets/{id}/quota             -> pets.quota.update
			GET /pets/{id}/settings          -> pets.settings.get
			PATCH /pets/{id}/settings        -> pets.settings.update
			*GET /pets/{id}/visits           -> pets.visits.list
			POST /pets/{id}/visits           -> pets.visits.create`},
		{"bulk", `
			*GET /rules                      -> rules.list
			DELETE /rules                    -> rules.bulkDelete
			PATCH /rules                     -> rules.bulkEdit
			PUT /rules                       -> rules.bulkUpdate
			DELETE /rules/{id}               -> rules.delete
			PATCH /rules/{id}                -> rules.edit
			PUT /rules/{id}                  -> rules.update
			*GET /items                      -> items.list
			DELETE /items                    -> items.delete`},
		{"bulk as a step", `
			*GET /rules                                        -> rules.list
			DELETE /rules/{id}                                 -> rules.delete
			PUT /rules/bulk                                    -> rules.bulkUpdate
			DELETE /rules/bulk                                 -> rules.bulkDelete
			POST /rules/bulk/reset                             -> rules.bulkReset
			POST /rules/bulk/archive                           -> rules.bulkArchive
			POST /items/bulk id=bulk_edit_items                -> items.bulkUpdate
			POST /items/bulk/delete                            -> items.bulkDelete
			*GET /items                                        -> items.list
			DELETE /parts                                      -> parts.delete
			POST /parts/delete                                 -> parts.bulkDelete
			*GET /parts                                        -> parts.list`},
		{"one item by number", `
			GET /users/{id}/folders/{folder_id}                -> users.folders.get
			PUT /users/{id}/folders/0                          -> users.folders.update
			GET /2/users/{id}                                  -> users.get`},
		{"actions", `
			*GET /orders                     -> orders.list
			GET /orders/{id}                 -> orders.get
			POST /orders/{id}/cancel         -> orders.cancel
			POST /orders/{id}/mark_as_read   -> orders.markAsRead
			PUT /orders/{id}/activate        -> orders.activate
			POST /orders/{id}/shipping/start -> orders.shipping.start
			POST /orders/import              -> orders.import
			GET /orders/export               -> orders.export
			GET /orders/search               -> orders.search
			GET /orders/{id}/content         -> orders.content
			POST /orders/{id}:archive        -> orders.archive
			POST /orders/{id}/refunds        -> orders.refunds.create
			POST /orders/{id}/cancellation id=cancelOrder -> orders.cancellation`},
		{"actions in a folder of that name", `
			*GET /servers                             -> servers.list
			GET /servers/{id}                         -> servers.get
			*GET /servers/{id}/actions                -> servers.actions.list
			GET /servers/{id}/actions/{action}        -> servers.actions.get
			POST /servers/{id}/actions/reboot         -> servers.reboot
			POST /servers/{id}/actions/add_disks id=addServerDisks -> servers.addDisks
			POST /servers/{id}/actions/change_dns_ptr -> servers.changeDNSPTR`},
		{"a noun or a verb", `
			POST /audio/speech id=createSpeech             -> audio.speech.create
			POST /audio/transcriptions                     -> audio.transcriptions.create
			POST /videos/{id}/token id=create-token        -> videos.token.create
			POST /videos/{id}/copy                         -> videos.copy
			POST /videos/{id}/upload id=createUploadURL    -> videos.upload.create
			GET /videos/{id}                               -> videos.get`},
		{"a verb and what it is done with", `
			POST /v1/lab/run/{model}                       -> lab.run
			POST /v1/lab/run/@acme/tiny/base-v1.5          -> lab.runACMETinyBaseV1_5
			POST /v1/lab/run/@acme/big-2                   -> lab.runACMEBig2
			POST /v1/lab/validate/target                   -> lab.validateTarget
			POST /v1/lab/validate/target/exists            -> lab.validateTargetExists
			*GET /v1/papers                                -> papers.list
			GET /v1/papers/{id}                            -> papers.get
			*GET /v1/lab/search/papers                     -> lab.search.papers.list
			POST /v1/lab/search/papers                     -> lab.search.papers.create`},
		{"the plural that a tag or an operationId says", `
			*GET /kettle/ tag=Copper_Kettles                 -> kettles.list
			*GET /oven_door/ tag=Oven_Doors                  -> ovenDoors.list
			GET /oven_door/{id} tag=Oven_Doors               -> ovenDoors.get
			GET /ovens/{id}/hook id=getHooks                 -> ovens.hooks.get
			PUT /ovens/{id}/hook id=createHooks              -> ovens.hooks.update
			DELETE /ovens/{id}/bell id=deleteBell            -> ovens.bell.delete
			GET /ovens/{id}/bell id=getBell                  -> ovens.bell.get
			*GET /ovens/{id}/allow id=getOvenAllowList       -> ovens.allows.get
			PUT /ovens/{id}/allow id=setOvenAllowList        -> ovens.allows.update`},
		{"a verb that one can make some of", `
			*GET /ovens                                      -> ovens.list
			POST /ovens/{id}/capture                         -> ovens.captures.create
			GET /ovens/{id}/capture/{capture_id}             -> ovens.captures.get
			POST /ovens/{id}/upload                          -> ovens.upload.create
			PUT /ovens/{id}/upload/{part}                    -> ovens.upload.update
			POST /stream                                     -> stream.create
			GET /stream/{id}                                 -> stream.get
			*GET /stream/channels                            -> stream.channels.list`},
		{"abbreviations that the tag spells out", `
			*GET /shipping_mthds tag=Carrier_Shipping_Methods        -> shippingMethods.list
			GET /shipping_mthds/{id} tag=Carrier_Shipping_Methods    -> shippingMethods.get
			*GET /bg_tasks tag=Background_Jobs                       -> bgTasks.list
			*GET /dns_zones tag=Domain_Name_System_Zones             -> dnsZones.list
			*GET /auth_config tag=Authentication_Configuration       -> authConfig.list
			*GET /pkgs tag=Packages                                  -> packages.list
			*GET /pkgs/{id}/lines tag=Packages                       -> packages.lines.list
			*GET /mgrs tag=Plant_Managers                            -> mgrs.list`},
		{"words of the resource above", `
			*GET /ovens/{id}/oven_timers                     -> ovens.timers.list
			GET /ovens/{id}/oven_timers/{timer_id}           -> ovens.timers.get
			GET /ovens/{id}/oven_settings                    -> ovens.ovenSettings.get
			GET /ovens/{id}/settings                         -> ovens.settings.get
			GET /ovens/{id}/oven_door                        -> ovens.door.get
			*GET /bread_tin/tins                             -> breadTin.tins.list
			*GET /bread/bread_rolls                          -> bread.rolls.list
			GET /bread/bread_maker                           -> bread.breadMaker.get
			PUT /bread/bread_maker                           -> bread.breadMaker.update
			*GET /ovens/ovens                                -> ovens.ovens.list
			*GET /shelves                                    -> shelves.list
			*GET /shelves/{id}/lent/shelves                  -> shelves.lentShelves.list
			GET /shelves/{id}/lent/shelves/{lent_id}         -> shelves.lentShelves.get
			*GET /shelves/{id}/parts                         -> shelves.parts.list
			*GET /shelves/{id}/parts/{part}/shelves          -> shelves.parts.shelves.list`},
		{"one thing beside others of its kind", `
			*GET /ovens/policies id=listOvenPolicies                            -> ovens.policies.list
			POST /ovens/policy id=createOvenPolicy                              -> ovens.policies.create
			GET /ovens/policy id=getDefaultOvenPolicy                           -> ovens.policies.default.get
			PATCH /ovens/policy id=updateDefaultOvenPolicy                      -> ovens.policies.default.update
			GET /ovens/policy/limits id=getLimits                               -> ovens.policies.default.limits.get
			GET /ovens/policy/{policy_id} id=getOvenPolicy                      -> ovens.policies.get
			PATCH /ovens/policy/{policy_id} id=updateOvenPolicy                 -> ovens.policies.update
			GET /ovens/policy/{policy_id}/limits id=getLimitsForPolicy          -> ovens.policies.limits.get
			*GET /ovens/policy/templates id=listTemplates                       -> ovens.policies.templates.list
			*GET /tins id=listTins                                              -> tins.list
			GET /tins/{id} id=getTin                                            -> tins.get`},
		{"update by POST", `
			*GET /v1/customers                    -> customers.list
			POST /v1/customers                    -> customers.create
			GET /v1/customers/{customer}          -> customers.get
			POST /v1/customers/{customer}         -> customers.update
			POST /v1/customers/{customer}/sources -> customers.sources.create
			1GET /v1/tax/settings has=head_office,defaults,status -> tax.settings.get
			POST /v1/tax/settings sends=head_office,defaults,expand -> tax.settings.update
			1GET /v1/tax/duo has=device            -> tax.duo.get
			POST /v1/tax/duo sends=code           -> tax.duo.create
			POST /v1/runs/{run} id=cancelRun      -> runs.cancel
			GET /v1/evals/{eval}                  -> evals.get
			POST /v1/evals/{eval} id=cancelEval   -> evals.cancel`},
		{"verbs of operationIds that say more", `
			*GET /events id=listEvents           -> events.list
			POST /events id=ingestEvents         -> events.ingest
			DELETE /grants/{id} id=voidGrant     -> grants.void
			DELETE /apps/{id} id=uninstallApp    -> apps.uninstall
			PUT /Invoices id=createInvoices      -> invoices.create
			*GET /Invoices id=getInvoices        -> invoices.list
			POST /Invoices id=updateOrCreateInvoices -> invoices.updateOrCreate`},
		{"versions and prefixes", `
			*GET /api/v2/users         -> users.list
			GET /api/v2/users/{id}     -> users.get
			*GET /api/v2/groups        -> groups.list
			POST /api/v2/groups        -> groups.create
			*GET /api/v1/users         -> v1.users.list
			*GET /api/v2/alerts/v3/policies     -> alerts.policies.list
			POST /api/v2/alerts/v3/policies     -> alerts.policies.create
			*GET /api/v2/images/v1      -> images.v1.list
			GET /api/v2/images/v1/{id}  -> images.v1.get
			*GET /api/v2/images/v2      -> images.v2.list`},
		{"a prefix of everything", `
			*GET /acme/addons                -> addons.list
			POST /acme/addons                -> addons.create
			*GET /acme/plans                 -> plans.list
			GET /acme/plans/{id}             -> plans.get`},
		{"a singular after its plural, a date, a number", `
			*GET /users                                      -> users.list
			GET /users/user/{id}                             -> users.get
			POST /users/user/{id}/ban                        -> users.ban
			*GET /crm/lists/2026-09                          -> crm.lists.list
			GET /crm/lists/2026-09/{id}                      -> crm.lists.get
			GET /crm/lists/2026-09/{id}/members/7/size       -> crm.lists.members.size
			GET /accounts/{id}/2fa                           -> accounts.twoFa.get
			PUT /accounts/{id}/2fa                           -> accounts.twoFa.update`},
		{"a letter or a contraction that the tag spells out", `
			*GET /t tag=Topics                               -> topics.list
			GET /t/{id}.json tag=Topics                      -> topics.get
			*GET /convai/agents tag=Conversational_AI        -> conversationalAI.agents.list
			GET /convai/agents/{id} tag=Conversational_AI    -> conversationalAI.agents.get
			*GET /s/{id}                                     -> s.list`},
		{"what is not finished yet", `
			*GET /v1/models                                  -> models.list
			GET /v1/models/{id}                              -> models.get
			*GET /v1alpha/benchmarks                         -> alpha.benchmarks.list
			POST /v1beta2/datasets                           -> beta.datasets.create`},
		{"a verb under any method, with children and parameters", `
			PUT /lists/{id}/members/add                      -> lists.members.add
			PUT /lists/{id}/update-name                      -> lists.updateName
			PUT /snapshot/create id=createSnapshot           -> snapshot.create
			POST /users/{id}/verify-email                    -> users.verifyEmail
			POST /users/{id}/verify-email/{code}             -> users.verifyEmailByCode
			POST /users/{id}/ban                             -> users.ban
			POST /users/ban                                  -> users.bulkBan
			POST /webhooks/{id}/test-webhook                 -> webhooks.test
			POST /inference/rerank                           -> inference.rerank
			POST /scoring/score                              -> scoring.score
			GET /runtime/list-tools                          -> runtime.listTools
			POST /agents/{id}/simulate                       -> agents.simulate
			POST /agents/{id}/simulate/stream                -> agents.simulateStream
			GET /repos/{id}/restore                          -> repos.getRestore
			POST /repos/{id}/restore                         -> repos.restore
			POST /repos/{id}/add-rules id=addRules           -> repos.addRules
			PATCH /spend_alerts/{id}                         -> spendAlerts.update`},
		{"what can only be called, and what is a thing", `
			GET /users/{id}                                  -> users.get
			POST /users/{id}/avatar                          -> users.avatar.create
			POST /users/{id}/snorkel id=createSnorkel        -> users.snorkel.create
			POST /users/{id}/zorble                          -> users.zorble
			+POST /users/{id}/frobnicate                     -> users.frobnicate.create
			+POST /users/{id}/copy                           -> users.copy`},
		{"lists and single things, by what is returned", `
			1GET /status                                     -> status.get
			1GET /jobs/{id}/result                           -> jobs.result.get
			*GET /users/blocks                               -> users.blocks.list
			PUT /users/blocks                                -> users.blocks.update
			1GET /users/limits                               -> users.limits.get
			?GET /rates                                      -> rates.list
			~GET /log                                        -> log.stream
			~GET /changes id=watchChanges                    -> changes.watch
			*GET /vehicles-for-agency/{agency}               -> vehiclesForAgency.list
			*GET /Associations/{ObjectId}                    -> associations.list`},
		{"PATCH beside PUT", `
			PATCH /pans/{id}                                 -> pans.update
			PUT /pots/{id}                                   -> pots.update
			PATCH /pots/{id}                                 -> pots.edit
			PUT /lids                                        -> lids.update
			PATCH /lids/{id}                                 -> lids.edit`},
		{"tails of operationIds", `
			POST /voices/add id=Add_voice_voices_add_post            -> voices.add
			POST /models id=register_model_endpoint                  -> models.register
			DELETE /models/{id} summary=Unregister_a_model.          -> models.unregister
			*GET /portal/users id=PortalUsersController_list[0]      -> portal.users.list
			GET /batch-calling/{id} id=getBatchCall                  -> batchCalls.get
			POST /groups/{id}/members id=add_member                  -> groups.members.add`},
		{"chat completions", `
			POST /chat/completions           -> chat.completions.create
			*GET /chat/completions           -> chat.completions.list
			*GET /models                     -> models.list
			GET /models/{model}              -> models.get
			POST /messages                   -> messages.create
			POST /messages/count_tokens      -> messages.countTokens
			POST /messages/batches           -> messages.batches.create
			GET /messages/batches/{id}/results -> messages.batches.results`},
		{"a scope, by tags", `
			*GET /organizations tag=organizations                                    -> organizations.list
			GET /organizations/{org} tag=organizations                               -> organizations.get
			GET /organizations/{org}/policy tag=organizations                        -> organizations.policy.get
			*GET /organizations/{org}/projects tag=projects                          -> projects.list
			POST /organizations/{org}/projects tag=projects                          -> projects.create
			*GET /organizations/{org}/projects/{project}/disks tag=disks             -> disks.list
			GET /organizations/{org}/projects/{project}/disks/{disk} tag=disks       -> disks.get
			*GET /organizations/{org}/projects/{project}/images tag=images           -> images.list
			DELETE /organizations/{org}/projects/{project}/images/{image} tag=images -> images.delete`},
		{"a scope, by what stands beside it", `
			*GET /api/v1/pods                                      -> pods.listForAllNamespaces
			*GET /api/v1/secrets                                   -> secrets.listForAllNamespaces
			*GET /api/v1/services                                  -> services.listForAllNamespaces
			*GET /api/v1/events                                    -> events.listForAllNamespaces
			*GET /api/v1/endpoints                                 -> endpoints.listForAllNamespaces
			*GET /api/v1/namespaces                                -> namespaces.list
			GET /api/v1/namespaces/{name}                          -> namespaces.get
			GET /api/v1/namespaces/{name}/status                   -> namespaces.status.get
			*GET /api/v1/namespaces/{namespace}/pods               -> pods.list
			POST /api/v1/namespaces/{namespace}/pods               -> pods.create
			DELETE /api/v1/namespaces/{namespace}/pods             -> pods.bulkDelete
			GET /api/v1/namespaces/{namespace}/pods/{name}         -> pods.get
			DELETE /api/v1/namespaces/{namespace}/pods/{name}      -> pods.delete
			GET /api/v1/namespaces/{namespace}/pods/{name}/log     -> pods.log.get
			*GET /api/v1/namespaces/{namespace}/secrets            -> secrets.list
			POST /api/v1/namespaces/{namespace}/secrets            -> secrets.create
			*GET /api/v1/namespaces/{namespace}/services           -> services.list
			POST /api/v1/namespaces/{namespace}/services           -> services.create
			*GET /api/v1/namespaces/{namespace}/events             -> events.list
			POST /api/v1/namespaces/{namespace}/events             -> events.create
			*GET /api/v1/namespaces/{namespace}/endpoints          -> endpoints.list
			POST /api/v1/namespaces/{namespace}/endpoints          -> endpoints.create
			*GET /api/v1/nodes                                     -> nodes.list`},
		{"no scope: the same twice", `
			*GET /Conversations                                 -> conversations.list
			*GET /Conversations/{sid}/Messages                  -> conversations.messages.list
			*GET /Users                                         -> users.list
			*GET /Roles                                         -> roles.list
			*GET /Bindings                                      -> bindings.list
			*GET /Services/{sid}/Conversations                  -> services.conversations.list
			*GET /Services/{sid}/Conversations/{cid}/Messages   -> services.conversations.messages.list
			*GET /Services/{sid}/Users                          -> services.users.list
			*GET /Services/{sid}/Roles                          -> services.roles.list
			*GET /Services/{sid}/Bindings                       -> services.bindings.list`},
		{"two scopes", `
			*GET /accounts tag=Accounts                                   -> accounts.list
			GET /accounts/{account_id} tag=Accounts                       -> accounts.get
			*GET /accounts/{account_id}/members tag=Account_Members       -> accounts.members.list
			*GET /accounts/{account_id}/secrets_store/stores tag=Secrets_Store  -> secretsStore.stores.list
			POST /accounts/{account_id}/secrets_store/stores tag=Secrets_Store  -> secretsStore.stores.create
			GET /accounts/{account_id}/secrets_store/quota tag=Secrets_Store    -> secretsStore.quota.get
			PUT /accounts/{account_id}/secrets_store/quota tag=Secrets_Store    -> secretsStore.quota.update
			POST /accounts/{account_id}/secrets_store/stores/{store_id}/secrets/{secret_id}/duplicate tag=Secrets_Store -> secretsStore.stores.secrets.duplicate
			GET /accounts/{account_id}/settings tag=Settings              -> accounts.settings.get
			GET /zones/{zone_id}/settings tag=Settings                    -> zones.settings.get
			*GET /zones/{zone_id}/filters tag=Filters                     -> filters.list
			GET /zones/{zone_id}/filters/{id} tag=Filters                 -> filters.get
			PUT /zones/{zone_id}/hold tag=Zone_Holds                      -> zones.holds.update
			*GET /zones/{zone_id}/available_plans tag=Zone_Plans          -> zones.availablePlans.list
			GET /zones/{zone_id} tag=Zone                                 -> zones.get
			*GET /{accounts_or_zones}/{id}/rulesets tag=Rulesets          -> rulesets.list`},
		{"reports", `
			GET /radar/dns/summary/ip_version     -> radar.dns.summary.ipVersion
			GET /radar/dns/summary/protocol       -> radar.dns.summary.protocol
			*GET /radar/dns/top/locations         -> radar.dns.top.locations
			*GET /radar/dns/top/ases              -> radar.dns.top.ases
			GET /radar/dns/timeseries             -> radar.dns.timeseries
			*GET /organization/usage/images       -> organization.usage.images
			*GET /organization/usage/embeddings   -> organization.usage.embeddings
			*GET /catalog/products                -> catalog.products.list
			*GET /catalog/categories              -> catalog.categories.list
			*GET /outages id=getOutages           -> outages.list
			*GET /outages/regions id=getOutageRegions -> outages.regions
			GET /health/live                      -> health.live
			GET /health/ready                     -> health.ready`},
		{"operationIds of group and method", `
			*GET /emails id=emails/list                    -> emails.list
			POST /emails id=emails/send                    -> emails.send
			POST /emails/batch id=emails/send-batch        -> emails.sendBatch
			*GET /orgs/{org}/repos id=repos/list-for-org   -> repos.listForOrg
			GET /repos/{owner}/{repo} id=repos/get         -> repos.get
			DELETE /repos/{owner}/{repo}                   -> repos.delete
			*GET /licenses id=licenses/list                -> licenses.list
			GET /licenses/{key} id=licenses/get            -> licenses.get`},
		{"operationIds with dots and versions", `
			*GET /api/v1/app id=v1.application.list                      -> application.list
			PATCH /api/v1/app/{id} id=patch_application                  -> application.update
			GET /api/v1/app/{id} id=v1.application.get                   -> application.get
			*GET /api/v1/app/{id}/attempt id=v1.message-attempt.list     -> messageAttempt.list
			GET /api/v1/app/{id}/attempt/{a} id=v1.message-attempt.get   -> messageAttempt.get
			GET /health id=v1.health.get                                 -> health.get
			HEAD /health id=v1.health.get                                -> health.head`},
		{"operationIds of AutoRest and gRPC", `
			*GET /providers/x/apis id=Apis_ListByService      -> apis.listByService
			GET /providers/x/apis/{id} id=Apis_Get            -> apis.get
			*GET /users id=UserService_ListUsers              -> user.list
			GET /users/{id} id=UserService_GetUser            -> user.get`},
		{"methods as paths", `
			POST /chat.postMessage           -> chat.postMessage
			POST /chat.delete                -> chat.delete
			GET /users.info                  -> users.info
			GET /admin.apps.approved.list    -> admin.apps.approved.list`},
		{"nothing but methods", `
			POST /sendMessage id=sendMessage -> sendMessage
			POST /getUpdates id=getUpdates   -> getUpdates
			POST /close id=close             -> close`},
		{"one path for everything", `
			POST /#X-Amz-Target=Kinesis_20131202.AddTagsToStream id=AddTagsToStream -> addTagsToStream
			GET /?Action=ListUsers           -> listUsers
			PUT /{Bucket}/{Key} id=PutObject -> putObject
			PUT /{Bucket} id=CreateBucket    -> createBucket`},
		{"variants", `
			POST /responses                  -> responses.create
			POST /responses?beta=true        -> beta.responses.create
			PUT /files/{id}                  -> files.update
			PUT /files/{id}#add_shared_link  -> files.addSharedLink
			GET /meters/{id}/query           -> meters.query
			POST /meters/{id}/query          -> meters.queryPost`},
		{"formats", `
			*GET /2010-04-01/Accounts.json             -> accounts.list
			GET /2010-04-01/Accounts/{Sid}.json        -> accounts.get
			POST /2010-04-01/Accounts/{Sid}.json       -> accounts.update
			*GET /containers/json                      -> containers.list
			GET /containers/{id}/json                  -> containers.get
			POST /containers/create                    -> containers.create`},
		{"the same name twice", `
			*GET /servers/actions                      -> servers.actions.list
			*GET /servers/{id}/actions                 -> servers.actions.listForServer
			GET /policy                                -> policy.get
			GET /policy/{policy_id}                    -> policy.getByPolicyID
			GET /files/{id}/attachments/{name}         -> files.attachments.get
			GET /files/{id}/attachments/{name}/{rev}   -> files.attachments.getByRev
			POST /rule                                 -> rules.create
			DELETE /rule/{id}                          -> rules.delete
			POST /rules                                -> rules.bulkCreate
			*GET /rules                                -> rules.list`},
		{"items that have two names, or a part", `
			GET /orders/{order_id}                     -> orders.get
			GET /orders/{number}                       -> orders.getByNumber
			GET /hooks/{hook_id}                       -> hooks.get
			DELETE /hooks/{hook_id}                    -> hooks.delete
			GET /hooks/{hook_id}/{hook_token}          -> hooks.getByHookToken
			DELETE /hooks/{hook_id}/{hook_token}       -> hooks.deleteByHookToken
			GET /tags/{colour}                         -> tags.getByColour
			GET /tags/{shape}                          -> tags.getByShape`},
		{"what the operationId says besides the resource", `
			PUT /lobbies id=create_or_join_lobby              -> lobbies.createOrJoin
			POST /lobbies id=create_lobby                     -> lobbies.create
			*GET /lobbies id=list_lobbies                     -> lobbies.list
			PUT /lobbies/{id}/seats id=createSeats            -> lobbies.seats.createSeats
			POST /lobbies/{id}/seats id=createSeat            -> lobbies.seats.createSeat
			*GET /lobbies/{id}/seats id=listLobbySeats        -> lobbies.seats.list
			GET /lobbies/{id}/door id=getLobbyDoor            -> lobbies.door.get
			GET /lobbies/{id}/door.json id=getLobbyDoorSettings -> lobbies.door.getSettings`},
		{"what the operationId says after a link", `
			PUT /pan id=updatePan                             -> pan.update
			POST /pan/{panId} id=updatePanWithForm            -> pan.updateWithForm
			GET /pan/{panId} id=getPanById                    -> pan.get
			*GET /trays id=listTrays                          -> trays.list
			POST /trays/moves id=addTrayMoveByTag             -> trays.moves.createByTag
			POST /trays/{id}/moves id=addTrayMove             -> trays.moves.create
			*GET /trays/{id}/moves id=listTrayMoves           -> trays.moves.list
			GET /tins/{tin_id} id=getTinById                  -> tins.get
			GET /tins/{tin_name} id=getTinByName              -> tins.getByName`},
		{"an operationId that is one word", `
			GET /house/spend_limit id=Gethousespendlimit      -> house.spendLimit.get
			POST /house/spend_limit id=Updatehousespendlimit  -> house.spendLimit.update
			DELETE /house/spend_limit id=Deletehousespendlimit -> house.spendLimit.delete
			*GET /ovens                                       -> ovens.list`},
		{"two things at once", `
			POST /orders id=createOrder                       -> orders.create
			POST /orders/payments id=createOrderAndPayment    -> orders.createAndPayment
			POST /orders/{id}/payments id=createPayment       -> orders.payments.create
			*GET /orders/{id}/payments id=listPayments        -> orders.payments.list
			POST /orders/lines id=createOrderLine             -> orders.lines.create`},
		{"a method that reads as a collection", `
			GET /ovens/{id}                                   -> ovens.get
			*GET /ovens/{id}/getAllowedTins                   -> ovens.getAllowedTins
			GET /ovens/{id}/usage_summary                     -> ovens.usageSummary
			*GET /pans                                        -> pans.list`},
		{"plural of the tag, me", `
			*GET /dashboard/ tag=Dashboards            -> dashboards.list
			GET /dashboard/{id} tag=Dashboards         -> dashboards.get
			*GET /ai-gateway/gateways                  -> aiGateway.gateways.list
			GET /ai-gateway/gateways/{id}              -> aiGateway.gateways.get
			GET /users/{id}                            -> users.get
			GET /users/me                              -> users.getCurrent
			GET /members/me                            -> members.getCurrent`},
		{"given by hand", `
			*GET /a/{x}/b group=secrets-store.stores name=list_all  -> secretsStore.stores.listAll
			POST /a/{x}/b group=secrets-store.stores                -> secretsStore.stores.create
			POST /things name=make                                  -> things.make
			PUT /things                                             -> things.update`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ops, want := parseOperations(t, tt.ops)
			for i, c := range Infer(ops) {
				if c.String() != want[i] {
					t.Errorf("%s %s is %s (%s), want %s", ops[i].Method, ops[i].Path, c, c.Reason, want[i])
				}
				if c.Reason == "" {
					t.Errorf("%s %s has no reason", ops[i].Method, ops[i].Path)
				}
			}
		})
	}
}

// shop is an API without clashes, in which everything is there that a decision
// looks at: a scope, versions, actions, singletons, reports.
const shop = `
	*GET /v1/orgs tag=Orgs
	POST /v1/orgs tag=Orgs
	GET /v1/orgs/{org_id} tag=Orgs
	DELETE /v1/orgs/{org_id} tag=Orgs
	*GET /v1/orgs/{org_id}/members tag=Org_Members
	POST /v1/orgs/{org_id}/members tag=Org_Members
	*GET /v1/orgs/{org_id}/products tag=Products
	POST /v1/orgs/{org_id}/products tag=Products
	GET /v1/orgs/{org_id}/products/{product_id} tag=Products
	PUT /v1/orgs/{org_id}/products/{product_id} tag=Products
	DELETE /v1/orgs/{org_id}/products/{product_id} tag=Products
	POST /v1/orgs/{org_id}/products/{product_id}/publish tag=Products
	*GET /v1/orgs/{org_id}/products/{product_id}/prices tag=Products
	POST /v1/orgs/{org_id}/products/{product_id}/prices tag=Products
	GET /v1/orgs/{org_id}/products/{product_id}/prices/{price_id} tag=Products
	PATCH /v1/orgs/{org_id}/products/{product_id}/prices/{price_id} tag=Products
	*GET /v1/orgs/{org_id}/orders tag=Orders
	POST /v1/orgs/{org_id}/orders tag=Orders
	GET /v1/orgs/{org_id}/orders/{order_id} tag=Orders
	PATCH /v1/orgs/{org_id}/orders/{order_id} tag=Orders
	POST /v1/orgs/{org_id}/orders/{order_id}/cancel tag=Orders
	POST /v1/orgs/{org_id}/orders/{order_id}/ship tag=Orders
	*GET /v1/orgs/{org_id}/orders/{order_id}/lines tag=Orders
	GET /v1/orgs/{org_id}/orders/{order_id}/lines/{line_id} tag=Orders
	GET /v1/orgs/{org_id}/billing/quota tag=Billing
	PUT /v1/orgs/{org_id}/billing/quota tag=Billing
	*GET /v1/orgs/{org_id}/billing/invoices tag=Billing
	GET /v1/orgs/{org_id}/billing/invoices/{invoice_id} tag=Billing
	POST /v1/orgs/{org_id}/billing/invoices/{invoice_id}/pay tag=Billing
	GET /v1/stats/daily tag=Stats
	GET /v1/stats/weekly tag=Stats
	GET /v1/stats/monthly tag=Stats
	*GET /v1/currencies tag=Currencies
	GET /v1/currencies/{code} tag=Currencies
	*GET /v1/orgs/{org_id}/shipping_mthds tag=Shipping_Methods
	POST /v1/orgs/{org_id}/shipping_mthds tag=Shipping_Methods
	GET /v1/orgs/{org_id}/orders/{order_id}/order_note tag=Orders
	PUT /v1/orgs/{org_id}/orders/{order_id}/order_note tag=Orders
	GET /v1/orgs/{org_id}/billing/dunning id=getDefaultDunning tag=Billing
	PATCH /v1/orgs/{org_id}/billing/dunning id=updateDefaultDunning tag=Billing
	GET /v1/orgs/{org_id}/billing/dunning/{dunning_id} id=getDunning tag=Billing
	PATCH /v1/orgs/{org_id}/billing/dunning/{dunning_id} id=updateDunning tag=Billing
	GET /v1/orgs/{org_id}/hook id=getHooks tag=Hooks
	PUT /v1/orgs/{org_id}/hook id=setHooks tag=Hooks
	POST /v1/orgs/{org_id}/transfers/run/@acme/base-1.5 tag=Transfers
	POST /v1/orgs/{org_id}/transfers/run/{kind} tag=Transfers
	*GET /v1/orgs/{org_id}/transfers tag=Transfers
	GET /v1/orgs/{org_id}/transfers/{transfer_id} tag=Transfers
	POST /v1/auth/login tag=Auth
	POST /v1/auth/logout tag=Auth`

func TestInferKeepsNames(t *testing.T) {
	ops, _ := parseOperations(t, shop)
	full := Infer(ops)
	for i := range ops {
		fewer := append(ops[:i:i], ops[i+1:]...)
		calls := Infer(fewer)
		for j, c := range append(calls[:i:i], append([]Call{full[i]}, calls[i:]...)...) {
			if c.String() != full[j].String() {
				t.Errorf("%s %s renames %s %s from %s to %s", ops[i].Method, ops[i].Path, ops[j].Method, ops[j].Path, c, full[j])
			}
		}
	}
}

func TestInferOrder(t *testing.T) {
	ops, _ := parseOperations(t, shop)
	checkOrder(t, ops, rand.New(rand.NewPCG(1, 1)))
}

// checkOrder checks that the calls are all different, and the same in another
// order.
func checkOrder(t *testing.T, ops []Operation, r *rand.Rand) {
	t.Helper()
	calls := Infer(ops)
	order := r.Perm(len(ops))
	shuffled := make([]Operation, len(ops))
	for i, j := range order {
		shuffled[i] = ops[j]
	}
	resources := map[string]bool{}
	for _, c := range calls {
		for n := range c.Resource {
			resources[strings.Join(c.Resource[:n+1], ".")] = true
		}
	}
	seen := map[string]bool{}
	for i, c := range Infer(shuffled) {
		if want := calls[order[i]]; c.String() != want.String() || c.Reason != want.Reason {
			t.Errorf("%s %s is %s (%s), and in another order %s (%s)", shuffled[i].Method, shuffled[i].Path, want, want.Reason, c, c.Reason)
		}
		if seen[c.String()] || resources[c.String()] {
			t.Errorf("%s is not the only one of this name", c)
		}
		seen[c.String()] = true
		for _, name := range append(c.Resource[:len(c.Resource):len(c.Resource)], c.Name) {
			if !token.IsIdentifier(name) && !token.IsKeyword(name) || token.IsExported(name) {
				t.Errorf("%s is no name", name)
			}
		}
	}
}

func FuzzInfer(f *testing.F) {
	f.Add("/a/{b}/c\n/a/b\n/a/{c}/c/d", uint64(1))
	f.Add("/a/{b}/c:d\n/v1/a\n/v2/a\n/#x\n/?a=true\n", uint64(2))
	f.Add("/x.y\n/x/y\n/x/{y}.json\n//\n/{a}{b}/c", uint64(3))
	f.Fuzz(func(t *testing.T, paths string, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		var ops []Operation
		seen := map[string]bool{}
		for path := range strings.SplitSeq(paths, "\n") {
			for _, method := range []string{"GET", "POST", "PUT", "DELETE"} {
				if key := method + path; r.IntN(2) == 0 && len(ops) < 40 && !seen[key] {
					seen[key] = true
					op := Operation{Method: method, Path: path, Returns: Returned(r.IntN(5)), Created: r.IntN(4) == 0}
					if r.IntN(2) == 0 {
						op.Tags = []string{[]string{"a", "Bs", "a c"}[r.IntN(3)]}
					}
					if r.IntN(2) == 0 {
						op.ID = fmt.Sprintf("%s_%d", path, len(ops))
					}
					ops = append(ops, op)
				}
			}
		}
		checkOrder(t, ops, r)
	})
}

func BenchmarkInfer(b *testing.B) {
	var ops []Operation
	for i := range 300 {
		root := fmt.Sprintf("/v1/accounts/{account_id}/service_%d/things", i)
		for _, end := range []string{"", "/{id}", "/{id}/parts", "/{id}/parts/{part_id}", "/{id}/cancel"} {
			for _, method := range []string{"GET", "POST"} {
				ops = append(ops, Operation{Method: method, Path: root + end, ID: fmt.Sprintf("service-%d-%s-thing-%d", i, method, len(ops)), Tags: []string{fmt.Sprintf("Service %d", i)}})
			}
		}
	}
	for b.Loop() {
		Infer(ops)
	}
}

func BenchmarkInferFlat(b *testing.B) {
	var ops []Operation
	for i := range 3000 {
		ops = append(ops, Operation{Method: "POST", Path: fmt.Sprintf("/{a}/{b}/x?n=%d", i), ID: "same"})
	}
	for b.Loop() {
		Infer(ops)
	}
}

// TestInferFlat: in an API of single steps those that read as collections are
// resources, and the rest are methods of the client.
func TestInferFlat(t *testing.T) {
	for _, tt := range []struct {
		name string
		op   Operation
		want string
	}{
		{"collection", Operation{Method: "POST", Path: "/files"}, "files.create"},
		{"list", Operation{Method: "GET", Path: "/things", Returns: List}, "things.list"},
		{"action", Operation{Method: "POST", Path: "/sendMessage"}, ".sendMessage"},
		{"plural action", Operation{Method: "POST", Path: "/getUpdates"}, ".getUpdates"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			call := Infer([]Operation{tt.op, {Method: "GET", Path: "/status"}})[0]
			if got := strings.Join(call.Resource, ".") + "." + call.Name; got != tt.want {
				t.Errorf("%s %s is %s, want %s", tt.op.Method, tt.op.Path, got, tt.want)
			}
		})
	}
}
