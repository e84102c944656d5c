package main

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/openapi-lathe/lathe/internal/docs/preview"
	"github.com/openapi-lathe/lathe/internal/model"
	"github.com/openapi-lathe/lathe/internal/output"
)

// serveDocs serves the site, and makes it anew when its source changes.
func (c *command) serveDocs() int {
	if c.input == "-" || strings.Contains(c.input, "://") {
		c.say("gen docs --serve watches files, and %s is none", c.input)
		return exitUsage
	}
	host, _, err := net.SplitHostPort(c.address)
	if err != nil {
		c.say("--address: %v", err)
		return exitUsage
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		c.say("--address: %s is not this machine alone; the server is for you only", host)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", c.address)
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	token := rand.Text()
	site := preview.New(token)
	server := &http.Server{Handler: site, ReadHeaderTimeout: time.Minute}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	c.say("the site is at http://%s", listener.Addr())
	c.watchDocs(ctx, site, token)
	if err := server.Close(); err != nil {
		c.say("%v", err)
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		c.say("%v", err)
		return exitUsage
	}
	return exitDone
}

// watchDocs shows the site again whenever a file that was read changes.
func (c *command) watchDocs(ctx context.Context, site *preview.Server, token string) {
	c.stamps = map[string]stamp{}
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		c.files = nil
		before := c.stamps
		c.stamps = map[string]stamp{}
		if made, _ := c.site(token); made != nil {
			site.Show(made.files, declaredServers(made.sdk.API))
			if c.output != "" {
				c.writeServed(made.output)
			}
		}
		if len(c.stamps) == 0 {
			c.stamps = before
		}
		changed := c.wait(ctx, ticker.C)
		if changed == nil {
			return
		}
		c.note("changed: %s", strings.Join(changed, ", "))
	}
}

// writeServed writes the site as it is to be published: pages that are served
// can do what others cannot.
func (c *command) writeServed(folder string) {
	made, _ := c.site("")
	if made == nil {
		return
	}
	if _, err := output.Files(folder, made.files); err != nil {
		c.say("%v", err)
	}
}

// declaredServers are the servers that a description names.
func declaredServers(api *model.API) []string {
	servers := []string{api.BaseURL}
	for _, s := range api.Facts.Servers {
		servers = append(servers, s.URL)
	}
	var visit func(r *model.Resource)
	visit = func(r *model.Resource) {
		for _, op := range r.Methods {
			if op.Server != "" {
				servers = append(servers, op.Server)
			}
		}
		for _, child := range r.Children {
			visit(child)
		}
	}
	visit(api.Root)
	return servers
}
