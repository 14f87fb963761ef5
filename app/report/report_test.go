package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/store"
)

// compares returns a confusion of the spans that each annotator has on words of one letter.
func confused(layers map[string][]string) *agreement.Confusion {
	c, t := agreement.NewConfusion(), &agreement.Text{Name: "t"}
	for _, name := range annotate.SortedKeys(layers) {
		l := &agreement.Layer{Annotator: name}
		for i, label := range layers[name] {
			if label != "" {
				l.Spans = append(l.Spans, &annotate.Span{ID: annotate.NewID(), Label: label, Fragments: []annotate.Fragment{{Start: 2 * i, End: 2*i + 1}}})
			}
		}
		t.Layers = append(t.Layers, l)
	}
	c.Add(t)
	return c
}

func TestWhatIsConfusedIsCounted(t *testing.T) {
	two := confused(map[string][]string{"asha": {"A", "A", "B", "B", ""}, "ben": {"A", "B", "B", "", "A"}})
	assert.Equal(t, []string{"A", "B", ""}, two.Labels())
	assert.Equal(t, [][]float64{{1, 1, 0}, {0, 1, 1}, {1, 0, 0}}, two.Counts(), "asha's labels are the rows")
	three := confused(map[string][]string{"asha": {"A"}, "ben": {"A"}, "chen": {"B"}})
	assert.Equal(t, []string{"A", "B"}, three.Labels())
	assert.Equal(t, [][]float64{{1, 1}, {1, 0}}, three.Counts(), "one pair agrees, two differ, each counted half from either side")
	assert.Nil(t, Matrix(confused(nil)))
}

// wellFormed reads XML to its end.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
	}
}

func TestPicturesHoldNamesInAnyScript(t *testing.T) {
	names := []string{"<script>&\"", "שם ארוך מאוד שאינו נגמר לעולם", "दावा", "主張", "a\x01b"}
	p := Matrix(confused(map[string][]string{"asha": names, "ben": names}))
	var svg, again, pixels bytes.Buffer
	require.NoError(t, p.SVG(&svg))
	wellFormed(t, svg.String())
	assert.Contains(t, svg.String(), "दावा 4")
	assert.NotContains(t, svg.String(), "<script>")
	require.NoError(t, p.SVG(&again))
	assert.Equal(t, svg.String(), again.String())
	require.NoError(t, p.PNG(&pixels))
	picture, err := png.Decode(&pixels)
	require.NoError(t, err)
	assert.Equal(t, 2*(2*12+170+5*46), picture.Bounds().Dx())
}

func TestAWeekBeginsOnMonday(t *testing.T) {
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{monday, monday.Add(6*24*time.Hour + 23*time.Hour), time.Date(2026, 11, 24, 1, 0, 0, 0, time.FixedZone("", 3600*2))} {
		assert.Equal(t, monday, weekOf(at), at.String())
	}
	assert.Equal(t, monday.AddDate(0, 0, 7), weekOf(monday.AddDate(0, 0, 7)))
}

func TestMarkdownTakesNothingInANameForItself(t *testing.T) {
	p := &Page{Title: "a_b *c* <d>"}
	p.table(1, []string{"x|y", "n"}, [][]string{{"[l](u) \\ #\nnew", "1"}})
	var b strings.Builder
	require.NoError(t, p.Markdown(&b))
	assert.Equal(t, "# a\\_b \\*c\\* \\<d\\>\n\n| x\\|y | n |\n|---|---:|\n| \\[l\\](u) \\\\ \\# new | 1 |\n", b.String())
}

func TestFeedbackIsWhatWasDecidedOtherwise(t *testing.T) {
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), &annotate.Scheme{Name: "s", Spans: []annotate.SpanLabel{{Label: "A"}, {Label: "B"}}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	d := annotate.NewDocument("a.txt", "one two three four")
	span := func(who, label string, start, end int) *annotate.Span {
		return &annotate.Span{ID: annotate.ID(who + label + string(rune('a'+start))), Document: d.ID, Annotator: who, Label: label, Fragments: []annotate.Fragment{{Start: start, End: end}}}
	}
	asha, ben, also, wrong := span("asha", "A", 0, 3), span("ben", "B", 0, 3), span("ben", "A", 4, 7), span("asha", "B", 8, 13)
	truth, second := span(annotate.AdjudicatedLayer, "B", 0, 3), span(annotate.AdjudicatedLayer, "A", 4, 7)
	decision := func(id annotate.ID, outcome annotate.Outcome, taken []string, result *annotate.Span, reason string, sides ...*annotate.Span) *annotate.Decision {
		v := &annotate.Decision{ID: id, Document: d.ID, Among: []string{"asha", "ben"}, Outcome: outcome, Taken: taken, Reason: reason, Adjudicator: "lea"}
		for _, s := range sides {
			v.Sides = append(v.Sides, annotate.SideOf(s))
		}
		if result != nil {
			v.Results = []annotate.Result{{ID: result.ID}}
		}
		return v
	}
	for _, s := range []annotate.State{
		d, asha, ben, also, wrong, truth, second,
		decision("v1", annotate.Took, []string{"ben"}, truth, "a B by rule 3", asha, ben),
		decision("v2", annotate.Took, []string{"ben"}, second, "", also),
		decision("v3", annotate.Neither, nil, nil, "no name", wrong),
	} {
		_, err := p.Apply(annotate.Change{Annotator: "lea", After: s})
		require.NoError(t, err)
	}
	told := func(who string) (lines []string) {
		f, err := GatherFeedback(t.Context(), p, who, Scope{}, nil)
		require.NoError(t, err)
		require.Equal(t, 3, f.Decided)
		for _, l := range f.Lessons {
			lines = append(lines, strings.Join([]string{l.About, l.Own, l.Decided, l.reasoned()}, " | "))
		}
		return lines
	}
	assert.Equal(t, []string{
		"one | A “one” | B “one” | a B by rule 3",
		"two |  | A “two” | took ben",
		"three | B “three” |  | no name",
	}, told("asha"))
	assert.Empty(t, told("ben"), "ben had what was decided, and nothing where neither was right")
}
