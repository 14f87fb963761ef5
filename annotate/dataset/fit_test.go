package dataset_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
)

func span(id string, fragments ...annotate.Fragment) *annotate.Span {
	return &annotate.Span{ID: annotate.ID(id), Label: id, Fragments: fragments}
}

func at(start, end int) annotate.Fragment { return annotate.Fragment{Start: start, End: end} }

// except holds everything but the features.
func except(features ...dataset.Feature) dataset.Holds {
	h := dataset.Everything()
	for _, f := range features {
		delete(h, f)
	}
	return h
}

// with holds everything, and is bound by what is no feature.
func with(bound dataset.Feature) dataset.Holds {
	h := dataset.Everything()
	h[bound] = dataset.Bent
	return h
}

func TestFittingWhatAFormatLacks(t *testing.T) {
	number, _ := annotate.Number("3")
	relation := func(arguments ...annotate.Argument) []*annotate.Relation {
		return []*annotate.Relation{{ID: "r", Label: "says", Arguments: arguments}}
	}
	source, cue := annotate.Argument{Role: "source", Span: "a"}, annotate.Argument{Role: "cue", Span: "b"}
	for _, test := range []struct {
		name    string
		holds   dataset.Holds
		options dataset.Options
		change  func(*dataset.Record)
		losses  dataset.Losses
		check   func(*testing.T, *dataset.Record)
	}{
		{"nothing", dataset.Everything(), dataset.Options{}, nil, nil, nil},
		{
			"gaps are filled", except(dataset.Gaps),
			dataset.Options{},
			nil,
			dataset.Losses{{What: "span with gaps, written without them", Count: 1}},
			func(t *testing.T, r *dataset.Record) {
				assert.Equal(t, []annotate.Fragment{at(0, 9)}, r.Spans[1].Fragments)
			},
		},
		{
			"the first part stands for all", except(dataset.Gaps),
			dataset.Options{Gaps: dataset.First},
			nil,
			dataset.Losses{{What: "span with gaps, of which the first part is written", Count: 1}},
			func(t *testing.T, r *dataset.Record) {
				assert.Equal(t, []annotate.Fragment{at(0, 4)}, r.Spans[1].Fragments)
			},
		},
		{
			"spans with gaps are left out, and what they argue", except(dataset.Gaps),
			dataset.Options{Gaps: dataset.Skip},
			func(r *dataset.Record) {
				r.Relations = relation(annotate.Argument{Role: "head", Span: "a"}, annotate.Argument{Role: "tail", Span: "b"})
				r.Relations = append(r.Relations, &annotate.Relation{ID: "q", Label: "about", Arguments: []annotate.Argument{{Role: "head", Relation: "r"}, {Role: "tail", Span: "a"}}})
			},
			dataset.Losses{{What: "span with gaps, left out", Count: 1}, {What: "argument that is left out itself", Count: 2}, {What: "relation that has too little left to be written", Count: 2}},
			func(t *testing.T, r *dataset.Record) { assert.Empty(t, r.Relations) },
		},
		{
			"the longest of spans that overlap", except(dataset.Overlaps, dataset.Nesting),
			dataset.Options{},
			nil,
			dataset.Losses{{What: "span inside another, left out", Count: 1}},
			func(t *testing.T, r *dataset.Record) {
				assert.Equal(t, []*annotate.Span{span("b", at(0, 4), at(5, 9))}, r.Spans)
			},
		},
		{
			"the shortest of spans that overlap", except(dataset.Overlaps, dataset.Nesting),
			dataset.Options{Overlaps: dataset.Shortest},
			nil,
			dataset.Losses{{What: "span inside another, left out", Count: 1}},
			func(t *testing.T, r *dataset.Record) { assert.Equal(t, []*annotate.Span{span("a", at(0, 4))}, r.Spans) },
		},
		{
			"spans that cross", except(dataset.Overlaps),
			dataset.Options{Overlaps: dataset.First},
			func(r *dataset.Record) { r.Spans[1].Fragments = []annotate.Fragment{at(2, 6)} },
			dataset.Losses{{What: "span that overlaps another, left out", Count: 1}},
			func(t *testing.T, r *dataset.Record) { assert.Equal(t, annotate.ID("a"), r.Spans[0].ID) },
		},
		{
			"blanks at the ends", except(dataset.EdgeBlanks),
			dataset.Options{},
			func(r *dataset.Record) {
				r.Spans = []*annotate.Span{span("a", at(4, 5)), span("b", at(4, 5), at(6, 7)), span("c", at(4, 8)), span("d", at(0, 5))}
			},
			dataset.Losses{{What: "span of nothing but blanks, left out", Count: 1}, {What: "span with blanks at its ends, written without them", Count: 3}},
			func(t *testing.T, r *dataset.Record) {
				assert.Equal(t, []*annotate.Span{span("b", at(6, 7)), span("c", at(5, 8)), span("d", at(0, 4))}, r.Spans)
			},
		},
		{"nesting alone is no crossing", except(dataset.Overlaps), dataset.Options{}, nil, nil, nil},
		{"values", except(dataset.Booleans), dataset.Options{}, func(r *dataset.Record) {
			r.Spans[0].Attributes = map[string]annotate.Value{"sure": annotate.Bool(true), "rank": number}
		}, dataset.Losses{{What: "true or false as the value of an attribute", Count: 1}}, func(t *testing.T, r *dataset.Record) {
			assert.Equal(t, map[string]annotate.Value{"rank": number}, r.Spans[0].Attributes)
		}},
		{
			"one attribute alone, and as a text",
			dataset.Holds{dataset.Gaps: dataset.Yes, dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.EdgeBlanks: dataset.Yes, dataset.Annotators: dataset.Yes, dataset.Unannotated: dataset.Yes, dataset.OneAttribute("rank"): dataset.Bent},
			dataset.Options{},
			func(r *dataset.Record) {
				r.Spans[0].Attributes = map[string]annotate.Value{"rank": number, "other": annotate.Text("x")}
				r.Spans[1].Attributes = map[string]annotate.Value{"rank": annotate.Text("high")}
			},
			dataset.Losses{{What: "text as the value of an attribute", Count: 1}, {What: "number, written as text", Count: 1}},
			func(t *testing.T, r *dataset.Record) {
				assert.Equal(t, map[string]annotate.Value{"rank": annotate.Text("3")}, r.Spans[0].Attributes)
				assert.Equal(t, map[string]annotate.Value{"rank": annotate.Text("high")}, r.Spans[1].Attributes)
			},
		},
		{
			"a title and one paragraph", with(dataset.TwoLines),
			dataset.Options{},
			func(r *dataset.Record) { r.Document = annotate.NewDocument("a", "Mona\nsaid\n\nso") },
			dataset.Losses{{What: "line break in a text after the first, written as a blank", Count: 2}},
			func(t *testing.T, r *dataset.Record) { assert.Equal(t, "Mona\nsaid  so", r.Document.Text) },
		},
		{
			"names of roles", except(dataset.Roles),
			dataset.Options{},
			func(r *dataset.Record) { r.Relations = relation(source, cue) },
			dataset.Losses{{What: "roles of a relation, written as head and tail", Count: 1}},
			func(t *testing.T, r *dataset.Record) {
				assert.Equal(t, []annotate.Argument{{Role: "head", Span: "a"}, {Role: "tail", Span: "b"}}, r.Relations[0].Arguments)
			},
		},
		{"relations of three", except(dataset.Nary), dataset.Options{}, func(r *dataset.Record) {
			r.Relations = relation(source, cue, annotate.Argument{Role: "content", Span: "b"})
		}, dataset.Losses{{What: "relation of more than two arguments", Count: 1}}, func(t *testing.T, r *dataset.Record) { assert.Empty(t, r.Relations) }},
		{"what is said of the document", except(dataset.Status, dataset.Metadata, dataset.Flags, dataset.DocumentNotes, dataset.Annotators), dataset.Options{}, func(r *dataset.Record) {
			r.Document.SetMeta("date", "2025")
			r.Assessment.Status, r.Assessment.Flag, r.Assessment.Note, r.Spans[0].Flag = annotate.Done, "discuss", "n", "discuss"
		}, dataset.Losses{{What: "metadata field of a document", Count: 1}, {What: "name of an annotator", Count: 1}, {What: "status of a document", Count: 1}, {What: "flag", Count: 2}, {What: "note on a document", Count: 1}}, nil},
		{
			"characters", except(dataset.CarriageReturns, dataset.ControlCharacters),
			dataset.Options{},
			func(r *dataset.Record) {
				r.Document = annotate.NewDocument("a", "Mona\r\nsaid\x01.\r")
			},
			dataset.Losses{{What: "carriage return in a text, written as a blank or line feed", Count: 1}, {What: "text with control characters, written as blanks", Count: 1}},
			func(t *testing.T, r *dataset.Record) { assert.Equal(t, "Mona \nsaid .\n", r.Document.Text) },
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &dataset.Record{
				Document: annotate.NewDocument("a", "Mona said."), Annotator: "asha", Assessment: &annotate.Assessment{Status: annotate.InProgress},
				Spans: []*annotate.Span{span("a", at(0, 4)), span("b", at(0, 4), at(5, 9))},
			}
			if test.change != nil {
				test.change(r)
			}
			before := r.Statements(nil)
			var losses dataset.Losses
			fitted := dataset.Fit(r, test.holds, test.options, &losses)
			assert.Equal(t, test.losses, losses)
			if test.check != nil {
				test.check(t, fitted)
			} else if len(losses) == 0 {
				assert.Equal(t, before, fitted.Statements(nil))
			}
			assert.Equal(t, before, r.Statements(nil), "the record itself stays as it is")
		})
	}
}

