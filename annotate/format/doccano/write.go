package doccano

import (
	"context"
	"io"
	"iter"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// line is a document of a project with relations, as doccano reads and writes it. What
// stands after the comments is metadata to doccano.
type line struct {
	Text       string                    `json:"text"`
	Entities   []entity                  `json:"entities"`
	Relations  []relation                `json:"relations"`
	Comments   []string                  `json:"Comments"`
	Name       string                    `json:"name"`
	Annotator  string                    `json:"annotator,omitempty"`
	Attributes map[string]annotate.Value `json:"attributes,omitempty"`
	Meta       map[string]string         `json:"meta,omitempty"`
}

type entity struct {
	ID    int    `json:"id"`
	Label string `json:"label"`
	Start int    `json:"start_offset"`
	End   int    `json:"end_offset"`
}

type relation struct {
	ID   int    `json:"id"`
	From int    `json:"from_id"`
	To   int    `json:"to_id"`
	Type string `json:"type"`
}

// write writes a line for each record. Ids are numbers that no two things of a kind share;
// that of the document doccano gives itself.
func write(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	var entities, relations int
	return nil, dataset.WriteLines(ctx, w, records, func(r *dataset.Record) any {
		l := line{
			Text: r.Document.Text, Entities: []entity{}, Relations: []relation{}, Comments: []string{},
			Name: r.Document.Name, Annotator: r.Annotator, Meta: r.Document.Meta,
		}
		if r.Assessment != nil {
			l.Attributes = r.Assessment.Labels
			if r.Assessment.Note != "" {
				l.Comments = append(l.Comments, r.Assessment.Note)
			}
		}
		offsets := annotate.NewOffsets(r.Document.Text)
		numbers := map[annotate.ID]int{}
		for _, s := range r.Spans {
			entities++
			numbers[s.ID] = entities
			at := s.Extent()
			l.Entities = append(l.Entities, entity{entities, s.Label, offsets.To(annotate.CodePoint, at.Start), offsets.To(annotate.CodePoint, at.End)})
		}
		for _, x := range r.Relations {
			relations++
			l.Relations = append(l.Relations, relation{
				relations, numbers[x.Role(annotate.Head)[0].Span], numbers[x.Role(annotate.Tail)[0].Span], x.Label,
			})
		}
		return l
	})
}
