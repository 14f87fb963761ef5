package brat_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

func TestWritingEverythingBratCanHold(t *testing.T) {
	r := record("Mona 😀 said:\n“Stay”.",
		span("cue", "Cue", annotate.Fragment{Start: 10, End: 14}),
		span("claim", "Claim", annotate.Fragment{Start: 19, End: 23}),
		span("source", "Source", annotate.Fragment{Start: 0, End: 4}),
		span("split", "Claim", annotate.Fragment{Start: 0, End: 4}, annotate.Fragment{Start: 10, End: 14}),
	)
	r.Spans[1].Attributes = map[string]annotate.Value{
		"voice": annotate.Choices("direct", "mixed"), "sure": annotate.Bool(true),
		"Reference (normalization)": annotate.Text("Q:1 stay put"), "Lemma (note)": annotate.Text("stay"), "Why on sure (note)": annotate.Text("told"),
	}
	r.Spans[1].Note = "first\nsecond"
	r.Relations = []*annotate.Relation{
		{ID: "r1", Label: "says", Arguments: []annotate.Argument{{Role: "who", Span: "source"}, {Role: "trigger", Span: "cue"}, {Role: "what", Span: "claim"}, {Role: "what", Relation: "r2"}}},
		{ID: "r2", Label: "of", Arguments: []annotate.Argument{{Role: "head", Span: "source"}, {Role: "tail", Span: "claim"}}, Attributes: map[string]annotate.Value{"sure": annotate.Bool(true)}, Note: "odd"},
		{ID: "r3", Label: "Equiv", Arguments: []annotate.Argument{{Role: "member", Span: "source"}, {Role: "member", Span: "claim"}}},
		{ID: "r4", Label: "near", Arguments: []annotate.Argument{{Role: "from", Span: "cue"}, {Role: "to", Span: "claim"}}},
	}
	r.Sort()
	folder, losses := save(t, r)
	assert.Empty(t, losses)
	assert.Equal(t, r.Document.Text, content(t, folder, "a.txt"))
	assert.Equal(t, `T1	Claim 0 4;7 11	Mona said
T2	Source 0 4	Mona
T3	Cue 7 11	said
T4	Claim 14 18	Stay
*	Equiv T2 T4
R1	of Arg1:T2 Arg2:T4
E1	says:T3 who:T2 what:T4 what2:R1
R2	near from:T3 to:T4
N1	Reference T4 Q:1	stay put
A1	sure T4
A2	voice T4 direct
A3	voice T4 mixed
#1	Lemma T4	stay
#2	Why A1	told
#3	AnnotatorNotes T4	first
#4	AnnotatorNotes T4	second
A4	sure R1
#5	AnnotatorNotes R1	odd
`, content(t, folder, "a.ann"))
}

