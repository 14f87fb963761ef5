package annotate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func TestTrimSpanLeavesOutWhatDoesNotBelong(t *testing.T) {
	both := []Trim{QuotesTrim, StopTrim}
	tests := []struct {
		name, text string
		trim       []Trim
		want       string
	}{
		{"nothing asked for", "“The dam is safe.”", nil, "“The dam is safe.”"},
		{"blanks", " the dam ", nil, "the dam"},
		{"quotes", "“The dam is safe”", []Trim{QuotesTrim}, "The dam is safe"},
		{"stop behind quotes", "“The dam is safe.”", both, "The dam is safe"},
		{"stop outside quotes", "“The dam is safe”.", both, "The dam is safe"},
		{"stop only", "“Safe.”", []Trim{StopTrim}, "“Safe.”"},
		{"quotes inside quotes", "“He said ‘no’”", both, "He said ‘no’"},
		{"quotes in quotes", "„‚Nein‘“", both, "Nein"},
		{"partner inside at the start", "“dam” is safe", both, "“dam” is safe"},
		{"partner inside at the end", "he called it “safe”", both, "he called it “safe”"},
		{"two quotations", "“yes” and “no”", both, "“yes” and “no”"},
		{"partner outside", "“The dam", both, "The dam"},
		{"partner outside before", "is safe”", both, "is safe"},
		{"straight", `"safe"`, both, "safe"},
		{"guillemets", "«Le barrage tient.»", both, "Le barrage tient"},
		{"corner brackets", "「大丈夫です。」", both, "大丈夫です"},
		{"apostrophe", "the farmers’", both, "the farmers’"},
		{"abbreviation", "in the U.S.", both, "in the U.S."},
		{"ellipsis", "safe…", both, "safe"},
		{"question", "Is it safe?!", both, "Is it safe"},
		{"Urdu stop", "ڈیم محفوظ ہے۔", both, "ڈیم محفوظ ہے"},
		{"danda", "बाँध सुरक्षित है।", both, "बाँध सुरक्षित है"},
		{"only marks", "“.”", both, "“.”"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			trimmed := NewBody(test.text).TrimSpan([]Fragment{{End: len(test.text)}}, test.trim)
			assert.Equal(t, test.want, test.text[trimmed[0].Start:trimmed[0].End])
		})
	}
}

func TestTrimSpanTrimsEachFragment(t *testing.T) {
	const text = "“We saw nothing,” he said, “at all.”"
	trimmed := NewBody(text).TrimSpan([]Fragment{{0, 21}, {31, len(text)}}, []Trim{QuotesTrim, StopTrim})
	assert.Equal(t, []string{"We saw nothing,", "at all"}, []string{text[trimmed[0].Start:trimmed[0].End], text[trimmed[1].Start:trimmed[1].End]})
}

func TestTrimmingTwiceTrimsNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab “”‘’\"«».!?。「」„‚\u0301\n")), 1, 20, -1).Draw(t, "text")
		b := NewBody(text)
		once := b.TrimSpan([]Fragment{{End: len(text)}}, []Trim{QuotesTrim, StopTrim})
		assert.False(t, once[0].Empty())
		assert.Equal(t, once, b.TrimSpan(once, []Trim{QuotesTrim, StopTrim}))
	})
}

func TestDeriveFromTellsWhetherWordsAreQuoted(t *testing.T) {
	voice := Attribute{Name: "voice", Kind: ChoiceKind, Derive: QuotationDerivation}
	const text = `“We saw nothing,” he said, “at all.” They asked for “clear water” again.`
	at := func(words string) Fragment {
		start := len(text[:strings.Index(text, words)])
		return Fragment{start, start + len(words)}
	}
	tests := []struct {
		name      string
		fragments []Fragment
		want      string
	}{
		{"inside", []Fragment{at("saw nothing")}, "direct"},
		{"the whole quotation", []Fragment{at("We saw nothing,")}, "direct"},
		{"with its marks", []Fragment{at("“We saw nothing,”")}, "direct"},
		{"two quotations", []Fragment{at("We saw nothing,"), at("at all")}, "direct"},
		{"outside", []Fragment{at("he said")}, "indirect"},
		{"some quoted words", []Fragment{at("asked for “clear water” again")}, "mixed"},
		{"one of two fragments", []Fragment{at("he said"), at("at all")}, "mixed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v, ok := voice.DeriveFrom(NewBody(text), test.fragments)
			assert.True(t, ok)
			assert.Equal(t, Text(test.want), v)
		})
	}
	voice.Derive = ""
	_, ok := voice.DeriveFrom(NewBody(text), []Fragment{at("We saw nothing,")})
	assert.False(t, ok)
}