func TestControlCharactersAreTakenFromWhatIsSaidToo(t *testing.T) {
	d := annotate.NewDocument("a\x01", "x\x01y\uffff")
	d.SetMeta("k\x02", "v\tw")
	r := &dataset.Record{
		Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Note: "\x03", Status: annotate.InProgress},
		Spans: []*annotate.Span{{ID: "s", Label: "A", Note: "n\ufffe", Fragments: []annotate.Fragment{at(0, 1)}, Attributes: map[string]annotate.Value{
			"t": annotate.Text("\x1f"), "l": annotate.Choices("a", "\x00"), "b": annotate.Bool(true),
		}}},
	}
	var losses dataset.Losses
	fitted := dataset.Fit(r, except(dataset.ControlCharacters), dataset.Options{}, &losses)
	assert.Equal(t, "x y\ufffd", fitted.Document.Text)
	assert.Equal(t, "a ", fitted.Document.Name)
	assert.Equal(t, map[string]string{"k ": "v\tw"}, fitted.Document.Meta)
	assert.Equal(t, " ", fitted.Assessment.Note)
	assert.Equal(t, "n\ufffd", fitted.Spans[0].Note)
	assert.Equal(t, map[string]annotate.Value{"t": annotate.Text(" "), "l": annotate.Choices("a", " "), "b": annotate.Bool(true)}, fitted.Spans[0].Attributes)
	assert.Equal(t, dataset.Losses{
		{What: "text with control characters, written as blanks", Count: 1},
		{What: "name, note or value with control characters, written as blanks", Count: 6},
	}, losses)
	assert.Equal(t, "a\x01", d.Name, "the record itself stays as it is")
	assert.Equal(t, map[string]string{"k\x02": "v\tw"}, d.Meta)
}

