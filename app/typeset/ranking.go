package typeset

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
)

// merit is what fonts are compared by, the better with the smaller numbers, in
// order of weight.
type merit struct {
	listed  int     // place in the table of families, its length if not there
	unfit   int     // words in the name that speak against running text
	aspect  float32 // how far from regular, upright and normally wide
	styled  int     // words in the file's name that say the same: some fonts state their aspect wrongly
	begins  int     // place among the beginnings of names
	length  int     // of the name: a variant has one word more
	located string
}

// rankFonts returns the indices of fonts, the best for a hand first. Fonts that
// have a box for every character are left out; for emoji all but those in colour are.
func rankFonts(prints []fontscan.Footprint, h hand) []int {
	ranks, words, starts := familyRanks(h), normalised(unfit), normalised(beginnings)
	merits := make([]merit, len(prints))
	order := make([]int, 0, len(prints))
	for i := range prints {
		p := &prints[i]
		place, listed := ranks[p.Family]
		if !listed {
			place = len(ranks)
		}
		if isLastResort(p.Family) || h == emoji && !listed {
			continue
		}
		order = append(order, i)
		merits[i] = merit{
			listed: place, unfit: against(p.Family, words), aspect: plainness(p.Aspect), styled: styleWords(p.Location.File),
			begins: rank(starts, p.Family), length: len(p.Family), located: p.Family + "\x00" + p.Location.File,
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := &merits[a], &merits[b]
		return cmp.Or(
			cmp.Compare(x.listed, y.listed),
			cmp.Compare(x.unfit, y.unfit),
			cmp.Compare(x.aspect, y.aspect),
			cmp.Compare(x.styled, y.styled),
			cmp.Compare(x.begins, y.begins),
			cmp.Compare(x.length, y.length),
			cmp.Compare(x.located, y.located),
			cmp.Compare(prints[a].Location.Index, prints[b].Location.Index),
		)
	})
	return order
}

// regular returns the index of the plainest font of a family, -1 when there is none.
func regular(prints []fontscan.Footprint, family string) int {
	best := -1
	for i := range prints {
		p := &prints[i]
		if p.Family != family {
			continue
		}
		if best < 0 || cmp.Or(
			cmp.Compare(plainness(p.Aspect), plainness(prints[best].Aspect)),
			cmp.Compare(styleWords(p.Location.File), styleWords(prints[best].Location.File)),
		) < 0 {
			best = i
		}
	}
	return best
}

// against counts the words in a family's name that speak against it. UI fonts are
// squeezed to fit buttons.
func against(family string, words []string) int {
	n := 0
	for _, w := range words {
		if strings.Contains(family, w) {
			n++
		}
	}
	if strings.HasSuffix(family, "ui") || strings.HasPrefix(family, ".") {
		n++
	}
	return n
}

// styleWords counts the words in a file's name that tell of another style than regular.
func styleWords(file string) int {
	name, n := strings.ToLower(filepath.Base(file)), 0
	for _, w := range []string{"bold", "italic", "oblique", "light", "thin", "black", "medium", "condensed"} {
		if strings.Contains(name, w) {
			n++
		}
	}
	return n
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
