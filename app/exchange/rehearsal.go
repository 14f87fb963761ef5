package exchange

import (
	"cmp"
	"hash/maphash"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/store"
)

// rehearsal stands in for what an import would have written to the project so far. It
// remembers numbers of texts, layers and what is said, so that a million documents fit.
type rehearsal struct {
	project   *store.Project
	seed      maphash.Seed
	documents dataset.Ledger // texts of ids
	names     dataset.Ledger // texts of names
	layers    dataset.Ledger // layers of spans, relations and records
	said      dataset.Ledger // what they say
	empty     bool           // the project had no documents
}

func newRehearsal(p *store.Project) (*rehearsal, error) {
	n, err := p.CountDocuments(store.DocumentQuery{})
	return &rehearsal{project: p, seed: maphash.MakeSeed(), empty: n == 0}, err
}

func (h *rehearsal) close() {
	for _, l := range []*dataset.Ledger{&h.documents, &h.names, &h.layers, &h.said} {
		l.Close()
	}
}

func (h *rehearsal) number(text string) uint64 { return maphash.String(h.seed, text) }

// find returns what an earlier record would have made of a document, nil if nothing. Its
// hash is empty where the text is another one.
func (h *rehearsal) find(d *annotate.Document) (*annotate.Document, error) {
	known := &annotate.Document{ID: d.ID, Name: d.Name, Text: d.Text, Hash: d.Hash}
	text, made, err := h.documents.Get(string(d.ID))
	if err != nil {
		return nil, err
	}
	if made {
		if text != h.number(d.Hash) {
			known.Hash = ""
		}
		return known, nil
	}
	if text, made, err = h.names.Get(d.Name); err != nil || !made || text != h.number(d.Hash) {
		return nil, err
	}
	return known, nil
}

func (h *rehearsal) taken(name string) (bool, error) {
	_, made, err := h.names.Get(name)
	return made, err
}

// has reports whether a span, relation or record would be there.
func (h *rehearsal) has(id annotate.ID) (bool, error) {
	_, made, err := h.layers.Get(string(id))
	return made, err
}

// write takes in the changes of entries, all or, with an error, none of them. What is
// known under the same id in the same layer is taken off the entry's changes.
func (h *rehearsal) write(entries []*entry) error {
	type made struct {
		id          annotate.ID
		layer, says uint64
	}
	var fresh []made
	inside := map[annotate.ID]bool{}
	for _, e := range entries {
		layer := h.number(string(e.document.ID) + "\x00" + e.record.Annotator)
		kept := make([]annotate.Change, 0, len(e.changes))
		for _, c := range e.changes {
			if k := c.EntityKind(); k != annotate.SpanEntity && k != annotate.RelationEntity && k != annotate.RecordEntity {
				kept = append(kept, c)
				continue
			}
			id := c.EntityID()
			says, err := h.says(c.After)
			if err != nil {
				return err
			}
			other, known, err := h.layers.Get(string(id))
			switch {
			case err != nil:
				return err
			case known && other == layer:
				said, _, err := h.said.Get(string(id))
				if err != nil {
					return err
				}
				if says != said && c.EntityKind() != annotate.RecordEntity { // the rank of a record is no difference
					e.leave(c.After, c.EntityKind(), labelOf(c.After))
				}
				continue
			case known || inside[id] || h.stored(c):
				return annotate.Errorf(annotate.Conflict, "%s %s (%s) is in the project already", c.EntityKind(), labelOf(c.After), c.EntityID())
			}
			inside[id] = true
			fresh = append(fresh, made{id, layer, says})
			kept = append(kept, c)
		}
		e.changes = kept
	}
	for _, f := range fresh {
		if err := cmp.Or(h.layers.Put(string(f.id), f.layer), h.said.Put(string(f.id), f.says)); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if e.created {
			text := h.number(e.document.Hash)
			if err := cmp.Or(h.documents.Put(string(e.document.ID), text), h.names.Put(e.document.Name, text)); err != nil {
				return err
			}
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
