package typeset_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

func TestLanguagesAreThoseDeclaredAndThoseSeen(t *testing.T) {
	const (
		english  = "The minister said that the level of the lake had not been measured since spring. "
		urdu     = "وزیر نے کہا کہ جھیل کا پانی کم نہیں ہوا ہے اور کسی نے شکایت بھی نہیں کی۔ "
		persian  = "وزیر گفت که آب دریاچه کم نشده است و کسی شکایتی نکرده است. "
		arabic   = "قال الوزير إن مياه البحيرة لم تنخفض ولم يشتك أحد من ذلك في هذا العام. "
		pashto   = "وزیر وویل چې د ډنډ اوبه نه دي کمې شوې او هېچا شکایت نه دی کړی. "
		sindhi   = "وزير چيو ته ڍنڍ جو پاڻي گهٽ نه ٿيو آهي ۽ ڪنهن شڪايت نه ڪئي آهي. "
		japanese = "大臣は湖の水位が下がっていないと述べ、誰も苦情を言っていないと付け加えた。"
		chinese  = "部长说湖水没有下降，也没有人抱怨。这个问题将在三月讨论。"
		taiwan   = "部長說湖水沒有下降，也沒有人抱怨。這個問題將在三月討論。"
		korean   = "장관은 호수의 수위가 내려가지 않았으며 불만을 제기한 사람도 없다고 말했다. "
		marathi  = "मंत्र्यांनी सांगितले की तळ्याचे पाणी कमी झाले नाही आणि कोणीही तक्रार केली नाही. "
		hindi    = "मंत्री ने कहा कि झील का पानी कम नहीं हुआ है और किसी ने शिकायत नहीं की। "
		serbian  = "Министар је рекао да се ниво језера није снизио и да нико неће тражити помоћ. "
		russian  = "Министр сказал, что уровень озера не понизился и никто не жаловался. "
		romanian = "Ministrul a spus că nivelul lacului nu a scăzut și că nimeni nu s-a plâns în această țară. "
	)
	for _, c := range []struct {
		declared, text string
		want           []string
	}{
		{"", "", nil},
		{"", english, nil},
		{"", urdu, []string{"ur"}},
		{"", persian, []string{"fa"}},
		{"", arabic, nil},
		{"", pashto, []string{"ps"}},
		{"", sindhi, []string{"sd"}},
		{"", japanese, []string{"ja"}},
		{"", chinese, nil},
		{"", taiwan, []string{"zh-Hant"}},
		{"", korean, []string{"ko"}},
		{"", marathi, []string{"mr"}},
		{"", hindi, nil},
		{"", serbian, []string{"sr"}},
		{"", russian, nil},
		{"", romanian, []string{"ro"}},
		{"en", english + urdu, []string{"en", "ur"}},
		{"ar", urdu, []string{"ar"}},
		{"zh-TW", japanese, []string{"zh-TW"}},
		{"ur, zh-Hant", japanese, []string{"ur", "zh-Hant"}},
		{"en_GB", japanese, []string{"en_GB", "ja"}},
		{"Urdu", arabic, nil},
		{"", strings.Repeat(english, 2000) + strings.Repeat(urdu, 400), []string{"ur"}},
		{"", strings.Repeat(chinese, 50) + "の", nil},
	} {
		assert.Equal(t, c.want, typeset.Languages(c.declared, c.text), "%q %.40q", c.declared, c.text)
	}
}

func TestGlyphsAreThoseOfTheLanguage(t *testing.T) {
	for _, c := range []struct {
		what, file, text string
		one, other       []string
	}{
		{"Urdu has a four of its own", "NotoSansArabic-Regular.ttf", "۴", []string{"fa"}, []string{"ur"}},
		{"Marathi writes la with a loop", "NotoSansDevanagari-Regular.ttf", "ल", []string{"hi"}, []string{"mr"}},
		{"Serbian has a be of its own", "", "б", nil, []string{"en", "sr"}},
		{"Romanian has commas, not cedillas", "", "ş", nil, []string{"sr", "ro"}},
	} {
		fonts := latin(t)
		if c.file != "" {
			raw, err := os.ReadFile("/usr/share/fonts/truetype/noto/" + c.file)
			if err != nil {
				continue // fonts-noto-core is not installed
			}
			fonts, err = typeset.NewFonts(raw)
			require.NoError(t, err)
		}
		assert.NotEqual(t, drawn(t, fonts, c.text, c.one), drawn(t, fonts, c.text, c.other), c.what)
	}
}

