package annotate

import "strings"

// phraseEnds are the marks between which a phrase lies.
const phraseEnds = ",;:.!?…—–()[]{}“”„«»‹›\"‘‚、。，；：！？「」『』،؛؟।"

// partReach is how far, in bytes, the marks around a phrase or quotation may lie
// from the place it is asked for at.
const partReach = 4096

// nearby returns f's paragraph, and what of it lies within partReach of f: nothing
// if f is longer than that itself.
func (b *Body) nearby(f Fragment) (near, paragraph Fragment) {
	paragraph = b.Paragraph(b.ParagraphAt(f.Start))
	if f.Len() > partReach {
		return Fragment{}, paragraph
	}
	return Fragment{max(paragraph.Start, f.Start-partReach), min(paragraph.End, f.End+partReach)}, paragraph
}

// Phrase returns the stretch of a paragraph between punctuation marks that
// contains f; ok is false where f itself has such a mark, or none is near.
func (b *Body) Phrase(f Fragment) (phrase Fragment, ok bool) {
	near, paragraph := b.nearby(f)
	begun := near.Start == paragraph.Start
	for token := range b.Tokens(near) {
		switch {
		case strings.Contains(phraseEnds, b.text[token.Start:token.End]):
			if phrase.Contains(f) {
				return phrase, true
			}
			phrase, begun = Fragment{}, true
		case begun && phrase.Empty():
			phrase = token
		case begun:
			phrase.End = token.End
		}
	}
	if near.End < paragraph.End || !phrase.Contains(f) {
		return Fragment{}, false
	}
	return phrase, true
}
