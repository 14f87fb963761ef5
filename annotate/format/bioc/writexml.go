package bioc

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// writeXML writes a collection, a document at a time. A text keeps its blanks, so it has no
// others around it.
func writeXML(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	_, _ = out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE collection SYSTEM \"BioC.dtd\">\n<collection>\n  <source></source>\n  <date></date>\n  <key></key>\n")
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		newDocument(r).xml(out)
	}
	_, _ = out.WriteString("</collection>\n")
	return nil, out.Flush()
}

// xml writes a document; a failure comes again when out is flushed.
func (d *outDocument) xml(out *bufio.Writer) {
	fmt.Fprintf(out, "  <document>\n    <id>%s</id>\n", escaped(d.ID))
	infonsXML(out, "    ", d.Infons)
	for _, p := range d.Passages {
		_, _ = out.WriteString("    <passage>\n")
		infonsXML(out, "      ", p.Infons)
		fmt.Fprintf(out, "      <offset>%d</offset>\n      <text>%s</text>\n", p.Offset, escaped(p.Text))
		annotationsXML(out, "      ", p.Annotations)
		_, _ = out.WriteString("    </passage>\n")
	}
	annotationsXML(out, "    ", d.Annotations)
	for _, x := range d.Relations {
		fmt.Fprintf(out, "    <relation id=\"%s\">\n", x.ID)
		infonsXML(out, "      ", x.Infons)
		for _, n := range x.Nodes {
			fmt.Fprintf(out, "      <node refid=\"%s\" role=\"%s\"/>\n", n.RefID, escapedKey(n.Role))
		}
		_, _ = out.WriteString("    </relation>\n")
	}
	_, _ = out.WriteString("  </document>\n")
}

func annotationsXML(out *bufio.Writer, indent string, annotations []outAnnotation) {
	for _, a := range annotations {
		fmt.Fprintf(out, "%s<annotation id=\"%s\">\n", indent, a.ID)
		infonsXML(out, indent+"  ", a.Infons)
		for _, at := range a.Locations {
			fmt.Fprintf(out, "%s  <location offset=\"%d\" length=\"%d\"/>\n", indent, at.Offset, at.Length)
		}
		fmt.Fprintf(out, "%s  <text>%s</text>\n%s</annotation>\n", indent, escaped(a.Text), indent)
	}
}

func infonsXML(out *bufio.Writer, indent string, infons map[string]annotate.Value) {
	for _, key := range annotate.SortedKeys(infons) {
		fmt.Fprintf(out, "%s<infon key=\"%s\">%s</infon>\n", indent, escapedKey(key), escaped(infons[key].String()))
	}
}

// escaped returns characters of an element or attribute. What XML cannot hold in any way
// becomes the replacement character.
func escaped(s string) string {
	return escaper.Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, s))
}

// escapedKey is escaped for attributes, in which line breaks would become blanks.
func escapedKey(s string) string {
	return strings.NewReplacer("\n", "&#10;", "\t", "&#9;").Replace(escaped(s))
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#13;")
