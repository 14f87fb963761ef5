package conll

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// OntoNotes is the columns of the shared tasks of 2011 and 2012, as
// https://conll.cemantix.org/2012/data.html tells them.
var OntoNotes = &dataset.Format{
	Name:     "conll2012",
	Title:    "CoNLL-2012 columns of OntoNotes, their named entities and coreference",
	Patterns: []string{"*_conll"},
	Holds: dataset.Holds{
		dataset.Nesting: dataset.Yes, dataset.Overlaps: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes,
		dataset.Nary: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
	},
	Sniff: func(head dataset.Head) bool { return bytes.HasPrefix(head.Text, []byte("#begin document")) },
	Read:  readOntoNotes,
}

// Columns of a word, from 0 on. Behind the entity stand the arguments of each predicate, and
// coreference in the last.
const (
	wordColumn   = 3
	entityColumn = 10
	leastColumns = 12
)

// What coreference is called.
const (
	coreference = "coreference"
	mentionRole = "mention"
)

// begin matches the line that begins a document, with its name and part.
var begin = regexp.MustCompile(`^#begin document \((.*?)\)(?:; part (\d+))?`)

func readOntoNotes(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		r := &ontoNotesReader{in: in}
		readLines(ctx, in, yield, r.line, r.finish)
	}
}

// ontoNotesReader reads CoNLL-2012.
type ontoNotesReader struct {
	in     dataset.Input
	page   *page // nil outside of a document
	entity []opened
	open   []opened            // mentions
	chains map[string][]string // keys of the mentions of each
	order  []string            // chains as they begin
}

// line takes in a line.
func (r *ontoNotesReader) line(text string, number int) (*dataset.Record, error) {
	columns := strings.Fields(text)
	if found := begin.FindStringSubmatch(text); found != nil {
		done, err := r.finish()
		name := found[1]
		if part := strings.TrimLeft(found[2], "0"); part != "" {
			name += "-" + part
		}
		*r = ontoNotesReader{in: r.in, page: &page{in: r.in, line: number, name: name}, chains: map[string][]string{}}
		return done, err
	}
	switch {
	case strings.HasPrefix(text, "#end document"):
		return r.finish()
	case strings.HasPrefix(text, "#"), r.page == nil && len(columns) == 0, r.page != nil && r.page.failed:
		return nil, nil
	case r.page == nil:
		return nil, annotate.Errorf(annotate.Invalid, "the line stands outside of a document; it was left out").At(r.in.Path, number)
	case len(columns) == 0:
		if len(r.page.words) > 0 {
			r.page.follow("\n", false)
		}
		return nil, nil
	case len(columns) < leastColumns:
		return nil, r.page.fail(number, "a word has at least %d columns, and this one %d", leastColumns, len(columns))
	}
	return nil, r.word(columns, number)
}

// word takes in a word.
func (r *ontoNotesReader) word(columns []string, number int) error {
	word := len(r.page.words)
	r.page.add(columns[wordColumn], number)
	r.page.follow(" ", false)
	if err := r.entities(columns[entityColumn], word, number); err != nil {
		return err
	}
	return r.mentions(columns[len(columns)-1], word, number)
}

// entities reads the entity column: "(A)" and "(A*" begin one, ")" ends it.
func (r *ontoNotesReader) entities(v string, word, number int) error {
	for v = strings.ReplaceAll(v, "*", ""); v != "" && v != "-"; {
		if v[0] == ')' {
			last := len(r.entity) - 1
			if last < 0 {
				return r.page.fail(number, "an entity ends that did not begin")
			}
			r.page.span(dataset.Chunk{Label: r.entity[last].label, Start: r.entity[last].word, End: word + 1})
			r.entity, v = r.entity[:last], v[1:]
			continue
		}
		label := strings.TrimPrefix(v, "(")
		if end := strings.IndexAny(label, "()"); end >= 0 {
			label = label[:end]
		}
		if label == "" || v[0] != '(' {
			return r.page.fail(number, "the entity column holds %q", annotate.Excerpt(v, 60))
		}
		r.entity = append(r.entity, opened{label: label, word: word})
		v = v[1+len(label):]
	}
	return nil
}

// mentions reads the column of coreference: "(7" begins a mention in chain 7, "7)" ends it,
// "(7)" does both, with a bar between them.
func (r *ontoNotesReader) mentions(v string, word, number int) error {
	if v == "-" {
		return nil
	}
	for _, part := range strings.Split(v, "|") {
		chain := strings.TrimSuffix(strings.TrimPrefix(part, "("), ")")
		if chain == "" || chain == part {
			return r.page.fail(number, "the column of coreference holds %q", annotate.Excerpt(v, 60))
		}
		if strings.HasPrefix(part, "(") {
			r.open = append(r.open, opened{key: chain, word: word})
		}
		if !strings.HasSuffix(part, ")") {
			continue
		}
		at := len(r.open) - 1
		for at >= 0 && r.open[at].key != chain {
			at--
		}
		if at < 0 {
			return r.page.fail(number, "a mention in chain %s ends that did not begin", annotate.Excerpt(chain, 20))
		}
		r.mention(chain, r.open[at].word, word)
		r.open = slices.Delete(r.open, at, at+1)
	}
	return nil
}

// mention adds a mention from one word to another.
func (r *ontoNotesReader) mention(chain string, from, to int) {
	key := fmt.Sprintf("%d-%d %s", from, to, chain)
	r.page.span(dataset.Chunk{Label: coreference, Start: from, End: to + 1})
	r.page.spans[len(r.page.spans)-1].Key = key
	if r.chains[chain] == nil {
		r.order = append(r.order, chain)
	}
	r.chains[chain] = append(r.chains[chain], key)
}

// finish returns the document that has ended.
func (r *ontoNotesReader) finish() (*dataset.Record, error) {
	p := r.page
	r.page = nil
	switch {
	case p == nil, p.failed:
		return nil, nil
	case len(r.entity)+len(r.open) > 0:
		return nil, p.fail(p.words[len(p.words)-1].line, "an entity or a mention has no end")
	}
	for _, chain := range r.order {
		if keys := r.chains[chain]; len(keys) > 1 {
			relation := dataset.DraftRelation{Name: "chain " + chain, Line: p.line, Label: coreference}
			for _, key := range keys {
				relation.Arguments = append(relation.Arguments, dataset.DraftArgument{Role: mentionRole, Key: key})
			}
			p.relations = append(p.relations, relation)
		}
	}
	p.remarks = append(p.remarks, rebuilt)
	return p.record()
}
