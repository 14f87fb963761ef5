package command

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format"
	"spanwright/app/exchange"
	"spanwright/assets"
	"spanwright/store"
)

// Version is the program's.
const Version = exchange.Version

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

// formatsCommand lists the formats and what each can hold.
type formatsCommand struct {
	Name string `arg:"" optional:"" help:"Say what this format can hold."`
}

func (c *formatsCommand) Run(e *environment) error {
	switch {
	case c.Name != "":
		return e.formatHolds(c.Name)
	case e.json:
		return e.object(describedFormats())
	}
	yes := map[bool]string{true: "yes", false: "no"}
	var rows [][]any
	for _, f := range format.All {
		rows = append(rows, []any{f.Name, yes[f.Read != nil], yes[f.Writes()], strings.Join(f.Patterns, " "), f.Title})
	}
	if err := e.table([]any{"name", "reads", "writes", "files", "what"}, rows); err != nil {
		return err
	}
	fmt.Fprintln(e.stdout)
	head, marks := format.Table("+", "~", ".")
	widest := 0
	for _, row := range marks {
		widest = max(widest, len(row[0]))
	}
	for _, row := range slices.Insert(marks, 0, head) {
		fmt.Fprintf(e.stdout, "%-*s", widest, row[0])
		for _, cell := range row[1:] {
			fmt.Fprintf(e.stdout, "%3s", cell)
		}
		fmt.Fprintln(e.stdout)
	}
	fmt.Fprint(e.stdout, "\n+ held   ~ held in another form   . dropped\n")
	for i, feature := range dataset.Features {
		fmt.Fprintf(e.stdout, "%2d %s\n", i+1, feature.Title)
	}
	return nil
}

// formatHolds says in words what one format can hold.
func (e *environment) formatHolds(name string) error {
	f, err := format.ByName(name)
	if err != nil {
		return err
	}
	if e.json {
		return e.object(describedFormat(f))
	}
	words := map[dataset.Level]string{dataset.Yes: "held", dataset.Bent: "held in another form", dataset.No: "dropped"}
	var rows [][]any
	for _, feature := range dataset.Features {
		rows = append(rows, []any{feature.Title, words[f.Holds.Of(feature.Feature)]})
	}
	return e.table([]any{name, f.Title}, rows)
}

// formatDescription is a format as it is told in JSON.
type formatDescription struct {
	Name   string        `json:"name"`
	Reads  bool          `json:"reads"`
	Writes bool          `json:"writes"`
	Title  string        `json:"title"`
	Files  []string      `json:"files"`
	Unit   annotate.Unit `json:"unit,omitempty"` // what offsets count
	// Holds says of each feature "yes", "bent" (in another form) or "no".
	Holds map[dataset.Feature]string `json:"holds"`
}

func describedFormat(f *dataset.Format) formatDescription {
	holds := map[dataset.Feature]string{}
	for _, feature := range dataset.Features {
		holds[feature.Feature] = cmp.Or(string(f.Holds.Of(feature.Feature)), "no")
	}
	return formatDescription{f.Name, f.Read != nil, f.Writes(), f.Title, f.Patterns, f.Unit, holds}
}

func describedFormats() []formatDescription {
	var all []formatDescription
	for _, f := range format.All {
		all = append(all, describedFormat(f))
	}
	return all
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
