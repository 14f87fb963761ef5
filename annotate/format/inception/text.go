package inception

import (
	"unicode"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// settle gives a record the text of its source where it differs from it in blanks only.
func settle(r, source *dataset.Record) {
	if source == nil || source.Document.Text == r.Document.Text {
		return
	}
	place := blanksApart(r.Document.Text, source.Document.Text)
	if place == nil {
		return
	}
	for _, s := range r.Spans {
		for i, at := range s.Fragments {
			s.Fragments[i] = annotate.Fragment{Start: place[at.Start], End: place[at.End]}
		}
	}
	r.Document = r.Document.Clone()
	r.Document.Text, r.Document.Hash = source.Document.Text, source.Document.Hash
}

// rename gives a record the name of its document, unless the file says another one than what it is called by, as those
// do that this program wrote.
func (p *project) rename(r *dataset.Record, name, user string) {
	d := r.Document.Clone()
	if d.Name == name+"/"+user+".txt" {
		d.Name = name
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
