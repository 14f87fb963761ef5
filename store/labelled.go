package store

import (
	"cmp"
	"encoding/json"
	"slices"

	"spanwright/annotate"
)

// Labelled is a document with its text and what was made of it.
type Labelled struct {
	Document *annotate.Document
	// Layers are those that hold anything, in the order of the annotators' names.
	// Each holds the relations that were made in this document and no others.
	Layers []*annotate.Layer
}

// Labelled returns the documents of those ids in the order asked for, as the
// project is at one moment; an id that the project lacks is passed over. It asks
// the same few questions for many documents as for one.
func (p *Project) Labelled(ids ...annotate.ID) ([]Labelled, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var all []Labelled
	err = p.read(func(on source) (err error) {
		all, err = labelled(on, ids, string(list))
		return err
	})
	return all, err
}

// among is a condition on documents that stand in the JSON list of ids that is ?1.
const among = "document IN (SELECT value FROM json_each(?1))"

func labelled(on source, ids []annotate.ID, list string) ([]Labelled, error) {
	found, err := documents(on, "id IN (SELECT value FROM json_each(?1))", list)
	if err != nil {
		return nil, err
	}
	texts, err := textsOf(on, list)
	if err != nil {
		return nil, err
	}
	byID := make(map[annotate.ID]*Labelled, len(found))
	for _, d := range found {
		var there bool
		if d.Text, there = texts[d.Hash]; !there {
			return nil, annotate.Errorf(annotate.NotFound, "the project holds no text with the hash %.12s", d.Hash)
		}
		byID[d.ID] = &Labelled{Document: d}
	}
	spans, err := spans(on, "s."+among, list)
	if err != nil {
		return nil, err
	}
	// In reading order the index of a layer is built without moving anything.
	slices.SortStableFunc(spans, func(a, b *annotate.Span) int { return cmp.Compare(a.Extent().Start, b.Extent().Start) })
	relations, err := relations(on, "r."+among, list)
	if err != nil {
		return nil, err
	}
	records, err := records(on, among, list)
	if err != nil {
		return nil, err
	}
	assessments, err := assessments(on, among, list)
	if err != nil {
		return nil, err
	}
	reviews, err := reviews(on, among, list)
	if err != nil {
		return nil, err
	}
	share(byID, spans, func(s *annotate.Span) string { return s.Annotator })
	share(byID, relations, func(r *annotate.Relation) string { return r.Annotator })
	share(byID, records, func(r *annotate.Record) string { return r.Annotator })
	share(byID, assessments, func(a *annotate.Assessment) string { return a.Annotator })
	share(byID, reviews, func(r *annotate.Review) string { return r.Annotator })
	all := make([]Labelled, 0, len(found))
	for _, id := range ids {
		if l := byID[id]; l != nil {
			slices.SortFunc(l.Layers, func(a, b *annotate.Layer) int { return cmp.Compare(a.Annotator, b.Annotator) })
			all = append(all, *l)
		}
	}
	return all, nil
}

// textsOf reads the texts of the documents in a JSON list of ids, by hash.
func textsOf(on source, list string) (map[string]string, error) {
	texts := map[string]string{}
	err := each(on, "SELECT hash, content FROM text WHERE hash IN (SELECT text FROM document WHERE id IN (SELECT value FROM json_each(?1)))",
		[]any{list}, func(scan func(...any) error) error {
			var hash, content string
			err := scan(&hash, &content)
			texts[hash] = content
			return err
		})
	return texts, err
}

// share puts each state into its annotator's layer.
func share[S annotate.State](byID map[annotate.ID]*Labelled, states []S, annotator func(S) string) {
	for _, s := range states {
		if l := byID[s.DocumentID()]; l != nil {
			l.layer(annotator(s)).Apply(&annotate.Change{After: s})
		}
	}
}

// layer returns the layer of an annotator, made if there is none.
func (l *Labelled) layer(annotator string) *annotate.Layer {
	for _, layer := range l.Layers {
		if layer.Annotator == annotator {
			return layer
		}
	}
	layer := annotate.NewLayer(l.Document.ID, annotator)
	l.Layers = append(l.Layers, layer)
	return layer
}
