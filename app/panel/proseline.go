package panel

import (
	"strings"

	"spanwright/annotate"
	"spanwright/app/lettering"
)

// proseLine is one line of a wrapped text.
type proseLine struct {
	text string
	set  *lettering.Line // of from, where the toolkit cannot show the text; nil where it can
	from string
}

func (l *proseLine) show(t *lettering.Text) {
	if l.set == nil {
		t.Set(l.text)
	} else {
		t.SetLine(l.from, *l.set)
	}
}

// lines breaks text into lines no wider than width, as wrap does. Paragraphs of other
// scripts than the toolkit's are broken by the rules of their own, and those that read
// from the right stand at the right.
func (s style) lines(text string, width float32, limit int) []proseLine {
	var lines []proseLine
	if lettering.Plain(strings.ReplaceAll(text, "\n", " ")) {
		for _, line := range s.wrap(text, width, limit) {
			lines = append(lines, proseLine{text: line})
		}
		return lines
	}
	paragraphs := strings.Split(strings.TrimSpace(text), "\n")
	for i, paragraph := range paragraphs {
		paragraph = strings.Join(strings.Fields(paragraph), " ")
		set := lettering.Wrap(paragraph, s.set(), width, annotate.Automatic)
		for k := range set {
			if limit > 0 && len(lines) == limit-1 && (k+1 < len(set) || i+1 < len(paragraphs)) {
				return append(lines, s.last(paragraph[set[k].Start:], width, set[k].RTL()))
			}
			lines = append(lines, proseLine{text: paragraph[set[k].Start:set[k].End], set: &set[k], from: paragraph})
		}
	}
	return lines
}

// last returns the last line of a text of which more follows.
func (s style) last(rest string, width float32, rtl bool) proseLine {
	direction := annotate.LeftToRight
	if rtl {
		direction = annotate.RightToLeft
	}
	rest = s.fit(rest+ellipsis, width)
	return proseLine{text: rest, set: &lettering.Wrap(rest, s.set(), width, direction)[0], from: rest}
}
