package gate

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// writeXML writes a file for each document.
func writeXML(ctx context.Context, folder string, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	var names dataset.FileNames
	for group, err := range groups(ctx, records) {
		if err != nil {
			return nil, err
		}
		name, _, _ := names.Path(strings.TrimSuffix(group[0].Document.Name, ".txt")) // the file has the name inside
		if err := writeFile(filepath.Join(folder, name+".xml"), group); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func writeFile(path string, group []*dataset.Record) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return dataset.FileError(path, err)
	}
	f, err := os.Create(path)
	if err != nil {
		return dataset.FileError(path, err)
	}
	p := printer{out: bufio.NewWriterSize(f, 1<<16), offsets: annotate.NewOffsets(group[0].Document.Text)}
	p.document(group)
	err = p.out.Flush()
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return dataset.FileError(path, err)
	}
	return nil
}

// printer writes a document; a failure comes again when out is flushed.
type printer struct {
	out     *bufio.Writer
	offsets *annotate.Offsets
	next    int // id
}

func (p *printer) printf(format string, args ...any) { fmt.Fprintf(p.out, format, args...) }

func (p *printer) document(group []*dataset.Record) {
	d := group[0].Document
	p.printf("<?xml version='1.0' encoding='UTF-8'?>\n<GateDocument version=\"3\">\n<GateDocumentFeatures>\n")
	about := map[string]annotate.Value{nameFeature: annotate.Text(d.Name)}
	for field, value := range d.Meta {
		about[fence(field)] = annotate.Text(value)
	}
	p.features(about)
	p.printf("</GateDocumentFeatures>\n<TextWithNodes>")
	p.text(group)
	p.printf("</TextWithNodes>\n<AnnotationSet>\n</AnnotationSet>\n")
	for _, r := range group {
		if r.Annotator != "" {
			p.set(r)
		}
	}
	p.printf("</GateDocument>\n")
}

// text writes the text with a node wherever an annotation begins or ends.
func (p *printer) text(group []*dataset.Record) {
	text := group[0].Document.Text
	nodes := []int{0, len(text)}
	for _, r := range group {
		for _, s := range r.Spans {
			at := s.Extent()
			nodes = append(nodes, at.Start, at.End)
		}
	}
	slices.Sort(nodes)
	before := 0
	for _, at := range slices.Compact(nodes) {
		p.printf("%s<Node id=\"%d\"/>", escaper.Replace(text[before:at]), p.offsets.To(annotate.UTF16, at))
		before = at
	}
}

// set writes the annotation set of a layer, and its relations.
func (p *printer) set(r *dataset.Record) {
	ids := numbered(r, &p.next)
	p.printf("<AnnotationSet Name=\"%s\">\n", escapedAttr(r.Annotator))
	p.annotation(p.next, wholeKind, annotate.Fragment{End: len(r.Document.Text)}, whole(r))
	p.next++
	for _, s := range r.Spans {
		p.annotation(ids[s.ID], fence(s.Label), s.Extent(), features(s.Attributes, s.Flag, s.Note))
	}
	p.printf("</AnnotationSet>\n")
	if len(r.Relations) == 0 {
		return
	}
	p.printf("<RelationSet Name=\"%s\">\n", escapedAttr(r.Annotator))
	for _, x := range r.Relations {
		said := features(x.Attributes, x.Flag, x.Note)
		var members, roles []string
		for _, a := range x.Arguments {
			members = append(members, strconv.Itoa(ids[a.Target()]))
			roles = append(roles, a.Role)
		}
		if !ordinary(x) {
			said[rolesFeature] = annotate.Choices(roles...)
		}
		p.printf("<Relation Id=\"%d\" Type=\"%s\" Members=\"%s\">\n<UserData></UserData>\n", ids[x.ID], escapedAttr(x.Label), strings.Join(members, ";"))
		p.features(said)
		p.printf("</Relation>\n")
	}
	p.printf("</RelationSet>\n")
}

func (p *printer) annotation(id int, kind string, at annotate.Fragment, said map[string]annotate.Value) {
	p.printf("<Annotation Id=\"%d\" Type=\"%s\" StartNode=\"%d\" EndNode=\"%d\">\n", id, escapedAttr(kind), p.offsets.To(annotate.UTF16, at.Start), p.offsets.To(annotate.UTF16, at.End))
	p.features(said)
	p.printf("</Annotation>\n")
}

func (p *printer) features(all map[string]annotate.Value) {
	for _, name := range annotate.SortedKeys(all) {
		class, value := written(all[name])
		p.printf("<Feature>\n  <Name className=\"java.lang.String\">%s</Name>\n  <Value className=\"%s\">%s</Value>\n</Feature>\n", escaper.Replace(name), class, escaper.Replace(value))
	}
}

// written returns the class of a value in Java, and how it is written. Numbers keep their digits
// as long as they are no int, which is what readers of other languages know.
func written(v annotate.Value) (class, text string) {
	if list, ok := v.Choices(); ok {
		var b strings.Builder
		b.WriteString("<?xml version='1.1'?><" + wrapper + "><value class=\"list\">")
		for _, item := range list {
			b.WriteString("<string>" + escaper.Replace(item) + "</string>")
		}
		b.WriteString("</value></" + wrapper + ">")
		return wrapper, b.String()
	}
	if _, ok := v.Bool(); ok {
		return "java.lang.Boolean", v.String()
	}
	if digits, ok := v.Number(); ok {
		if _, err := strconv.ParseInt(digits, 10, 32); err == nil {
			return "java.lang.Integer", digits
		}
		if _, err := strconv.ParseInt(digits, 10, 64); err == nil {
			return "java.lang.Long", digits
		}
		return "java.math.BigDecimal", digits
	}
	return "java.lang.String", v.String()
}

var (
	escaper     = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#13;")
	lineEscaper = strings.NewReplacer("\n", "&#10;", "\t", "&#9;")
)

// escapedAttr returns the value of an attribute, in which line breaks would become blanks.
func escapedAttr(s string) string { return lineEscaper.Replace(escaper.Replace(s)) }
