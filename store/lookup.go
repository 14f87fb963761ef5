package store

import (
	"encoding/json"

	"spanwright/annotate"
)

type entityKey struct {
	kind annotate.EntityKind
	id   annotate.ID
}

// asked is what is known about many changes before the first of them is made, so that
// the project is not asked about each of those that an import brings.
type asked struct {
	unknown map[entityKey]bool   // entities that the journal has nothing of
	quiet   map[layerID]bool     // layers that have neither a review nor an audit
	vacant  map[annotate.ID]bool // new documents of which there are no spans, and whose names nobody else has
}

// manyChanges is from how many on it pays to ask about all of them at once.
const manyChanges = 8

// lookUp asks about changes that are about to be made.
func (b *batch) lookUp(changes []annotate.Change) error {
	if len(changes) < manyChanges {
		return nil
	}
	b.asked = asked{unknown: make(map[entityKey]bool, len(changes)), quiet: map[layerID]bool{}, vacant: map[annotate.ID]bool{}}
	entities := map[annotate.EntityKind][]annotate.ID{}
	var layers [][2]string
	var documents [][2]string // ids and names
	names := map[string]int{}
	reached := map[annotate.ID]bool{} // documents that an earlier change lies in
	for i := range changes {
		c := &changes[i]
		if c.Before == nil && c.After == nil {
			continue // refused when its turn comes
		}
		if key := (entityKey{c.EntityKind(), c.EntityID()}); !b.asked.unknown[key] {
			b.asked.unknown[key] = true
			entities[key.kind] = append(entities[key.kind], key.id)
		}
		if annotator, layered := layerOf(stateOf(c)); layered {
			layer := layerID{annotator, c.DocumentID()}
			if !b.asked.quiet[layer] {
				b.asked.quiet[layer] = true
				layers = append(layers, [2]string{annotator, string(layer.document)})
			}
		}
		if d, ok := c.After.(*annotate.Document); ok {
			if names[d.Name]++; c.Before == nil && !reached[d.ID] {
				documents = append(documents, [2]string{string(d.ID), d.Name})
			}
		}
		reached[c.DocumentID()] = true
	}
	for kind, ids := range entities {
		err := ask(b, ids, `SELECT DISTINCT entity, '' FROM journal
			WHERE entity_kind = ?2 AND entity IN (SELECT value FROM json_each(?1))`, []any{kind}, func(id, _ string) {
			delete(b.asked.unknown, entityKey{kind, annotate.ID(id)})
		})
		if err != nil {
			return err
		}
	}
	err := ask(b, layers, `SELECT value ->> 0, value ->> 1 FROM json_each(?1)
		WHERE EXISTS (SELECT 1 FROM review WHERE annotator = value ->> 0 AND document = value ->> 1)
			OR EXISTS (SELECT 1 FROM audit WHERE annotator = value ->> 0 AND document = value ->> 1)`, nil, func(annotator, document string) {
		delete(b.asked.quiet, layerID{annotator, annotate.ID(document)})
	})
	if err != nil {
		return err
	}
	return ask(b, documents, `SELECT value ->> 0, value ->> 1 FROM json_each(?1)
		WHERE NOT EXISTS (SELECT 1 FROM span WHERE document = value ->> 0)
			AND NOT EXISTS (SELECT 1 FROM document WHERE name = value ->> 1)`, nil, func(id, name string) {
		if names[name] == 1 {
			b.asked.vacant[annotate.ID(id)] = true
		}
	})
}

// ask puts one question about a list, and calls visit with each row of the answer.
func ask[T any](b *batch, list []T, query string, args []any, visit func(x, y string)) error {
	if len(list) == 0 {
		return nil
	}
	raw, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return each(b, query, append([]any{string(raw)}, args...), func(scan func(...any) error) error {
		var x, y string
		err := scan(&x, &y)
		visit(x, y)
		return err
	})
}
