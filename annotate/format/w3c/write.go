package w3c

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The shapes of annotations as they are written.
type (
	outAnnotation struct {
		Context    string     `json:"@context"`
		ID         string     `json:"id"`
		Type       string     `json:"type"`
		Motivation string     `json:"motivation"`
		Creator    *outPerson `json:"creator,omitempty"`
		Body       []outBody  `json:"body,omitempty"`
		Target     any        `json:"target"` // outText, a list of outPart or of ends
	}
	outPerson struct {
		Type string `json:"type"`
		Name string `json:"name"`
	}
	outBody struct {
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
		Label   string `json:"label,omitempty"`
		Format  string `json:"format,omitempty"`
		Value   string `json:"value"`
	}
	outText struct {
		ID     string `json:"id"`
		Type   string `json:"type"`
		Format string `json:"format"`
		Label  string `json:"label"`
		Value  string `json:"value"`
	}
	outPart struct {
		Type     string `json:"type"`
		Source   string `json:"source"`
		Selector []any  `json:"selector"`
	}
	outQuote struct {
		Type   string `json:"type"`
		Exact  string `json:"exact"`
		Prefix string `json:"prefix,omitempty"`
		Suffix string `json:"suffix,omitempty"`
	}
	outPosition struct {
		Type  string `json:"type"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	}
	outEnd struct {
		Type   string `json:"type"`
		Source string `json:"source"`
		Label  string `json:"label"`
	}
)

// write writes a list with an annotation on each line: for each record one about the
// document, with its text, then the spans and relations.
func write(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	begin := "["
	number := 0
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		number++
		for _, a := range annotations(r, number) {
			_, _ = out.WriteString(begin) // a failure comes again at the end
			begin = ","
			if err := encoder.Encode(a); err != nil {
				return nil, err
			}
		}
	}
	if number == 0 {
		_, _ = out.WriteString(begin)
	}
	_, _ = out.WriteString("]\n")
	return nil, out.Flush()
}

// maker makes the annotations of one record.
type maker struct {
	record  *dataset.Record
	source  string
	offsets *annotate.Offsets
	made    []outAnnotation
}

// annotations returns those of the n-th record.
func annotations(r *dataset.Record, n int) []outAnnotation {
	m := maker{record: r, source: address(r.Document.Name), offsets: annotate.NewOffsets(r.Document.Text)}
	m.document(n)
	ids := map[annotate.ID]string{}
	for i, s := range r.Spans {
		ids[s.ID] = fmt.Sprintf("#%d-T%d", n, i+1)
		m.add(ids[s.ID], tagging, bodies(s.Label, s.Attributes, s.Flag, s.Note), m.parts(s))
	}
	for i, x := range r.Relations {
		ids[x.ID] = fmt.Sprintf("#%d-R%d", n, i+1)
	}
	for _, x := range r.Relations {
		m.add(ids[x.ID], linking, bodies(x.Label, x.Attributes, x.Flag, x.Note), ends(x, ids))
	}
	return m.made
}

func (m *maker) add(id, motivation string, body []outBody, target any) {
	a := outAnnotation{Context: jsonContext, ID: id, Type: "Annotation", Motivation: motivation, Body: body, Target: target}
	if m.record.Annotator != "" {
		a.Creator = &outPerson{"Person", m.record.Annotator}
	}
	m.made = append(m.made, a)
}

// document makes the annotation about the document as a whole.
func (m *maker) document(n int) {
	d := m.record.Document
	var all []outBody
	for _, field := range annotate.SortedKeys(d.Meta) {
		all = append(all, outBody{Type: "TextualBody", Purpose: describing, Label: field, Value: d.Meta[field]})
	}
	if a := m.record.Assessment; a != nil {
		all = append(all, textual(assessing, statusName, string(a.Status)))
		all = append(all, attributes(a.Labels, a.Flag, a.Note)...)
	}
	m.add(fmt.Sprintf("#%d", n), describing, all, outText{ID: m.source, Type: "Text", Format: "text/plain", Label: d.Name, Value: d.Text})
}

// parts returns the targets of a span, one for each fragment, each with two selectors.
func (m *maker) parts(s *annotate.Span) []outPart {
	text := m.record.Document.Text
	var parts []outPart
	for _, f := range s.Fragments {
		parts = append(parts, outPart{Type: "SpecificResource", Source: m.source, Selector: []any{
			outQuote{"TextQuoteSelector", text[f.Start:f.End], last(text[:f.Start]), first(text[f.End:])},
			outPosition{"TextPositionSelector", m.offsets.To(annotate.CodePoint, f.Start), m.offsets.To(annotate.CodePoint, f.End)},
		}})
	}
	return parts
}

// around is how much context a quotation gets on either side, in characters.
const around = 32

func first(text string) string {
	for n, i := 0, 0; ; n++ {
		if n == around || i >= len(text) {
			return text[:i]
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
}

func last(text string) string {
	for n, i := 0, len(text); ; n++ {
		if n == around || i <= 0 {
			return text[i:]
		}
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
	}
}

// ends returns the targets of a relation: the annotations themselves where they are head
// and tail, else with their roles.
func ends(x *annotate.Relation, ids map[annotate.ID]string) []any {
	ordinary := len(x.Arguments) == 2 && x.Arguments[0].Role == annotate.Head && x.Arguments[1].Role == annotate.Tail
	var all []any
	for _, a := range x.Arguments {
		if ordinary {
			all = append(all, ids[a.Target()])
			continue
		}
		all = append(all, outEnd{"SpecificResource", ids[a.Target()], a.Role})
	}
	return all
}

// bodies returns what is said of a span or relation.
func bodies(label string, values map[string]annotate.Value, flag, note string) []outBody {
	return append([]outBody{textual(tagging, "", label)}, attributes(values, flag, note)...)
}

// attributes returns attributes, flag and note.
func attributes(values map[string]annotate.Value, flag, note string) []outBody {
	var all []outBody
	for _, name := range annotate.SortedKeys(values) {
		b := textual(classifying, name, values[name].String())
		if _, isText := values[name].Text(); !isText {
			raw, _ := values[name].MarshalJSON() // cannot fail: the value is checked
			b.Format, b.Value = asJSON, string(raw)
		}
		all = append(all, b)
	}
	if flag != "" {
		all = append(all, textual(assessing, flagName, flag))
	}
	if note != "" {
		all = append(all, textual(commenting, "", note))
	}
	return all
}

func textual(purpose, name, value string) outBody {
	return outBody{Type: "TextualBody", Purpose: purpose, Label: name, Value: value}
}

// address returns the name of a document as a relative address.
func address(name string) string {
	steps := strings.Split(name, "/")
	for i, step := range steps {
		steps[i] = url.PathEscape(step)
	}
	return strings.Join(steps, "/")
}
