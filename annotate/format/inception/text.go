package inception

import (
	"unicode"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// rename gives a record the name of its document, and the text of its source where what was read
// differs from it in blanks only: TSV does not say which stand between sentences.
func (p *project) rename(r *dataset.Record, name string, source *dataset.Record) {
	d := r.Document.Clone()
	d.Name = name
	if source != nil && source.Document.Text != d.Text {
		if place := blanksApart(d.Text, source.Document.Text); place != nil {
			for _, s := range r.Spans {
				for i, at := range s.Fragments {
					s.Fragments[i] = annotate.Fragment{Start: place[at.Start], End: place[at.End]}
				}
			}
			d.Text, d.Hash = source.Document.Text, source.Document.Hash
		}
	}
	if d.Meta["title"] == name {
		delete(d.Meta, "title")
	}
	d.ID = annotate.DerivedID("document", d.Name, d.Hash)
	r.Document, r.File = d, p.in.Path
	for _, s := range r.Spans {
		s.Document = d.ID
	}
	for _, x := range r.Relations {
		x.Document = d.ID
	}
	if r.Assessment != nil {
		r.Assessment.Document = d.ID
	}
}

// blanksApart returns where in source each character of text begins, if they differ in no more
// than which blanks they have, and how many at the end; else nil.
func blanksApart(text, source string) map[int]int {
	place := map[int]int{}
	rest := []rune(source)
	at := 0
	for i, r := range text {
		if len(rest) == 0 || rest[0] != r && !(unicode.IsSpace(r) && unicode.IsSpace(rest[0])) {
			return nil
		}
		place[i] = at
		at += len(string(rest[0]))
		rest = rest[1:]
	}
	place[len(text)] = at
	for _, r := range rest {
		if !unicode.IsSpace(r) {
			return nil
		}
	}
	return place
}
