package restree

import "strings"

// A class says what an operation does, whatever the word for it is.
type class int

const (
	other class = iota
	create
	list
	get
	modify
	remove
)

// crud are the verbs that say no more than the HTTP method does.
var crud = classes(map[class]string{
	create: `create add new post insert make`,
	list:   `list index browse`,
	get:    `get read fetch retrieve show view describe find lookup inspect head`,
	modify: `update modify change put replace set save edit patch`,
	remove: `delete remove destroy del`,
})

// classNames are the methods for what an operation does.
var classNames = map[class]string{create: "create", list: "list", get: "get", modify: "update", remove: "delete"}

func classes(words map[class]string) map[string]class {
	m := map[string]class{}
	for c, text := range words {
		for w := range set(text) {
			m[w] = c
		}
	}
	return m
}

// verbs are words that are a verb in the path of an API. Those that are as
// often a noun are in nounVerbs too.
var verbs = set(`
	abort accept accuse acknowledge ack activate add adopt advance allocate allow analyze announce answer append apply approve
	archive ask assign associate assume attach authenticate authorize autocomplete backfill ban begin bind block boot
	broadcast build bulk calculate cancel capture categorize check checkin checkout claim classify clean cleanup clear
	clone close combine commit compact compare complete compose compute configure confirm connect consume convert copy
	count create deactivate deauthorize decline decode decommission decrement decrypt deduct delete deliver demote deny
	deploy deprecate deprovision deregister destroy detach detect disable disapprove disassociate discard disconnect dismiss
	dispatch dissociate distribute download drain drop duplicate echo edit eject embed empty enable encode encrypt end enqueue
	enroll ensure enter erase escalate estimate evaluate evict exchange exclude execute exit expand expire explain export
	extend extract fail favorite fetch filter finalize find finish flush follow force forget fork freeze fulfill fund
	generate get grant greet halt handle hide hydrate identify ignore impersonate import include increment index inform
	ingest init initialize initiate inject insert install instantiate interrupt introspect invalidate invite invoke issue
	join kick kill label launch leave like link list load lock login logout mark match merge migrate moderate monitor
	mount move mute normalize notify offboard open opt optimize orchestrate override overwrite parse patch pause pay perform
	persist pick pin ping play poll post poweroff poweron preauthorize prepare present preview process produce promote
	propagate provision prune publish pull purge push put quarantine query react reactivate read reassign rebalance rebase
	reboot rebuild recalculate receive recharge recheck recommend recompute reconcile reconfigure reconnect recover
	recreate redact redeem redeliver redeploy redirect refresh refund refuse regenerate register reindex reinstate reinvite
	reissue reject relay release reload remind remix remount remove rename render renew reopen reorder replace replay replicate
	reply report repost reprocess reprovision request requeue rerun reschedule rescore resend reserve reset resize resolve
	respond restart restore restrict resubmit resume resync retire retrieve retrigger retry return reveal revert
	revalidate reverse revise revoke reward rollback rotate run save scale scan schedule seal search seek select send
	set settle share ship shutdown sign signin signout signup simulate skip sleep snapshot snooze sort split star start
	stop store stream submit subscribe succeed suggest sum suspend swap switch sync synchronize takeover tally
	terminate test tokenize toggle transcribe transfer transform transition translate trigger truncate try
	unapprove unarchive unassign unban unbind unblock uncancel undelete undeploy undo unenroll unfavorite unfollow unfreeze
	uninstall unlike unlink unlock unmount unmute unpause unpin unpublish unregister unrestrict unrevoke unseal
	unschedule unset unshare unstar unsubscribe unsuspend untag unwatch unwrap update upgrade upload upsert use validate
	verify void vote wait wake warm watch withdraw wrap write zap`)

// nounVerbs are verbs that are as often a noun, so that such a step is an
// action only where nothing says that it is a thing.
var nounVerbs = set(`
	answer block broadcast build capture check checkout claim commit copy download echo embed exchange export
	filter grant index invite issue label like link list load lock login match mount pin ping play poll preview
	process query react recover refund release reply report request reserve return reward run scale scan schedule search
	share ship sign snapshot sort star start store stream subscribe switch test transfer transform transition trigger
	upload upgrade use vote watch`)

// views are the verbs that are no noun where GET is the method.
var views = set(`search export download query preview validate check lookup`)

// reads are what one gets of an item, rather than a thing that the item has.
var reads = set(`content contents results raw download info count diff exists thumbnail whoami`)

// reports are words in the singular that name views of other things.
var reports = set(`usage stat statistic analytics report metric insight summary top trend count total ranking`)

// particular are verbs that say more than the HTTP method does. An operationId
// that is such a verb and the resource names its method: ingestEvents.
var particular = set(`
	execute generate ingest install invoke publish query search send uninstall upsert void watch`)

// singletons are words in the singular whose plural names one thing.
var singletons = set(`
	setting stat statistic metric detail preference default option percentile limit insight total permission credential`)

// collectives are words that name a list without a plural.
var collectives = set(`history activity audit catalog directory feed inventory log timeline trail`)

// actionFolders are steps that hold the actions of what is above them.
var actionFolders = set(`action actions operation operations command commands`)

// A strength says how surely a step reads as a verb.
type strength int

const (
	noun strength = iota
	either
	verb
)

// verbness reads the words of a step: "activate", "force_notify" and
// "batch_activate" are verbs, "preview" may be one, "login_links" is none.
func verbness(words []string, plural bool) strength {
	first, end := words[0], last(words)
	switch {
	case verbs[first] && !nounVerbs[first]:
		return verb
	case plural:
		return noun
	case verbs[end] && !nounVerbs[end]:
		return verb
	case nounVerbs[first] || nounVerbs[end]:
		return either
	}
	return noun
}

func last[T any](s []T) T { return s[len(s)-1] }

// set returns the words of text.
func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}
