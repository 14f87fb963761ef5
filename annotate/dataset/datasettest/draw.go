package datasettest

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// pieces are what texts are made of: characters of every length in UTF-8 and UTF-16,
// combining marks, joiners, right-to-left letters, blanks of several kinds, line ends, and
// what formats give a meaning of their own.
var pieces = []string{
	"a", "Mona", " said ", "7", "  ", "\t", "\n", "\n\n", "\r\n", "\r", ". ", "“Stay”", "'", "\"", "é", "e\u0301", "\u200d", "\u00a0", "\u3000", "\u2028", "\u0085",
	"日本", "가", "مرحبا ", "שלום", "क्ष", "ก็", "😀", "👩‍👩‍👧", "🇮🇳", "𝒳", "\ufeff",
	"<b>", "&amp;", "]]>", "\\n", "\\", "|", "_", "*", "=1+1", "@", "-", ",", ";", "#", "[1]", "{", "\x01", "\x7f", "\ufffd", "\uffff",
}

var words = []string{"Claim", "says", "a b", "Ünï", "x|y", "q\"t", "<l>", "=x", "-", "_", "*", "O", "B-Claim", "[0]", "a:b", "a;b", "a,b", "#", "😀", "\\", "1"}

// Word draws a label or name; some are awkward.
func Word(t *rapid.T, what string) string { return rapid.SampledFrom(words).Draw(t, what) }

// Text draws a text of up to some hundred bytes.
func Text(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 25).Draw(t, "text"), "")
}

// Documents draws the records of up to three documents, some of two annotators.
func Documents(t *rapid.T) []*dataset.Record {
	var records []*dataset.Record
	for i := range rapid.IntRange(1, 3).Draw(t, "documents") {
		d := annotate.NewDocument(fmt.Sprintf("%s %d.txt", rapid.SampledFrom([]string{"a", "sub/b", "ü"}).Draw(t, "name"), i), Text(t))
		for _, field := range rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, 3, rapid.ID).Draw(t, "fields") {
			d.SetMeta(field, Text(t))
		}
		switch rapid.IntRange(0, 4).Draw(t, "annotators") {
		case 0:
			records = append(records, &dataset.Record{Document: d, Scheme: "claims"})
		case 1:
			records = append(records, layer(t, d, "asha"), layer(t, d, "ben"))
		default:
			records = append(records, layer(t, d, "asha"))
		}
	}
	return records
}

