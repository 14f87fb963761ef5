package spacy

import (
	"cmp"
	"context"
	"io"
	"iter"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/aside"
)

// example is a line.
type example struct {
	Text       string                    `json:"text"`
	Entities   [][3]any                  `json:"entities"`
	Spans      map[string][][3]any       `json:"spans,omitempty"`
	Categories map[string]float64        `json:"cats"`
	Name       string                    `json:"name"`
	Annotator  string                    `json:"annotator,omitempty"`
	Attributes map[string]annotate.Value `json:"attributes,omitempty"`
	Meta       map[string]string         `json:"meta,omitempty"`
	Aside      *aside.Aside              `json:"spanwright,omitempty"`
}

// write writes a line for each record.
func write(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	return nil, dataset.WriteLines(ctx, w, records, func(r *dataset.Record) any { return newExample(r) })
}

func newExample(r *dataset.Record) *example {
	e := &example{Text: r.Document.Text, Categories: map[string]float64{}, Name: r.Document.Name, Annotator: r.Annotator, Meta: r.Document.Meta}
	offsets := annotate.NewOffsets(r.Document.Text)
	entities := apart(r.Spans)
	e.Entities = places(entities, offsets)
	if len(entities) < len(r.Spans) {
		e.Spans = map[string][][3]any{group: places(r.Spans, offsets)}
	}
	e.Aside = aside.New(r, offsets)
	if r.Assessment == nil {
		return e
	}
	for name, v := range r.Assessment.Labels {
		if truth, ok := v.Bool(); ok {
			e.Categories[name] = map[bool]float64{true: 1}[truth]
			continue
		}
		if e.Attributes == nil {
			e.Attributes = map[string]annotate.Value{}
		}
		e.Attributes[name] = v
	}
	return e
}

// apart returns the spans that overlap no other one: the longest first, of equal ones the
// earlier, as spaCy's own filter_spans chooses.
func apart(spans []*annotate.Span) []*annotate.Span {
	ranked := slices.Clone(spans)
	slices.SortStableFunc(ranked, func(a, b *annotate.Span) int {
		x, y := a.Extent(), b.Extent()
		return cmp.Or(cmp.Compare(y.Len(), x.Len()), cmp.Compare(x.Start, y.Start))
	})
	var index annotate.RangeIndex
	chosen := map[annotate.ID]bool{}
	for _, s := range ranked {
		free := true
		for id := range index.Touching(s.Extent()) {
			at, _ := index.Get(id)
			free = free && !at.Overlaps(s.Extent())
		}
		if free {
			index.Set(s.ID, s.Extent())
			chosen[s.ID] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(spans), func(s *annotate.Span) bool { return !chosen[s.ID] })
}

func places(spans []*annotate.Span, offsets *annotate.Offsets) [][3]any {
	all := [][3]any{}
	for _, s := range spans {
		at := s.Extent()
		all = append(all, [3]any{offsets.To(annotate.CodePoint, at.Start), offsets.To(annotate.CodePoint, at.End), s.Label})
	}
	return all
}
