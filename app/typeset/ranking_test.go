package typeset

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// prints makes footprints of regular fonts of those families.
func prints(families ...string) []fontscan.Footprint {
	made := make([]fontscan.Footprint, len(families))
	for i, family := range families {
		made[i] = fontscan.Footprint{
			Family: font.NormalizeFamily(family), Location: fontscan.Location{File: "/fonts/" + family + ".ttf"},
			Aspect: font.Aspect{Style: font.StyleNormal, Weight: font.WeightNormal, Stretch: font.StretchNormal},
		}
	}
	return made
}

func TestEveryScriptHasAFontForRunningText(t *testing.T) {
	// What Debian's collections, macOS and Windows have for the script, in no order.
	for _, c := range []struct {
		hand      hand
		installed []string
		want      string
	}{
		{"Arab", []string{"Noto Kufi Arabic", "Noto Nastaliq Urdu", "Noto Sans Arabic UI", "Noto Sans Arabic", "Noto Naskh Arabic UI", "Noto Naskh Arabic", "DejaVu Sans", "DejaVu Sans Mono"}, "Noto Naskh Arabic"},
		{"Arab", []string{"Al Nile", "Baghdad", "KufiStandardGK", "Geeza Pro", "Noto Nastaliq Urdu", "Diwan Kufi"}, "Geeza Pro"},
		{"Arab", []string{"Arabic Typesetting", "Aldhabi", "Urdu Typesetting", "Segoe UI", "Tahoma", "Segoe UI Symbol"}, "Segoe UI"},
		{"Hebr", []string{"Noto Rashi Hebrew", "Noto Serif Hebrew", "Noto Sans Hebrew", "DejaVu Sans"}, "Noto Sans Hebrew"},
		{"Hebr", []string{"Corsiva Hebrew", "New Peninim MT", "Arial Hebrew Scholar", "Arial Hebrew"}, "Arial Hebrew"},
		{"Deva", []string{"Noto Serif Devanagari", "Noto Sans Devanagari UI", "Noto Sans Devanagari", "Lohit Devanagari"}, "Noto Sans Devanagari"},
		{"Deva", []string{"Aparajita", "Kokila", "Mangal", "Nirmala UI", "Sanskrit Text"}, "Nirmala UI"},
		{"Beng", []string{"Noto Serif Bengali", "Noto Sans Bengali UI", "Noto Sans Bengali", "Mukti Narrow"}, "Noto Sans Bengali"},
		{"Guru", []string{"Gurmukhi MN", "Mukta Mahee"}, "Mukta Mahee"},
		{"Gujr", []string{"Noto Serif Gujarati", "Noto Sans Gujarati"}, "Noto Sans Gujarati"},
		{"Orya", []string{"Noto Sans Oriya UI", "Noto Sans Oriya"}, "Noto Sans Oriya"},
		{"Taml", []string{"Noto Serif Tamil Slanted", "Noto Sans Tamil Supplement", "Noto Serif Tamil", "Noto Sans Tamil UI", "Noto Sans Tamil"}, "Noto Sans Tamil"},
		{"Telu", []string{"Noto Serif Telugu", "Noto Sans Telugu"}, "Noto Sans Telugu"},
		{"Knda", []string{"Noto Serif Kannada", "Noto Sans Kannada UI", "Noto Sans Kannada"}, "Noto Sans Kannada"},
		{"Mlym", []string{"Noto Serif Malayalam", "Noto Sans Malayalam", "Suruma", "Keraleeyam"}, "Noto Sans Malayalam"},
		{"Sinh", []string{"Noto Serif Sinhala", "Noto Sans Sinhala UI", "Noto Sans Sinhala"}, "Noto Sans Sinhala"},
		{"Thai", []string{"Noto Looped Thai", "Noto Looped Thai UI", "Noto Serif Thai", "Noto Sans Thai UI", "Noto Sans Thai", "Purisa", "Tlwg Mono"}, "Noto Sans Thai"},
		{"Thai", []string{"Silom", "Krungthep", "Thonburi", "Ayuthaya"}, "Thonburi"},
		{"Laoo", []string{"Noto Looped Lao", "Noto Serif Lao", "Noto Sans Lao"}, "Noto Sans Lao"},
		{"Khmr", []string{"Noto Serif Khmer", "Noto Sans Khmer UI", "Noto Sans Khmer", "Khmer OS Muol"}, "Noto Sans Khmer"},
		{"Mymr", []string{"Noto Serif Myanmar", "Noto Sans Myanmar UI", "Noto Sans Myanmar"}, "Noto Sans Myanmar"},
		{"Tibt", []string{"Kokonor", "Kailasa"}, "Kailasa"},
		{"Ethi", []string{"Noto Serif Ethiopic", "Noto Sans Ethiopic"}, "Noto Sans Ethiopic"},
		{"Geor", []string{"Noto Serif Georgian", "Noto Sans Georgian", "DejaVu Serif"}, "Noto Sans Georgian"},
		{"Armn", []string{"Noto Serif Armenian", "Noto Sans Armenian", "DejaVu Serif"}, "Noto Sans Armenian"},
		{"Grek", []string{"Noto Sans Display", "Noto Serif Display", "Noto Serif", "Noto Sans Mono", "Noto Sans"}, "Noto Sans"},
		{"Cyrl", []string{"C059", "Nimbus Roman", "Liberation Sans Narrow", "Liberation Sans"}, "Liberation Sans"},
		{"Syrc", []string{"Segoe UI Symbol", "Segoe UI Historic", "Estrangelo Edessa"}, "Segoe UI Historic"},
		{"Thaa", []string{"MV Boli", "Segoe Script"}, "MV Boli"},
		{"Tfng", []string{"Noto Sans Tifinagh Ghat", "Noto Sans Tifinagh SIL", "Noto Sans Tifinagh"}, "Noto Sans Tifinagh"},
		{"Adlm", []string{"Noto Sans Adlam Unjoined", "Noto Sans Adlam"}, "Noto Sans Adlam"},
		{simplified, []string{"Noto Sans CJK JP", "Noto Sans Mono CJK SC", "Noto Sans CJK TC", "Noto Sans CJK SC", "Noto Serif CJK SC"}, "Noto Sans CJK SC"},
		{simplified, []string{"SimSun", "Microsoft JhengHei", "Yu Gothic", "Microsoft YaHei UI", "Microsoft YaHei"}, "Microsoft YaHei"},
		{traditional, []string{"PingFang SC", "PingFang HK", "PingFang TC", "Hiragino Sans"}, "PingFang TC"},
		{hongKong, []string{"Noto Sans CJK JP", "Noto Sans CJK TC", "Noto Sans CJK HK"}, "Noto Sans CJK HK"},
		{japanese, []string{"Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Serif CJK JP"}, "Noto Sans CJK JP"},
		{japanese, []string{"MS Mincho", "Yu Mincho", "MS Gothic", "Yu Gothic UI", "Yu Gothic"}, "Yu Gothic"},
		{korean, []string{"Noto Sans CJK SC", "Noto Sans CJK KR", "Batang"}, "Noto Sans CJK KR"},
		{"Zyyy", []string{"Noto Color Emoji", "Noto Sans Symbols2", "Noto Sans Math", "Standard Symbols PS"}, "Noto Sans Symbols2"},
		{"Zzzz", []string{"Unifont", ".LastResort", "Noto Serif Ahom"}, "Noto Serif Ahom"},
	} {
		made := prints(c.installed...)
		assert.Equal(t, font.NormalizeFamily(c.want), made[rankFonts(made, c.hand)[0]].Family, "%s of %q", c.hand, c.installed)
	}
}

