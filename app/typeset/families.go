package typeset

import (
	"slices"

	"github.com/go-text/typesetting/font"
)

// families lists, by hand, the font families that suit running text, best first:
// those of the Noto collection, then what Linux, macOS and Windows come with. Plain
// faces come before serifed ones, but for Arabic, whose ordinary hand is Naskh.
var families = map[hand][]string{
	"Latn": general,
	"Grek": general,
	"Cyrl": general,
	"Zyyy": {
		"Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Symbols 2", "DejaVu Sans", "Noto Sans Math",
		"Segoe UI Symbol", "Apple Symbols", "Cambria Math", "STIX Two Math", "Arial Unicode MS", "FreeSans", "Noto Music",
	},

	"Arab": {
		"Noto Naskh Arabic", "Amiri", "Scheherazade New", "Scheherazade", "Noto Sans Arabic", "Vazirmatn", "Geeza Pro",
		"Segoe UI", "Arial", "Tahoma", "Traditional Arabic", "KacstOne", "DejaVu Sans", "Droid Sans Arabic",
	},
	emoji: {"Noto Color Emoji", "Apple Color Emoji", "Twitter Color Emoji", "Twemoji", "JoyPixels", "EmojiOne Color", "Segoe UI Emoji"},
	nastaliq: {
		"Noto Nastaliq Urdu", "Jameel Noori Nastaleeq", "Mehr Nastaliq Web", "Gulzar", "Alvi Nastaleeq", "Nafees Nastaleeq",
		"Urdu Typesetting",
	},
	"Hebr": {
		"Noto Sans Hebrew", "Arial Hebrew", "Segoe UI", "Arial", "Tahoma", "DejaVu Sans", "Nachlieli CLM", "Droid Sans Hebrew",
		"Lucida Grande", "Noto Serif Hebrew", "David CLM",
	},
	"Syrc": {"Noto Sans Syriac", "Segoe UI Historic", "Estrangelo Edessa"},
	"Thaa": {"Noto Sans Thaana", "MV Boli"},
	"Nkoo": {"Noto Sans NKo", "Ebrima", "DejaVu Sans"},
	"Adlm": {"Noto Sans Adlam", "Ebrima"},
	"Rohg": {"Noto Sans Hanifi Rohingya"},
	"Samr": {"Noto Sans Samaritan"},

	"Armn": {"Noto Sans Armenian", "Mshtakan", "Segoe UI", "Sylfaen", "DejaVu Sans", "Noto Serif Armenian"},
	"Geor": {"Noto Sans Georgian", "Segoe UI", "Helvetica Neue", "Sylfaen", "DejaVu Sans", "Noto Serif Georgian"},
	"Ethi": {"Noto Sans Ethiopic", "Kefa", "Ebrima", "Nyala", "Abyssinica SIL", "Noto Serif Ethiopic"},
	"Tfng": {"Noto Sans Tifinagh", "Ebrima", "DejaVu Sans"},
	"Vaii": {"Noto Sans Vai", "Ebrima"},
	"Cher": {"Noto Sans Cherokee", "Gadugi", "Plantagenet Cherokee", "Galvji", "DejaVu Sans"},
	"Cans": {"Noto Sans Canadian Aboriginal", "Euphemia UCAS", "Gadugi", "Euphemia", "DejaVu Sans"},
	"Mong": {"Noto Sans Mongolian", "Mongolian Baiti"},

	"Deva": {
		"Noto Sans Devanagari", "Kohinoor Devanagari", "Nirmala UI", "Lohit Devanagari", "Devanagari Sangam MN", "Mangal",
		"Gargi", "Samyak Devanagari", "Droid Sans Devanagari", "Noto Serif Devanagari",
	},
	"Beng": {
		"Noto Sans Bengali", "Kohinoor Bangla", "Nirmala UI", "Lohit Bengali", "Bangla Sangam MN", "Vrinda", "Mukti",
		"Droid Sans Bengali", "Noto Serif Bengali",
	},
	"Guru": {
		"Noto Sans Gurmukhi", "Mukta Mahee", "Nirmala UI", "Lohit Gurmukhi", "Lohit Punjabi", "Gurmukhi Sangam MN", "Gurmukhi MN",
		"Raavi", "Saab", "Droid Sans Gurmukhi", "Noto Serif Gurmukhi",
	},
	"Gujr": {
		"Noto Sans Gujarati", "Kohinoor Gujarati", "Nirmala UI", "Lohit Gujarati", "Gujarati Sangam MN", "Shruti", "Rekha",
		"Droid Sans Gujarati", "Noto Serif Gujarati",
	},
	"Orya": {"Noto Sans Oriya", "Nirmala UI", "Lohit Odia", "Lohit Oriya", "Oriya Sangam MN", "Kalinga", "utkal", "Noto Serif Oriya"},
	"Taml": {
		"Noto Sans Tamil", "Tamil Sangam MN", "Nirmala UI", "Lohit Tamil", "InaiMathi", "Latha", "Samyak Tamil", "Droid Sans Tamil",
		"Noto Serif Tamil",
	},
	"Telu": {
		"Noto Sans Telugu", "Kohinoor Telugu", "Nirmala UI", "Lohit Telugu", "Telugu Sangam MN", "Gautami", "Vemana2000",
		"Droid Sans Telugu", "Noto Serif Telugu",
	},
	"Knda": {
		"Noto Sans Kannada", "Nirmala UI", "Lohit Kannada", "Kannada Sangam MN", "Tunga", "Gubbi", "Droid Sans Kannada",
		"Noto Serif Kannada",
	},
	"Mlym": {
		"Noto Sans Malayalam", "Nirmala UI", "Manjari", "Meera", "Lohit Malayalam", "Malayalam Sangam MN", "Kartika",
		"Droid Sans Malayalam", "Noto Serif Malayalam",
	},
	"Sinh": {"Noto Sans Sinhala", "Nirmala UI", "Sinhala Sangam MN", "LKLUG", "Iskoola Pota", "Noto Serif Sinhala"},
	"Olck": {"Noto Sans Ol Chiki", "Nirmala UI"},
	"Mtei": {"Noto Sans Meetei Mayek"},
	"Cakm": {"Noto Sans Chakma"},

	"Thai": {
		"Noto Sans Thai", "Thonburi", "Leelawadee UI", "Leelawadee", "Loma", "Garuda", "Waree", "Tahoma", "Droid Sans Thai",
		"Noto Serif Thai", "Noto Looped Thai",
	},
	"Laoo": {
		"Noto Sans Lao", "Lao Sangam MN", "Leelawadee UI", "Phetsarath OT", "Saysettha OT", "DokChampa", "DejaVu Sans",
		"Noto Serif Lao", "Noto Looped Lao",
	},
	"Khmr": {
		"Noto Sans Khmer", "Khmer Sangam MN", "Leelawadee UI", "Khmer UI", "Khmer OS Content", "Khmer OS System", "Khmer OS",
		"DaunPenh", "Noto Serif Khmer",
	},
	"Mymr": {"Noto Sans Myanmar", "Myanmar Sangam MN", "Myanmar Text", "Padauk", "Noto Serif Myanmar"},
	"Tibt": {"Noto Serif Tibetan", "Noto Sans Tibetan", "Kailasa", "Microsoft Himalaya", "Jomolhari", "Tibetan Machine Uni", "DDC Uchen"},
	"Java": {"Noto Sans Javanese", "Javanese Text"},
	"Yiii": {"Noto Sans Yi", "Microsoft Yi Baiti"},

	simplified: {
		"Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "PingFang SC", "Microsoft YaHei",
		"Hiragino Sans GB", "Heiti SC", "STHeiti", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "DengXian",
		"Droid Sans Fallback", "Noto Serif CJK SC", "Songti SC", "SimSun", "AR PL UMing CN",
	},
	traditional: {
		"Noto Sans CJK TC", "Source Han Sans TC", "Source Han Sans TW", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei",
		"Heiti TC", "Noto Sans CJK HK", "Noto Serif CJK TC", "PMingLiU", "MingLiU", "AR PL UMing TW", "WenQuanYi Micro Hei",
		"WenQuanYi Zen Hei", "Noto Sans CJK SC",
	},
	hongKong: {
		"Noto Sans CJK HK", "Source Han Sans HK", "Noto Sans HK", "PingFang HK", "Noto Sans CJK TC", "Source Han Sans TC",
		"Noto Sans TC", "PingFang TC", "Microsoft JhengHei", "Heiti TC", "Noto Serif CJK HK", "MingLiU_HKSCS", "AR PL UMing HK",
	},
	japanese: {
		"Noto Sans CJK JP", "Source Han Sans JP", "Source Han Sans", "Noto Sans JP", "Hiragino Sans", "Hiragino Kaku Gothic ProN",
		"Yu Gothic", "YuGothic", "Meiryo", "IPAexGothic", "IPAPGothic", "TakaoPGothic", "VL PGothic", "MS PGothic", "MS Gothic",
		"IPAGothic", "TakaoGothic", "VL Gothic", "Noto Serif CJK JP",
	},
	korean: {
		"Noto Sans CJK KR", "Source Han Sans KR", "Source Han Sans K", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic",
		"NanumGothic", "Nanum Gothic", "UnDotum", "Baekmuk Dotum", "AppleGothic", "Gulim", "Dotum", "Noto Serif CJK KR",
	},
}

