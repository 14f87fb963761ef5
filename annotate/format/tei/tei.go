package tei

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"regexp"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is TEI.
var Format = &dataset.Format{
	Name:     "tei",
	Title:    "TEI, the readable text with title, date and source, the names in it as spans, and standoff annotations",
	Patterns: []string{"*.xml", "*.tei"},
	Holds: dataset.Holds{
		dataset.Gaps: dataset.Yes, dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.Texts: dataset.Yes,
		dataset.Notes: dataset.Yes, dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes, dataset.RelationAttributes: dataset.Yes,
		dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
	},
	Sniff: func(head dataset.Head) bool { return root.Match(head.Text) },
	Read:  read,
}

// root matches the element of a text or corpus, in whatever name space.
var root = regexp.MustCompile(`<(?:\w+:)?(?:TEI(?:\.2)?|teiCorpus)[\s>]`)

func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		f, err := dataset.Open(in.Path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		x, err := dataset.NewXML(f)
		if err == nil {
			w := walker{ctx: ctx, in: in, xml: x, yield: yield}
			err = w.file()
		}
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errStopped) {
			yield(nil, dataset.Place(err, in.Path, 0))
		}
	}
}

// errStopped says that nobody wants more.
var errStopped = errors.New("stopped")

// walker goes through a file: a text, or a corpus of some, of which one is in memory at a time.
type walker struct {
	ctx    context.Context
	in     dataset.Input
	xml    *dataset.XML
	yield  func(*dataset.Record, error) bool
	corpus bool
	number int // of texts
}

func (w *walker) file() error {
	for {
		token, err := w.xml.Token()
		if err != nil {
			return err
		}
		start, begins := token.(xml.StartElement)
		if !begins {
			continue
		}
		switch start.Name.Local {
		case "teiCorpus":
			w.corpus = true
		case "TEI", "TEI.2":
			if err := w.document(start); err != nil {
				return err
			}
		case "teiHeader": // of the corpus
			if err := w.xml.Skip(); err != nil {
				return err
			}
		default:
			if w.number == 0 && !w.corpus {
				return w.xml.Errorf(annotate.Invalid, "it is no TEI: its element is %s, and must be TEI or teiCorpus", start.Name.Local)
			}
			if err := w.xml.Skip(); err != nil {
				return err
			}
		}
	}
}

// document reads a text. What stands beside header and text, as a facsimile, is no text.
func (w *walker) document(start xml.StartElement) error {
	w.number++
	line := w.xml.Line()
	name := w.in.Name
	if w.corpus {
		name = w.in.Numbered(w.number)
	}
	about := map[string]string{}
	reader := newReader(w.xml)
	if language := attr(start, "lang"); language != "" {
		about["language"] = language
	}
	for {
		token, err := w.xml.Token()
		if err != nil {
			return err
		}
		if _, ends := token.(xml.EndElement); ends {
			break
		}
		inner, begins := token.(xml.StartElement)
		switch {
		case !begins:
		case inner.Name.Local == "text":
			err = reader.element(inner, "")
		case inner.Name.Local == "teiHeader":
			err = header(w.xml, about)
		case inner.Name.Local == "standOff":
			var said *dataset.Element
			if said, err = w.xml.Element(inner); err == nil {
				reader.said = append(reader.said, said)
			}
		default:
			err = w.xml.Skip()
		}
		if err != nil {
			return err
		}
	}
	r, err := w.record(line, name, about, reader)
	if err == nil {
		r.End = w.xml.Read()
	}
	if !w.yield(r, err) || w.ctx.Err() != nil {
		return errStopped
	}
	return nil
}

func (w *walker) record(line int, name string, about map[string]string, found *reader) (*dataset.Record, error) {
	if found.text.Len() == 0 {
		return nil, annotate.Errorf(annotate.Invalid, "it has no readable text").At(w.in.Path, line)
	}
	in := w.in
	in.Unit = annotate.Byte // in which the text was put together
	draft, err := dataset.NewDraft(in, line, name, found.text.String())
	if err != nil {
		return nil, err
	}
	for field, value := range about {
		draft.Record.Document.SetMeta(field, value)
	}
	found.annotate(draft)
	return draft.Finish(annotate.Byte)
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
