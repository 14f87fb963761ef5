package typeset

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"golang.org/x/text/unicode/norm"

	"spanwright/annotate"
)

// Fonts chooses a face for each grapheme cluster: the first of its faces that has
// all the cluster's characters. It also holds the shaper, so that Fonts and every
// [Layout] made with them are for one goroutine at a time.
type Fonts struct {
	faces     []*font.Face
	installed *Installed // nil: only faces
	opened    map[*font.Font]*font.Face
	tastes    map[string]*taste
	awaits    bool
	setter    setter
}

// choice is a remembered face; face is nil when no font has the cluster.
type choice struct {
	face  *font.Face
	known bool
}

// knownLimit bounds how many clusters' faces are remembered.
const knownLimit = 1 << 14

// NewFonts returns fonts made of these font files alone, which makes layout the
// same on every computer. It fails when there is none or one cannot be read.
func NewFonts(faces ...[]byte) (*Fonts, error) {
	if len(faces) == 0 {
		return nil, annotate.Errorf(annotate.Invalid, "no font was given, so no text can be set")
	}
	f := &Fonts{tastes: map[string]*taste{}}
	for i, raw := range faces {
		face, err := font.ParseTTF(bytes.NewReader(raw))
		if err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "font %d of %d cannot be read: %w", i+1, len(faces), err)
		}
		f.faces = append(f.faces, face)
	}
	f.setter.start(f)
	return f, nil
}

// Fonts returns fonts that try base first and then the installed ones. Errors are
// those of [NewFonts].
func (in *Installed) Fonts(base ...[]byte) (*Fonts, error) {
	f, err := NewFonts(base...)
	if err != nil {
		return nil, err
	}
	f.installed, f.opened = in, map[*font.Font]*font.Face{}
	return f, nil
}

// Awaits reports whether something was set whose font is still being looked for or
// read: it is blank. Ask [Fonts.Renew] from time to time then.
func (f *Fonts) Awaits() bool { return f.awaits }

// Renew reports whether what was set and awaits a font should be set again, as
// every font that was wished for is there or known not to be; see [Layout.Renew].
func (f *Fonts) Renew() bool {
	if !f.awaits || !f.installed.settled() {
		return false
	}
	f.awaits = false
	return true
}

// face returns the face for a cluster, nil when no font has its first character or
// it waits. Blanks and invisible characters stay with the face before them, nil at
// the start, so that they divide no run; so does what belongs to no script and is
// not in the given faces.
func (f *Fonts) face(t *taste, cluster string, runes []rune, script language.Script, before *font.Face) (face *font.Face, waits bool) {
	if before != nil && sticky(runes) && covers(before.Font, runes) {
		return before, false
	}
	if len(cluster) == 1 {
		c := &t.ascii[cluster[0]&unicode.MaxASCII]
		if !c.known {
			c.face, waits = f.choose(t, cluster, runes, script)
			c.known = !waits
		}
		return c.face, waits
	}
	if script == language.Common && before != nil && covers(before.Font, runes) && f.given(runes) == nil {
		return before, false
	}
	if c, ok := t.known[cluster]; ok {
		return c.face, false
	}
	if len(t.known) >= knownLimit {
		clear(t.known)
	}
	if face, waits = f.choose(t, cluster, runes, script); !waits {
		t.known[strings.Clone(cluster)] = choice{face, true}
	}
	return face, waits
}

// given returns the first of the given faces that has all of wanted, nil if none has.
func (f *Fonts) given(wanted []rune) *font.Face {
	for _, face := range f.faces {
		if covers(face.Font, wanted) {
			return face
		}
	}
	return nil
}

// choose looks for a face that has the whole cluster, as written or as normalised,
// and otherwise for one that has its first character. Given faces come first, but
// where Nastaliq is asked for.
func (f *Fonts) choose(t *taste, cluster string, runes []rune, script language.Script) (face *font.Face, waits bool) {
	candidates := [][]rune{runes}
	if len(runes) > 1 {
		if composed := []rune(norm.NFC.String(cluster)); len(composed) < len(runes) {
			candidates = append(candidates, composed)
		}
		candidates = append(candidates, runes[:1])
	}
	h := t.handOf(runes[0], script)
	for _, wanted := range candidates {
		given := f.given(wanted)
		if given != nil && h != nastaliq || f.installed == nil {
			if given != nil {
				return given, false
			}
			continue
		}
		found, waits := f.installed.find(wanted, h)
		if found != nil || waits {
			return f.open(found), waits
		}
		if given != nil {
			return given, false
		}
	}
	return nil, false
}

// open returns the face of an installed font that goes with these fonts alone, as
// faces, unlike fonts, are for one goroutine at a time.
func (f *Fonts) open(found *font.Font) *font.Face {
	if found == nil {
		return nil
	}
	face := f.opened[found]
	if face == nil {
		face = font.NewFace(found)
		f.opened[found] = face
	}
	return face
}

// sticky reports whether a cluster shows nothing, so that any face will do for it.
func sticky(runes []rune) bool {
	for _, r := range runes {
		if !unicode.Is(unicode.Zs, r) && !harfbuzz.IsDefaultIgnorable(r) {
			return false
		}
	}
	return true
}

// covers reports whether f has a glyph for each of runes that shows.
func covers(f *font.Font, runes []rune) bool {
	for _, r := range runes {
		if !hasGlyph(f, r) {
			return false
		}
	}
	return true
}

func hasGlyph(f *font.Font, r rune) bool {
	if harfbuzz.IsDefaultIgnorable(r) {
		return true
	}
	_, ok := f.NominalGlyph(r)
	return ok
}
