package conll

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// universalColumns is how many columns CoNLL-U has.
const universalColumns = 10

// Columns of CoNLL-U that are read.
const (
	idColumn   = 0
	formColumn = 1
	miscColumn = 9
)

// sniffUniversal knows the ten columns that begin with a number.
func sniffUniversal(head dataset.Head) bool {
	if head.Matches("*.conllu") {
		return true
	}
	for n := 0; ; n++ {
		line := head.Line(n)
		if line == nil {
			return false
		}
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		columns := strings.Split(string(line), "\t")
		return len(columns) == universalColumns && (columns[idColumn] == "1" || strings.HasPrefix(columns[idColumn], "1-"))
	}
}

// row is a token of a sentence.
type row struct {
	form, misc string
	line       int
	last       int // number of the last word it stands for
}

// universalReader reads CoNLL-U.
type universalReader struct {
	in     dataset.Input
	page   *page // nil before anything that belongs to one
	number int   // documents begun
	told   bool  // that a text was put together

	// of the sentence
	rows  []row
	texts string // what "# text" says
	has   bool   // it says something
	words int    // numbered so far
	misc  []mention

	// of the document
	open     []opened
	field    int // of an opening bracket that is the label; -1 for all of it
	tags     []dataset.Tag
	unclosed int
	moved    int // brackets that close nothing
}

// mention is what MISC says of the entities at a row.
type mention struct {
	row   int
	value string
}

// readUniversal yields a record for each document.
func readUniversal(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		r := &universalReader{in: in, field: -1}
		readLines(ctx, in, yield, r.line, r.finish)
	}
}

// line takes in a line. It returns the document that ends before it, or why one is left out.
func (r *universalReader) line(text string, number int) (*dataset.Record, error) {
	switch {
	case text == "":
		return nil, r.sentence()
	case text[0] == '#':
		return r.comment(text, number)
	}
	if r.page == nil {
		r.begin(number, r.in.Name)
		r.page.line = 0
	}
	if r.page.failed {
		return nil, nil
	}
	return nil, r.row(text, number)
}

func (r *universalReader) begin(line int, name string) {
	r.number++
	if name == "" {
		name = r.in.Numbered(r.number)
	}
	r.page = &page{in: r.in, line: line, name: name}
	r.open, r.tags, r.unclosed, r.moved = nil, nil, 0, 0
}

// comment reads the comments that say something of text or document.
func (r *universalReader) comment(text string, number int) (*dataset.Record, error) {
	key, value, _ := strings.Cut(strings.TrimLeft(text[1:], " "), "=")
	value = strings.TrimPrefix(value, " ")
	switch key = strings.TrimRight(key, " "); key {
	case "newdoc id", "newdoc":
		done, err := r.finish()
		r.begin(number, plain(value))
		return done, err
	case "annotator":
		if r.page != nil && len(r.page.words) == 0 {
			r.page.annotator = plain(value)
		}
	case "newpar id", "newpar":
		if r.page != nil && len(r.page.words) > 0 {
			r.page.follow("\n", false)
		}
	case "text":
		r.texts, r.has = value, true
	case "global.Entity":
		r.field = -1
		for i, field := range strings.Split(value, "-") {
			if field == "etype" {
				r.field = i
			}
		}
	}
	return nil, nil
}

// row reads a token.
func (r *universalReader) row(text string, number int) error {
	p := r.page
	columns := strings.Split(text, "\t")
	switch {
	case !utf8.ValidString(text):
		return p.fail(number, "the line is not UTF-8")
	case len(columns) != universalColumns:
		return p.fail(number, "a line has %d columns with tabs between them, and this one %d", universalColumns, len(columns))
	case strings.TrimSpace(columns[formColumn]) == "":
		return p.fail(number, "the word has no form")
	}
	id, form, misc := columns[idColumn], columns[formColumn], columns[miscColumn]
	if strings.Contains(id, ".") {
		return nil // an empty node stands for nothing in the text
	}
	from, to, isRange := strings.Cut(id, "-")
	first, err := strconv.Atoi(from)
	if err != nil {
		return p.fail(number, "a line begins with the number of a word, and this one with %q", annotate.Excerpt(id, 60))
	}
	if isRange {
		last, err := strconv.Atoi(to)
		if err != nil || first != r.words+1 || last < first || len(r.rows) > 0 && r.rows[len(r.rows)-1].last >= first {
			return p.fail(number, "the words %s are not the next ones", id)
		}
		r.take(row{form, misc, number, last})
		return nil
	}
	if first != r.words+1 {
		return p.fail(number, "the word has the number %d, and the next one is %d", first, r.words+1)
	}
	r.words++
	if len(r.rows) == 0 || r.rows[len(r.rows)-1].last < first {
		r.take(row{form, misc, number, first})
	} else {
		r.mention(len(r.rows)-1, misc) // part of a word that has its own line
	}
	return nil
}

