package gate

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"iter"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The shapes of bdoc as they are written.
type (
	outDocument struct {
		Name       string            `json:"name"`
		Text       string            `json:"text"`
		OffsetType string            `json:"offset_type"`
		Features   map[string]string `json:"features"`
		Sets       map[string]outSet `json:"annotation_sets"`
	}
	outSet struct {
		Name        string          `json:"name"`
		Annotations []outAnnotation `json:"annotations"`
		Next        int             `json:"next_annid"`
	}
	outAnnotation struct {
		ID       int            `json:"id"`
		Type     string         `json:"type"`
		Start    int            `json:"start"`
		End      int            `json:"end"`
		Features map[string]any `json:"features"`
	}
	outArgument struct {
		Role string `json:"role"`
		ID   int    `json:"id"`
	}
)

// writeJSON writes a document on each line.
func writeJSON(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for group, err := range groups(ctx, records) {
		if err == nil {
			err = encoder.Encode(newDocument(group))
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, out.Flush()
}

func newDocument(group []*dataset.Record) *outDocument {
	d := group[0].Document
	out := &outDocument{Name: d.Name, Text: d.Text, OffsetType: "p", Features: map[string]string{}, Sets: map[string]outSet{}}
	for field, value := range d.Meta {
		out.Features[field] = value
	}
	offsets := annotate.NewOffsets(d.Text)
	for _, r := range group {
		if r.Annotator != "" {
			out.Sets[r.Annotator] = newSet(r, offsets)
		}
	}
	return out
}

// newSet returns a layer. A relation is an annotation from the first of its arguments to
// the last, with their ids and roles; one about relations alone is of the whole text.
func newSet(r *dataset.Record, offsets *annotate.Offsets) outSet {
	end := len(r.Document.Text)
	s := outSet{Name: r.Annotator, Next: 1}
	ids := numbered(r, &s.Next)
	add := func(id int, kind string, at annotate.Fragment, said map[string]annotate.Value) {
		a := outAnnotation{id, kind, offsets.To(annotate.CodePoint, at.Start), offsets.To(annotate.CodePoint, at.End), map[string]any{}}
		for name, v := range said {
			a.Features[name] = v
		}
		s.Annotations = append(s.Annotations, a)
	}
	add(0, wholeKind, annotate.Fragment{End: end}, whole(r))
	places := map[annotate.ID]annotate.Fragment{}
	for _, x := range r.Spans {
		places[x.ID] = x.Extent()
		add(ids[x.ID], fence(x.Label), x.Extent(), features(x.Attributes, x.Flag, x.Note))
	}
	for _, x := range r.Relations {
		at := annotate.Fragment{Start: end}
		arguments := []outArgument{}
		for _, a := range x.Arguments {
			if place, ok := places[a.Span]; ok {
				at.Start, at.End = min(at.Start, place.Start), max(at.End, place.End)
			}
			arguments = append(arguments, outArgument{a.Role, ids[a.Target()]})
		}
		if at.Empty() {
			at = annotate.Fragment{End: end}
		}
		add(ids[x.ID], x.Label, at, features(x.Attributes, x.Flag, x.Note))
		s.Annotations[len(s.Annotations)-1].Features[argumentsFeature] = arguments
	}
	return s
}
