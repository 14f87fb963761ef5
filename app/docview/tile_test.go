package docview

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"spanwright/annotate"
)

func TestDisputeLooksAsDesigned(t *testing.T) {
	for _, palette := range bothPalettes {
		for _, density := range []Density{Read, Labels, Full} {
			a := dispute(t)
			s := sceneOf(a, palette)
			s.focused = "01"
			name := fmt.Sprintf("dispute-%s-%s", [...]string{"read", "labels", "full"}[density], variantName(palette))
			golden(t, name, drawLines(t, a, s, newMetrics(density, 1), 780))
		}
	}
}

func TestDisputeIsSharpAtTwiceTheScale(t *testing.T) {
	for _, palette := range bothPalettes {
		a := dispute(t)
		golden(t, "dispute-scale2-"+variantName(palette), drawLines(t, a, sceneOf(a, palette), newMetrics(Labels, 2), 1200))
	}
}

// tangle has every way in which spans can lie to one another.
func tangle(t *testing.T) *article {
	a := newArticle(t,
		"Nested three deep: the union of the fishers of the upper lake warned the council again.",
		"Overlapping: the dam was opened at night by men whom nobody knew.",
		"Coinciding: the northern shore is dry. And twice: so it is. Four at one place: here now.",
		"A quotation “that begins here,” she said, going on about other things for a long while so that the line must wrap twice, “and ends here” at last.",
		"Tiny ones side by side: a b c d e f g.")
	a.span("01", "Claim", "the union of the fishers of the upper lake warned the council")
	a.span("02", "Source", "the union of the fishers of the upper lake")
	a.span("03", "Target", "the fishers of the upper lake")
	a.span("04", "Evidence", "the upper lake")
	a.span("05", "Claim", "the dam was opened at night")
	a.span("06", "Source", "opened at night by men")
	a.span("07", "Cue", "night by men whom nobody")
	a.span("08", "Claim", "the northern shore")
	a.span("09", "Target", "the northern shore")
	for i, label := range []string{"Claim", "Source", "Cue", "Target", "Evidence", "Claim"} {
		a.span(fmt.Sprintf("1%d", i), label, "here now")
	}
	a.span("20", "Claim", "“that begins here,", "“and ends here")
	for i, letter := range []string{" a ", " b ", " c ", " d ", " e ", " f ", " g."} {
		s := a.span(fmt.Sprintf("3%d", i), []string{"Claim", "Source", "Cue"}[i%3], letter)
		moved := s.Clone()
		moved.Fragments[0] = annotate.Fragment{Start: s.Fragments[0].Start + 1, End: s.Fragments[0].Start + 2}
		a.layer.Apply(&annotate.Change{Before: s, After: moved})
	}
	return a
}

func TestTangledSpansStayDistinguishable(t *testing.T) {
	for _, palette := range bothPalettes {
		a := tangle(t)
		golden(t, "tangle-"+variantName(palette), drawLines(t, a, sceneOf(a, palette), newMetrics(Labels, 1), 700))
	}
	a := tangle(t)
	golden(t, "tangle-full-scale2", drawLines(t, a, sceneOf(a, bothPalettes[0]), newMetrics(Full, 2), 1400))
	golden(t, "tangle-read", drawLines(t, a, sceneOf(a, bothPalettes[0]), newMetrics(Read, 1), 700))
}

func TestMarksAndHintsAreOnTheChips(t *testing.T) {
	for _, palette := range bothPalettes {
		a := dispute(t)
		a.layer.Span("02").Flag = "discuss"
		a.layer.Span("03").Note = "which minister?"
		a.layer.Span("07").Flag, a.layer.Span("07").Note = "discuss", "a note"
		s := sceneOf(a, palette)
		s.violations = wrongly("05", "07")
		golden(t, "marks-"+variantName(palette), drawLines(t, a, s, newMetrics(Labels, 1), 780))

		s.relating = &relatingScene{
			from: "02", candidate: "01",
			legal: func(id annotate.ID) bool {
				return a.layer.Span(id).Label == "Claim" || a.layer.Span(id).Label == "Source"
			},
			hints: map[annotate.ID]string{"01": "a", "03": "s", "05": "d", "07": "f", "09": "g", "11": "h"},
		}
		golden(t, "relating-"+variantName(palette), drawLines(t, a, s, newMetrics(Full, 1), 780))
		golden(t, "relating-read-"+variantName(palette), drawLines(t, a, s, newMetrics(Read, 1), 780))
	}
}

func TestAnOpenThreadIsMarkedUnlikeANote(t *testing.T) {
	for _, palette := range bothPalettes {
		a := dispute(t)
		a.layer.Span("03").Note = "which minister?"
		a.layer.Span("07").Flag, a.layer.Span("07").Note = "discuss", "a note"
		s := sceneOf(a, palette)
		s.violations = wrongly("07")
		s.talked = func(id annotate.ID) bool { return id == "02" || id == "07" }
		assert.Equal(t, []mark{violationMark, flagMark, noteMark, commentMark}, s.marks(a.layer.Span("07")))
		golden(t, "talked-"+variantName(palette), drawLines(t, a, s, newMetrics(Labels, 1), 780))
	}
}

func TestCharactersWithoutFontShowTheirCodePoint(t *testing.T) {
	a := newArticle(t, "He said «لم نقل» twice, and नमस्ते once.", "«لم نقل إن البوابة فُتحت في 12 مارس»، وأضاف.",
		"Private \ue000 and \U000F0000, unassigned \u0378 and \U0002FE10, replaced \ufffd.")
	a.span("01", "Claim", "«لم نقل إن البوابة فُتحت في 12 مارس»")
	a.span("02", "Cue", "وأضاف")
	a.span("03", "Claim", "«لم نقل» twice")
	golden(t, "missing", drawLines(t, a, sceneOf(a, bothPalettes[0]), newMetrics(Labels, 1), 620))
	golden(t, "missing-scale2", drawLines(t, a, sceneOf(a, bothPalettes[0]), newMetrics(Labels, 2), 1240))
}

func TestANarrowPaneStillShowsEverything(t *testing.T) {
	a := dispute(t)
	s := sceneOf(a, bothPalettes[0])
	s.focused = "01"
	golden(t, "narrow", drawLines(t, a, s, newMetrics(Labels, 1), 180))
}

// wrongly returns that the spans of these ids each break a rule.
func wrongly(ids ...annotate.ID) func(annotate.ID) []annotate.Violation {
	return func(id annotate.ID) []annotate.Violation {
		if slices.Contains(ids, id) {
			return []annotate.Violation{{Entity: id, Rule: annotate.AttributeBreach}}
		}
		return nil
	}
}
