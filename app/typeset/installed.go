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
	mu      sync.Mutex
	scanned bool
	prints  []fontscan.Footprint
	orders  map[hand][]int
	read    map[fontscan.Location]*font.Font // nil: cannot be read
	wishes  []wish                           // what was asked for in vain
	reading bool                             // a goroutine grants wishes
}

// wish is a face that somebody waits for: the best one for some characters.
type wish struct {
	runes string
	hand  hand
}

// FindInstalled begins to look for the installed fonts and returns at once. Where
// none can be found, what is made with it has only the fonts it was given.
func FindInstalled() *Installed {
	in := &Installed{orders: map[hand][]int{}, read: map[fontscan.Location]*font.Font{}, reading: true}
	go func() {
		prints := scanFonts()
		in.mu.Lock()
		in.prints, in.scanned = prints, true
		in.mu.Unlock()
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

// find returns the best installed font that has all of wanted, nil when there is
// none. While that is not known yet, or the font is not read yet, it waits is true.
func (in *Installed) find(wanted []rune, h hand) (found *font.Font, waits bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.scanned {
		at, known := in.search(wanted, h)
		if known {
			return in.read[at], false
		}
	}
	w := wish{string(wanted), h}
	if !slices.Contains(in.wishes, w) {
		in.wishes = append(in.wishes, w)
	}
	if !in.reading {
		in.reading = true
		go in.grant()
	}
	return nil, true
}

// search returns where the best font lies that has all of wanted and can be read,
// as far as that is known. The location is empty when there is none.
func (in *Installed) search(wanted []rune, h hand) (at fontscan.Location, known bool) {
	for _, i := range in.ranking(h) {
		p := &in.prints[i]
		if !printed(p, wanted) {
			continue
		}
		f, known := in.read[p.Location]
		if !known || f != nil && covers(f, wanted) {
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
		at, known := in.search([]rune(w.runes), w.hand)
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

// ranking returns the fonts' indices, the best for a hand first.
func (in *Installed) ranking(h hand) []int {
	order, known := in.orders[h]
	if !known {
		order = rankFonts(in.prints, h)
		in.orders[h] = order
	}
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
