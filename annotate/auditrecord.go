package annotate

// record returns what of r its label, and where it lies, does not allow.
func (a *Audit) record(r *Record) []Violation {
	s := a.scheme
	b := &breaches{document: r.Document, entity: r.ID, lookup: a.lookup, name: func() string { return "record " + r.Label }}
	def := s.RecordLabel(r.Label)
	if def == nil {
		b.add(LabelBreach, s.level(), "%s: the scheme has no such record; relabel it or add it", b)
		return b.found
	}
	parent, wanted := a.layer.records[r.Parent], s.RecordParent(r.Label)
	switch {
	case r.Parent == "" && wanted != "":
		b.add(RoleBreach, s.level(def.Level), "%s must lie in a record %s", b, wanted)
	case r.Parent != "" && parent == nil:
		b.add(RoleBreach, s.level(def.Level), "%s lies in a record that does not exist", b)
	case parent != nil && wanted == "":
		b.add(RoleBreach, s.level(def.Level), "%s must not lie in a record %s", b, parent.Label)
	case parent != nil && parent.Label != wanted:
		b.add(RoleBreach, s.level(def.Level), "%s must lie in a record %s, not in a %s", b, wanted, parent.Label)
	}
	b.attributes(s, def.Attributes, r.Attributes)
	b.flag(s, r.Flag)
	a.countRecords(b, def.Records, r.ID)
	return b.found
}

// countRecords checks how many records of each label lie in the one of an id, or at the top.
func (a *Audit) countRecords(b *breaches, defs []RecordLabel, in ID) {
	for i := range defs {
		def, n := &defs[i], 0
		for _, r := range a.layer.inside[in] {
			if r.Label == def.Label {
				n++
			}
		}
		level := a.scheme.level(def.Level)
		if n < def.Min {
			b.lack(CardinalityBreach, level, "%s needs at least %d %s and has %d", b, def.Min, def.Label, n)
		}
		if def.Max > 0 && n > def.Max {
			b.add(CardinalityBreach, level, "%s takes at most %d %s and has %d", b, def.Max, def.Label, n)
		}
	}
}

// staleRecord marks what has to be looked at again when a record comes, goes or changes.
func (a *Audit) staleRecord(r *Record, stale map[ID]bool) {
	stale[r.ID] = true
	if r.Parent == "" {
		stale[a.layer.Assessment.EntityID()] = true
	} else {
		stale[r.Parent] = true
	}
	for _, inner := range a.layer.inside[r.ID] {
		stale[inner.ID] = true
	}
}
