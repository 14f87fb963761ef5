package typeset

import (
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"
)

// Installed is the fonts installed on this computer. Finding them takes up to some
// seconds, reading one up to some tens of milliseconds, so both are done on a
// goroutine of its own; until then the [Fonts] made with it say that they wait. All
// methods may be called from any goroutine.
type Installed struct {
	done    chan struct{} // closed once scanned
	mu      sync.Mutex
	scanned bool
	prints  []fontscan.Footprint
	orders  map[wish][]int
	read    map[fontscan.Location]*font.Font // nil: cannot be read
	wishes  []wish                           // what was asked for in vain
	reading bool                             // a goroutine grants wishes
}

// wish is a font that somebody waits for: the best one of a hand, or the regular
// one of a family, if it has some characters.
type wish struct {
	hand   hand
	family string // normalised; empty unless it is what counts
	runes  string
}

// FindInstalled begins to look for the installed fonts and returns at once. Where
// none can be found, what is made with it has only the fonts it was given.
func FindInstalled() *Installed {
	in := &Installed{done: make(chan struct{}), orders: map[wish][]int{}, read: map[fontscan.Location]*font.Font{}, reading: true}
	go func() {
		prints := scanFonts()
		in.mu.Lock()
		in.prints, in.scanned = prints, true
		in.mu.Unlock()
		close(in.done)
		in.grant()
	}()
	return in
}

// scanFonts lists the installed fonts. A file so broken that reading it panics
// must not end the program: then there are none.
func scanFonts() (prints []fontscan.Footprint) {
	defer func() { _ = recover() }()
	prints, _ = fontscan.SystemFonts(log.New(io.Discard, "", 0), cacheFolder())
	return prints
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

// settled reports whether nothing is being looked for or read.
func (in *Installed) settled() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.scanned && !in.reading
}

// LacksNastaliq reports whether it is certain that no Nastaliq font is installed.
func (in *Installed) LacksNastaliq() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	names := normalised(families[nastaliq])
	return in.scanned && !slices.ContainsFunc(in.prints, func(p fontscan.Footprint) bool { return slices.Contains(names, p.Family) })
}

// find returns the font that is wished for, nil when there is none. While that is
// not known yet, or the font is not read yet, waits is true.
func (in *Installed) find(w wish) (found *font.Font, waits bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.scanned {
		at, known := in.search(w)
		if known {
			return in.read[at], false
		}
	}
	if !slices.Contains(in.wishes, w) {
		in.wishes = append(in.wishes, w)
	}
	if !in.reading {
		in.reading = true
		go in.grant()
	}
	return nil, true
}

// search returns where the font lies that is wished for, as far as that is known.
// The location is empty when there is none.
func (in *Installed) search(w wish) (at fontscan.Location, known bool) {
	wanted := []rune(w.runes)
	for _, i := range in.candidates(w) {
		p := &in.prints[i]
		if !printed(p, wanted) {
			continue
		}
		f, known := in.read[p.Location]
		if !known || f != nil && covers(f, wanted) && (w.hand != emoji || pictures(font.NewFace(f), wanted[0])) {
			return p.Location, known
		}
	}
	return fontscan.Location{}, true
}

// printed reports whether a font claims to have all of wanted.
func printed(p *fontscan.Footprint, wanted []rune) bool {
	for _, r := range wanted {
		if !p.Runes.Contains(r) && !sticky([]rune{r}) {
			return false
		}
	}
	return true
}

// grant reads the fonts that are wished for until there are no more wishes.
func (in *Installed) grant() {
	in.mu.Lock()
	defer in.mu.Unlock()
	for len(in.wishes) > 0 {
		w := in.wishes[0]
		at, known := in.search(w)
		if known {
			in.wishes = in.wishes[1:]
			continue
		}
		in.mu.Unlock()
		f := readFont(at)
		in.mu.Lock()
		in.read[at] = f
	}
	in.reading = false
}

// candidates returns the indices of the fonts that may grant a wish, the best first.
func (in *Installed) candidates(w wish) []int {
	w.runes = ""
	order, known := in.orders[w]
	switch {
	case known:
	case w.family != "":
		if i := regular(in.prints, w.family); i >= 0 {
			order = []int{i}
		}
	default:
		order = rankFonts(in.prints, w.hand)
	}
	in.orders[w] = order
	return order
}

// readFont reads a font from its file; nil when that fails, be it by a panic on
// broken tables.
func readFont(at fontscan.Location) (f *font.Font) {
	defer func() {
		if recover() != nil {
			f = nil
		}
	}()
	file, err := os.Open(at.File)
	if err != nil {
		return nil
	}
	defer file.Close()
	loaders, err := opentype.NewLoaders(file)
	if err != nil || int(at.Index) >= len(loaders) {
		return nil
	}
	if f, err = font.NewFont(loaders[at.Index]); err != nil {
		return nil
	}
	return f
}
