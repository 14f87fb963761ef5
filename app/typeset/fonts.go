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

// Fonts chooses a face for each grapheme cluster: the first that has all the
// cluster's characters, of pictures for emoji and of others for text. It also holds
// the shaper, so that Fonts and every [Layout] made with them are for one goroutine
// at a time.
type Fonts struct {
	faces     []*font.Face // for text
	pictures  []*font.Face // emoji in colour
	installed *Installed   // nil: only the faces above
	family    string       // normalised name of the installed family that comes first, if any
	opened    map[*font.Font]*font.Face
	colour    map[*font.Face]bool // whether a face is one of emoji
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
	f := &Fonts{colour: map[*font.Face]bool{}, tastes: map[string]*taste{}}
	for i, raw := range faces {
		face, err := font.ParseTTF(bytes.NewReader(raw))
		if err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "font %d of %d cannot be read: %w", i+1, len(faces), err)
		}
		if f.hasPictures(face) {
			f.pictures = append(f.pictures, face)
		} else {
			f.faces = append(f.faces, face)
		}
	}
	if len(f.faces) == 0 {
		f.faces = f.pictures
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

// WithFamily returns fonts that try an installed family first and then those of f.
// Where the family is not installed it changes nothing. Both are for the same goroutine.
func (f *Fonts) WithFamily(name string) *Fonts {
	with := &Fonts{
		faces: f.faces, pictures: f.pictures, installed: f.installed, family: font.NormalizeFamily(name), opened: f.opened,
		colour: f.colour, tastes: map[string]*taste{},
	}
	with.setter.start(with)
	return with
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
	if script == language.Common && before != nil && covers(before.Font, runes) && f.follows(runes) {
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

// hasPictures reports whether a face is one of emoji in colour.
func (f *Fonts) hasPictures(face *font.Face) bool {
	has, known := f.colour[face]
	if !known {
		has = pictures(face, '😀')
		f.colour[face] = has
	}
	return has
}

// follows reports whether a cluster of no script is set in whatever font stands
// before it, as neither is it a picture nor do the fonts that come first have it.
func (f *Fonts) follows(runes []rune) bool {
	if isEmoji(runes) || isPrivate(runes[0]) {
		return false
	}
	for _, s := range [...]source{(*Fonts).ofFamily, (*Fonts).given} {
		if face, waits := s(f, runes, ""); face != nil || waits {
			return false
		}
	}
	return true
}

// source is somewhere to find a face that has all of wanted.
type source func(f *Fonts, wanted []rune, h hand) (face *font.Face, waits bool)

// ofFamily looks at the family that was chosen.
func (f *Fonts) ofFamily(wanted []rune, _ hand) (*font.Face, bool) {
	if f.family == "" {
		return nil, false
	}
	return f.wish(wish{family: f.family, runes: string(wanted)})
}

// given looks at the faces given for text.
func (f *Fonts) given(wanted []rune, _ hand) (*font.Face, bool) {
	return firstOf(f.faces, wanted), false
}

// givenPictures looks at the faces given for emoji.
func (f *Fonts) givenPictures(wanted []rune, _ hand) (*font.Face, bool) {
	return firstOf(f.pictures, wanted), false
}

// ofHand looks at the installed fonts for a hand.
func (f *Fonts) ofHand(wanted []rune, h hand) (*font.Face, bool) {
	return f.wish(wish{hand: h, runes: string(wanted)})
}

// installedPictures looks at the installed fonts of emoji.
func (f *Fonts) installedPictures(wanted []rune, _ hand) (*font.Face, bool) {
	return f.wish(wish{hand: emoji, runes: string(wanted)})
}

func (f *Fonts) wish(w wish) (*font.Face, bool) {
	if f.installed == nil {
		return nil, false
	}
	found, waits := f.installed.find(w)
	return f.open(found), waits
}

func firstOf(faces []*font.Face, wanted []rune) *font.Face {
	for _, face := range faces {
		if covers(face.Font, wanted) {
			return face
		}
	}
	return nil
}

// The sources of faces in the order they are asked.
var (
	forText     = []source{(*Fonts).ofFamily, (*Fonts).given, (*Fonts).ofHand, (*Fonts).givenPictures}
	forNastaliq = []source{(*Fonts).ofHand, (*Fonts).ofFamily, (*Fonts).given}
	forPictures = []source{(*Fonts).installedPictures, (*Fonts).givenPictures, (*Fonts).ofFamily, (*Fonts).given, (*Fonts).ofHand}
	forPrivate  = []source{(*Fonts).ofFamily, (*Fonts).given}
)

// choose looks for a face that has the whole cluster, as written or as normalised,
// and otherwise for one that has its first character.
func (f *Fonts) choose(t *taste, cluster string, runes []rune, script language.Script) (face *font.Face, waits bool) {
	candidates := [][]rune{runes}
	if len(runes) > 1 {
		if composed := []rune(norm.NFC.String(cluster)); len(composed) < len(runes) {
			candidates = append(candidates, composed)
		}
		candidates = append(candidates, runes[:1])
	}
	h, sources := t.handOf(runes[0], script), forText
	switch {
	case isEmoji(runes):
		sources = forPictures
	case isPrivate(runes[0]):
		sources = forPrivate
	case h == nastaliq:
		sources = forNastaliq
	}
	for _, wanted := range candidates {
		for _, s := range sources {
			if face, waits = s(f, wanted, h); face != nil || waits {
				return face, waits
			}
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
