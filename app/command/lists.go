package command

import (
	"cmp"
	"fmt"
	"runtime"

	"spanwright/annotate"
	"spanwright/annotate/format"
	"spanwright/assets"
	"spanwright/store"
)

// Version is the program's.
const Version = "0.1.0"

// Versions of what the program reads and writes; that of the project file is
// [store.SchemaVersion].
const (
	schemeVersion = 1 // scheme files
	recordVersion = 1 // JSONL records
)

// schemesCommand lists the schemes.
type schemesCommand struct{}

func (schemesCommand) Run(e *environment) error {
	type scheme struct {
		Name      string `json:"name"`
		Spans     int    `json:"spans"`
		Relations int    `json:"relations"`
		Title     string `json:"title"`
	}
	var all []scheme
	var rows [][]any
	for _, name := range assets.SchemeNames() {
		raw, err := assets.Scheme(name)
		if err != nil {
			return err
		}
		s, err := annotate.ParseScheme(name, raw)
		if err != nil {
			return err
		}
		title := cmp.Or(s.Title, s.Name)
		all = append(all, scheme{name, len(s.Spans), len(s.Relations), title})
		rows = append(rows, []any{name, len(s.Spans), len(s.Relations), title})
	}
	if e.json {
		return e.object(all)
	}
	return e.table([]any{"name", "spans", "relations", "what"}, rows)
}

// formatsCommand lists the formats.
type formatsCommand struct{}

func (formatsCommand) Run(e *environment) error {
	type described struct {
		Name   string `json:"name"`
		Reads  bool   `json:"reads"`
		Writes bool   `json:"writes"`
		Title  string `json:"title"`
	}
	yes := map[bool]string{true: "yes", false: "no"}
	var all []described
	var rows [][]any
	for _, f := range format.All {
		all = append(all, described{f.Name, f.Read != nil, f.Writes(), f.Title})
		rows = append(rows, []any{f.Name, yes[f.Read != nil], yes[f.Writes()], f.Title})
	}
	if e.json {
		return e.object(all)
	}
	return e.table([]any{"name", "reads", "writes", "what"}, rows)
}

// versionCommand shows the versions.
type versionCommand struct{}

func (versionCommand) Run(e *environment) error {
	if e.json {
		return e.object(map[string]any{
			"spanwright": Version, "project": store.SchemaVersion(), "scheme": schemeVersion, "jsonl": recordVersion, "go": runtime.Version(),
		})
	}
	_, err := fmt.Fprintf(e.stdout, "spanwright %s (%s, %s/%s)\nproject file %d, scheme file %d, JSONL record %d\n",
		Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, store.SchemaVersion(), schemeVersion, recordVersion)
	return err
}
