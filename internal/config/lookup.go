package config

import "strings"

// ForOperation returns what a config says of an operation, which it calls by its
// ID or by its route, "GET /stores"; nil if it says nothing.
func (c *Config) ForOperation(id, route string) *Operation {
	for i := range c.Operations {
		if o := &c.Operations[i]; o.Key == id || o.Key == route {
			return o
		}
	}
	return nil
}

// ForCredential returns what a config says of the credential of a security scheme;
// nil if it says nothing.
func (c *Config) ForCredential(scheme string) *Credential {
	for i := range c.Credentials {
		if c.Credentials[i].Scheme == scheme {
			return &c.Credentials[i]
		}
	}
	return nil
}

// OldNames returns what a name was before it was renamed, each without what leads
// to it.
func (c *Config) OldNames(name string) []string {
	var list []string
	for _, r := range c.Renames {
		if r.New == name {
			list = append(list, r.Old[strings.LastIndexByte(r.Old, '.')+1:])
		}
	}
	return list
}