func (r *universalReader) take(w row) {
	r.rows = append(r.rows, w)
	r.mention(len(r.rows)-1, w.misc)
}

func (r *universalReader) mention(row int, misc string) {
	if v, found := value(misc, "Entity"); found {
		r.misc = append(r.misc, mention{row, v})
	}
}

// sentence puts the words of a sentence behind the text.
func (r *universalReader) sentence() error {
	rows, text, has, misc := r.rows, r.texts, r.has, r.misc
	r.rows, r.texts, r.has, r.misc, r.words = nil, "", false, nil, 0
	if len(rows) == 0 || r.page == nil || r.page.failed {
		return nil
	}
	p := r.page
	if before, found := value(rows[0].misc, "SpacesBefore"); found && len(p.words) == 0 {
		p.follow(plain(before), true)
	}
	if !has && !r.told {
		p.remarks = append(p.remarks, "sentences without a text were put together from their words")
		r.told = true
	}
	base := len(p.words)
	for i, w := range rows {
		between := " "
		if has {
			at := locate(text, w.form)
			if at < 0 {
				return p.fail(w.line, "the word is %q, and the text of the sentence goes on with %q", annotate.Excerpt(w.form, 60), annotate.Excerpt(text, 60))
			}
			text = text[at+len(w.form):]
			between = text[:len(text)-len(strings.TrimLeftFunc(text, unicode.IsSpace))]
			if i+1 < len(rows) && locate(text, rows[i+1].form) >= 0 {
				between = text[:locate(text, rows[i+1].form)]
			}
		}
		p.add(w.form, w.line)
		blanks, said := gap(w.misc)
		switch {
		case said && (!has || i == len(rows)-1 || strings.Contains(w.misc, "SpacesAfter=")):
			p.follow(blanks, true)
		case i == len(rows)-1:
			p.follow(" ", false)
		default:
			p.follow(between, false)
		}
		r.tag(w.misc)
	}
	if has && strings.TrimSpace(text) != "" {
		return p.fail(rows[len(rows)-1].line, "the text of the sentence goes on with %q behind its last word", annotate.Excerpt(text, 60))
	}
	for _, m := range misc {
		r.brackets(m.value, base+m.row)
	}
	return nil
}

// locate returns how many blanks stand before a word in text, -1 if something else does.
func locate(text, form string) int {
	for at, c := range text {
		if strings.HasPrefix(text[at:], form) {
			return at
		}
		if !unicode.IsSpace(c) {
			break
		}
	}
	return -1
}

// tag reads a tag of a word, which MISC may have instead of brackets.
func (r *universalReader) tag(misc string) {
	v, found := value(misc, "NER")
	t, ok := parseTag(v, false)
	if !found || !ok {
		t = dataset.Tag{}
	}
	r.tags = append(r.tags, t)
}

// finish returns the document that has ended.
func (r *universalReader) finish() (*dataset.Record, error) {
	if err := r.sentence(); err != nil {
		r.page = nil
		return nil, err
	}
	p := r.page
	r.page = nil
	if p == nil || p.failed || len(p.words) == 0 {
		return nil, nil
	}
	found, _, _ := dataset.Chunks(r.tags)
	for _, c := range found {
		p.span(c)
	}
	if n := r.unclosed + len(r.open); n > 0 {
		p.remarks = append(p.remarks, fmt.Sprintf("%s without an end; it was left out", times("an entity begins", n)))
	}
	if r.moved > 0 {
		p.remarks = append(p.remarks, fmt.Sprintf("%s that has not begun; it was left out", times("an entity ends", r.moved)))
	}
	return p.record()
}
