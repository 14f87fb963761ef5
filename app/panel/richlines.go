package panel

import (
	"strings"

	"spanwright/annotate"
	"spanwright/app/lettering"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// zone is a run within a set line, whose words may stand in another order than they
// are read in.
type zone struct {
	annotate.Fragment // of the paragraph that the line is of
	link              string
	bold              bool
	segments          []segment
}

// segment is where words of a zone stand, from the left edge of the line.
type segment struct{ x, width float32 }

// words returns all that a block says.
func (b *block) words() string {
	var words strings.Builder
	for _, s := range b.runs {
		words.WriteString(s.text)
	}
	return words.String()
}

// plain reports whether the toolkit can show the block.
func (b *block) plain() bool { return lettering.Plain(strings.ReplaceAll(b.words(), "\n", " ")) }

// fromRight reports whether the block reads from the right.
func (b *block) fromRight() bool {
	if b.plain() {
		return false
	}
	first, _, _ := strings.Cut(b.words(), "\n")
	return typeset.FromRight(first)
}

// layLines sets a block in lines of all its runs together, as runs do not stand in
// the order they are read in. It has the scripts' own fonts, and bold by a second stroke.
func (r *rich) layLines(b *block, left, right, y float32) float32 {
	base := b.runStyle(run{bold: b.kind == headingBlock})
	tall, start := base.lineHeight(), 0
	for paragraph := range strings.SplitSeq(b.words(), "\n") {
		zones := b.zones(annotate.Fragment{Start: start, End: start + len(paragraph)})
		start += len(paragraph) + 1
		for _, line := range lettering.Wrap(paragraph, base.set(), right-left, annotate.Automatic) {
			p := piece{text: base.newText(r.again)}
			p.text.SetLine(paragraph, line)
			for _, z := range zones {
				for _, s := range line.Segments(z.Fragment) {
					z.segments = append(z.segments, segment{float32(s.X), float32(s.W)})
				}
				if z.segments != nil {
					p.zones = append(p.zones, z)
				}
			}
			place(p.text, left, y, right-left, tall)
			r.pieces = append(r.pieces, p)
			y += tall
		}
	}
	return y
}

// zones returns the runs in a part of the block's words that look different from the others.
func (b *block) zones(part annotate.Fragment) (found []zone) {
	at := 0
	for _, s := range b.runs {
		f := annotate.Fragment{Start: max(at, part.Start), End: min(at+len(s.text), part.End)}
		at += len(s.text)
		if bold := s.bold && b.kind != headingBlock; f.Start < f.End && (s.link != "" || bold) {
			f.Start, f.End = f.Start-part.Start, f.End-part.Start
			found = append(found, zone{Fragment: f, link: s.link, bold: bold})
		}
	}
	return found
}

// mark colours the zones of a set line.
func (p *piece) mark(palette *theme.Palette) {
	var marks []lettering.Mark
	for _, z := range p.zones {
		m := lettering.Mark{Fragment: z.Fragment, Bold: z.bold}
		if z.link != "" {
			m.Color = palette.Focus
		}
		marks = append(marks, m)
	}
	p.text.SetMarks(marks)
}

// linkAt returns the link at x, "" for none.
func (p *piece) linkAt(x float32) string {
	for _, z := range p.zones {
		for _, s := range z.segments {
			if x >= s.x && x < s.x+s.width && z.link != "" {
				return z.link
			}
		}
	}
	return p.link
}
