package typeset

import (
	"os"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"

	"spanwright/annotate"
)

// alphabets are letters of which a font for running text has all those of one row.
var alphabets = []string{
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?()'-",
	"αβγδεζηθικλμνξοπρςστυφχψω", "абвгдежзийклмнопрстуфхцчшщъыьэюя", "աբգդեզէըթժիլխծկհձղճմ", "აბგდევზთიკლმნოპჟრსტუ",
	"ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "אבגדהוזחטיכלמנסעפצקרשת", "ܐܒܓܕܗܘܙܚܛܝܟܠܡܢ", "ހށނރބޅކއވމފދތލ",
	"अआइउएकखगचजतदनपबमयरलवसह", "অআইউএকখগচজতদনপবমযরলসহ", "ਅਆਇਉਕਖਗਚਜਤਦਨਪਬਮਯਰਲਸਹ", "અઆઇઉકખગચજતદનપબમયરલસહ", "ଅଆଇଉକଖଗଚଜତଦନପବମରଲସହ",
	"அஆஇஉஎகசஞதநபமயரலவ", "అఆఇఉకఖగచజతదనపబమయరలసహ", "ಅಆಇಉಕಖಗಚಜತದನಪಬಮಯರಲಸಹ", "അആഇഉകഖഗചജതദനപബമയരലസഹ", "අආඉඋකගචජතදනපබමයරලසහ",
	"กขคงจฉชซดตถทนบปผพมยรลวสหอ", "ກຂຄງຈຊຍດຕຖທນບປມຢຣລວສຫອ", "កខគងចឆជញដតថទនបផពភមយរលវសហអ", "ကခဂငစဆဇညတထဒဓနပဖဗဘမယရလဝသဟအ", "ཀཁགངཅཆཇཉཏཐདནཔཕབམ",
	"ሀለሐመሠረሰሸቀበተነአከወዘየደገጠ", "的一是不了人我在有他", "のにはをたがでてアイウエオ", "가나다라마바사아자차카타파하",
}

// unreadable are words in the names of families that are not for running text,
// though they say they have letters.
var unreadable = []string{
	"Emoji", "Symbol", "Math", "Music", "Dingbat", "Wingding", "Webding", "D050000L", "Marlett", "Unifont", "Last Resort", "Adobe Blank",
}

// Families returns the names of the installed families that suit running text, in
// alphabetical order. It waits until the fonts are found and then opens one file a
// family, which takes some tens of milliseconds.
func (in *Installed) Families() []string {
	<-in.done
	var names []string
	for _, family := range textFamilies(in.prints) {
		if name := familyName(in.prints[regular(in.prints, family)].Location); name != "" {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return slices.Compact(names)
}

// textFamilies returns the normalised names of the families that suit running text.
func textFamilies(prints []fontscan.Footprint) []string {
	var found []string
	words := normalised(unreadable)
	for i := range prints {
		p := &prints[i]
		if slices.Contains(found, p.Family) || p.Family == "" || p.Family[0] == '.' ||
			slices.ContainsFunc(words, func(w string) bool { return strings.Contains(p.Family, w) }) {
			continue
		}
		if slices.ContainsFunc(alphabets, func(letters string) bool { return printed(p, []rune(letters)) }) {
			found = append(found, p.Family)
		}
	}
	return found
}

// familyName returns the family's name as its file has it, "" when that cannot be read.
func familyName(at fontscan.Location) (name string) {
	defer func() { _ = recover() }() // broken tables
	file, err := os.Open(at.File)
	if err != nil {
		return ""
	}
	defer file.Close()
	loaders, err := opentype.NewLoaders(file)
	if err != nil || int(at.Index) >= len(loaders) {
		return ""
	}
	described, _ := font.Describe(loaders[at.Index], nil)
	return described.Family
}

// Check reports why a family cannot be used: it is not installed, or its file cannot
// be read. It waits until the fonts are found and reads the file.
func (in *Installed) Check(family string) error {
	<-in.done
	i := regular(in.prints, font.NormalizeFamily(family))
	if i < 0 {
		return annotate.Errorf(annotate.NotFound, "the font %s is not installed any more; the text is shown in the built-in one", family)
	}
	at := in.prints[i].Location
	in.mu.Lock()
	f, known := in.read[at]
	in.mu.Unlock()
	if !known {
		f = readFont(at)
	}
	if f == nil {
		return annotate.Errorf(annotate.Corrupt, "the font %s cannot be read from %s; the text is shown in the built-in one", family, at.File)
	}
	return nil
}
