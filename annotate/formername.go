package annotate

import "slices"

// Former returns the revision that makes what still has a former name of an item of s
// have the present one. A name that an item of the same kind has now is not a former
// one. Its steps are the names; without such names there are none.
func (s *Scheme) Former() *Revision { return Revise(s.withFormer(), s) }

// withFormer returns s with a copy of each item under every name it had before.
func (s *Scheme) withFormer() *Scheme {
	c := s.Clone()
	c.Spans = underFormer(s.Spans, spanFormerly, func(l *SpanLabel) *string { return &l.Label }, func(l *SpanLabel) {
		l.Attributes = formerAttributes(l.Attributes)
	})
	c.Relations = underFormer(s.Relations, relationFormerly, func(l *RelationLabel) *string { return &l.Label }, func(l *RelationLabel) {
		l.Attributes = formerAttributes(l.Attributes)
		l.Roles = underFormer(l.Roles, roleFormerly, func(r *Role) *string { return &r.Name }, func(*Role) {})
	})
	c.Document = formerAttributes(s.Document)
	c.Records = formerRecords(s.Records)
	c.Flags = underFormer(s.Flags, flagFormerly, func(f *Flag) *string { return &f.Name }, func(*Flag) {})
	return c
}

// underFormer returns items, what is inside of each made ready by inside, and behind them
// their copies under former names.
func underFormer[T any](items []T, formerly func(*T) []string, name func(*T) *string, inside func(*T)) []T {
	all, taken := slices.Clone(items), map[string]bool{}
	for i := range all {
		inside(&all[i])
		taken[*name(&all[i])] = true
	}
	for _, item := range all {
		for _, old := range formerly(&item) {
			if taken[old] {
				continue
			}
			taken[old] = true
			*name(&item) = old
			all = append(all, item)
		}
	}
	return all
}

func formerAttributes(list []Attribute) []Attribute {
	return underFormer(list, attributeFormerly, func(a *Attribute) *string { return &a.Name }, func(a *Attribute) {
		a.Values = formerChoices(a.Values)
	})
}

func formerChoices(list []Choice) []Choice {
	return underFormer(list, func(c *Choice) []string { return c.Formerly }, func(c *Choice) *string { return &c.Name }, func(c *Choice) {
		c.Values = formerChoices(c.Values)
	})
}

// formerRecords leaves what is inside a record to the present one: a label of records
// is of one place in the scheme.
func formerRecords(list []RecordLabel) []RecordLabel {
	all := underFormer(list, func(l *RecordLabel) []string { return l.Formerly }, func(l *RecordLabel) *string { return &l.Label }, func(l *RecordLabel) {
		l.Attributes = formerAttributes(l.Attributes)
	})
	for i := range all {
		if i < len(list) {
			all[i].Records = formerRecords(all[i].Records)
		} else {
			all[i].Records = nil
		}
	}
	return all
}