func TestADocumentOfWhichNothingIsLeftIsLeftOut(t *testing.T) {
	var losses dataset.Losses
	assert.Nil(t, dataset.Fit(&dataset.Record{Document: annotate.NewDocument("a", "x")}, except(dataset.Unannotated), dataset.Options{}, &losses))
	assert.Equal(t, dataset.Losses{{What: "document without annotations, left out", Count: 1}}, losses)
}

// TestWhatFitsOnceFitsAgain asserts that nothing is left to lose once a record fits.
func TestWhatFitsOnceFitsAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := dataset.Holds{}
		for _, f := range dataset.Features {
			h[f.Feature] = rapid.SampledFrom([]dataset.Level{dataset.No, dataset.Yes}).Draw(t, string(f.Feature))
		}
		h[dataset.Annotators] = dataset.Yes // the name of an annotator is not taken away, only not written
		for _, r := range datasettest.Documents(t) {
			var first, second dataset.Losses
			fitted := dataset.Fit(r, h, dataset.Options{}, &first)
			if fitted == nil {
				continue
			}
			again := dataset.Fit(fitted, h, dataset.Options{}, &second)
			require.Empty(t, second)
			require.Equal(t, fitted.Statements(h), again.Statements(h))
			datasettest.Valid(t, again)
		}
	})
}