// general lists the families for the alphabets that most fonts have.
var general = []string{
	"Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue", "Liberation Sans", "Arial", "Helvetica", "FreeSans", "Noto Serif",
}

// beginnings rank the families that the table does not name by how they begin.
var beginnings = []string{"Noto Sans", "Source Han Sans", "Droid Sans", "Noto Serif", "Source Han Serif", "DejaVu Sans", "Free Sans"}

// unfit are words in the names of families that are not for running text, or only
// where nothing else has a character.
var unfit = []string{
	"Kufi", "Display", "Condensed", "Narrow", "Looped", "Mono", "Slanted", "Unjoined", "Rashi", "Nastaliq", "Supplement", "Symbols",
	"Math", "Music", "Emoji", "Traditional", "Headline", "Unifont", "Fallback", "Adobe Blank",
}

// lastResort names the families that have pictures of boxes for every character.
var lastResort = []string{".LastResort", "LastResort", "Last Resort", "Adobe Blank", "Adobe Blank 2"}

// normalised returns names as fonts are known by: in small letters without blanks.
func normalised(names []string) []string {
	short := make([]string, len(names))
	for i, name := range names {
		short[i] = font.NormalizeFamily(name)
	}
	return short
}

// familyRanks returns the place of each family in the table for a hand. What has no
// Nastaliq font is set like other Arabic.
func familyRanks(h hand) map[string]int {
	ranks, names := map[string]int{}, families[h]
	if h == nastaliq {
		names = slices.Concat(names, families["Arab"])
	}
	for i, name := range normalised(names) {
		if _, twice := ranks[name]; !twice {
			ranks[name] = i
		}
	}
	return ranks
}

// isLastResort reports whether a family shows boxes of its own for what it lacks.
func isLastResort(family string) bool { return slices.Contains(normalised(lastResort), family) }
