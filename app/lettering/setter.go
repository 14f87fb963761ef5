package lettering

import (
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/go-text/typesetting/font"

	"spanwright/annotate"
	"spanwright/app/glyph"
	"spanwright/app/typeset"
)

// Style is how text is set.
type Style struct {
	Size float32
	fyne.TextStyle
}

// setting is what a set text depends on.
type setting struct {
	text  string
	style Style
	width float32 // 0 for one line however wide
	reads annotate.Direction
}

// set is a text once set; lines are in toolkit units, so that they go with any scale.
type set []*typeset.Line

// linesKept is how many texts are remembered in a generation.
const linesKept = 1024

// pause is the time between two looks whether fonts have arrived.
const pause = 8 * time.Millisecond

// setter sets texts and remembers them in two generations, as a glyph cache does its glyphs.
type setter struct {
	installed  *typeset.Installed // nil: only the bundled fonts
	post       func(func())
	changed    func()
	text, bold *typeset.Fonts
	young, old map[setting]set
	waiting    map[*Text]bool // whose font is being looked for
	looking    bool
	glyphs     *glyph.Cache
	weights    map[*font.Face]font.Weight
}

var shop = newSetter(nil, nil, nil)

func newSetter(in *typeset.Installed, post func(func()), changed func()) *setter {
	return &setter{installed: in, post: post, changed: changed, young: map[setting]set{}, waiting: map[*Text]bool{}, glyphs: glyph.NewCache(), weights: map[*font.Face]font.Weight{}}
}

// Start has texts set in the installed fonts too from now on. Post runs a function
// on the goroutine of the window; changed is called there after texts that had waited
// for a font were set anew, as they may take another room.
func Start(in *typeset.Installed, post func(func()), changed func()) {
	shop = newSetter(in, post, changed)
}

// fonts returns the fonts of a style. Other scripts than the bundled font's have no italics.
func (s *setter) fonts(style fyne.TextStyle) *typeset.Fonts {
	if s.text == nil {
		s.text = s.open(fynetheme.DefaultTextFont(), fynetheme.DefaultSymbolFont(), fynetheme.DefaultEmojiFont())
		s.bold = s.open(fynetheme.DefaultTextBoldFont(), fynetheme.DefaultTextFont(), fynetheme.DefaultSymbolFont(), fynetheme.DefaultEmojiFont())
	}
	if style.Bold {
		return s.bold
	}
	return s.text
}

func (s *setter) open(bundled ...fyne.Resource) *typeset.Fonts {
	raw := make([][]byte, len(bundled))
	for i, file := range bundled {
		raw[i] = file.Content()
	}
	if s.installed == nil {
		fonts, _ := typeset.NewFonts(raw...) // a font of the toolkit's own is never broken
		return fonts
	}
	fonts, _ := s.installed.Fonts(raw...)
	return fonts
}

// lines sets a text without line ends.
func (s *setter) lines(k setting) set {
	if lines, known := s.young[k]; known {
		return lines
	}
	lines, known := s.old[k]
	if !known {
		width := math.Inf(1)
		if k.width > 0 {
			width = float64(k.width)
		}
		lines = typeset.Wrap(s.fonts(k.style.TextStyle), k.text, typeset.Style{
			Size: float64(k.style.Size), Width: width, Direction: k.reads, Languages: typeset.Languages("", k.text),
		})
		s.look()
	}
	if len(s.young) >= linesKept {
		s.old, s.young = s.young, map[setting]set{}
	}
	s.young[k] = lines
	return lines
}

// isBold reports whether a face is one of bold letters.
func (s *setter) isBold(face *font.Face) bool {
	if face == nil {
		return false
	}
	weight, known := s.weights[face]
	if !known {
		weight = face.Describe().Aspect.Weight
		s.weights[face] = weight
	}
	return weight >= font.WeightSemibold
}

// awaits reports whether something was set whose font is being looked for or read.
func (s *setter) awaits() bool { return s.text != nil && (s.text.Awaits() || s.bold.Awaits()) }

// look sees to it that what was set without some font is set again when the font is there.
func (s *setter) look() {
	if s.looking || s.post == nil || !s.awaits() {
		return
	}
	s.looking = true
	time.AfterFunc(pause, func() {
		s.post(func() {
			s.looking = false
			text, bold := s.text.Renew(), s.bold.Renew()
			if text || bold {
				s.renew()
			}
			s.look()
		})
	})
}

func (s *setter) renew() {
	clear(s.young)
	clear(s.old)
	waiting := s.waiting
	s.waiting = map[*Text]bool{}
	for t := range waiting {
		t.again()
	}
	s.changed()
}

// Width returns the width of text on one line. Line ends have none.
func Width(text string, s Style) float32 {
	if Plain(text) {
		return fyne.MeasureText(text, s.Size, s.TextStyle).Width
	}
	return float32(math.Ceil(shop.lines(setting{text: lineEnds.Replace(text), style: s})[0].Width))
}

// lineEnds replaces what would end a line or jump by blanks of as many bytes.
var lineEnds = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ", "\v", " ", "\f", " ", "\u0085", "\u00a0", "\u2028", "\u2003", "\u2029", "\u2003")

// Line is a line of a text that [Wrap] cut up.
type Line struct {
	annotate.Fragment // of the text, with the blanks at the end
	set               *typeset.Line
}

// RTL reports whether the line belongs to a paragraph that reads from the right and
// stands at the right end of its width.
func (l *Line) RTL() bool { return l.set.RTL }

// Wrap cuts a text without line ends into lines no wider than width; there is at least one.
func Wrap(text string, s Style, width float32, reads annotate.Direction) []Line {
	var lines []Line
	for _, line := range shop.lines(setting{lineEnds.Replace(text), s, max(1, width), reads}) {
		lines = append(lines, Line{line.Fragment, line})
	}
	return lines
}

// Segments returns the parts of a line that f covers, as x and width.
func (l *Line) Segments(f annotate.Fragment) []typeset.Segment { return l.set.Segments(f) }
