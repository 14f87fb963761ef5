package w3c

import (
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// placer finds where the annotations of a layer stand: by their positions where those cover the
// words that are quoted, else by the quotation.
type placer struct {
	in     dataset.Input
	record *dataset.Record
	wanted []*wanted
}

// wanted is an annotation that awaits its place.
type wanted struct {
	annotation *annotation
	parts      []*part
	wrong      string // why it has none
}

// part is one target of an annotation.
type part struct {
	start, end int
	positioned bool
	exact      string
	before     string
	after      string
	quoted     bool
	found      *annotate.Fragment
}

// placed is an annotation with its place, in bytes.
type placed struct {
	annotation *annotation
	parts      []dataset.Part
}

// add reads the selectors of an annotation.
func (p *placer) add(a *annotation) {
	w := &wanted{annotation: a}
	p.wanted = append(p.wanted, w)
	for _, t := range a.targets {
		if t.source.id != a.targets[0].source.id {
			w.wrong = "it is about parts of several texts"
			return
		}
		var x part
		kinds := ""
		for _, selector := range t.selectors {
			kind, err := x.read(selector)
			if err != nil {
				w.wrong = annotate.Errorf(annotate.Invalid, "%w", err).Sentence
				return
			}
			kinds = kind
		}
		if !x.positioned && !x.quoted {
			w.wrong = "its place is said by " + kinds + ", which is not followed"
			if kinds == "" {
				w.wrong = "it is about a text and a part of it at once"
			}
			return
		}
		w.parts = append(w.parts, &x)
	}
}

// read takes what a selector says, and returns its type.
func (x *part) read(selector dataset.Fields) (kind string, err error) {
	for _, k := range texts(selector["type"]) {
		kind = k
		switch k {
		case "TextPositionSelector":
			if x.start, err = selector.Offset("start"); err != nil {
				return k, err
			}
			x.end, err = selector.Offset("end")
			x.positioned = true
			return k, err
		case "TextQuoteSelector":
			return k, x.quote(selector)
		}
	}
	refined, err := selector.Object("refinedBy")
	if err == nil && refined != nil {
		for _, k := range texts(refined["type"]) {
			if k == "TextQuoteSelector" { // a position would count from another place
				return k, x.quote(refined)
			}
		}
	}
	if kind == "" {
		kind = "no kind of selector"
		if selector.Has("startSelector") {
			kind = "a range" // of Recogito, in a TEI file
		}
	}
	return kind, nil
}

func (x *part) quote(selector dataset.Fields) (err error) {
	if x.exact, err = selector.Text("exact"); err != nil {
		return err
	}
	if x.before, err = selector.Text("prefix"); err != nil {
		return err
	}
	x.after, err = selector.Text("suffix")
	x.quoted = x.exact != ""
	return err
}

// place returns the annotations that have a place, and remarks on those that have none.
func (p *placer) place() []placed {
	p.byPosition()
	var found []placed
	for _, w := range p.wanted {
		for _, x := range w.parts {
			if x.found == nil && w.wrong == "" {
				w.wrong = p.byWords(w, x)
			}
		}
		if w.wrong != "" {
			p.record.Remark(p.in.Path, w.annotation.line, "an annotation was left out: %s", w.wrong)
			continue
		}
		done := placed{annotation: w.annotation}
		for _, x := range w.parts {
			words := p.record.Document.Text[x.found.Start:x.found.End]
			done.parts = append(done.parts, dataset.Part{Start: x.found.Start, End: x.found.End, Words: words, Quoted: true})
		}
		found = append(found, done)
	}
	return found
}

// byPosition finds out what positions count and places those that fit their quotations.
func (p *placer) byPosition() {
	var parts []*part
	var stretches []dataset.Stretch
	for _, w := range p.wanted {
		for _, x := range w.parts {
			if x.positioned {
				parts = append(parts, x)
				stretches = append(stretches, dataset.Stretch{Start: x.start, End: x.end, Words: x.exact, Quoted: x.quoted})
			}
		}
	}
	if len(parts) == 0 {
		return
	}
	count, fragments, wrong := dataset.Understand(p.record.Document, annotate.CodePoint, stretches, dataset.Exactly)
	if p.in.Unit != "" {
		count = dataset.Counts(p.record.Document, p.in.Unit)[0]
		fragments, wrong = count.Apply(stretches, dataset.Exactly)
	}
	bad := map[int]bool{}
	for _, m := range wrong {
		bad[m.Index] = true
	}
	for i, x := range parts {
		if !bad[i] {
			x.found = &fragments[i]
		}
	}
	usual := dataset.Counts(p.record.Document, annotate.CodePoint)[0].Sayings
	switch {
	case p.in.Unit != "":
	case count.Sayings != usual && len(wrong) < len(parts):
		p.record.Remark(p.in.Path, 0, "the offsets count %s; they were converted", count.Sayings)
	case dataset.Ambiguous(p.record.Document.Text, stretches):
		p.record.Remark(p.in.Path, 0, "the file does not say what its spans cover, and programs count the characters of this text differently; the offsets were taken for %s", count.Sayings)
	}
}

// byWords places a part where its quotation stands: at the one place that has the context, else at
// the one place with the words. A position that does not fit says which of several is
// meant. It returns why there is no place.
func (p *placer) byWords(w *wanted, x *part) (wrong string) {
	text := p.record.Document.Text
	if !x.quoted {
		return "its position lies outside the text or inside a character"
	}
	var anywhere, inContext []int
	for from := 0; from <= len(text)-len(x.exact); {
		at := strings.Index(text[from:], x.exact)
		if at < 0 {
			break
		}
		at += from
		anywhere = append(anywhere, at)
		if strings.HasSuffix(text[:at], x.before) && strings.HasPrefix(text[at+len(x.exact):], x.after) {
			inContext = append(inContext, at)
		}
		from = at + 1
	}
	candidates := inContext
	if len(candidates) == 0 {
		candidates = anywhere
	}
	at := -1
	switch {
	case len(candidates) == 0:
		return "its words do not stand in the text: " + quoted(x.exact)
	case len(candidates) == 1:
		at = candidates[0]
	case x.positioned && x.start <= len(text):
		nearest, _ := dataset.Nearest(text, x.exact, x.start) // it is there
		at = nearest.Start
		p.record.Remark(p.in.Path, w.annotation.line, "the words %s do not stand at their position; of several places the nearest was taken", quoted(x.exact))
	default:
		return "its words stand in the text more than once, and nothing tells which are meant: " + quoted(x.exact)
	}
	x.found = &annotate.Fragment{Start: at, End: at + len(x.exact)}
	return ""
}

func quoted(words string) string { return `"` + annotate.Excerpt(words, 60) + `"` }
