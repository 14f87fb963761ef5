package store

import (
	"context"
	"encoding/json"

	"spanwright/annotate"
)

// tie is one thing that is not in a packet without another.
type tie struct{ from, to entityKey }

// leaveOut finds what of the documents does not go into the packet: what is in the
// layers of others, and what is tied to that or to other documents.
func (s *selection) leaveOut() error {
	ids := make([]annotate.ID, 0, len(s.documents))
	for id := range s.documents {
		ids = append(ids, id)
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	var ties []tie
	err = each(s.from, `SELECT entity_kind, entity, "before", "after" FROM journal
		WHERE document IN (SELECT value FROM json_each(?)) AND entity_kind <> 'document'`, []any{string(list)},
		func(scan func(...any) error) error {
			var key entityKey
			var before, after []byte
			if err := scan(&key.kind, &key.id, &before, &after); err != nil {
				return err
			}
			for _, raw := range [][]byte{before, after} {
				state, err := annotate.UnmarshalState(key.kind, raw)
				if err != nil {
					return err
				}
				if state == nil {
					continue
				}
				if s.withholds(state) || !s.documents[state.DocumentID()] {
					s.out[key] = true
				}
				ties = append(ties, tiesOf(key, state)...)
			}
			return nil
		})
	if err != nil {
		return err
	}
	for again := true; again; {
		again = false
		for _, t := range ties {
			if !s.out[t.from] && s.lacks(t.to) {
				s.out[t.from], again = true, true
			}
		}
	}
	return nil
}

// withholds reports whether a state lies in a layer that the annotator is not to see. What
// was decided is in no packet, whatever else is: it would tell what to label. Nor is how
// long others worked.
func (s *selection) withholds(state annotate.State) bool {
	layer, layered := layerOf(state)
	_, time := state.(*annotate.Stint)
	return layered && layer != s.options.Annotator && (s.packet.Blind || time || layer == annotate.AdjudicatedLayer)
}

// tiesOf returns what a state makes no sense without.
func tiesOf(key entityKey, state annotate.State) []tie {
	var ties []tie
	add := func(kind annotate.EntityKind, id annotate.ID) {
		if id != "" {
			ties = append(ties, tie{key, entityKey{kind, id}})
		}
	}
	switch e := state.(type) {
	case *annotate.Relation:
		for _, a := range e.Arguments {
			add(annotate.SpanEntity, a.Span)
			add(annotate.RelationEntity, a.Relation)
			add(annotate.DocumentEntity, a.Document)
		}
	case *annotate.Record:
		add(annotate.RecordEntity, e.Parent)
	case *annotate.Comment:
		add(annotate.SpanEntity, e.Span)
		add(annotate.RelationEntity, e.Relation)
	}
	return ties
}

func (s *selection) lacks(key entityKey) bool {
	if key.kind == annotate.DocumentEntity {
		return !s.documents[key.id]
	}
	return s.out[key]
}

// has reports whether a change of the project goes into the packet.
func (s *selection) has(c *rawChange) bool {
	switch c.kind {
	case annotate.SchemeEntity, annotate.ConceptEntity:
		return true
	case annotate.MemberEntity:
		return s.knows(c)
	}
	return s.documents[c.document] && !s.out[entityKey{c.kind, c.entity}]
}

// write fills the empty file at path with what was selected, in one transaction.
func (s *selection) write(ctx context.Context, path string) error {
	p := &Project{path: path}
	if err := p.connectWriter(); err != nil {
		return p.fault(err)
	}
	_, err := p.transact(func(b *batch) error {
		if err := migrateTo(b.exec, 0, migrations); err != nil {
			return err
		}
		m := &merger{ctx: ctx, b: b, from: s.from, path: s.path, only: s.has, merged: &Merged{}, options: MergeOptions{Progress: s.options.Progress}}
		if err := m.changes(); err != nil {
			return err
		}
		s.packet.Changes = m.merged.Changes
		return s.settle(b)
	})
	if closing := p.disconnect(); err == nil {
		err = p.fault(closing)
	}
	return err
}

// settle makes the packet a project of its own: changes made in it come after all that
// the project knows, and what is only partly in it is not undone there.
func (s *selection) settle(b *batch) error {
	clock, err := largestClock(s.from)
	if err != nil {
		return err
	}
	b.clock = max(b.clock, clock)
	if err := b.keepGestures(); err != nil {
		return err
	}
	b.gestures = nil
	err = each(b, "SELECT gesture, count(*) FROM journal GROUP BY gesture", nil, func(scan func(...any) error) error {
		var gesture annotate.ID
		var here, there int
		if err := scan(&gesture, &here); err != nil {
			return err
		}
		if _, err := one(s.from, "SELECT count(*) FROM journal WHERE gesture = ?", []any{gesture}, &there); err != nil || here == there {
			return err
		}
		return execute(b, "UPDATE gesture SET undone = 1 WHERE id = ?", gesture)
	})
	if err != nil {
		return err
	}
	if err := b.keepSetting(ownerSetting, s.options.Annotator); err != nil {
		return err
	}
	if s.options.Feedback != nil {
		said, err := s.options.Feedback(func(id annotate.ID) bool { return s.documents[id] })
		if err != nil {
			return err
		}
		if err := b.keepSetting(feedbackSetting, said); err != nil {
			return err
		}
	}
	var timed string
	if found, err := one(s.from, "SELECT value FROM setting WHERE key = ?", []any{timedSetting}, &timed); err != nil {
		return err
	} else if found {
		if err := b.keepSetting(timedSetting, timed); err != nil {
			return err
		}
	}
	return b.keepSetting(blindSetting, map[bool]string{true: "on", false: "off"}[s.packet.Blind])
}
