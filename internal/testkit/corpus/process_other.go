//go:build !unix

package main

import (
	"os"
	"os/exec"
)

// together makes a command and all that it starts end as one, where the system
// has a way to.
func together(*exec.Cmd) {}

// peak returns the bytes of memory that the largest process of a command had;
// 0 is not known.
func peak(*os.ProcessState) int64 { return 0 }