func TestSayingWhatBratCannotHold(t *testing.T) {
	number, _ := annotate.Number("3")
	argument := func(role, span string) annotate.Argument {
		return annotate.Argument{Role: role, Span: annotate.ID(span)}
	}
	implicit := annotate.Argument{Role: "source", Implicit: true}
	distant := annotate.Argument{Role: "tail", Span: "x", Document: "d2"}
	for _, test := range []struct {
		name   string
		change func(*dataset.Record)
		losses dataset.Losses
		ann    string
	}{
		{"flags", func(r *dataset.Record) { r.Spans[0].Flag, r.Assessment.Flag = "discuss", "unsure" }, dataset.Losses{{What: "flag", Count: 2}}, ""},
		{"what is said of the document", func(r *dataset.Record) {
			r.Document.SetMeta("date", "2025-02-07")
			r.Assessment.Labels = map[string]annotate.Value{"genre": annotate.Text("news")}
			r.Assessment.Status, r.Assessment.Note = annotate.Done, "n"
		}, dataset.Losses{{What: "metadata field of a document", Count: 1}, {What: "label of a document", Count: 1}, {What: "status of a document", Count: 1}, {What: "note on a document", Count: 1}}, ""},
		{"label with a blank", func(r *dataset.Record) { r.Spans[0].Label = "Big claim" }, dataset.Losses{{What: `label "Big claim", written Big_claim`, Count: 1}}, "T1\tBig_claim 0 4\tMona\n"},
		{"span over a line break", func(r *dataset.Record) { r.Spans[0].Fragments[0].End = 16 }, dataset.Losses{{What: "line break inside a span, which is split there", Count: 1}}, "T1\tClaim 0 10;12 16\tMona said. \"Sta\n"},
		{"span of a line break", func(r *dataset.Record) { r.Spans[0].Fragments[0] = annotate.Fragment{Start: 10, End: 12} }, dataset.Losses{{What: "span of nothing but line breaks, left out", Count: 1}}, ""},
		{"values without a type", func(r *dataset.Record) {
			r.Spans[0].Attributes = map[string]annotate.Value{
				"a b": annotate.Text("x\ny"), "f": annotate.Bool(false), "n": number, "o": annotate.Choices("one"), "z": annotate.Choices(), "": annotate.Text(""),
			}
		}, dataset.Losses{
			{What: "empty value of an attribute", Count: 1},
			{What: `attribute "a b", written a_b`, Count: 1},
			{What: "line break in a value or note, written as a blank", Count: 1},
			{What: "attribute that is set to false", Count: 1},
			{What: "number, written as text", Count: 1},
			{What: "list of fewer than two values", Count: 2},
		}, "A1\ta_b T1 x y\nA2\tn T1 3\nA3\to T1 one\n"},
		{"relation without a trigger", func(r *dataset.Record) {
			r.Relations = []*annotate.Relation{{ID: "r", Label: "says", Arguments: []annotate.Argument{argument("what", "s"), argument("what", "u"), implicit}}}
		}, dataset.Losses{{What: "implicit argument of a relation", Count: 1}, {What: "relation without a trigger, which gets one on its cue or first argument", Count: 1}}, "T3\tsays 0 4\tMona\nE1\tsays:T3 what:T1 what2:T2\n"},
		{"role that ends in a digit", func(r *dataset.Record) {
			r.Relations = []*annotate.Relation{{ID: "r", Label: "x:y", Arguments: []annotate.Argument{argument("trigger", "s"), argument("arg1", "u")}}}
		}, dataset.Losses{{What: `role "arg1", written arg1_`, Count: 1}, {What: `label "x:y", written x_y`, Count: 1}}, "E1\tx_y:T1 arg1_:T2\n"},
		{"relation across documents", func(r *dataset.Record) {
			r.Relations = []*annotate.Relation{{ID: "r", Label: "of", Arguments: []annotate.Argument{argument("head", "s"), distant}}}
		}, dataset.Losses{{What: "argument that lies in another document or layer", Count: 1}, {What: "relation that has too little left to be written", Count: 1}}, ""},
		{"equivalence with a note", func(r *dataset.Record) {
			r.Relations = []*annotate.Relation{{ID: "r", Label: "Same", Note: "n", Arguments: []annotate.Argument{argument("member", "s"), argument("member", "u")}}}
		}, dataset.Losses{{What: "note on an equivalence", Count: 1}}, "*\tSame T1 T2\n"},
		{"relation about an equivalence", func(r *dataset.Record) {
			r.Relations = []*annotate.Relation{
				{ID: "q", Label: "Same", Arguments: []annotate.Argument{argument("member", "s"), argument("member", "u")}},
				{ID: "r", Label: "of", Arguments: []annotate.Argument{argument("head", "s"), {Role: "tail", Relation: "q"}}},
			}
		}, dataset.Losses{{What: "argument that is a relation which was not written, or an equivalence", Count: 1}, {What: "relation that has too little left to be written", Count: 1}}, "*\tSame T1 T2\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := record("Mona said.\n\n\"Stay\".", span("s", "Claim", annotate.Fragment{Start: 0, End: 4}), span("u", "Cue", annotate.Fragment{Start: 5, End: 9}))
			test.change(r)
			folder, losses := save(t, r)
			assert.Equal(t, test.losses, losses)
			assert.Contains(t, content(t, folder, "a.ann"), test.ann)
			_, err := load(t, filepath.Join(folder, "a.txt"))
			assert.NoError(t, err)
		})
	}
}

func TestCarriageReturnsOfATextBecomeLineFeeds(t *testing.T) {
	r := record("a\r\nb\rSea", span("s", "Sea", annotate.Fragment{Start: 5, End: 8}))
	folder, losses := save(t, r)
	assert.Equal(t, dataset.Losses{{What: "carriage return in a text, written as a line feed", Count: 1}}, losses)
	assert.Equal(t, "a\nb\nSea", content(t, folder, "a.txt"))
	assert.Equal(t, "T1\tSea 4 7\tSea\n", content(t, folder, "a.ann"))
}

