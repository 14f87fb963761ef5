package annotate_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

var units = []Unit{CodePoint, UTF16, Byte}

// countIn counts text in u the plain way.
func countIn(u Unit, text string) int {
	switch u {
	case CodePoint:
		return len([]rune(text))
	case UTF16:
		return len(utf16.Encode([]rune(text)))
	}
	return len(text)
}

func TestOffsetsAgreeWithCountingAndComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		o := NewOffsets(text)
		for _, u := range units {
			if got, want := o.Len(u), countIn(u, text); got != want {
				t.Fatalf("Len(%s) = %d, want %d", u, got, want)
			}
			for _, at := range characterStarts(text) {
				there := o.To(u, at)
				if want := countIn(u, text[:at]); there != want {
					t.Fatalf("To(%s, %d) = %d, want %d", u, at, there, want)
				}
				if back, err := o.From(u, there); err != nil || back != at {
					t.Fatalf("From(%s, %d) = %d, %v, want %d", u, there, back, err, at)
				}
			}
		}
	})
}

func TestEveryOffsetEitherBeginsACharacterOrFails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		o := NewOffsets(text)
		for _, u := range units {
			begins := map[int]int{}
			for _, at := range characterStarts(text) {
				begins[countIn(u, text[:at])] = at
			}
			for offset := -1; offset <= countIn(u, text)+1; offset++ {
				want, legal := begins[offset]
				got, err := o.From(u, offset)
				if legal != (err == nil) || legal && got != want {
					t.Fatalf("From(%s, %d) = %d, %v; legal is %v", u, offset, got, err, legal)
				}
			}
		}
	})
}

func TestOffsetErrorsSayWhatIsWrong(t *testing.T) {
	// é is 2 bytes, 日 3, 😀 4 bytes and 2 UTF-16 units: 10 bytes, 4 code points, 5 units.
	const text = "aé日😀"
	tests := []struct {
		unit     Unit
		offset   int
		sentence string
	}{
		{CodePoint, 5, "offset 5 lies outside the text, which has 4 code points"},
		{UTF16, 6, "offset 6 lies outside the text, which has 5 UTF-16 units"},
		{Byte, 11, "offset 11 lies outside the text, which has 10 bytes"},
		{CodePoint, -1, "offset -1 lies outside the text, which has 4 code points"},
		{UTF16, 4, "UTF-16 offset 4 lies inside a character"},
		{Byte, 2, "byte offset 2 lies inside a character"},
		{Byte, 9, "byte offset 9 lies inside a character"},
	}
	for _, test := range tests {
		_, err := NewOffsets(text).From(test.unit, test.offset)
		require.EqualError(t, err, test.sentence)
		assert.Equal(t, Invalid, KindOf(err))
	}
}

func TestOffsetsFarIntoALongText(t *testing.T) {
	// 100,000 repetitions of 10 bytes, 4 code points, 5 UTF-16 units.
	o := NewOffsets(strings.Repeat("aé日😀", 100_000))
	for _, n := range []int{0, 1, 25, 26, 99_999, 100_000} {
		assert.Equal(t, 4*n, o.To(CodePoint, 10*n))
		assert.Equal(t, 5*n, o.To(UTF16, 10*n))
		back, err := o.From(UTF16, 5*n)
		require.NoError(t, err)
		assert.Equal(t, 10*n, back)
	}
}

func TestCoveredTextIsChecked(t *testing.T) {
	const text = "She said: “нет” 😀 and left."
	o := NewOffsets(text)
	tests := []struct {
		name       string
		unit       Unit
		start, end int
		want       string
		fragment   Fragment
		sentence   string
	}{
		// “ is 3 bytes, each Cyrillic letter 2, ” 3, 😀 4.
		{"code points", CodePoint, 11, 14, "нет", Fragment{13, 19}, ""},
		{"UTF-16 beyond the emoji", UTF16, 19, 22, "and", Fragment{28, 31}, ""},
		{"code points beyond the emoji", CodePoint, 18, 21, "and", Fragment{28, 31}, ""},
		{"bytes", Byte, 23, 27, "😀", Fragment{23, 27}, ""},
		{"nothing at the end", CodePoint, 27, 27, "", Fragment{37, 37}, ""},
		{"another unit than said", CodePoint, 19, 22, "and", Fragment{}, `offsets 19 to 22 cover "nd ", but "and" is expected there`},
		{"backwards", CodePoint, 14, 11, "нет", Fragment{}, "the range 14 to 11 ends before it begins"},
		{"too far", CodePoint, 11, 99, "нет", Fragment{}, "offset 99 lies outside the text, which has 27 code points"},
		{"half an emoji", UTF16, 16, 17, "😀", Fragment{}, "UTF-16 offset 17 lies inside a character"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := o.Covered(test.unit, test.start, test.end, test.want)
			if test.sentence != "" {
				require.EqualError(t, err, test.sentence)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, test.fragment, got)
		})
	}
}

func TestCoveredFindsEveryRangeOfEveryText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		start, end := drawRange(t, text)
		o := NewOffsets(text)
		for _, u := range units {
			f, err := o.Covered(u, countIn(u, text[:start]), countIn(u, text[:end]), text[start:end])
			if err != nil || f != (Fragment{start, end}) {
				t.Fatalf("Covered in %s gives %v, %v, want %d to %d", u, f, err, start, end)
			}
		}
	})
}

func TestParseUnit(t *testing.T) {
	for _, u := range units {
		got, err := ParseUnit(string(u))
		require.NoError(t, err)
		assert.Equal(t, u, got)
	}
	_, err := ParseUnit("rune")
	require.EqualError(t, err, `offsets are counted in codepoint, utf16 or byte, not in "rune"`)
}

func BenchmarkOffsetInOneMegabyte(b *testing.B) {
	text := strings.Repeat("aé日😀 and more plain text. ", 30_000)
	o := NewOffsets(text)
	total := utf8.RuneCountInString(text)
	for i := 0; b.Loop(); i++ {
		if _, err := o.From(CodePoint, i*7919%total); err != nil {
			b.Fatal(err)
		}
	}
}
