package bioc

import (
	"encoding/json"
	"errors"
	"maps"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The shapes of BioC in JSON. Ids are texts, and numbers in the files of some.
type (
	jsonDocument struct {
		ID          json.RawMessage  `json:"id"`
		Infons      dataset.Fields   `json:"infons"`
		Passages    []jsonPassage    `json:"passages"`
		Annotations []jsonAnnotation `json:"annotations"`
		Relations   []jsonRelation   `json:"relations"`

		PMID    json.RawMessage `json:"pmid"`
		PMCID   json.RawMessage `json:"pmcid"`
		Journal json.RawMessage `json:"journal"`
		Authors json.RawMessage `json:"authors"`
		Date    json.RawMessage `json:"date"`
	}
	jsonPassage struct {
		Offset      json.RawMessage  `json:"offset"`
		Infons      dataset.Fields   `json:"infons"`
		Text        *string          `json:"text,omitempty"`
		Sentences   []jsonPassage    `json:"sentences"`
		Annotations []jsonAnnotation `json:"annotations"`
		Relations   []jsonRelation   `json:"relations"`
	}
	jsonAnnotation struct {
		ID        json.RawMessage `json:"id"`
		Infons    dataset.Fields  `json:"infons"`
		Text      string          `json:"text"`
		Locations []struct {
			Offset json.RawMessage `json:"offset"`
			Length json.RawMessage `json:"length"`
		} `json:"locations"`
	}
	jsonRelation struct {
		ID     json.RawMessage `json:"id"`
		Infons dataset.Fields  `json:"infons"`
		Nodes  []struct {
			RefID json.RawMessage `json:"refid"`
			Role  string          `json:"role"`
		} `json:"nodes"`
	}
)

// besides returns what PubTator 3 says of a document beside its infons.
func (d *jsonDocument) besides() map[string]json.RawMessage {
	return map[string]json.RawMessage{"pmid": d.PMID, "pmcid": d.PMCID, "journal": d.Journal, "authors": d.Authors, "date": d.Date}
}

// decodeJSON reads a document.
func decodeJSON(v dataset.JSONValue) (*document, error) {
	var raw jsonDocument
	if err := json.Unmarshal(v.Raw, &raw); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return nil, annotate.Errorf(annotate.Invalid, "%q cannot be %s; the document was left out", wrong.Field, "a JSON "+wrong.Value)
		}
		return nil, annotate.Errorf(annotate.Invalid, "the document must be a JSON object; it was left out")
	}
	d := &document{line: v.Line, id: plainly(raw.ID), infons: raw.Infons.Values()}
	if d.infons == nil {
		d.infons = map[string]annotate.Value{}
	}
	for key, value := range raw.besides() {
		if _, there := d.infons[key]; !there && plainly(value) != "" {
			d.infons[key] = annotate.Text(plainly(value))
		}
	}
	b := builder{document: d}
	for i, p := range raw.Passages {
		if err := b.passage(i, p, false); err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "passage %d: %w; the document was left out", i+1, err)
		}
	}
	b.scope = 0
	if err := b.said(raw.Annotations, raw.Relations); err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "%w; the document was left out", err)
	}
	return d, nil
}

// builder adds what stands in passages to a document.
type builder struct {
	document *document
	scope    int // the last passage or sentence
	scopes   int
}

// passage adds the n-th passage, or sentence of one.
func (b *builder) passage(n int, p jsonPassage, sentence bool) error {
	b.scopes++
	b.scope = b.scopes
	scope := b.scope
	offset, err := dataset.ParseOffset(p.Offset)
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "its offset %w", err)
	}
	text := ""
	if p.Text != nil {
		text = *p.Text
	}
	b.document.infonsOf(p.Infons.Values(), n == 0 && !sentence)
	inSentences := text == "" && len(p.Sentences) > 0
	if !inSentences {
		b.document.pieces = append(b.document.pieces, piece{offset: offset, text: text, sentence: sentence && n > 0})
	}
	for i, s := range p.Sentences {
		if sentence {
			return annotate.Errorf(annotate.Invalid, "a sentence lies in a sentence")
		}
		if !inSentences {
			s.Text = nil // it stands in the passage
		}
		if err := b.sentence(i, s, inSentences); err != nil {
			return annotate.Errorf(annotate.Invalid, "sentence %d: %w", i+1, err)
		}
	}
	b.scope = scope
	return b.said(p.Annotations, p.Relations)
}

// sentence adds the n-th sentence of a passage, with its text unless that is the passage's.
func (b *builder) sentence(n int, s jsonPassage, text bool) error {
	if text {
		return b.passage(n, s, true)
	}
	b.scopes++
	b.scope = b.scopes
	b.document.infonsOf(s.Infons.Values(), false)
	return b.said(s.Annotations, s.Relations)
}

// infonsOf takes the infons of a passage: those of the first one are mostly about the
// document.
func (d *document) infonsOf(infons map[string]annotate.Value, first bool) {
	for key, v := range infons {
		_, there := d.infons[key]
		switch {
		case key == typeInfon || key == "section_type":
		case first && !there:
			if d.infons == nil {
				d.infons = map[string]annotate.Value{}
			}
			d.infons[key] = v
		default:
			d.unplaced++
		}
	}
}

// said adds annotations and relations.
func (b *builder) said(annotations []jsonAnnotation, relations []jsonRelation) error {
	for i, x := range annotations {
		a := annotation{scope: b.scope, id: plainly(x.ID), infons: x.Infons.Values(), text: x.Text}
		for _, at := range x.Locations {
			offset, err := dataset.ParseOffset(at.Offset)
			if err != nil {
				return annotate.Errorf(annotate.Invalid, "annotation %d: its offset %w", i+1, err)
			}
			length, err := dataset.ParseOffset(at.Length)
			if err != nil {
				return annotate.Errorf(annotate.Invalid, "annotation %d: its length %w", i+1, err)
			}
			a.locations = append(a.locations, location{offset, length})
		}
		b.document.annotations = append(b.document.annotations, a)
	}
	for _, x := range relations {
		r := relation{scope: b.scope, id: plainly(x.ID), concepts: conceptsOf(x.Infons)}
		if r.concepts != nil {
			x.Infons = maps.Clone(x.Infons)
			delete(x.Infons, headInfon)
			delete(x.Infons, tailInfon)
		}
		r.infons = x.Infons.Values()
		for _, n := range x.Nodes {
			r.nodes = append(r.nodes, node{plainly(n.RefID), n.Role})
		}
		b.document.relations = append(b.document.relations, r)
	}
	return nil
}

// The infons of a relation of PubTator 3 that say what it leads from and to.
const (
	headInfon = "role1"
	tailInfon = "role2"
)

// conceptsOf returns the identifiers of what a relation of PubTator 3 leads from and to, nil for any other.
func conceptsOf(infons dataset.Fields) []string {
	var concepts []string
	for _, key := range []string{headInfon, tailInfon} {
		concept, err := infons.Object(key)
		if err != nil || !concept.Has("identifier") {
			return nil
		}
		concepts = append(concepts, dataset.Plainly(concept["identifier"]))
	}
	return concepts
}

// plainly returns an id, "" for none.
func plainly(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	return dataset.Plainly(raw)
}
