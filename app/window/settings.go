package window

import (
	"os"
	"os/user"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"spanwright/app/docview"
	"spanwright/app/exchange"
	"spanwright/app/theme"
)

// settings is what the window remembers from one start to the next. It never
// holds anything of a project.
type settings struct {
	p fyne.Preferences
	// as is who works in this window, when the command line says so; it is not remembered.
	as string
}

func (s settings) annotator() string {
	if s.as != "" {
		return s.as
	}
	if name := s.p.String("annotator"); name != "" {
		return name
	}
	return exchange.DefaultAnnotator()
}

func (s *settings) setAnnotator(name string) {
	s.as = ""
	s.p.SetString("annotator", name)
}

func (s settings) mode() theme.Mode     { return theme.Mode(s.p.IntWithFallback("mode", int(theme.Light))) }
func (s settings) setMode(m theme.Mode) { s.p.SetInt("mode", int(m)) }

func (s settings) zoom() float64 {
	return max(zooms[0], min(zooms[len(zooms)-1], s.p.FloatWithFallback("zoom", 1)))
}
func (s settings) setZoom(z float64) { s.p.SetFloat("zoom", z) }

func (s settings) density() docview.Density {
	return docview.Density(s.p.IntWithFallback("density", int(docview.Labels)))
}
func (s settings) setDensity(d docview.Density) { s.p.SetInt("density", int(d)) }

func (s settings) allCurves() bool       { return s.p.Bool("curves") }
func (s settings) setAllCurves(all bool) { s.p.SetBool("curves", all) }

// font returns the family of the document's text, "" for the built-in one.
func (s settings) font() string          { return s.p.String("font") }
func (s settings) setFont(family string) { s.p.SetString("font", family) }

func (s settings) nastaliq() bool      { return s.p.Bool("nastaliq") }
func (s settings) setNastaliq(on bool) { s.p.SetBool("nastaliq", on) }

func (s settings) invisibles() bool          { return s.p.Bool("invisibles") }
func (s settings) setInvisibles(marked bool) { s.p.SetBool("invisibles", marked) }

func (s settings) showDocuments() bool         { return s.p.BoolWithFallback("documents", true) }
func (s settings) setShowDocuments(show bool)  { s.p.SetBool("documents", show) }
func (s settings) showAnnotations() bool       { return s.p.BoolWithFallback("annotations", true) }
func (s settings) setShowAnnotations(how bool) { s.p.SetBool("annotations", how) }

// showForm says whether the form stands beside the text where the scheme has records.
func (s settings) showForm() bool        { return s.p.BoolWithFallback("form", true) }
func (s settings) setShowForm(show bool) { s.p.SetBool("form", show) }

func (s settings) split(name string, usual float64) float64 {
	return s.p.FloatWithFallback("split."+name, usual)
}
func (s settings) setSplit(name string, offset float64) { s.p.SetFloat("split."+name, offset) }

func (s settings) size() fyne.Size {
	return fyne.NewSize(
		float32(s.p.FloatWithFallback("width", 1400)),
		float32(s.p.FloatWithFallback("height", 880)),
	)
}

func (s settings) setSize(size fyne.Size) {
	s.p.SetFloat("width", float64(size.Width))
	s.p.SetFloat("height", float64(size.Height))
}

// recentKept is how many projects the menu and the start screen offer again.
const recentKept = 8

// recent returns the projects opened last that are still there.
func (s settings) recent() []string {
	return slices.DeleteFunc(s.p.StringList("recent"), func(path string) bool {
		_, err := os.Stat(path)
		return err != nil
	})
}

func (s settings) addRecent(path string) {
	recent := slices.DeleteFunc(s.recent(), func(p string) bool { return p == path })
	recent = append([]string{path}, recent...)
	s.p.SetStringList("recent", recent[:min(len(recent), recentKept)])
}

// shorten replaces the home folder at the start of a path by ~.
func shorten(path string) string {
	if u, err := user.Current(); err == nil && u.HomeDir != "" && strings.HasPrefix(path, u.HomeDir+"/") {
		return "~" + path[len(u.HomeDir):]
	}
	return path
}
