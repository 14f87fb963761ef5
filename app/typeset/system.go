package typeset

import (
	"cmp"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
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

// systemFonts finds faces among the fonts installed on this computer. They are
// scanned at the first question, which takes up to a second when no cache of an
// earlier scan is there.
type systemFonts struct {
	scanned bool
	prints  []fontscan.Footprint
	ranked  map[language.Script][]int
	faces   map[fontscan.Location]*font.Face // nil: cannot be read
}

// find returns the best face that has all of wanted, nil when there is none.
func (s *systemFonts) find(wanted []rune, script language.Script) *font.Face {
	s.scan()
	for _, i := range s.ranking(script) {
		if !s.covers(i, wanted) {
			continue
		}
		if face := s.load(s.prints[i].Location); face != nil && covers(face, wanted) {
			return face
		}
	}
	return nil
}

func (s *systemFonts) covers(i int, wanted []rune) bool {
	for _, r := range wanted {
		if !s.prints[i].Runes.Contains(r) && !sticky([]rune{r}) {
			return false
		}
	}
	return true
}

// scan lists the installed fonts. A failure leaves the list empty: characters that
// base lacks are then shown as boxes with their code points.
func (s *systemFonts) scan() {
	if s.scanned {
		return
	}
	s.scanned = true
	s.ranked, s.faces = map[language.Script][]int{}, map[fontscan.Location]*font.Face{}
	s.prints, _ = fontscan.SystemFonts(log.New(io.Discard, "", 0), cacheFolder())
}

// cacheFolder returns where the list of fonts is kept between starts.
func cacheFolder() string {
	if cache, err := os.UserCacheDir(); err == nil {
		folder := filepath.Join(cache, "spanwright")
		if os.MkdirAll(folder, 0o700) == nil {
			return folder
		}
	}
	return os.TempDir()
}

// ranking returns the fonts' indices, the best for a script first.
func (s *systemFonts) ranking(script language.Script) []int {
	if order, ok := s.ranked[script]; ok {
		return order
	}
	type place struct {
		family, generic int
		aspect          float32
	}
	places := make([]place, len(s.prints))
	order := make([]int, len(s.prints))
	for i, p := range s.prints {
		order[i] = i
		places[i] = place{rank(preferred[script], p.Family), rank(usual, p.Family), plainness(p.Aspect)}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(places[a].family, places[b].family),
			cmp.Compare(places[a].aspect, places[b].aspect),
			cmp.Compare(places[a].generic, places[b].generic),
			cmp.Compare(s.prints[a].Family, s.prints[b].Family),
			cmp.Compare(s.prints[a].Location.File, s.prints[b].Location.File),
			cmp.Compare(s.prints[a].Location.Index, s.prints[b].Location.Index),
		)
	})
	s.ranked[script] = order
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

// load reads a face from its file once; nil when that fails.
func (s *systemFonts) load(at fontscan.Location) *font.Face {
	if face, known := s.faces[at]; known {
		return face
	}
	face, _ := readFace(at)
	s.faces[at] = face
	return face
}

func readFace(at fontscan.Location) (*font.Face, error) {
	file, err := os.Open(at.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	loaders, err := opentype.NewLoaders(file)
	if err != nil || int(at.Index) >= len(loaders) {
		return nil, err
	}
	parsed, err := font.NewFont(loaders[at.Index])
	if err != nil {
		return nil, err
	}
	return font.NewFace(parsed), nil
}