// layer draws what one annotator says of a document.
func layer(t *rapid.T, d *annotate.Document, annotator string) *dataset.Record {
	r := &dataset.Record{Document: d, Annotator: annotator, Scheme: "claims"}
	r.Assessment = &annotate.Assessment{
		Document: d.ID, Annotator: annotator, Labels: attributes(t),
		Status: rapid.SampledFrom([]annotate.Status{annotate.InProgress, annotate.Done}).Draw(t, "status"),
	}
	r.Assessment.Flag, r.Assessment.Note = said(t)
	if status := rapid.SampledFrom([]annotate.Status{"", annotate.InReview, annotate.Returned, annotate.Final}).Draw(t, "review"); status != "" {
		r.Assessment.Status = status.Base()
		r.Review = &annotate.Review{Document: d.ID, Annotator: annotator, Status: status, By: "carol", Comment: Word(t, "comment")}
	}
	for range rapid.IntRange(0, 5).Draw(t, "spans") {
		if s := span(t, r); s != nil {
			r.Spans = append(r.Spans, s)
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "relations") {
		if x := relation(t, r); x != nil {
			r.Relations = append(r.Relations, x)
		}
	}
	rank := ""
	for range rapid.IntRange(0, 3).Draw(t, "records") {
		rank = annotate.RankBetween(rank, "")
		x := &annotate.Record{ID: annotate.NewID(), Document: d.ID, Annotator: annotator, Label: Word(t, "record"), Rank: rank, Attributes: attributes(t)}
		if len(r.Records) > 0 && rapid.Bool().Draw(t, "inside") {
			x.Parent = r.Records[0].ID
		}
		x.Flag, x.Note = said(t)
		r.Records = append(r.Records, x)
	}
	if rapid.Bool().Draw(t, "concept") {
		r.Concepts = []*annotate.Concept{annotate.NewConcept("actor", "Mona")}
	}
	r.Sort()
	return r
}

// said draws a flag and a note, mostly none.
func said(t *rapid.T) (flag, note string) {
	flag = rapid.SampledFrom([]string{"", "", "", "discuss"}).Draw(t, "flag")
	note = rapid.SampledFrom([]string{"", "", "", "why?", "two\nlines\t|", "😀"}).Draw(t, "note")
	return flag, note
}

// attributes draws up to two attributes of any kind.
func attributes(t *rapid.T) map[string]annotate.Value {
	number, _ := annotate.Number("-1.50")
	var values map[string]annotate.Value
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, 2, rapid.ID).Draw(t, "attributes") {
		if values == nil {
			values = map[string]annotate.Value{}
		}
		values[name] = rapid.SampledFrom([]annotate.Value{
			annotate.Text("x"), annotate.Text(""), annotate.Text("two\nlines\t|_"), annotate.Text("true"), annotate.Text("7"), annotate.Text("a;b,\"c\""),
			annotate.Bool(true), annotate.Bool(false), number, annotate.Choices("a", "b c"), annotate.Choices("one"), annotate.Choices(),
		}).Draw(t, "value")
	}
	return values
}

// span draws a span of one to three fragments, nil where the text has no room.
func span(t *rapid.T, r *dataset.Record) *annotate.Span {
	var places []int
	for i := range r.Document.Text {
		places = append(places, i)
	}
	places = append(places, len(r.Document.Text))
	var fragments []annotate.Fragment
	for range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "fragments") {
		a, b := rapid.SampledFrom(places).Draw(t, "start"), rapid.SampledFrom(places).Draw(t, "end")
		fragments = append(fragments, annotate.Fragment{Start: min(a, b), End: max(a, b)})
	}
	if fragments = annotate.NormalizeFragments(fragments); len(fragments) == 0 {
		return nil
	}
	s := &annotate.Span{ID: annotate.NewID(), Document: r.Document.ID, Annotator: r.Annotator, Label: Word(t, "label"), Fragments: fragments, Attributes: attributes(t)}
	s.Flag, s.Note = said(t)
	return s
}

// relation draws a relation of one to three arguments among what the record has, or elsewhere.
func relation(t *rapid.T, r *dataset.Record) *annotate.Relation {
	x := &annotate.Relation{ID: annotate.NewID(), Document: r.Document.ID, Annotator: r.Annotator, Label: Word(t, "relation"), Attributes: attributes(t)}
	x.Flag, x.Note = said(t)
	roles := rapid.SampledFrom([][]string{
		{annotate.Head, annotate.Tail},
		{annotate.Head, annotate.Tail},
		{annotate.Member, annotate.Member, annotate.Member},
		{"source", "cue", "content"},
		{"cue", "content"},
		{"content", "content", "cue"},
		{"cue"},
	}).Draw(t, "roles")
	for _, role := range roles {
		a := annotate.Argument{Role: role}
		switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
		case kind == 0:
			a.Implicit = true
		case kind == 1:
			a.Span, a.Document = "elsewhere", "other"
		case kind == 2 && len(r.Relations) > 0:
			a.Relation = rapid.SampledFrom(r.Relations).Draw(t, "about").ID
		case len(r.Spans) > 0:
			a.Span = rapid.SampledFrom(r.Spans).Draw(t, "filler").ID
		default:
			continue
		}
		x.Arguments = append(x.Arguments, a)
	}
	if x.Check() != nil { // no argument, or the same one twice
		return nil
	}
	return x
}
