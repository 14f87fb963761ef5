package webanno

import (
	"fmt"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// page is a file in parts: layers, sentences and rows.
type page struct {
	layers    []*layer
	columns   int // of all layers
	sentences []*sentence
	rows      map[string]*row
	text      string
	unit      annotate.Unit
	gaps      int // between sentences, whose characters the file does not have
}

// The kinds of layers.
const (
	spanLayer     = "#T_SP="
	chainLayer    = "#T_CH="
	relationLayer = "#T_RL="
)

// layer is a layer and its columns.
type layer struct {
	kind     string
	name     string
	label    string // the name without its package
	features []string
	base     string // of a relation, the layer that it relates
	first    int    // column
}

// width is how many columns the layer has.
func (l *layer) width() int {
	if l.kind == relationLayer {
		return len(l.features) + 1
	}
	return max(len(l.features), 1)
}

type sentence struct {
	line int
	text string
	rows []*row
}

// row is a token or a part of one.
type row struct {
	line       int
	id         string
	start, end int
	form       string // as it stands, and with what is escaped in it as versions before 3.2 have it
	plainly    string
	cells      []string
}

func short(name string) string { return name[strings.LastIndexAny(name, ".:")+1:] }

// fail returns an error in a line of the file.
func fail(line int, format string, args ...any) error {
	err := annotate.Errorf(annotate.Invalid, format, args...)
	err.Sentence += "; the document was left out"
	return err.At("", line)
}

// parse takes a file apart. Lines end with LF, or CR LF.
func parse(raw string) (*page, error) {
	p := &page{rows: map[string]*row{}}
	var under *sentence
	for i, line := range strings.Split(raw, "\n") {
		line = strings.TrimSuffix(line, "\r")
		n := i + 1
		switch {
		case i == 0 && strings.HasPrefix(line, firstLineOf2):
			return nil, fail(n, "this is WebAnno TSV 2, which does not say where its tokens stand; have INCEpTION write version 3")
		case i == 0:
			if !strings.HasPrefix(line, firstLine) {
				return nil, fail(n, "it must begin with %s", firstLine)
			}
		case line == "":
			under = nil
		case strings.HasPrefix(line, spanLayer), strings.HasPrefix(line, chainLayer), strings.HasPrefix(line, relationLayer):
			if err := p.layer(line, n); err != nil {
				return nil, err
			}
		case strings.HasPrefix(line, "#Text="):
			words := unescape(strings.TrimPrefix(line, "#Text="))
			if under != nil && len(under.rows) == 0 {
				under.text += "\n" + words
				continue
			}
			under = &sentence{line: n, text: words}
			p.sentences = append(p.sentences, under)
		case strings.HasPrefix(line, "#"):
		case under == nil:
			return nil, fail(n, "the row stands below no #Text=")
		default:
			r, err := p.row(line, n)
			if err != nil {
				return nil, err
			}
			under.rows = append(under.rows, r)
		}
	}
	return p, nil
}

func (p *page) layer(line string, n int) error {
	items := strings.Split(line[len(spanLayer):], "|")
	l := &layer{kind: line[:len(spanLayer)], name: items[0], label: dataset.NamedByType(short(items[0])), first: p.columns}
	for _, item := range items[1:] {
		base, isBase := strings.CutPrefix(item, "BT_")
		switch {
		case item == "":
		case l.kind == relationLayer && isBase:
			l.base = base
		default:
			l.features = append(l.features, item)
		}
	}
	switch {
	case l.label == "":
		return fail(n, "the layer has no name")
	case l.kind == relationLayer && l.base == "":
		return fail(n, "the layer of relations %s does not say which layer it relates", l.label)
	case l.kind == chainLayer && len(l.features) != 2:
		return fail(n, "the layer of chains %s must have two features, and has %d", l.label, len(l.features))
	}
	p.columns += l.width()
	p.layers = append(p.layers, l)
	return nil
}

func (p *page) row(line string, n int) (*row, error) {
	fields := strings.Split(line, "\t")
	if len(fields) == p.columns+4 && fields[p.columns+3] == "" {
		fields = fields[:p.columns+3]
	}
	if len(fields) != p.columns+3 {
		return nil, fail(n, "the row has %d columns, and its layers need %d", len(fields), p.columns+3)
	}
	r := &row{line: n, id: fields[0], form: fields[2], plainly: unescape(fields[2]), cells: fields[3:]}
	first, second, found := strings.Cut(fields[1], "-")
	if !found {
		return nil, fail(n, "%q must be two offsets", annotate.Excerpt(fields[1], 40))
	}
	var err error
	if r.start, err = dataset.ParseOffset([]byte(first)); err == nil {
		r.end, err = dataset.ParseOffset([]byte(second))
	}
	switch {
	case err != nil:
		return nil, fail(n, "an offset %w", err)
	case r.end < r.start:
		return nil, fail(n, "the range %d to %d ends before it begins", r.start, r.end)
	case p.rows[r.id] != nil:
		return nil, fail(n, "the id %q stands twice", annotate.Excerpt(r.id, 40))
	}
	p.rows[r.id] = r
	return r, nil
}

// build puts the text together from its sentences, whose rows say where they stand.
func (p *page) build() error {
	var first error
	for _, unit := range []annotate.Unit{annotate.UTF16, annotate.CodePoint} {
		err := p.buildIn(unit)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

func (p *page) buildIn(unit annotate.Unit) error {
	var b strings.Builder
	p.unit, p.gaps = unit, 0
	at := 0 // how far the text reaches
	for _, s := range p.sentences {
		offsets := annotate.NewOffsets(s.text)
		start, err := s.start(offsets, unit, at)
		if err != nil {
			return err
		}
		if start > at {
			if start-at > annotate.MaxText {
				return fail(s.line, "the sentence begins at offset %d, too far behind the one before", start)
			}
			filler := "\n"
			if at == 0 {
				filler = " "
			}
			b.WriteString(strings.Repeat(filler, start-at))
			p.gaps++
		}
		b.WriteString(s.text)
		at = start + offsets.Len(unit)
	}
	p.text = b.String()
	return nil
}

// start returns where a sentence begins: behind the one before, or where its first token
// makes it begin.
func (s *sentence) start(offsets *annotate.Offsets, unit annotate.Unit, at int) (int, error) {
	if len(s.rows) == 0 {
		return at, nil
	}
	wrong := s.check(offsets, unit, at)
	if wrong == nil {
		return at, nil
	}
	first := s.rows[0]
	before := max(strings.Index(s.text, first.form), strings.Index(s.text, first.plainly))
	if before < 0 {
		return 0, fail(first.line, "the token %q does not stand in the text of its sentence", annotate.Excerpt(first.form, 40))
	}
	start := first.start - offsets.To(unit, before)
	if start < at {
		return 0, wrong
	}
	return start, s.check(offsets, unit, start)
}

// check compares each row with what its offsets cover in a sentence that begins at an offset.
func (s *sentence) check(offsets *annotate.Offsets, unit annotate.Unit, start int) error {
	for _, r := range s.rows {
		f, err := offsets.Fragment(unit, r.start-start, r.end-start)
		if err != nil {
			return fail(r.line, "offsets %d to %d lie outside of their sentence, or inside a character", r.start, r.end)
		}
		if found := s.text[f.Start:f.End]; found != r.form && found != r.plainly {
			return fail(r.line, "offsets %d to %d cover %q, but the token is %q", r.start, r.end, annotate.Excerpt(found, 40), annotate.Excerpt(r.form, 40))
		}
	}
	return nil
}

// reference is what points at an annotation: a row, and the numbers in brackets behind it.
type reference struct {
	row            string
	source, target int
}

func parseReference(s string) reference {
	id, numbers := numbered(s)
	ref := reference{row: id}
	source, target, _ := strings.Cut(numbers, "_")
	ref.source, _ = strconv.Atoi(source) // none is 0
	ref.target, _ = strconv.Atoi(target)
	return ref
}

func (r reference) String() string {
	if r.source == 0 {
		return r.row
	}
	return fmt.Sprintf("%s[%d]", r.row, r.source)
}