func TestOfAFamilyTheRegularFontComesFirst(t *testing.T) {
	made := prints("F", "F", "F", "F", "F-Bold", "F-Regular")
	made[0].Aspect.Weight = font.WeightBold
	made[1].Aspect.Style = font.StyleItalic
	made[2].Aspect.Stretch = font.StretchCondensed
	made[3].Aspect.Weight = font.WeightThin
	made[4].Family, made[5].Family = "f", "f" // a bold one that does not say so
	assert.Equal(t, []int{5, 4}, rankFonts(made, "Latn")[:2])
}

func TestFontsThatHaveABoxForEverythingAreLeftOut(t *testing.T) {
	made := prints(".LastResort", "Adobe Blank", "Noto Sans")
	assert.Equal(t, []int{2}, rankFonts(made, "Zyyy"))
}

func TestCharactersOfNoScriptAreSetLikeTheScriptTheyBelongTo(t *testing.T) {
	chinese, japaneseToo := newTaste(Style{}), newTaste(Style{Languages: []string{"en", "ja"}})
	for r, want := range map[rune]hand{'؟': "Arab", '،': "Arab", '।': "Deva", '฿': "Thai", '→': "Zyyy", '。': simplified, '「': simplified, '！': simplified} {
		assert.Equal(t, want, chinese.handOf(r, scriptOf([]rune{r})), "%c", r)
	}
	assert.Equal(t, japanese, japaneseToo.handOf('「', scriptOf([]rune{'「'})))
}

func TestChineseCharactersAreWrittenAsTheLanguageDoes(t *testing.T) {
	for languages, want := range map[string]hand{
		"": simplified, "en": simplified, "zh": simplified, "zh-CN": simplified, "zh-Hans": simplified, "zh-SG": simplified,
		"zh-Hant": traditional, "zh-TW": traditional, "zh-HK": hongKong, "yue": hongKong, "zh-Hant-MO": hongKong,
		"ja": japanese, "ja-JP": japanese, "ko": korean,
	} {
		taste := newTaste(Style{Languages: []string{"en", languages}})
		assert.Equal(t, want, taste.handOf('骨', scriptOf([]rune{'骨'})), languages)
		assert.Equal(t, japanese, taste.handOf('の', scriptOf([]rune{'の'})), languages)
		assert.Equal(t, korean, taste.handOf('한', scriptOf([]rune{'한'})), languages)
	}
}

// TestHomesAreAmongTheScriptsThatUnicodeLists reads Unicode's ScriptExtensions.txt.
func TestHomesAreAmongTheScriptsThatUnicodeLists(t *testing.T) {
	raw, err := os.ReadFile("/usr/share/unicode/ScriptExtensions.txt")
	if err != nil {
		t.Skip("unicode-data is not installed")
	}
	short := map[language.Script]string{
		language.Armenian: "Armn", language.Arabic: "Arab", language.Devanagari: "Deva", language.Thai: "Thai", language.Georgian: "Geor", language.Han: "Hani", language.Hiragana: "Hira",
	}
	checked := 0
	for line := range strings.Lines(string(raw)) {
		data, _, _ := strings.Cut(line, "#")
		span, scripts, found := strings.Cut(data, ";")
		if !found {
			continue
		}
		from, to, several := strings.Cut(strings.TrimSpace(span), "..")
		if !several {
			to = from
		}
		first, err := strconv.ParseUint(from, 16, 32)
		require.NoError(t, err)
		last, err := strconv.ParseUint(to, 16, 32)
		require.NoError(t, err)
		for r := rune(first); r <= rune(last); r++ {
			if scriptOf([]rune{r}) == language.Common && home(r) != language.Common {
				assert.Contains(t, strings.Fields(scripts), short[home(r)], "%U", r)
				checked++
			}
		}
	}
	assert.Greater(t, checked, 100)
}
