package pubtator

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

// write writes a document for each record. Every mention gets six columns, which is what
// all readers take: fewer are a relation to some, and more an error to others.
func write(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	var losses dataset.Losses
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			_, err = out.WriteString(written(r, &losses))
		}
		if err != nil {
			return losses, err
		}
	}
	return losses, out.Flush()
}

// bends tells what the writer changes.
func bends(dataset.Options) func(*dataset.Record) dataset.Losses {
	return func(r *dataset.Record) dataset.Losses {
		var losses dataset.Losses
		written(r, &losses)
		return losses
	}
}

// written returns the lines of a record and the blank one behind them.
func written(r *dataset.Record, losses *dataset.Losses) string {
	var b strings.Builder
	id := named(r.Document.Name, losses)
	title, abstract, two := strings.Cut(r.Document.Text, "\n")
	fmt.Fprintf(&b, "%s|t|%s\n", id, title)
	if two {
		fmt.Fprintf(&b, "%s|a|%s\n", id, abstract)
	}
	called, mentions := callings(r, losses)
	offsets := annotate.NewOffsets(r.Document.Text)
	for i, s := range r.Spans {
		at := s.Extent()
		fmt.Fprintf(&b, "%s\t%d\t%d\t%s\t%s\t%s\n", id, offsets.To(annotate.CodePoint, at.Start), offsets.To(annotate.CodePoint, at.End),
			blank.Replace(r.Document.Text[at.Start:at.End]), escape(s.Label), mentions[i])
	}
	for _, x := range r.Relations {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", id, escape(x.Label), called[x.Role(annotate.Head)[0].Span], called[x.Role(annotate.Tail)[0].Span])
	}
	b.WriteString("\n")
	return b.String()
}

// callings returns what each span is called in relations, and in its own line. A span
// that a relation needs and that has no concept gets a number for one.
func callings(r *dataset.Record, losses *dataset.Losses) (called map[annotate.ID]string, lines []string) {
	ends := map[annotate.ID]bool{}
	for _, x := range r.Relations {
		for _, a := range x.Arguments {
			ends[a.Span] = true
		}
	}
	called = map[annotate.ID]string{}
	mentions := make([]mention, len(r.Spans))
	for i, s := range r.Spans {
		concept, _ := s.Attributes[identifier].Text()
		concept = escapeEnds(escape(concept))
		switch {
		case concept == madeUp(i):
			concept = `\` + concept // it is not one, and would be taken for it
		case concept != "":
		case ends[s.ID]:
			concept = madeUp(i)
		default:
			concept = none
		}
		called[s.ID], lines = concept, append(lines, concept)
		mentions[i] = mention{called: concept, label: escape(s.Label)}
	}
	known := newConcepts(mentions)
	for i, s := range r.Spans {
		if ends[s.ID] && known.find(called[s.ID]) != i {
			losses.Add("mention at the end of a relation that is not the first one of its concept, written as the concept")
		}
	}
	return called, lines
}

// named returns the name of a document as the first column can hold it.
func named(name string, losses *dataset.Losses) string {
	escaped := strings.Map(func(r rune) rune {
		if strings.ContainsRune("|\t\n\r", r) {
			return '_'
		}
		return r
	}, name)
	if escaped != name {
		losses.Add(fmt.Sprintf("name of a document %q, written %s", name, escaped))
	}
	return escaped
}

// blank is for columns that only repeat the text.
var blank = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

// Labels and concepts with a character that ends a column are written as in Go or JSON.
var (
	escaper   = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)
	unescaper = strings.NewReplacer(`\\`, `\`, `\#`, "#", `\s`, " ", `\t`, "\t", `\n`, "\n", `\r`, "\r")
)

func escape(s string) string   { return escaper.Replace(s) }
func unescape(s string) string { return unescaper.Replace(s) }

// escapeEnds writes the blanks at the ends of a concept as \s, since readers pass over them there.
func escapeEnds(s string) string {
	from, to := len(s)-len(strings.TrimLeft(s, " ")), len(strings.TrimRight(s, " "))
	if from > to {
		from = to
	}
	return strings.Repeat(`\s`, from) + s[from:to] + strings.Repeat(`\s`, len(s)-to)
}