func TestNamingFiles(t *testing.T) {
	named := func(name, annotator string) *dataset.Record {
		r := record("x")
		r.Document.Name, r.Annotator = name, annotator
		return r
	}
	for _, test := range []struct {
		name     string
		separate bool
		records  []*dataset.Record
		want     []string
	}{
		{"as the documents are", false, []*dataset.Record{named("a.txt", "asha"), named("sub/b.txt", "asha")}, []string{"a.ann", "a.txt", "sub/b.ann", "sub/b.txt"}},
		{"a folder for each annotator", true, []*dataset.Record{named("a.txt", "asha"), named("a.txt", "b/en"), named("c.txt", "")}, []string{"asha/a.ann", "asha/a.txt", "b_en/a.ann", "b_en/a.txt", "c.ann", "c.txt"}},
		{"never outside the folder", false, []*dataset.Record{named("../../a.txt", ""), named("/etc/b", ""), named(`c:\d.txt`, "")}, []string{"_/_/a.ann", "_/_/a.txt", "_/etc/b.ann", "_/etc/b.txt", "c__d.ann", "c__d.txt"}},
		{"never one for two", false, []*dataset.Record{named("a.txt", ""), named("a", ""), named("A.txt", "")}, []string{"A (3).ann", "A (3).txt", "a (2).ann", "a (2).txt", "a.ann", "a.txt"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder, _ := saveWith(t, dataset.Options{Separate: test.separate}, test.records...)
			var found []string
			require.NoError(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
				if err == nil && !entry.IsDir() {
					name, _ := filepath.Rel(folder, path)
					found = append(found, filepath.ToSlash(name))
				}
				return err
			}))
			slices.Sort(found)
			assert.Equal(t, test.want, found)
		})
	}
}

// TestWhatBratCanHoldComesBack draws records of what the format has a place for.
func TestWhatBratCanHoldComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := drawRecord(rt)
		folder, losses := save(t, r)
		require.Empty(rt, losses)
		again, err := load(t, filepath.Join(folder, "a.txt"))
		require.NoError(rt, err)
		require.Empty(rt, again.Remarks)
		require.Equal(rt, canonical(r), canonical(again))
	})
}

func drawRecord(t *rapid.T) *dataset.Record {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab é😀\n\u0301\u2028\u05d0\t")), 1, 60, -1).Draw(t, "text")
	r := record(text)
	var borders []int
	for i := range text {
		borders = append(borders, i)
	}
	borders = append(borders, len(text))
	word := rapid.StringMatching(`[A-Za-zé_-]{1,6}`)
	line := rapid.StringMatching(`[a-z0-9é😀 \t]{1,10}`)
	attributes := func() map[string]annotate.Value {
		return map[string]annotate.Value{
			word.Draw(t, "attribute"):               rapid.SampledFrom([]annotate.Value{annotate.Bool(true), annotate.Text("two  words "), annotate.Choices("a", "b")}).Draw(t, "value"),
			word.Draw(t, "note type") + " (note)":   annotate.Text(line.Draw(t, "note")),
			word.Draw(t, "db") + " (normalization)": annotate.Text("Q:1 " + line.Draw(t, "name")),
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "spans") {
		var fragments []annotate.Fragment
		for range rapid.IntRange(1, 3).Draw(t, "fragments") {
			a, b := rapid.SampledFrom(borders).Draw(t, "start"), rapid.SampledFrom(borders).Draw(t, "end")
			f := annotate.Fragment{Start: min(a, b), End: max(a, b)}
			if !strings.Contains(text[f.Start:f.End], "\n") {
				fragments = append(fragments, f)
			}
		}
		if fragments = annotate.NormalizeFragments(fragments); len(fragments) == 0 {
			continue
		}
		s := span(string(annotate.NewID()), word.Draw(t, "label"), fragments...)
		s.Attributes, s.Note = attributes(), strings.Join(rapid.SliceOfN(line, 0, 3).Draw(t, "note"), "\n")
		r.Spans = append(r.Spans, s)
	}
	for i, s := range r.Spans {
		first := annotate.Argument{Role: rapid.SampledFrom([]string{"trigger", "member", "from", "head"}).Draw(t, "role"), Span: s.ID}
		second := annotate.Argument{Role: "tail", Span: r.Spans[0].ID}
		switch {
		case first.Role == "member" && i == 0:
			continue
		case first.Role == "member":
			second.Role = "member"
		case i > 0 && len(r.Relations) > 0 && r.Relations[0].Arguments[0].Role != "member":
			second = annotate.Argument{Role: "tail", Relation: r.Relations[0].ID}
		}
		relation := &annotate.Relation{ID: annotate.NewID(), Label: word.Draw(t, "label"), Arguments: []annotate.Argument{first, second}}
		if first.Role != "member" {
			relation.Attributes, relation.Note = attributes(), line.Draw(t, "note")
		}
		r.Relations = append(r.Relations, relation)
	}
	r.Sort()
	return r
}

func record(text string, spans ...*annotate.Span) *dataset.Record {
	d := annotate.NewDocument("a.txt", text)
	return &dataset.Record{
		Document: d, Annotator: "asha", Spans: spans,
		Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.InProgress},
	}
}

func span(id, label string, fragments ...annotate.Fragment) *annotate.Span {
	return &annotate.Span{ID: annotate.ID(id), Label: label, Fragments: fragments}
}

func content(t *testing.T, folder, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, name))
	require.NoError(t, err)
	return string(raw)
}
