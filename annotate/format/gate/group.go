package gate

import (
	"context"
	"iter"
	"maps"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// groups yields the records of one document that follow each other together, so that their layers
// become sets of one document. A name stands for one set only.
func groups(ctx context.Context, records iter.Seq2[*dataset.Record, error]) iter.Seq2[[]*dataset.Record, error] {
	return func(yield func([]*dataset.Record, error) bool) {
		var group []*dataset.Record
		for r, err := range records {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if len(group) > 0 && !belongs(group, r) {
				if !yield(group, nil) {
					return
				}
				group = nil
			}
			group = append(group, r)
		}
		if len(group) > 0 {
			yield(group, nil)
		}
	}
}

func belongs(group []*dataset.Record, r *dataset.Record) bool {
	first := group[0]
	return first.Document.ID == r.Document.ID && first.Document.Name == r.Document.Name && maps.Equal(first.Document.Meta, r.Document.Meta) && r.Annotator != "" &&
		!slices.ContainsFunc(group, func(g *dataset.Record) bool { return g.Annotator == r.Annotator || g.Annotator == "" })
}

// numbered are the ids of a record's spans and relations, which begin behind those of others.
func numbered(r *dataset.Record, next *int) map[annotate.ID]int {
	ids := map[annotate.ID]int{}
	for _, s := range r.Spans {
		ids[s.ID] = *next
		*next++
	}
	for _, x := range r.Relations {
		ids[x.ID] = *next
		*next++
	}
	return ids
}

// whole returns the features of the annotation that says what an annotator makes of the
// document as a whole; it stands in every set, so that none is empty.
func whole(r *dataset.Record) map[string]annotate.Value {
	a := r.Assessment
	if a == nil {
		return map[string]annotate.Value{}
	}
	all := features(a.Labels, a.Flag, a.Note)
	all[statusFeature] = annotate.Text(string(a.Status))
	return all
}

// ordinary reports whether a relation has a head and then a tail, which needs no names for roles.
func ordinary(x *annotate.Relation) bool {
	return len(x.Arguments) == 2 && x.Arguments[0].Role == annotate.Head && x.Arguments[1].Role == annotate.Tail
}
