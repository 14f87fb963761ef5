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

func words(start, end int, words string) dataset.Stretch {
	return dataset.Stretch{Start: start, End: end, Words: words, Quoted: true, Name: "span 1", Line: 4}
}

// Offsets were counted by hand: 😀 is one code point, two UTF-16 units and four bytes.
func TestFindingOutWhatOffsetsCount(t *testing.T) {
	for _, test := range []struct {
		name, text string
		newlines   annotate.Newlines
		bom        bool
		stretches  []dataset.Stretch
		says       string
		covers     []string
	}{
		{"code points", "😀 Mona", "", false, []dataset.Stretch{words(2, 6, "Mona")}, "code points", []string{"Mona"}},
		{"UTF-16", "😀 Mona", "", false, []dataset.Stretch{words(3, 7, "Mona")}, "UTF-16 units", []string{"Mona"}},
		{"bytes", "😀 Mona", "", false, []dataset.Stretch{words(5, 9, "Mona")}, "bytes", []string{"Mona"}},
		{"all alike", "Mona", "", false, []dataset.Stretch{words(0, 4, "Mona")}, "code points", []string{"Mona"}},
		{"what was CR LF, as two", "a\nb\nMona", annotate.CRLF, false, []dataset.Stretch{words(6, 10, "Mona"), words(3, 4, "b")}, "code points and each CR LF as two", []string{"Mona", "b"}},
		{"LF now and CR LF when it was counted", "a\nMona", "", false, []dataset.Stretch{words(3, 7, "Mona")}, "code points and each CR LF as two", []string{"Mona"}},
		{"CR LF, as one", "a\r\nb\r\nMona", "", false, []dataset.Stretch{words(4, 8, "Mona"), words(2, 3, "b")}, "code points and each CR LF as one", []string{"Mona", "b"}},
		{"CR LF, as two", "a\r\nMona", "", false, []dataset.Stretch{words(3, 7, "Mona")}, "code points", []string{"Mona"}},
		{"a counted byte order mark", "Mona", "", true, []dataset.Stretch{words(1, 5, "Mona")}, "code points and the byte order mark as a character", []string{"Mona"}},
		{"nothing is said, and only UTF-16 has room", "😀😀", "", false, []dataset.Stretch{{Start: 2, End: 4}}, "UTF-16 units", []string{"😀"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := annotate.NewDocument("a", test.text)
			d.Newlines, d.BOM = test.newlines, test.bom
			count, fragments, wrong := dataset.Understand(d, annotate.CodePoint, test.stretches, dataset.Exactly)
			assert.Empty(t, wrong)
			assert.Equal(t, test.says, count.Sayings)
			for i, f := range fragments {
				assert.Equal(t, test.covers[i], d.Text[f.Start:f.End])
			}
		})
	}
}

func TestWhatFitsNowhereIsToldOrMovedOnRequest(t *testing.T) {
	d := annotate.NewDocument("a", "Mona and Mona said")
	stretches := []dataset.Stretch{words(0, 4, "Mona"), words(8, 12, "Mona"), words(14, 99, "said")}
	r := &dataset.Record{Document: d, File: "a.json", Line: 2}
	_, err := r.Settle(dataset.Input{Path: "a.json"}, annotate.CodePoint, stretches, dataset.Exactly)
	assert.EqualError(t, err, `a.json:4: span 1: offsets 8 to 12 cover "Mon", but its text is "Mona" (and 1 more like this); the document was left out`)
	var several *dataset.Misfit
	require.ErrorAs(t, err, &several)
	assert.Equal(t, []dataset.Remark{
		{File: "a.json", Line: 4, Sentence: `span 1: offsets 8 to 12 cover "Mon", but its text is "Mona"`},
		{File: "a.json", Line: 4, Sentence: "span 1: offset 99 lies outside the text, which has 18 code points"},
	}, several.Each)

	fragments, err := r.Settle(dataset.Input{Path: "a.json", Reanchor: true}, annotate.CodePoint, stretches, dataset.Exactly)
	require.NoError(t, err)
	assert.Equal(t, []annotate.Fragment{at(0, 4), at(9, 13), at(14, 18)}, fragments)
	assert.Equal(t, 2, r.Moved)
	require.Len(t, r.Remarks, 2)
	assert.Equal(t, `a.json:4: span 1: offsets 8 to 12 cover "Mon", but its text is "Mona"; that stands 1 character further on, and it was moved there`, r.Remarks[0].String())
	assert.Equal(t, `a.json:4: span 1: offset 99 lies outside the text, which has 18 code points; its text "said" begins there, and its end was moved`, r.Remarks[1].String())

	_, err = r.Settle(dataset.Input{Path: "a.json", Unit: annotate.Byte}, annotate.CodePoint, stretches[:1], dataset.Exactly)
	assert.NoError(t, err)
	_, err = r.Settle(dataset.Input{Path: "a.json", Reanchor: true}, annotate.CodePoint, []dataset.Stretch{words(0, 4, "Asha")}, dataset.Exactly)
	assert.ErrorContains(t, err, `cover "Mona", but its text is "Asha"`)
}

func TestTheNearestPlaceOfWords(t *testing.T) {
	for _, test := range []struct {
		offset, want int
	}{{0, 0}, {3, 0}, {5, 8}, {8, 8}, {11, 8}, {14, 16}, {99, 16}, {-5, 0}} {
		f, ok := dataset.Nearest("Mona ...Mona ...Mona", "Mona", test.offset)
		assert.True(t, ok)
		assert.Equal(t, at(test.want, test.want+4), f, test.offset)
	}
	_, ok := dataset.Nearest("Mona", "Asha", 2)
	assert.False(t, ok)
}

// TestAnyWayOfCountingIsUndone counts stretches of any text in any way and has them read.
func TestAnyWayOfCountingIsUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := annotate.NewDocument("a", datasettest.Text(t))
		for _, r := range datasettest.Documents(t) {
			d = r.Document
		}
		if d.Text == "" {
			return
		}
		offsets := annotate.NewOffsets(d.Text)
		unit := rapid.SampledFrom([]annotate.Unit{annotate.CodePoint, annotate.UTF16, annotate.Byte}).Draw(t, "unit")
		var stretches []dataset.Stretch
		for i, c := range d.Text {
			end := i + len(string(c))
			stretches = append(stretches, words(offsets.To(unit, i), offsets.To(unit, end), d.Text[i:end]))
		}
		_, fragments, wrong := dataset.Understand(d, annotate.CodePoint, stretches, dataset.Exactly)
		require.Empty(t, wrong)
		for i, f := range fragments {
			require.Equal(t, stretches[i].Words, d.Text[f.Start:f.End])
		}
	})
}
