package bioc

import (
	"fmt"
	"maps"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The shapes of BioC as they are written. Readers want every list and object to be there.
type (
	outDocument struct {
		ID          string                    `json:"id"`
		Infons      map[string]annotate.Value `json:"infons"`
		Passages    []outPassage              `json:"passages"`
		Annotations []outAnnotation           `json:"annotations"`
		Relations   []outRelation             `json:"relations"`
	}
	outPassage struct {
		Offset      int                       `json:"offset"`
		Infons      map[string]annotate.Value `json:"infons"`
		Text        string                    `json:"text"`
		Sentences   []struct{}                `json:"sentences"`
		Annotations []outAnnotation           `json:"annotations"`
		Relations   []outRelation             `json:"relations"`

		end int // in code points, as Offset
	}
	outAnnotation struct {
		ID        string                    `json:"id"`
		Infons    map[string]annotate.Value `json:"infons"`
		Text      string                    `json:"text"`
		Locations []outLocation             `json:"locations"`
	}
	outLocation struct {
		Offset int `json:"offset"`
		Length int `json:"length"`
	}
	outRelation struct {
		ID     string                    `json:"id"`
		Infons map[string]annotate.Value `json:"infons"`
		Nodes  []outNode                 `json:"nodes"`
	}
	outNode struct {
		RefID string `json:"refid"`
		Role  string `json:"role"`
	}
)

// newDocument returns a record as BioC holds it. Each paragraph is a passage, with the line
// breaks behind it, so that nothing lies between them. An annotation stands in its passage,
// or in the document where it reaches over the end of one.
func newDocument(r *dataset.Record) *outDocument {
	d := &outDocument{ID: r.Document.Name, Infons: about(r), Annotations: []outAnnotation{}, Relations: []outRelation{}}
	offsets := annotate.NewOffsets(r.Document.Text)
	d.cut(r.Document.Text, offsets)
	ids := map[annotate.ID]string{}
	at := 0
	for i, s := range r.Spans {
		ids[s.ID] = fmt.Sprintf("T%d", i+1)
		a := outAnnotation{ID: ids[s.ID], Infons: infons(s.Label, s.Attributes, s.Flag, s.Note), Text: s.Covered(r.Document.Text)} // bconv refuses the gaps in it
		for _, f := range s.Fragments {
			start, end := offsets.To(annotate.CodePoint, f.Start), offsets.To(annotate.CodePoint, f.End)
			a.Locations = append(a.Locations, outLocation{start, end - start})
		}
		for at+1 < len(d.Passages) && d.Passages[at].end <= a.Locations[0].Offset {
			at++ // spans come in reading order
		}
		p := &d.Passages[at]
		if last := a.Locations[len(a.Locations)-1]; p.Offset <= a.Locations[0].Offset && last.Offset+last.Length <= p.end {
			p.Annotations = append(p.Annotations, a)
		} else {
			d.Annotations = append(d.Annotations, a)
		}
	}
	for i, x := range r.Relations {
		ids[x.ID] = fmt.Sprintf("R%d", i+1)
	}
	for _, x := range r.Relations {
		out := outRelation{ID: ids[x.ID], Infons: infons(x.Label, x.Attributes, x.Flag, x.Note)}
		for _, a := range x.Arguments {
			out.Nodes = append(out.Nodes, outNode{ids[a.Target()], a.Role})
		}
		d.Relations = append(d.Relations, out)
	}
	return d
}

// cut makes passages of the paragraphs of a text.
func (d *outDocument) cut(text string, offsets *annotate.Offsets) {
	for begin := 0; begin < len(text) || begin == 0; {
		end := len(text)
		if n := strings.IndexByte(text[begin:], '\n'); n >= 0 {
			end = begin + n
			end += len(text[end:]) - len(strings.TrimLeft(text[end:], "\n"))
		}
		d.Passages = append(d.Passages, outPassage{
			Offset: offsets.To(annotate.CodePoint, begin), Infons: map[string]annotate.Value{typeInfon: annotate.Text("paragraph")}, Text: text[begin:end],
			Sentences: []struct{}{}, Annotations: []outAnnotation{}, Relations: []outRelation{}, end: offsets.To(annotate.CodePoint, end),
		})
		begin = max(end, 1) // an empty text has one passage
	}
}

// infons returns what is said of a span or relation.
func infons(label string, attributes map[string]annotate.Value, flag, note string) map[string]annotate.Value {
	own := taken(label)
	said := map[string]annotate.Value{typeInfon: annotate.Text(label)}
	for name, v := range attributes {
		said[fence(name, own)] = v
	}
	saidToo(said, flag, note)
	return said
}

func saidToo(said map[string]annotate.Value, flag, note string) {
	if flag != "" {
		said[flagInfon] = annotate.Text(flag)
	}
	if note != "" {
		said[noteInfon] = annotate.Text(note)
	}
}

// about returns what is said of the document as a whole.
func about(r *dataset.Record) map[string]annotate.Value {
	said := map[string]annotate.Value{}
	for _, field := range annotate.SortedKeys(r.Document.Meta) {
		said[fence(field, documentInfons)] = annotate.Text(r.Document.Meta[field])
	}
	if r.Annotator != "" {
		said[annotatorInfon] = annotate.Text(r.Annotator)
	}
	if a := r.Assessment; a != nil {
		said[statusInfon] = annotate.Text(string(a.Status))
		saidToo(said, a.Flag, a.Note)
		labels := maps.Clone(a.Labels)
		for name, v := range labels {
			said[labelPrefix+name] = v
		}
	}
	return said
}
