package brat_test

import (
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/brat"
)

func load(t testing.TB, path string) (found *dataset.Record, failed error) {
	t.Helper()
	for r, err := range brat.Format.Read(t.Context(), dataset.Input{Path: path, Name: filepath.Base(path), Annotator: "asha"}) {
		found, failed = r, err
	}
	return found, failed
}

func save(t testing.TB, records ...*dataset.Record) (string, dataset.Losses) {
	t.Helper()
	return saveWith(t, dataset.Options{}, records...)
}

func saveWith(t testing.TB, options dataset.Options, records ...*dataset.Record) (string, dataset.Losses) {
	t.Helper()
	folder := t.TempDir()
	losses, err := brat.Format.WriteFolder(t.Context(), folder, sequence(records...), options)
	require.NoError(t, err)
	return folder, losses
}

func sequence(records ...*dataset.Record) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// canonical says all that a record's annotations say except their ids, a line
// for each, in an order that does not depend on ids either.
func canonical(r *dataset.Record) []string {
	names := map[annotate.ID]string{}
	for _, s := range r.Spans {
		names[s.ID] = fmt.Sprintf("%s%v%q", s.Label, s.Fragments, s.Covered(r.Document.Text))
	}
	relations := map[annotate.ID]*annotate.Relation{}
	for _, relation := range r.Relations {
		relations[relation.ID] = relation
	}
	var describe func(annotate.ID) string
	describe = func(id annotate.ID) string {
		relation := relations[id]
		if relation == nil {
			return names[id]
		}
		parts := []string{relation.Label}
		for _, a := range relation.Arguments {
			parts = append(parts, a.Role+"="+describe(a.Target()))
		}
		return "(" + strings.Join(parts, " ") + ")"
	}
	var lines []string
	for _, s := range r.Spans {
		lines = append(lines, fmt.Sprintf("%s %v %q", names[s.ID], values(s.Attributes), s.Note))
	}
	for _, relation := range r.Relations {
		lines = append(lines, fmt.Sprintf("%s %v %q", describe(relation.ID), values(relation.Attributes), relation.Note))
	}
	slices.Sort(lines)
	return lines
}

func values(attributes map[string]annotate.Value) []string {
	var all []string
	for _, name := range annotate.SortedKeys(attributes) {
		raw, _ := attributes[name].MarshalJSON()
		all = append(all, name+"="+string(raw))
	}
	return all
}
