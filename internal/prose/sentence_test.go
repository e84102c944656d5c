package prose

import "testing"

func TestSentence(t *testing.T) {
	for _, tt := range []struct {
		name string
		call Call
		want string
	}{
		{"snake case", Call{ID: "get_my_user"}, "returns my user."},
		{"camel case", Call{ID: "getChatMember"}, "returns a chat member."},
		{"verb alone", Call{ID: "logout", Name: "Logout", Method: "POST", Path: "/logout"}, "sends a POST request to /logout."},
		{"plural", Call{ID: "listInstalledApps", List: true}, "lists installed apps."},
		{"an", Call{ID: "createApplicationCommand"}, "creates an application command."},
		{"sound, not letter", Call{ID: "CreateUser"}, "creates a user."},
		{"initialism", Call{ID: "deleteSslCertificate"}, "deletes an SSL certificate."},
		{"key", Call{ID: "find_pet_by_id"}, "finds a pet."},
		{"preposition", Call{ID: "addUserToGroup"}, "adds a user to group."},
		{"two verbs", Call{ID: "create_or_join_lobby"}, "creates or joins a lobby."},
		{"bulk", Call{ID: "bulkBanUsers"}, "bans users."},
		{"bulk of one", Call{ID: "batchDeleteRow"}, "deletes several rows."},
		{"verb last", Call{ID: "conversations_archive", Resource: "conversations"}, "archives a conversation."},
		{"verb last, of a list", Call{ID: "users.list", Resource: "users", List: true}, "lists users."},
		{"version and number", Call{ID: "getZone_v2_1"}, "returns a zone."},
		{"mass", Call{ID: "getUsage"}, "returns usage."},
		{"definite", Call{ID: "getAccountBalance"}, "returns the account balance."},
		{"by its method", Call{ID: "Frobnication", Name: "Get", Resource: "stores"}, "returns a store."},
		{"by its method, a list", Call{Name: "List", Resource: "stores", List: true}, "lists stores."},
		{"action", Call{Name: "Archive", Resource: "channels"}, "archives a channel."},
		{"no verb", Call{ID: "Frob", Name: "Frob", Method: "PUT", Path: "/frob/{id}"}, "sends a PUT request to /frob/{id}."},
		{"nothing", Call{Name: "X", Method: "GET", Path: "/"}, "sends a GET request to /."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := NewLexicon().Sentence(tt.call); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
