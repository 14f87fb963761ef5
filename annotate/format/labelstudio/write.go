package labelstudio

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// outTask is a task as Label Studio imports it.
type outTask struct {
	ID          int               `json:"id"`
	Numbered    bool              `json:"numbered"` // the id is only a number in this file
	Data        outData           `json:"data"`
	Meta        map[string]string `json:"meta,omitempty"`
	Annotations []outAnnotation   `json:"annotations"`
}

type outData struct {
	Text string `json:"text"`
	Name string `json:"name"`
}

// outAnnotation is a layer. Label Studio refuses a file that names users it does not know,
// so a name that is no address has a key of its own.
type outAnnotation struct {
	CompletedBy *outUser    `json:"completed_by,omitempty"`
	Annotator   string      `json:"annotator,omitempty"`
	Status      string      `json:"status,omitempty"`
	Flag        string      `json:"flag,omitempty"`
	Note        string      `json:"note,omitempty"`
	Result      []outResult `json:"result"`
}

type outUser struct {
	Email string `json:"email"`
}

type outResult struct {
	ID        string         `json:"id,omitempty"`
	From      string         `json:"from_name,omitempty"`
	To        string         `json:"to_name,omitempty"`
	Type      string         `json:"type"`
	Kind      string         `json:"kind,omitempty"`
	Attribute string         `json:"attribute,omitempty"` // of which the control has another name
	Value     map[string]any `json:"value,omitempty"`
	Meta      map[string]any `json:"meta,omitempty"`
	FromID    string         `json:"from_id,omitempty"`
	ToID      string         `json:"to_id,omitempty"`
	Direction string         `json:"direction,omitempty"`
	Labels    []string       `json:"labels,omitempty"`
}

// write writes a list with a task on each line; layers of one document that follow each
// other are annotations of one task.
func write(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	begin, number := "[", 0
	asking := newControls(options.Scheme)
	var waiting *outTask
	var of *annotate.Document
	flush := func() error {
		if waiting == nil {
			return nil
		}
		number++
		waiting.ID, waiting.Numbered = number, true
		_, _ = out.WriteString(begin) // a failure comes again at the end
		begin = ","
		return encoder.Encode(waiting)
	}
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		layer := newAnnotation(r, asking)
		if waiting == nil || layer == nil || len(waiting.Annotations) == 0 || r.Document.ID != of.ID || !maps.Equal(r.Document.Meta, of.Meta) {
			if err := flush(); err != nil {
				return nil, err
			}
			of = r.Document
			waiting = &outTask{Data: outData{of.Text, of.Name}, Meta: of.Meta, Annotations: []outAnnotation{}}
		}
		if layer != nil {
			waiting.Annotations = append(waiting.Annotations, *layer)
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	end := "]\n"
	if waiting == nil {
		end = "[]\n"
	}
	_, _ = out.WriteString(end)
	if err := out.Flush(); err != nil || options.Beside == nil {
		return nil, err
	}
	return nil, asking.write(options.Beside)
}

// newAnnotation returns the layer of a record, nil where it holds none.
func newAnnotation(r *dataset.Record, asking *controls) *outAnnotation {
	if r.Annotator == "" && r.Assessment == nil {
		return nil
	}
	a := &outAnnotation{Result: []outResult{}}
	if strings.Contains(r.Annotator, "@") {
		a.CompletedBy = &outUser{r.Annotator}
	} else {
		a.Annotator = r.Annotator
	}
	maker := resultMaker{record: r, controls: asking, offsets: annotate.NewOffsets(r.Document.Text), ids: map[annotate.ID]string{}}
	switch {
	case len(r.Spans)+len(r.Relations) == 0 && (r.Assessment == nil || isUntouched(r.Assessment)):
		a.Status = untouched
	case r.Assessment == nil || r.Assessment.Status != annotate.Done:
		a.Status = unfinished
	}
	if r.Assessment != nil {
		a.Flag, a.Note = r.Assessment.Flag, r.Assessment.Note
		maker.document(r.Assessment.Labels)
	}
	for _, s := range r.Spans {
		maker.span(s)
	}
	for _, x := range r.Relations {
		maker.relation(x)
	}
	if maker.results != nil {
		a.Result = maker.results
	}
	return a
}

// resultMaker makes the results of a layer.
type resultMaker struct {
	record   *dataset.Record
	controls *controls
	offsets  *annotate.Offsets
	ids      map[annotate.ID]string
	results  []outResult
}

func (m *resultMaker) document(labels map[string]annotate.Value) {
	for i, name := range annotate.SortedKeys(labels) {
		x := m.controls.of(true, "", name, labels[name]).result(labels[name])
		x.ID = fmt.Sprintf("document%d", i+1)
		m.results = append(m.results, x)
	}
}

func (m *resultMaker) span(s *annotate.Span) {
	id := fmt.Sprintf("span%d", len(m.ids)+1)
	m.ids[s.ID] = id
	place := placeOf(s, m.record.Document.Text, m.offsets)
	m.controls.label(s.Label)
	value := maps.Clone(place)
	value["labels"] = []string{s.Label}
	m.results = append(m.results, outResult{ID: id, From: labelControl, To: textObject, Type: "labels", Value: value, Meta: metaOf(s.Flag, s.Note)})
	for _, name := range annotate.SortedKeys(s.Attributes) {
		x := m.controls.of(false, s.Label, name, s.Attributes[name]).result(s.Attributes[name])
		x.ID = id
		for key, v := range place {
			if _, taken := x.Value[key]; !taken {
				x.Value[key] = v
			}
		}
		m.results = append(m.results, x)
	}
}

// placeOf returns where a span stands, and the words that are there.
func placeOf(s *annotate.Span, text string, offsets *annotate.Offsets) map[string]any {
	at := s.Extent()
	return map[string]any{"start": offsets.To(annotate.UTF16, at.Start), "end": offsets.To(annotate.UTF16, at.End), "text": text[at.Start:at.End]}
}

func (m *resultMaker) relation(x *annotate.Relation) {
	m.controls.relation(x.Label)
	m.results = append(m.results, outResult{
		Type: "relation", FromID: m.ids[x.Role(annotate.Head)[0].Span], ToID: m.ids[x.Role(annotate.Tail)[0].Span],
		Direction: "right", Labels: []string{x.Label}, Meta: metaOf(x.Flag, x.Note),
	})
}

// metaOf returns a note as Label Studio keeps it, with the flag beside it.
func metaOf(flag, note string) map[string]any {
	if flag == "" && note == "" {
		return nil
	}
	meta := map[string]any{}
	if flag != "" {
		meta["flag"] = flag
	}
	if note != "" {
		meta["text"] = []string{note}
	}
	return meta
}

// isUntouched reports whether nothing is said of a document.
func isUntouched(a *annotate.Assessment) bool {
	return a.Status == annotate.New && len(a.Labels) == 0 && a.Flag == "" && a.Note == ""
}
