package conll

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// sheet is a record in words.
type sheet struct {
	text   string
	words  []annotate.Fragment
	ends   map[int]bool // words behind which a sentence ends
	chunks []dataset.Chunk
}

func newSheet(r *dataset.Record) sheet {
	b := annotate.NewBody(r.Document.Text)
	s := sheet{text: r.Document.Text, words: wordsOf(b, r.Spans)}
	s.ends, s.chunks = sentencesOf(b, s.words, r.Spans), chunksOf(s.words, r.Spans)
	return s
}

// before returns what stands in the text before the first word.
func (s *sheet) before() string {
	if len(s.words) == 0 {
		return s.text
	}
	return s.text[:s.words[0].Start]
}

// spacing returns what is to be said of the blanks behind a word. usual is what stands
// between sentences when nothing is said.
func (s *sheet) spacing(i int, usual string) string {
	switch {
	case i == len(s.words)-1:
		usual = ""
	case !s.ends[i]:
		usual = " "
	}
	return spacing(behind(s.text, s.words, i), usual)
}

// each calls write with each record and stops at the first error.
func each(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], write func(*bufio.Writer, *dataset.Record)) error {
	out := bufio.NewWriterSize(w, 1<<16)
	for r, err := range records {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		write(out, r)
	}
	return out.Flush()
}

// writeColumns writes a document for each record: tokens, what stands behind them, and
// tags.
func writeColumns(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	scheme := cmp.Or(options.Tags, dataset.IOB2)
	return nil, each(ctx, w, records, func(out *bufio.Writer, r *dataset.Record) {
		s := newSheet(r)
		head := "name=" + escaped(r.Document.Name)
		if r.Annotator != "" {
			head += "|annotator=" + escaped(r.Annotator)
		}
		if before := s.before(); before != "" {
			head += "|SpacesBefore=" + escaped(before)
		}
		fmt.Fprintf(out, "%s\t%s\tO\n\n", docStart, head)
		tags := tagsOf(len(s.words), s.chunks, scheme)
		for i, word := range s.words {
			fmt.Fprintf(out, "%s\t%s\t%s\n", s.text[word.Start:word.End], s.spacing(i, "\n"), tags[i])
			if s.ends[i] {
				out.WriteByte('\n')
			}
		}
	})
}

// inOneLine makes line ends and tabs blanks.
var inOneLine = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// writeUniversal writes a document for each record that has words.
func writeUniversal(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (losses dataset.Losses, err error) {
	err = each(ctx, w, records, func(out *bufio.Writer, r *dataset.Record) {
		s := newSheet(r)
		if len(s.words) == 0 {
			losses.Add("document without words, left out")
			return
		}
		fmt.Fprintf(out, "# newdoc id = %s\n", escapedLine(r.Document.Name))
		if r.Annotator != "" {
			fmt.Fprintf(out, "# annotator = %s\n", escapedLine(r.Annotator))
		}
		entities := bracketsOf(len(s.words), s.chunks)
		for first, sentence := 0, 1; first < len(s.words); sentence++ {
			last := first
			for !s.ends[last] {
				last++
			}
			fmt.Fprintf(out, "# sent_id = %d\n# text = %s\n", sentence, inOneLine.Replace(s.text[s.words[first].Start:s.words[last].End]))
			for i := first; i <= last; i++ {
				fmt.Fprintf(out, "%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", i-first+1, s.text[s.words[i].Start:s.words[i].End], s.misc(i, entities[i]))
			}
			out.WriteByte('\n')
			first = last + 1
		}
	})
	return losses, err
}

// misc returns the last column of a word, its keys in order.
func (s *sheet) misc(i int, entity string) string {
	var fields []string
	if entity != "" {
		fields = append(fields, "Entity="+entity)
	}
	if blanks := s.spacing(i, " "); blanks != "_" {
		fields = append(fields, blanks)
	}
	if before := s.before(); i == 0 && before != "" {
		fields = append(fields, "SpacesBefore="+escaped(before))
	}
	if len(fields) == 0 {
		return "_"
	}
	return strings.Join(fields, "|")
}

// escapedLine returns s without line ends.
func escapedLine(s string) string {
	return strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`).Replace(s)
}