func TestChineseCharactersAreThoseOfTheLanguage(t *testing.T) {
	fonts := installed(t, "opentype/noto/NotoSansCJK-Regular.ttc")
	family := func(languages ...string) string {
		name, _, _ := strings.Cut(drawn(t, fonts, "骨", languages)[0], "/")
		return name
	}
	assert.Equal(t, "Noto Sans CJK SC", family())
	assert.Equal(t, "Noto Sans CJK SC", family("en"))
	assert.Equal(t, "Noto Sans CJK TC", family("en", "zh-TW"))
	assert.Equal(t, "Noto Sans CJK HK", family("zh-HK"))
	assert.Equal(t, "Noto Sans CJK JP", family("ja"))
	assert.Equal(t, "Noto Sans CJK KR", family("ko"))
	assert.Len(t, drawn(t, fonts, "「骨」", []string{"ja"}), 3)
	for _, glyph := range drawn(t, fonts, "「ローマ」と『骨』。", []string{"ja"}) {
		assert.Contains(t, glyph, "Noto Sans CJK JP", "punctuation too")
	}
}

// drawn returns which glyphs of which family text is set in.
func drawn(t *testing.T, fonts *typeset.Fonts, text string, languages []string) (glyphs []string) {
	t.Helper()
	set := style
	set.Languages = languages
	line := typeset.NewLayout(annotate.NewBody(text), fonts, set).LineOf(0)
	for fonts.Awaits() {
		arrive(t, fonts)
		line = typeset.NewLayout(annotate.NewBody(text), fonts, set).LineOf(0)
	}
	require.NotEmpty(t, line.Glyphs)
	for _, g := range line.Glyphs {
		require.Zero(t, g.Missing)
		glyphs = append(glyphs, g.Face.Describe().Family+fmt.Sprint("/", g.ID))
	}
	return glyphs
}

func TestNastaliqIsForUrduAndItsNeighboursAndOnlyOnWish(t *testing.T) {
	fonts := installed(t, "truetype/noto/NotoNastaliqUrdu-Regular.ttf")
	for _, c := range []struct {
		languages []string
		wish      bool
		want      string
	}{
		{[]string{"ur"}, true, "Noto Nastaliq Urdu"},
		{[]string{"en", "ks"}, true, "Noto Nastaliq Urdu"},
		{[]string{"pa-Arab"}, true, "Noto Nastaliq Urdu"},
		{[]string{"pnb"}, true, "Noto Nastaliq Urdu"},
		{[]string{"ur"}, false, "Noto Naskh Arabic"},
		{[]string{"ar", "ur"}, true, "Noto Naskh Arabic"},
		{[]string{"fa"}, true, "Noto Naskh Arabic"},
		{nil, true, "Noto Naskh Arabic"},
	} {
		set := style
		set.Languages, set.Nastaliq = c.languages, c.wish
		assert.Equal(t, c.want == "Noto Nastaliq Urdu", c.wish && typeset.TakesNastaliq(c.languages), c.languages)
		line := typeset.NewLayout(annotate.NewBody("کہا"), fonts, set).LineOf(0)
		for fonts.Awaits() {
			arrive(t, fonts)
			line = typeset.NewLayout(annotate.NewBody("کہا"), fonts, set).LineOf(0)
		}
		assert.Equal(t, c.want, line.Glyphs[0].Face.Describe().Family, "%q %v", c.languages, c.wish)
	}
	assert.False(t, typeset.TakesNastaliq([]string{"pa"}), "in Gurmukhi")
}
