package split

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A shingle is a run of words. Scripts that are written without blanks between words have their
// letters as words, of which more make a shingle.
const (
	shingleWords   = 3
	shingleLetters = 6
	// letterWeight and wordWeight count both in one measure, so that texts of mixed scripts have shingles too.
	letterWeight  = shingleWords
	wordWeight    = shingleLetters
	shingleWeight = shingleWords * shingleLetters
)

// unspaced are the scripts that are written without blanks between words.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
	unicode.Tibetan, unicode.Javanese, unicode.Balinese, unicode.Tai_Tham, unicode.New_Tai_Lue, unicode.Tai_Viet,
}

// unit is a word, or a letter of an unspaced script with its marks.
type unit struct {
	hash   uint64
	weight int
}

// The constants of FNV-1a with 64 bits.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// tatweel draws an Arabic word out and means nothing.
const tatweel = 'ـ'

// unitsOf returns the words of a text: letters, marks and digits, in compatibility form (NFKC) and
// small letters. All else only separates, and characters that are not seen are passed over.
func unitsOf(text string) []unit {
	if !norm.NFKC.IsNormalString(text) {
		text = norm.NFKC.String(text)
	}
	units := make([]unit, 0, len(text)/6)
	word := unit{} // the one that goes on, if it has a weight
	end := func() {
		if word.weight != 0 {
			units = append(units, word)
			word = unit{}
		}
	}
	for _, r := range text {
		if r < utf8.RuneSelf {
			switch {
			case 'A' <= r && r <= 'Z':
				r += 'a' - 'A'
			case r < '0' || '9' < r && r < 'a' || 'z' < r:
				end()
				continue
			}
		} else {
			switch {
			case r == tatweel || unicode.Is(unicode.Cf, r):
				continue
			case unicode.IsMark(r): // goes with what is before it
				if word.weight != 0 {
					word.add(r)
				}
				continue
			case !unicode.IsLetter(r) && !unicode.IsNumber(r):
				end()
				continue
			case unicode.In(r, unspaced...):
				end()
				word = unit{fnvOffset, letterWeight}
				word.add(r)
				continue
			}
			r = unicode.ToLower(r)
		}
		if word.weight == letterWeight {
			end()
		}
		if word.weight == 0 {
			word = unit{fnvOffset, wordWeight}
		}
		word.add(r)
	}
	end()
	return units
}

func (u *unit) add(r rune) { u.hash = (u.hash ^ uint64(r)) * fnvPrime }

// Shingles returns the shingles of a text as hashes, in order and each once: runs of three words, or
// of six letters in scripts without blanks. A text that is shorter is one shingle, and one
// without words has none.
func Shingles(text string) []uint64 {
	units := unitsOf(text)
	if len(units) == 0 {
		return nil
	}
	shingles := make([]uint64, 0, len(units))
	for first := range units {
		hash, weight := uint64(fnvOffset), 0
		for _, u := range units[first:] {
			hash = mix(hash ^ u.hash)
			if weight += u.weight; weight >= shingleWeight {
				break
			}
		}
		if weight < shingleWeight && first > 0 {
			break
		}
		shingles = append(shingles, hash)
	}
	slices.Sort(shingles)
	return slices.Compact(shingles)
}

// mix is the finalizer of SplitMix64 (Steele, Lea & Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Jaccard returns how many shingles two texts share, of all that either has; of two without any, 0.
func Jaccard(a, b []uint64) float64 {
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			shared++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if either := len(a) + len(b) - shared; either > 0 {
		return float64(shared) / float64(either)
	}
	return 0
}
