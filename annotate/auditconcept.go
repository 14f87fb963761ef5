package annotate

// staleLinked marks what has to be looked at again when a concept goes, changes its kind,
// or stands for others than before: all that is linked to it or to those merged into it.
func (a *Audit) staleLinked(c *Change, stale map[ID]bool) {
	if c.Before == nil || a.lookup.Concept == nil { // a new one has no links yet
		return
	}
	concerned := map[ID]bool{c.EntityID(): true}
	for _, state := range []State{c.Before, c.After} {
		if s, ok := state.(*Concept); ok && s.Into != "" {
			concerned[s.Into] = true
		}
	}
	look := func(id ID, values map[string]Value) {
		for _, v := range values {
			text, ok := v.Text()
			if !ok {
				continue
			}
			stands := a.lookup.Concept(ID(text))
			if concerned[ID(text)] || stands != nil && concerned[stands.ID] {
				stale[id] = true
			}
		}
	}
	for id, s := range a.layer.spans {
		look(id, s.Attributes)
	}
	for id, r := range a.layer.relations {
		look(id, r.Attributes)
	}
	for id, r := range a.layer.records {
		look(id, r.Attributes)
	}
	look(a.layer.Assessment.EntityID(), a.layer.Assessment.Labels)
}
