package command

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"spanwright/annotate"
	"spanwright/store"
)

// statsCommand counts what a project holds.
type statsCommand struct {
	Project string `arg:"" help:"Project file."`
}

func (c *statsCommand) Run(e *environment) error {
	return e.with(c.Project, func(project *store.Project) error {
		stats, err := project.Stats("")
		if err != nil {
			return err
		}
		if e.json {
			return e.object(stats)
		}
		fmt.Fprintf(e.stdout, "%s\n", count(stats.Documents, "document"))
		rows := make([][]any, 0, len(stats.Statuses))
		for _, s := range stats.Statuses {
			rows = append(rows, []any{s.Annotator, s.Status, s.Count})
		}
		if err := e.section([]any{"annotator", "state", "documents"}, rows); err != nil {
			return err
		}
		rows = rows[:0]
		for _, s := range stats.Reviews {
			rows = append(rows, []any{s.Annotator, s.Status, s.Count})
		}
		if err := e.section([]any{"annotator", "review", "documents"}, rows); err != nil {
			return err
		}
		rows = rows[:0]
		for _, a := range stats.Assigned {
			rows = append(rows, []any{a.Annotator, a.Documents, a.Done})
		}
		if err := e.section([]any{"annotator", "assigned", "done"}, rows); err != nil {
			return err
		}
		for _, labels := range []struct {
			title string
			list  []store.LabelCount
		}{{"spans", stats.Spans}, {"relations", stats.Relations}, {"records", stats.Records}} {
			rows = rows[:0]
			for _, l := range labels.list {
				rows = append(rows, []any{l.Annotator, l.Label, l.Count})
			}
			if err := e.section([]any{"annotator", "label", labels.title}, rows); err != nil {
				return err
			}
		}
		if stats.Concepts > 0 {
			fmt.Fprintf(e.stdout, "\n%s\n", count(stats.Concepts, "concept"))
		}
		rows = rows[:0]
		for _, d := range stats.Decisions {
			rows = append(rows, []any{d.Adjudicator, d.Outcome, map[bool]string{true: "automatic", false: "by hand"}[d.Automatic], d.Count})
		}
		if err := e.section([]any{"adjudicator", "outcome", "made", "decisions"}, rows); err != nil {
			return err
		}
		if stats.Unclear > 0 {
			fmt.Fprintf(e.stdout, "\n%s where the guideline is unclear\n", count(stats.Unclear, "decision"))
		}
		rows = rows[:0]
		for _, t := range stats.Time {
			rows = append(rows, []any{t.Annotator, t.Documents, fmt.Sprintf("%.1f", float64(t.Seconds)/60), fmt.Sprintf("%.1f", t.Median/60), t.SpansPerHour})
		}
		if err := e.section([]any{"annotator", "timed documents", "minutes", "median minutes", "spans per hour"}, rows); err != nil {
			return err
		}
		rows = rows[:0]
		for _, c := range stats.Comments {
			rows = append(rows, []any{c.Annotator, c.Count})
		}
		if err := e.section([]any{"annotator", "comments"}, rows); err != nil || len(rows) == 0 {
			return err
		}
		fmt.Fprintf(e.stdout, "\n%s of comments not resolved\n", count(stats.Open, "thread"))
		return nil
	})
}

// section writes a table after an empty line, or nothing when it has no rows.
func (e *environment) section(head []any, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	fmt.Fprintln(e.stdout)
	return e.table(head, rows)
}

// table writes rows in columns.
func (e *environment) table(head []any, rows [][]any) error {
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, row := range append([][]any{head}, rows...) {
		for i, cell := range row {
			if i > 0 {
				fmt.Fprint(w, "\t")
			}
			fmt.Fprint(w, cell)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// logCommand shows the journal.
type logCommand struct {
	Project  string `arg:"" help:"Project file."`
	Document string `help:"Show only what concerns this document." placeholder:"NAME"`
	Limit    int    `help:"Show at most so many changes; 0 for all." default:"50" placeholder:"N"`
}

func (c *logCommand) Run(e *environment) error {
	if c.Limit < 0 {
		return usageError{annotate.Errorf(annotate.Invalid, "--limit must be 0 or more, not %d", c.Limit)}
	}
	return e.with(c.Project, func(project *store.Project) error {
		query := store.JournalQuery{Limit: c.Limit}
		if c.Document != "" {
			d, err := project.DocumentByName(c.Document)
			if err != nil {
				return err
			}
			query.Document = d.ID
		}
		entries, err := project.Journal(query)
		if err != nil {
			return err
		}
		if e.json {
			return e.jsonLog(entries)
		}
		return e.log(project, entries)
	})
}

func (e *environment) log(project *store.Project, entries []store.Entry) error {
	names := map[annotate.ID]string{}
	rows := make([][]any, len(entries))
	for i := range entries {
		entry := &entries[i]
		id := entry.DocumentID()
		if _, known := names[id]; !known {
			names[id] = documentName(project, id)
		}
		what := annotate.Describe([]annotate.Change{entry.Change})
		if entry.Act != annotate.Edit {
			what = fmt.Sprintf("%s: %s", entry.Act, what)
		}
		if entry.Superseded {
			what += " (superseded)"
		}
		rows[i] = []any{entry.Time.Local().Format("2006-01-02 15:04:05"), entry.Annotator, what, names[id]}
	}
	return e.table([]any{"time", "annotator", "change", "document"}, rows)
}

// logEntry is a change as --json gives it.
type logEntry struct {
	Sequence   int64               `json:"sequence"`
	ID         annotate.ID         `json:"id"`
	Group      annotate.ID         `json:"group"`
	Act        annotate.Act        `json:"act"`
	Undoes     annotate.ID         `json:"undoes,omitempty"`
	Clock      uint64              `json:"clock"`
	Time       time.Time           `json:"time"`
	Annotator  string              `json:"annotator"`
	Device     string              `json:"device"`
	EntityKind annotate.EntityKind `json:"entity_kind"`
	Entity     annotate.ID         `json:"entity"`
	Document   annotate.ID         `json:"document,omitempty"`
	Superseded bool                `json:"superseded,omitempty"`
	Before     json.RawMessage     `json:"before"`
	After      json.RawMessage     `json:"after"`
}

// jsonLog writes a line for each entry.
func (e *environment) jsonLog(entries []store.Entry) error {
	for i := range entries {
		c := &entries[i]
		line := logEntry{
			Sequence: c.Sequence, ID: c.ID, Group: c.Group, Act: c.Act, Undoes: c.Undoes, Clock: c.Clock, Time: c.Time,
			Annotator: c.Annotator, Device: c.Device, EntityKind: c.EntityKind(), Entity: c.EntityID(), Document: c.DocumentID(),
			Superseded: c.Superseded,
		}
		var err error
		if line.Before, err = annotate.MarshalState(c.Before); err != nil {
			return err
		}
		if line.After, err = annotate.MarshalState(c.After); err != nil {
			return err
		}
		if err := e.object(line); err != nil {
			return err
		}
	}
	return nil
}
