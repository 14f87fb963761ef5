package exchange

import (
	"hash/maphash"

	"spanwright/annotate"
	"spanwright/store"
)

// rehearsal stands in for what an import would have written to the project so far. It
// keeps numbers for ids and texts, so that a million documents fit.
type rehearsal struct {
	project   *store.Project
	seed      maphash.Seed
	documents map[uint64]uint64 // from ids to texts
	names     map[uint64]uint64 // from names to texts
	entities  map[uint64]stood  // from ids of spans, relations and records
	empty     bool              // the project had no documents
}

// stood is what is kept of a span, relation or record: numbers of its layer and of what it says.
type stood struct{ layer, says uint64 }

func newRehearsal(p *store.Project) (*rehearsal, error) {
	n, err := p.CountDocuments(store.DocumentQuery{})
	return &rehearsal{
		project: p, seed: maphash.MakeSeed(), empty: n == 0,
		documents: map[uint64]uint64{}, names: map[uint64]uint64{}, entities: map[uint64]stood{},
	}, err
}

func (h *rehearsal) number(text string) uint64 { return maphash.String(h.seed, text) }

// find returns what an earlier record would have made of a document, nil if nothing. Its
// hash is empty where the text is another one.
func (h *rehearsal) find(d *annotate.Document) *annotate.Document {
	known := &annotate.Document{ID: d.ID, Name: d.Name, Text: d.Text, Hash: d.Hash}
	if text, made := h.documents[h.number(string(d.ID))]; made {
		if text != h.number(d.Hash) {
			known.Hash = ""
		}
		return known
	}
	if text, made := h.names[h.number(d.Name)]; made && text == h.number(d.Hash) {
		return known
	}
	return nil
}

func (h *rehearsal) taken(name string) bool {
	_, made := h.names[h.number(name)]
	return made
}

// has reports whether a span, relation or record would be there.
func (h *rehearsal) has(id annotate.ID) bool {
	_, made := h.entities[h.number(string(id))]
	return made
}

// write takes in the changes of entries, all or, with an error, none of them. What is
// known under the same id in the same layer is taken off the entry's changes.
func (h *rehearsal) write(entries []*entry) error {
	type made struct {
		id uint64
		stood
	}
	var fresh []made
	inside := map[uint64]bool{}
	for _, e := range entries {
		layer := h.number(string(e.document.ID) + "\x00" + e.record.Annotator)
		kept := make([]annotate.Change, 0, len(e.changes))
		for _, c := range e.changes {
			if k := c.EntityKind(); k != annotate.SpanEntity && k != annotate.RelationEntity && k != annotate.RecordEntity {
				kept = append(kept, c)
				continue
			}
			id := h.number(string(c.EntityID()))
			other, known := h.entities[id]
			switch {
			case known && other.layer == layer:
				if says, err := h.says(c.After); err != nil || says == other.says || c.EntityKind() == annotate.RecordEntity {
					continue // the rank of a record is no difference
				}
				e.leave(c.After, c.EntityKind(), labelOf(c.After))
				continue
			case known || inside[id] || h.stored(c):
				return annotate.Errorf(annotate.Conflict, "%s %s (%s) is in the project already", c.EntityKind(), labelOf(c.After), c.EntityID())
			}
			says, err := h.says(c.After)
			if err != nil {
				return err
			}
			inside[id] = true
			fresh = append(fresh, made{id, stood{layer, says}})
			kept = append(kept, c)
		}
		e.changes = kept
	}
	for _, f := range fresh {
		h.entities[f.id] = f.stood
	}
	for _, e := range entries {
		if e.created {
			text := h.number(e.document.Hash)
			h.documents[h.number(string(e.document.ID))] = text
			h.names[h.number(e.document.Name)] = text
		}
	}
	return nil
}

// says returns a number of all that s says.
func (h *rehearsal) says(s annotate.State) (uint64, error) {
	raw, err := annotate.MarshalState(s)
	return h.number(string(raw)), err
}

// stored reports whether the project has what a change would add.
func (h *rehearsal) stored(c annotate.Change) bool {
	if h.empty {
		return false
	}
	var err error
	switch c.EntityKind() {
	case annotate.SpanEntity:
		_, err = h.project.Span(c.EntityID())
	case annotate.RelationEntity:
		_, err = h.project.Relation(c.EntityID())
	default:
		return false
	}
	return err == nil
}

// labelOf returns the label of a span, relation or record.
func labelOf(s annotate.State) string {
	switch x := s.(type) {
	case *annotate.Span:
		return x.Label
	case *annotate.Relation:
		return x.Label
	case *annotate.Record:
		return x.Label
	}
	return ""
}
