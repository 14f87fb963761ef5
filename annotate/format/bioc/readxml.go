package bioc

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// readXML yields the record of each document, of which one is in memory at a time.
func readXML(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		if err := readCollection(ctx, in, yield); err != nil && !errors.Is(err, io.EOF) {
			yield(nil, dataset.Place(err, in.Path, 0))
		}
	}
}

func readCollection(ctx context.Context, in dataset.Input, yield func(*dataset.Record, error) bool) error {
	f, err := dataset.Open(in.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	x, err := dataset.NewXML(f)
	if err != nil {
		return err
	}
	about := map[string]annotate.Value{}
	depth, number := 0, 0
	for ctx.Err() == nil {
		token, err := x.Token()
		if err != nil {
			return err
		}
		start, begins := token.(xml.StartElement)
		if _, ends := token.(xml.EndElement); ends {
			depth--
		}
		switch {
		case !begins:
			continue
		case depth == 0 && start.Name.Local != "collection":
			return x.Errorf(annotate.Invalid, "it is no BioC: its element is %s, and must be collection", start.Name.Local)
		case depth == 0:
			depth++
			continue
		}
		e, err := x.Element(start)
		if err != nil {
			return tooFar(err)
		}
		if e.Name.Local != "document" {
			key := e.Name.Local
			if key == "infon" {
				key = e.Attr("key")
			}
			if text := strings.TrimSpace(e.Text); text != "" {
				about[key] = annotate.Text(text)
			}
			continue
		}
		number++
		d, err := documentOf(e)
		var r *dataset.Record
		if err == nil {
			r, err = d.record(in, number, about)
		}
		if err == nil {
			r.End = x.Read()
		}
		if !yield(r, dataset.Place(err, in.Path, e.Line)) {
			return nil
		}
	}
	return nil
}

// tooFar says of an error in the file what it keeps from being read.
func tooFar(err error) error {
	var told *annotate.Error
	if errors.As(err, &told) {
		told.Sentence += "; what follows was left out"
	}
	return err
}

// documentOf reads a document.
func documentOf(e *dataset.Element) (*document, error) {
	d := &document{line: e.Line, infons: infonsOf(e)}
	if id := e.Find("id"); id != nil {
		d.id = id.Text
	}
	b := builder{document: d}
	for i, p := range e.All("passage") {
		if err := b.element(i, p, false, true); err != nil {
			return nil, err
		}
	}
	b.scope = 0
	return d, b.saidIn(e)
}

// infonsOf returns the infons of an element.
func infonsOf(e *dataset.Element) map[string]annotate.Value {
	var infons map[string]annotate.Value
	for _, x := range e.All("infon") {
		if infons == nil {
			infons = map[string]annotate.Value{}
		}
		infons[x.Attr("key")] = annotate.Text(x.Text)
	}
	return infons
}

// element adds the n-th passage, or sentence of one, with its text unless that is the passage's.
func (b *builder) element(n int, e *dataset.Element, sentence, withText bool) error {
	b.scopes++
	b.scope = b.scopes
	scope := b.scope
	b.document.infonsOf(infonsOf(e), n == 0 && !sentence)
	sentences := e.All("sentence")
	text := ""
	if t := e.Find("text"); t != nil {
		text = t.Text
	}
	inSentences := text == "" && len(sentences) > 0 && !sentence
	if withText && !inSentences {
		offset, err := offsetOf(e.TextOf("offset"), "offset", e)
		if err != nil {
			return err
		}
		b.document.pieces = append(b.document.pieces, piece{line: e.Line, offset: offset, text: text, sentence: sentence && n > 0})
	}
	if !sentence {
		for i, s := range sentences {
			if err := b.element(i, s, true, inSentences); err != nil {
				return err
			}
		}
	}
	b.scope = scope
	return b.saidIn(e)
}

// saidIn adds the annotations and relations of an element.
func (b *builder) saidIn(e *dataset.Element) error {
	for _, x := range e.All("annotation") {
		a := annotation{line: x.Line, scope: b.scope, id: x.Attr("id"), infons: infonsOf(x)}
		if t := x.Find("text"); t != nil {
			a.text = t.Text
		}
		for _, at := range x.All("location") {
			offset, err := offsetOf(at.Attr("offset"), "offset", at)
			if err != nil {
				return err
			}
			length, err := offsetOf(at.Attr("length"), "length", at)
			if err != nil {
				return err
			}
			a.locations = append(a.locations, location{offset, length})
		}
		b.document.annotations = append(b.document.annotations, a)
	}
	for _, x := range e.All("relation") {
		r := relation{line: x.Line, scope: b.scope, id: x.Attr("id"), infons: infonsOf(x)}
		for _, n := range x.All("node") {
			r.nodes = append(r.nodes, node{n.Attr("refid"), n.Attr("role")})
		}
		b.document.relations = append(b.document.relations, r)
	}
	return nil
}

// offsetOf reads an offset or length of an element.
func offsetOf(digits, what string, e *dataset.Element) (int, error) {
	n, err := dataset.ParseOffset([]byte(strings.TrimSpace(digits)))
	if _, number := strconv.Atoi(digits); err != nil {
		if number != nil && !errors.Is(number, strconv.ErrRange) && digits != "" {
			err = annotate.Errorf(annotate.Invalid, "must be a whole number, and is %q", annotate.Excerpt(digits, 40))
		}
		return 0, annotate.Errorf(annotate.Invalid, "the %s of a %s %w; the document was left out", what, e.Name.Local, err).At("", e.Line)
	}
	return n, nil
}
