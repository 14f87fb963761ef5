package conll

import (
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// page is a document as it is put together from tokens.
type page struct {
	in              dataset.Input
	line            int // where it begins
	name, annotator string
	text            strings.Builder
	words           []placed
	gap             string // behind the last word
	said            bool   // and the file says so
	spans           []dataset.DraftSpan
	relations       []dataset.DraftRelation
	remarks         []string
	failed          bool // it is left out, which has been told
}

// placed is a token in the text.
type placed struct {
	annotate.Fragment
	line int
}

// add puts a token behind what is there.
func (p *page) add(form string, line int) {
	p.text.WriteString(p.gap)
	start := p.text.Len()
	p.text.WriteString(form)
	p.words = append(p.words, placed{annotate.Fragment{Start: start, End: p.text.Len()}, line})
	p.follow("", false)
}

// follow says what stands behind the last word if another one comes, or, if the file
// says so, in any case.
func (p *page) follow(gap string, said bool) { p.gap, p.said = gap, said }

// span labels words from the first to behind the last.
func (p *page) span(c dataset.Chunk) {
	first, last := p.words[c.Start], p.words[c.End-1]
	p.spans = append(p.spans, dataset.DraftSpan{
		Name: "the label in line " + strconv.Itoa(first.line), Line: first.line, Label: c.Label,
		Parts: []dataset.Part{{Start: first.Start, End: last.End}},
	})
}

// record returns the record of the document.
func (p *page) record() (*dataset.Record, error) {
	if p.said {
		p.text.WriteString(p.gap)
	}
	in := p.in
	in.Unit = annotate.Byte // the file has no offsets; these are of the text put together
	draft, err := dataset.NewDraft(in, p.line, p.name, p.text.String())
	if err != nil {
		return nil, err
	}
	draft.Record.Annotator = p.annotator
	for _, s := range p.spans {
		draft.Span(s)
	}
	for _, r := range p.relations {
		draft.Relation(r)
	}
	for _, remark := range p.remarks {
		draft.Record.Remark(p.in.Path, p.line, "%s", remark)
	}
	return draft.Finish(annotate.Byte)
}

// fail returns an error in a line, for which the document is left out.
func (p *page) fail(line int, format string, args ...any) error {
	p.failed = true
	err := annotate.Errorf(annotate.Invalid, format, args...)
	err.Sentence += "; the document was left out"
	return err.At(p.in.Path, line)
}
