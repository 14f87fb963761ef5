package pubannotation

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The shapes of PubAnnotation as they are written.
type (
	outDocument struct {
		Database    string            `json:"sourcedb,omitempty"`
		ID          string            `json:"sourceid,omitempty"`
		Name        string            `json:"name"`
		Project     string            `json:"project,omitempty"`
		Text        string            `json:"text"`
		Denotations []outDenotation   `json:"denotations"`
		Relations   []outTriple       `json:"relations,omitempty"`
		Attributes  []outTriple       `json:"attributes,omitempty"`
		Meta        map[string]string `json:"meta,omitempty"`
	}
	outDenotation struct {
		ID   string `json:"id"`
		Span any    `json:"span"` // one, or a list of them
		Obj  string `json:"obj"`
	}
	outSpan struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	}
	outTriple struct {
		ID   string `json:"id"`
		Subj string `json:"subj"`
		Pred string `json:"pred"`
		Obj  any    `json:"obj"` // an id, or a value
	}
)

// write writes a list with a document on each line.
func write(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	begin := "["
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		_, _ = out.WriteString(begin) // a failure comes again at the end
		begin = ","
		if err := encoder.Encode(newDocument(r)); err != nil {
			return nil, err
		}
	}
	if begin == "[" {
		_, _ = out.WriteString(begin)
	}
	_, _ = out.WriteString("]\n")
	return nil, out.Flush()
}

func newDocument(r *dataset.Record) *outDocument {
	d := &outDocument{Name: r.Document.Name, Project: r.Annotator, Text: r.Document.Text, Denotations: []outDenotation{}, Meta: maps.Clone(r.Document.Meta)}
	d.Database, d.ID = d.Meta["sourcedb"], d.Meta["sourceid"]
	for key, value := range map[string]string{"sourcedb": d.Database, "sourceid": d.ID} {
		if value != "" {
			delete(d.Meta, key)
		}
	}
	offsets := annotate.NewOffsets(r.Document.Text)
	ids := map[annotate.ID]string{}
	for i, s := range r.Spans {
		ids[s.ID] = fmt.Sprintf("T%d", i+1)
		var spans []outSpan
		for _, f := range s.Fragments {
			spans = append(spans, outSpan{offsets.To(annotate.CodePoint, f.Start), offsets.To(annotate.CodePoint, f.End)})
		}
		x := outDenotation{ID: ids[s.ID], Span: spans, Obj: s.Label}
		if len(spans) == 1 {
			x.Span = spans[0]
		}
		d.Denotations = append(d.Denotations, x)
		d.say(ids[s.ID], s.Attributes)
	}
	for i, x := range r.Relations {
		ids[x.ID] = fmt.Sprintf("R%d", i+1)
	}
	for _, x := range r.Relations {
		d.Relations = append(d.Relations, outTriple{ids[x.ID], ids[x.Role(annotate.Head)[0].Target()], x.Label, ids[x.Role(annotate.Tail)[0].Target()]})
		d.say(ids[x.ID], x.Attributes)
	}
	return d
}

// say adds attributes of what is called id.
func (d *outDocument) say(id string, values map[string]annotate.Value) {
	for _, name := range annotate.SortedKeys(values) {
		d.Attributes = append(d.Attributes, outTriple{fmt.Sprintf("A%d", len(d.Attributes)+1), id, name, values[name]})
	}
}
