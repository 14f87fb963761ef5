package session

import (
	"slices"

	"spanwright/annotate"
)

// AddRecord adds a record of a label behind those that lie in the record parent, or
// behind those at the top for "". It returns the new one's id.
func (s *Session) AddRecord(label string, parent annotate.ID) (annotate.ID, error) {
	def, within := s.scheme.RecordLabel(label), ""
	if r := s.layer.Record(parent); r != nil {
		within = r.Label
	}
	switch {
	case def == nil:
		return "", s.fail(annotate.Errorf(annotate.NotFound, "the scheme has no record %s", label))
	case parent != "" && within == "":
		return "", s.fail(errRecordGone)
	case s.scheme.RecordParent(label) != within:
		return "", s.fail(annotate.Errorf(annotate.Invalid, "the scheme has no record %s in this place", label))
	}
	if err := s.editable(); err != nil {
		return "", s.fail(err)
	}
	r := &annotate.Record{
		ID: annotate.NewID(), Document: s.document.ID, Annotator: s.layerName(), Label: label, Parent: parent,
		Attributes: annotate.Initial(def.Attributes, s.body, nil),
	}
	there := s.layer.Records(parent)
	changes := ranked(append(there, r), len(there))
	return r.ID, s.edit(append(changes, creation(r))...)
}

var errRecordGone = annotate.Errorf(annotate.NotFound, "the record is gone")

// DuplicateRecord puts a copy of a record, with what lies inside, right behind it. The
// copy has its values, but neither flag nor note, which were said of the other.
func (s *Session) DuplicateRecord(id annotate.ID) (annotate.ID, error) {
	r := s.layer.Record(id)
	if r == nil {
		return "", s.fail(errRecordGone)
	}
	there := s.layer.Records(r.Parent)
	at := slices.Index(there, r) + 1
	double := doubleOf(r, r.Parent)
	changes := append(ranked(slices.Insert(there, at, double), at), creation(double))
	var inside func(from, to annotate.ID)
	inside = func(from, to annotate.ID) {
		for _, o := range s.layer.Records(from) {
			inner := doubleOf(o, to)
			changes = append(changes, creation(inner))
			inside(o.ID, inner.ID)
		}
	}
	inside(id, double.ID)
	return double.ID, s.edit(changes...)
}

func doubleOf(r *annotate.Record, parent annotate.ID) *annotate.Record {
	c := r.Clone()
	c.ID, c.Parent, c.Flag, c.Note = annotate.NewID(), parent, "", ""
	return c
}

// MoveRecord puts a record behind the next one of its label in the same place, or before
// the previous one; at either end it stays.
func (s *Session) MoveRecord(id annotate.ID, forward bool) error {
	r := s.layer.Record(id)
	if r == nil {
		return s.fail(errRecordGone)
	}
	there := s.layer.Records(r.Parent)
	at, step := slices.Index(there, r), -1
	if forward {
		step = 1
	}
	to := at + step
	for to >= 0 && to < len(there) && there[to].Label != r.Label {
		to += step
	}
	if to < 0 || to == len(there) {
		return nil
	}
	after := r.Clone()
	order := slices.Insert(slices.Delete(there, at, at+1), to, after)
	changes := ranked(order, to)
	return s.edit(append(changes, revision(r, after))...)
}

// ranked gives the record at an index the rank of its place in an order, and returns
// the changes of those behind it whose ranks leave no room for it: two people who
// added records in one place may have given them the same.
func ranked(order []*annotate.Record, at int) []annotate.Change {
	last := ""
	if at > 0 {
		last = order[at-1].Rank
	}
	// above is the first rank from an index on that is larger than last.
	above := func(i int) string {
		for ; i < len(order); i++ {
			if order[i].Rank > last {
				return order[i].Rank
			}
		}
		return ""
	}
	order[at].Rank = annotate.RankBetween(last, above(at+1))
	last = order[at].Rank
	var changes []annotate.Change
	for i := at + 1; i < len(order) && order[i].Rank <= last; i++ {
		after := order[i].Clone()
		after.Rank = annotate.RankBetween(last, above(i+1))
		last = after.Rank
		changes = append(changes, revision(order[i], after))
	}
	return changes
}

// SetRecordFlag sets the flag of a record, "" for none.
func (s *Session) SetRecordFlag(id annotate.ID, flag string) error {
	return s.change(id, func(_ *map[string]annotate.Value, f, _ *string) { *f = flag })
}

// RecordDefs returns what the scheme says of the records that lie in a record, or of
// those at the top for "".
func (s *Session) RecordDefs(parent annotate.ID) []annotate.RecordLabel {
	if parent == "" {
		return s.scheme.Records
	}
	if r := s.layer.Record(parent); r != nil {
		if def := s.scheme.RecordLabel(r.Label); def != nil {
			return def.Records
		}
	}
	return nil
}
