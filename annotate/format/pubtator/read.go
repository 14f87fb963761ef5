package pubtator

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read yields the record of each document, of which one is in memory at a time.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		f, err := dataset.Open(in.Path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		lines := dataset.NewLines(f)
		var page *page
		flush := func() bool {
			if page == nil {
				return true
			}
			r, err := page.record(in)
			page = nil
			if err == nil {
				r.End = lines.Read
			}
			return yield(r, err)
		}
		for lines.Next() && ctx.Err() == nil {
			failed := lines.Err
			if failed == nil {
				failed = annotate.CheckText(lines.Line)
			}
			text := strings.TrimSuffix(string(lines.Line), "\r")
			begins := textLine.FindStringSubmatch(text)
			if text == "" && failed == nil || begins != nil && (page == nil || begins[2] == "t" && page.titled || begins[1] != page.id) {
				if !flush() {
					return
				}
			}
			switch {
			case text == "" && failed == nil:
			case page == nil && begins == nil:
				if failed == nil {
					failed = annotate.Errorf(annotate.Invalid, "no title and no abstract stands before it")
				}
				if !yield(nil, dataset.Place(failed, in.Path, lines.Number)) {
					return
				}
			default:
				if page == nil {
					page = newPage(lines.Number, begins[1])
				}
				page.add(text, lines.Number, begins, failed)
			}
		}
		flush()
	}
}

// page is a document as its lines tell it.
type page struct {
	id        string
	line      int
	titled    bool
	passages  []string
	mentions  []mention
	relations []relation
	wrong     error // what keeps it from being read
	wrongLine int
}

type mention struct {
	line                 int
	start, end           int
	words, label, called string
	rest                 []string
}

type relation struct {
	line              int
	label, head, tail string
	rest              []string
}

func newPage(line int, id string) *page { return &page{id: id, line: line} }

// add reads a line of the page; what is wrong with it is told once it is whole.
func (p *page) add(text string, line int, begins []string, failed error) {
	err := failed
	switch {
	case failed != nil:
	case begins != nil:
		p.titled = p.titled || begins[2] == "t"
		p.passages = append(p.passages, text[len(begins[0]):])
	default:
		err = p.annotation(strings.Split(text, "\t"), line)
	}
	if err != nil && p.wrong == nil {
		p.wrong, p.wrongLine = annotate.Errorf(annotate.Invalid, "%w; the document was left out", err), line
	}
}

// annotation reads a mention, which has two offsets, or a relation.
func (p *page) annotation(columns []string, line int) error {
	switch {
	case columns[0] != p.id:
		return annotate.Errorf(annotate.Invalid, "the line is about document %q, and stands in document %q", annotate.Excerpt(columns[0], 40), annotate.Excerpt(p.id, 40))
	case len(columns) < 4:
		return annotate.Errorf(annotate.Invalid, "the line has %d columns; a mention has at least 5 and a relation 4", len(columns))
	}
	start, err := strconv.Atoi(columns[1])
	end, wrong := strconv.Atoi(columns[2])
	if len(columns) == 4 || err != nil && wrong != nil {
		p.relations = append(p.relations, relation{line, columns[1], columns[2], columns[3], columns[4:]})
		return nil
	}
	for i := 1; i <= 2; i++ {
		if _, err := dataset.ParseOffset([]byte(columns[i])); err != nil {
			return annotate.Errorf(annotate.Invalid, "the offset %w", err)
		}
	}
	m := mention{line: line, start: start, end: end, words: columns[3], label: columns[4]}
	if len(columns) > 5 {
		m.called, m.rest = strings.Trim(columns[5], " "), columns[6:]
	}
	p.mentions = append(p.mentions, m)
	return nil
}

// record puts the page together.
func (p *page) record(in dataset.Input) (*dataset.Record, error) {
	if p.wrong != nil {
		return nil, dataset.Place(p.wrong, in.Path, p.wrongLine)
	}
	raw := strings.Join(p.passages, "\n")
	draft, err := dataset.NewDraft(in, p.line, p.id, raw)
	if err != nil {
		return nil, err
	}
	draft.Words = sameWords
	for i, m := range p.mentions {
		s := dataset.DraftSpan{
			Key: strconv.Itoa(i), Name: fmt.Sprintf("mention %d", i+1), Line: m.line, Label: unescape(m.label),
			Parts: []dataset.Part{{Start: m.start, End: m.end, Words: m.words, Quoted: true}},
		}
		if m.called != "" && m.called != none && m.called != madeUp(i) {
			s.Attributes = map[string]annotate.Value{identifier: annotate.Text(unescape(m.called))}
		}
		s.Attributes = others(s.Attributes, m.rest, 7)
		draft.Span(s)
	}
	p.relate(draft, in)
	return draft.Finish(annotate.CodePoint)
}

// relate draws each relation between the first mentions of its concepts.
func (p *page) relate(draft *dataset.Draft, in dataset.Input) {
	concepts := newConcepts(p.mentions)
	between, missing := 0, 0
	for i, x := range p.relations {
		head, tail := concepts.find(x.head), concepts.find(x.tail)
		if head < 0 || tail < 0 {
			missing++
			continue
		}
		if !concepts.once[x.head] || !concepts.once[x.tail] {
			between++
		}
		draft.Relation(dataset.DraftRelation{
			Name: fmt.Sprintf("relation %d", i+1), Line: x.line, Label: unescape(x.label), Attributes: others(nil, x.rest, 5),
			Arguments: []dataset.DraftArgument{{Role: annotate.Head, Key: strconv.Itoa(head)}, {Role: annotate.Tail, Key: strconv.Itoa(tail)}},
		})
	}
	if between > 0 {
		draft.Record.Remark(in.Path, 0, "relations lead from concept to concept; those of concepts that are mentioned more than once were drawn between their first mentions: %d", between)
	}
	if missing > 0 {
		draft.Record.Remark(in.Path, 0, "relations of concepts that are not mentioned were left out: %d", missing)
	}
}

// others adds the columns for which the format has no name as attributes: tmVar writes
// a name and a colon before them, and the first of a relation is whether it is a novelty.
func others(values map[string]annotate.Value, columns []string, first int) map[string]annotate.Value {
	for i, column := range columns {
		if column == "" {
			continue
		}
		name, value, named := strings.Cut(column, ":")
		if !named || name == "" || strings.ContainsAny(name, " |") {
			name, value = fmt.Sprintf("column %d", first+i), column
		}
		if values == nil {
			values = map[string]annotate.Value{}
		}
		values[name] = annotate.Text(value)
	}
	return values
}

// sameWords takes the blank that stands for a line break in a column for what it is.
func sameWords(covered, said string) bool {
	return strings.TrimSpace(blank.Replace(covered)) == strings.TrimSpace(said)
}
