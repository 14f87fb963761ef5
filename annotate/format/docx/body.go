package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read returns the text of the main part, with the notes that belong to it behind it.
func read(a *dataset.Archive, main string, remark func(string, ...any)) (string, error) {
	b := &body{}
	if err := b.part(a, main); err != nil {
		return "", err
	}
	before := b.paragraphs
	for _, notes := range []string{"footnotes.xml", "endnotes.xml"} {
		if name := path.Join(path.Dir(main), notes); a.Has(name) {
			if err := b.part(a, name); err != nil {
				return "", err
			}
		}
	}
	if b.paragraphs > before {
		remark("its footnotes and endnotes stand at the end of the text")
	}
	if b.tracked {
		remark("it has tracked changes; they were read as accepted")
	}
	if b.symbols > 0 {
		remark("characters of symbol fonts have no Unicode and were left out (%d)", b.symbols)
	}
	return strings.TrimSpace(b.text.String()), nil
}

// body puts the text of the parts of a document together.
type body struct {
	text       strings.Builder
	gap        string // to be written before the next paragraph
	paragraphs int    // with text in them
	tracked    bool
	symbols    int
}

// paragraph is a paragraph that is being read.
type paragraph struct {
	text   strings.Builder
	listed bool // an item of a list
	boxes  []string
}

// part adds the text of a member of the zip file.
func (b *body) part(a *dataset.Archive, name string) error {
	raw, err := a.Read(name)
	if err != nil {
		return err
	}
	x, err := dataset.NewXML(bytes.NewReader(raw))
	for err == nil {
		var token xml.Token
		if token, err = x.Token(); err == nil {
			if start, ok := token.(xml.StartElement); ok {
				err = b.element(x, start, nil)
			}
		}
	}
	var wrong *annotate.Error
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case errors.As(err, &wrong):
		return annotate.Errorf(wrong.Kind, "its member %q, line %d: %s", name, wrong.Line, wrong.Sentence)
	}
	return err
}

// unread are the elements that are no text to be read: what was deleted or moved away, codes of
// fields, and the second form of what stands before it in a first.
var unread = map[string]bool{"del": true, "moveFrom": true, "instrText": true, "delText": true, "Fallback": true, "pPrChange": true, "rPrChange": true}

// element reads an element to its end. p is the paragraph it lies in, nil outside of one.
func (b *body) element(x *dataset.XML, start xml.StartElement, p *paragraph) error {
	name := start.Name.Local
	switch {
	case unread[name]:
		b.tracked = b.tracked || name == "del" || name == "moveFrom"
		return x.Skip()
	case name == "ins", name == "moveTo":
		b.tracked = true
	case name == "footnote", name == "endnote":
		if kind := attribute(start, "type"); kind != "" && kind != "normal" { // the line above them
			return x.Skip()
		}
	}
	switch name {
	case "p":
		return b.paragraph(x, p)
	case "r":
		return b.run(x, p)
	case "tr":
		return b.row(x, p)
	case "t":
		return b.words(x, start, p)
	case "pPr":
		properties, err := x.Element(start)
		if err == nil && p != nil {
			style := properties.Find("pStyle")
			p.listed = properties.Find("numPr") != nil || style != nil && strings.HasPrefix(style.Attr("val"), "List")
		}
		return err
	}
	if p != nil {
		p.text.WriteString(characters[name])
	}
	if name == "sym" {
		b.symbols++
	}
	return b.inside(x, p)
}

// characters are the elements that stand for a character.
var characters = map[string]string{"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}

// inside reads all elements up to the end of the one that has begun.
func (b *body) inside(x *dataset.XML, p *paragraph) error {
	for {
		token, err := x.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := b.element(x, t, p); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// paragraph reads a paragraph and writes it. One that lies in another, as those of text
// boxes do, comes behind it.
func (b *body) paragraph(x *dataset.XML, outer *paragraph) error {
	p := &paragraph{}
	if err := b.inside(x, p); err != nil {
		return err
	}
	text := strings.TrimSpace(p.text.String())
	switch {
	case outer != nil && text != "":
		outer.boxes = append(outer.boxes, text)
	case outer == nil:
		b.write(text, p.listed)
	}
	for _, box := range p.boxes {
		if outer != nil {
			outer.boxes = append(outer.boxes, box)
		} else {
			b.write(box, false)
		}
	}
	return nil
}

// run reads a run, unless its text is hidden.
func (b *body) run(x *dataset.XML, p *paragraph) error {
	for {
		token, err := x.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPr" {
				properties, err := x.Element(t)
				if err != nil {
					return err
				}
				if v := properties.Find("vanish"); v != nil && v.Attr("val") != "0" && v.Attr("val") != "false" {
					return x.Skip()
				}
				continue
			}
			if err := b.element(x, t, p); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// row reads a row of a table, which becomes one line: its cells apart by tabs.
func (b *body) row(x *dataset.XML, outer *paragraph) error {
	inner := &body{}
	var cells []string
	deleted := false
	for {
		token, err := x.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "trPr" {
				properties, err := x.Element(t)
				if err != nil {
					return err
				}
				deleted = properties.Find("del") != nil
				continue
			}
			inner.text.Reset()
			inner.gap = ""
			if err := inner.element(x, t, nil); err != nil {
				return err
			}
			if t.Name.Local == "tc" || t.Name.Local == "sdt" {
				cells = append(cells, strings.Join(strings.Fields(inner.text.String()), " "))
			}
		case xml.EndElement:
			b.tracked, b.symbols = b.tracked || inner.tracked || deleted, b.symbols+inner.symbols
			if deleted {
				return nil
			}
			line := strings.TrimSpace(strings.Join(cells, "\t"))
			if outer != nil {
				outer.boxes = append(outer.boxes, line)
				return nil
			}
			b.write(line, true)
			return nil
		}
	}
}

// words adds the characters of a text element.
func (b *body) words(x *dataset.XML, start xml.StartElement, p *paragraph) error {
	e, err := x.Element(start)
	if err != nil || p == nil {
		return err
	}
	text := e.Text
	if e.Attr("space") != "preserve" {
		text = strings.Trim(text, " \t\r\n")
	}
	p.text.WriteString(text)
	return nil
}

// write adds a paragraph. Items of a list and rows of a table stand on lines one after the
// other, all else has a blank line around it.
func (b *body) write(text string, line bool) {
	gap := "\n\n"
	if line {
		gap = "\n"
	}
	if text == "" {
		b.gap = "\n\n"
		return
	}
	if b.text.Len() > 0 {
		b.text.WriteString(max(gap, b.gap))
	}
	b.gap = gap
	b.text.WriteString(text)
	b.paragraphs++
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
