package main

import "github.com/openapi-lathe/lathe/internal/config"

// schema is the verb that prints the JSON schema of gen.yaml.
func (c *command) schema() int {
	c.stdout.Write(config.JSONSchema())
	return exitDone
}
