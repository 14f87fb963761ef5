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
	faces  []*font.Face
	system *systemFonts // nil: only faces
	known  map[string]choice
	ascii  [unicode.MaxASCII + 1]choice
	setter setter
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
	f := &Fonts{known: map[string]choice{}}
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

// SystemFonts returns fonts that try base first and then the fonts installed on
// this computer, which are looked for when base first lacks a character. Errors
// are those of [NewFonts]; where no installed font can be found, base is all there is.
func SystemFonts(base ...[]byte) (*Fonts, error) {
	f, err := NewFonts(base...)
	if err != nil {
		return nil, err
	}
	f.system = &systemFonts{}
	return f, nil
}

// face returns the face for a cluster, nil when no font has its first character.
// Blanks and invisible characters stay with the face before them, nil at the
// start, so that they divide no run.
func (f *Fonts) face(cluster string, runes []rune, script language.Script, before *font.Face) *font.Face {
	if before != nil && sticky(runes) && covers(before, runes) {
		return before
	}
	if len(cluster) == 1 {
		c := &f.ascii[cluster[0]&unicode.MaxASCII]
		if !c.known {
			*c = choice{f.choose(cluster, runes, script), true}
		}
		return c.face
	}
	if c, ok := f.known[cluster]; ok {
		return c.face
	}
	if len(f.known) >= knownLimit {
		clear(f.known)
	}
	face := f.choose(cluster, runes, script)
	f.known[strings.Clone(cluster)] = choice{face, true}
	return face
}

// choose looks for a face that has the whole cluster, as written or as normalised,
// and otherwise for one that has its first character.
func (f *Fonts) choose(cluster string, runes []rune, script language.Script) *font.Face {
	candidates := [][]rune{runes}
	if len(runes) > 1 {
		if composed := []rune(norm.NFC.String(cluster)); len(composed) < len(runes) {
			candidates = append(candidates, composed)
		}
		candidates = append(candidates, runes[:1])
	}
	for _, wanted := range candidates {
		for _, face := range f.faces {
			if covers(face, wanted) {
				return face
			}
		}
		if f.system != nil {
			if face := f.system.find(wanted, script); face != nil {
				return face
			}
		}
	}
	return nil
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

// covers reports whether face has a glyph for each of runes that shows.
func covers(face *font.Face, runes []rune) bool {
	for _, r := range runes {
		if !hasGlyph(face, r) {
			return false
		}
	}
	return true
}

func hasGlyph(face *font.Face, r rune) bool {
	if harfbuzz.IsDefaultIgnorable(r) {
		return true
	}
	_, ok := face.NominalGlyph(r)
	return ok
}
