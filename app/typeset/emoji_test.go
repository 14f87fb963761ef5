package typeset_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"spanwright/app/typeset"
)

// presentation says of each cluster how Unicode Technical Standard #51 has it shown.
var presentation = []struct {
	cluster, what string
	picture       bool
}{
	{"😀", "a face", true},
	{"🌊", "a wave", true},
	{"⌚", "a watch is a picture by default", true},
	{"⌚\uFE0E", "but not where text is asked for", false},
	{"❤", "a heart is text by default", false},
	{"❤\uFE0F", "but not where a picture is asked for", true},
	{"❤\uFE0E", "and text is text", false},
	{"©", "a sign", false},
	{"1", "a digit", false},
	{"1\uFE0F\u20E3", "a keycap", true},
	{"🇵🇰", "a flag", true},
	{"🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "a flag of a part of a country", true},
	{"👍🏽", "a tone of skin", true},
	{"☝🏽", "a tone of skin on what is text by default", true},
	{"👩\u200D👩\u200D👧\u200D👦", "a family", true},
	{"❤\u200D🔥", "a sequence that begins with what is text by default", true},
	{"〰", "a wide sign that is text by default", false},
	{"→", "an arrow", false},
}

func TestEmojiArePicturesAsTheWriterMeantThem(t *testing.T) {
	fonts := installed(t, "truetype/noto/NotoColorEmoji.ttf")
	for _, c := range presentation {
		var pictures []bool // of the glyphs that are not a selector's
		for _, g := range measured(t, fonts, "a "+c.cluster+" b").Glyphs {
			if g.Advance > 0 {
				pictures = append(pictures, g.Face.Describe().Family == "Noto Color Emoji")
			}
		}
		assert.Equal(t, []bool{false, false, c.picture, false, false}, pictures, c.what)
	}
}

func TestWithoutAnEmojiFontTheGivenOneIsUsed(t *testing.T) {
	fonts := latin(t)
	for _, c := range presentation {
		if !c.picture {
			continue
		}
		for _, g := range typeset.Measure(fonts, c.cluster, 16).Glyphs {
			assert.Equal(t, "EmojiOne", g.Face.Describe().Family, c.what)
			assert.Zero(t, g.Missing, c.what)
		}
	}
	for text, family := range map[string]string{"1": "Noto Sans", "©": "Noto Sans", "❤": "EmojiOne"} {
		assert.Equal(t, family, typeset.Measure(fonts, text, 16).Glyphs[0].Face.Describe().Family, "%q is text where text has it", text)
	}
}

func TestPrivateCharactersAreNotLookedForInOtherFonts(t *testing.T) {
	fonts := installed(t, naskh)
	for _, private := range []rune{0xE000, 0xF000, 0xF8FF, 0xF0000, 0x10FFFD} {
		line := measured(t, fonts, "a"+string(private))
		assert.Equal(t, private, line.Glyphs[1].Missing)
		assert.False(t, fonts.Awaits())
	}
}

func TestBoxesHaveRoomForTheirDigits(t *testing.T) {
	fonts := latin(t)
	four, five := typeset.Measure(fonts, "\u0378", 16).Width, typeset.Measure(fonts, "\U0001FFFE", 16).Width
	assert.Greater(t, five, four)
	replaced := typeset.Measure(fonts, "\uFFFD", 16)
	assert.Zero(t, replaced.Glyphs[0].Missing, "the replacement character has a glyph")
}
