package typeset

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// preferred lists beginnings of family names, best first, by script. Names are
// normalised: lower case without blanks. For running Arabic text the Naskh style
// is the ordinary one; Kufi is for headlines.
var preferred = map[language.Script][]string{
	language.Arabic:     {"notonaskharabic", "notosansarabic", "amiri", "dejavusans", "geezapro", "segoeui", "arial", "tahoma"},
	language.Hebrew:     {"notosanshebrew", "dejavusans", "arialhebrew", "segoeui", "arial"},
	language.Devanagari: {"notosansdevanagari", "lohitdevanagari", "kohinoordevanagari", "nirmalaui", "mangal"},
	language.Han:        {"notosanscjksc", "notosanscjk", "sourcehansans", "wenquanyi", "pingfangsc", "microsoftyahei", "simsun"},
	language.Hiragana:   {"notosanscjkjp", "notosanscjk", "sourcehansans", "hiraginosans", "yugothic", "msgothic"},
	language.Katakana:   {"notosanscjkjp", "notosanscjk", "sourcehansans", "hiraginosans", "yugothic", "msgothic"},
	language.Hangul:     {"notosanscjkkr", "notosanscjk", "sourcehansans", "applesdgothicneo", "malgungothic"},
}

// usual lists beginnings of family names for scripts that preferred leaves out.
var usual = []string{"notosans", "dejavusans", "liberationsans", "segoeui", "arial", "helvetica", "freesans", "notoserif"}

// rankFonts returns the indices of fonts, the best for a script first.
func rankFonts(prints []fontscan.Footprint, script language.Script) []int {
	type place struct {
		family, generic int
		aspect          float32
	}
	places := make([]place, len(prints))
	order := make([]int, len(prints))
	for i, p := range prints {
		order[i] = i
		places[i] = place{rank(preferred[script], p.Family), rank(usual, p.Family), plainness(p.Aspect)}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(places[a].family, places[b].family),
			cmp.Compare(places[a].aspect, places[b].aspect),
			cmp.Compare(places[a].generic, places[b].generic),
			cmp.Compare(prints[a].Family, prints[b].Family),
			cmp.Compare(prints[a].Location.File, prints[b].Location.File),
			cmp.Compare(prints[a].Location.Index, prints[b].Location.Index),
		)
	})
	return order
}

// rank returns the place of the first beginning that family has.
func rank(beginnings []string, family string) int {
	for i, b := range beginnings {
		if strings.HasPrefix(family, b) {
			return i
		}
	}
	return len(beginnings)
}

// plainness returns how far an aspect is from regular, upright and normally wide.
func plainness(a font.Aspect) float32 {
	distance := max(a.Weight-font.WeightNormal, font.WeightNormal-a.Weight) / 100
	stretch := max(a.Stretch-font.StretchNormal, font.StretchNormal-a.Stretch) * 10
	if a.Style != font.StyleNormal {
		stretch += 20
	}
	return float32(distance) + float32(stretch)
}
