package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/openapi-lathe/lathe/internal/config"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

// completion is the verb that prints a completion script. It has no logic of
// its own: each script asks gen __complete for what can follow.
func (c *command) completion() int {
	if len(c.words) != 1 {
		c.say("name a shell: gen completion %s", strings.Join(shells, "|"))
		return exitUsage
	}
	if err := config.OneOf(c.words[0], shells); err != nil {
		c.say("%v", err)
		return exitUsage
	}
	fmt.Fprint(c.stdout, map[string]string{"bash": bashScript, "zsh": zshScript, "fish": fishScript, "powershell": powershellScript}[c.words[0]])
	return exitDone
}

const bashScript = `# bash completion of gen. To have it always: gen completion bash > /etc/bash_completion.d/gen
_gen() {
	local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
	COMPREPLY=($(compgen -W "$(gen __complete "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null | cut -f1)" -- "$word"))
	[ ${#COMPREPLY[@]} -eq 0 ] && compopt -o default 2>/dev/null
	return 0
}
complete -F _gen gen
`

const zshScript = `#compdef gen
# zsh completion of gen. To have it always: gen completion zsh > "${fpath[1]}/_gen"
_gen() {
	local -a found
	local line
	while IFS=$'\t' read -r line; do
		found+=("${${line//:/\\:}/$'\t'/:}")
	done < <(gen __complete "${(@)words[2,CURRENT-1]}" 2>/dev/null)
	_describe gen found
	_files
}
if [ "$funcstack[1]" = "_gen" ]; then _gen "$@"; else compdef _gen gen; fi
`

const fishScript = `# fish completion of gen. To have it always: gen completion fish > ~/.config/fish/completions/gen.fish
function __gen_complete
	set -l words (commandline -opc)
	gen __complete $words[2..-1] 2>/dev/null
end
complete -c gen -a '(__gen_complete)'
`

const powershellScript = `# PowerShell completion of gen. To have it always, add to your profile: gen completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName gen -ScriptBlock {
	param($word, $ast, $position)
	$before = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
	gen __complete @before 2>$null | ForEach-Object {
		$name, $about = $_ -split "` + "`" + `t", 2
		if ($name -like "$word*") { [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $(if ($about) { $about } else { $name })) }
	}
}
`

// complete prints what can follow the words of a command line, a line each: the
// word, a tab, and what it does.
func (c *command) complete(words []string) int {
	known := verbs()
	v := known[0]
	rest := words
	if len(words) > 0 {
		if i := slices.IndexFunc(known, func(v verb) bool { return v.name == words[0] }); i >= 0 {
			v, rest = known[i], words[1:]
		}
	}
	flags := (&command{}).flagSet(v)
	if len(rest) > 0 { // the value of a flag?
		if values, ok := valuesOf(v, flags, rest[len(rest)-1]); ok {
			for _, value := range values {
				fmt.Fprintln(c.stdout, value)
			}
			return exitDone
		}
	}
	if len(words) == 0 {
		for _, v := range known {
			fmt.Fprintf(c.stdout, "%s\t%s\n", v.name, v.does)
		}
	}
	switch v.name {
	case "completion":
		fmt.Fprintln(c.stdout, strings.Join(shells, "\n"))
	case "help":
		for _, v := range known {
			fmt.Fprintf(c.stdout, "%s\t%s\n", v.name, v.does)
		}
	case "explain":
		for _, t := range topics() {
			fmt.Fprintln(c.stdout, t.name)
		}
	}
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			_, usage := pflag.UnquoteUsage(f)
			fmt.Fprintf(c.stdout, "--%s\t%s\n", f.Name, usage)
		}
	})
	return exitDone
}

// valuesOf returns what the value of a flag can be, as far as that is known; ok
// reports whether a word is a flag that waits for one.
func valuesOf(v verb, flags *pflag.FlagSet, word string) (values []string, ok bool) {
	var f *pflag.Flag
	switch {
	case strings.Contains(word, "="):
	case strings.HasPrefix(word, "--"):
		f = flags.Lookup(word[2:])
	case len(word) == 2 && word[0] == '-':
		f = flags.ShorthandLookup(word[1:])
	}
	if f == nil || f.Value.Type() == "bool" {
		return nil, false
	}
	switch f.Name {
	case "format":
		values = v.formats
	case "go":
		values = config.Versions()
	case "fail-on":
		values = []string{"major", "minor"}
	case "color":
		values = colorModes
	}
	return values, true
}