func TestStatementsTellRecordsApart(t *testing.T) {
	make := func() *dataset.Record {
		return &dataset.Record{
			Document: &annotate.Document{ID: "d", Name: "a", Text: "Mona said."}, Annotator: "asha", Assessment: &annotate.Assessment{Status: annotate.Done},
			Spans:     []*annotate.Span{span("a", at(0, 4)), span("b", at(5, 9))},
			Relations: []*annotate.Relation{{ID: "r", Label: "by", Arguments: []annotate.Argument{{Role: "head", Span: "a"}, {Role: "tail", Span: "b"}}}},
			Records:   []*annotate.Record{{ID: "x", Label: "question"}},
			Concepts:  []*annotate.Concept{{ID: "c", Name: "Mona"}},
		}
	}
	h := dataset.Everything()
	same := make().Digest(h)
	for name, change := range map[string]func(*dataset.Record){
		"text":      func(r *dataset.Record) { r.Document.Text = "Mona says." },
		"name":      func(r *dataset.Record) { r.Document.Name = "b" },
		"metadata":  func(r *dataset.Record) { r.Document.SetMeta("date", "2025") },
		"annotator": func(r *dataset.Record) { r.Annotator = "ben" },
		"status":    func(r *dataset.Record) { r.Assessment.Status = annotate.InProgress },
		"label":     func(r *dataset.Record) { r.Spans[0].Label = "c" },
		"place":     func(r *dataset.Record) { r.Spans[0].Fragments[0].End = 3 },
		"attribute": func(r *dataset.Record) { r.Spans[0].Attributes = map[string]annotate.Value{"x": annotate.Text("1")} },
		"type":      func(r *dataset.Record) { r.Assessment.Labels = map[string]annotate.Value{"x": annotate.Bool(true)} },
		"note":      func(r *dataset.Record) { r.Relations[0].Note = "n" },
		"flag":      func(r *dataset.Record) { r.Spans[1].Flag = "n" },
		"direction": func(r *dataset.Record) {
			r.Relations[0].Arguments[0].Role, r.Relations[0].Arguments[1].Role = "tail", "head"
		},
		"one less":   func(r *dataset.Record) { r.Spans = r.Spans[1:] },
		"record":     func(r *dataset.Record) { r.Records[0].Label = "answer" },
		"concept":    func(r *dataset.Record) { r.Concepts[0].Name = "Asha" },
		"id of span": func(r *dataset.Record) { r.Spans[0].ID = "z" },
	} {
		r := make()
		change(r)
		assert.NotEqual(t, same, r.Digest(h), name)
	}
	r := make()
	r.Spans[0], r.Spans[1] = r.Spans[1], r.Spans[0]
	assert.Equal(t, same, r.Digest(h), "order says nothing")
	r.Spans[1].ID, r.Relations[0].Arguments[0].Span = "z", "z"
	withoutIDs := except(dataset.IDs)
	assert.Equal(t, make().Digest(withoutIDs), r.Digest(withoutIDs), "without ids spans are known by what they say")
}

func TestWhatStandsBetweenSentencesIsPutAsLineBreaks(t *testing.T) {
	r := &dataset.Record{
		Document: annotate.NewDocument("a", "\n\tMona said.\u3000So 😀 it is.  \n\nYes.One. \n"), Annotator: "asha",
		Spans: []*annotate.Span{span("a", at(2, 6)), span("b", at(15, 25)), span("c", at(7, 37))},
	}
	h := except(dataset.EdgeBlanks)
	h[dataset.SentencesOnly] = dataset.Yes
	var losses dataset.Losses
	fitted := dataset.Fit(r, h, dataset.Options{}, &losses)
	assert.Equal(t, "  Mona said.\nSo 😀 it is.\n\n\n\nYes.One.", fitted.Document.Text)
	var covered []string
	for _, s := range fitted.Spans {
		covered = append(covered, s.Covered(fitted.Document.Text))
	}
	assert.Equal(t, []string{"Mona", "So 😀 it", "said.\nSo 😀 it is.\n\n\n\nYes."}, covered)
	assert.Equal(t, dataset.Losses{{What: "blanks between sentences, written as line breaks", Count: 3}, {What: "blanks at the end of a text", Count: 1}}, losses)
	var none dataset.Losses
	assert.Equal(t, fitted.Statements(h), dataset.Fit(fitted, h, dataset.Options{}, &none).Statements(h))
	assert.Empty(t, none)
}
