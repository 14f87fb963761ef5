package dataset

import (
	"sort"
	"strings"
	"unicode/utf16"

	"spanwright/annotate"
)

// SentencesOnly is no feature but a bound, set in a format that has the text of sentences and only
// the places of what stands between them: line breaks are put there, blanks before the first
// sentence, and nothing behind the last. Spans must not begin or end with blanks in it.
const SentencesOnly Feature = "sentences-only"

// sentences fits what stands between sentences.
func (f *fitter) sentences() {
	if f.holds[SentencesOnly] == No {
		return
	}
	text := f.record.Document.Text
	sentences, _ := Segments(text)
	var b strings.Builder
	shifts := make([]int, len(sentences)) // how far each is moved
	from, filler := 0, " "
	for i, s := range sentences {
		gap := text[from:s.Start]
		filled := strings.Repeat(filler, len(utf16.Encode([]rune(gap))))
		if filled != gap {
			f.losses.Add("blanks between sentences, written as line breaks")
		}
		b.WriteString(filled)
		shifts[i] = b.Len() - s.Start
		b.WriteString(text[s.Start:s.End])
		from, filler = s.End, "\n"
	}
	if from < len(text) {
		f.losses.Add("blanks at the end of a text")
	}
	if b.String() == text {
		return
	}
	place := func(offset int) int {
		i := sort.Search(len(sentences), func(i int) bool { return sentences[i].Start > offset })
		return offset + shifts[max(i-1, 0)]
	}
	for _, s := range f.record.Spans { // copies
		moved := make([]annotate.Fragment, len(s.Fragments))
		for i, at := range s.Fragments {
			moved[i] = annotate.Fragment{Start: place(at.Start), End: place(at.End-1) + 1}
		}
		s.Fragments = moved
	}
	d := f.record.Document.Clone()
	d.Text = b.String()
	d.Hash = annotate.HashText(d.Text)
	f.record.Document = d
}
