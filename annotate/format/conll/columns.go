package conll

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

const (
	docStart = "-DOCSTART-" // begins a document
	docID    = "# doc_id"   // does so as well

	ownColumns = 3 // of what this package writes: token, what stands behind it, tag
)

// rebuilt tells of a text that the file does not have.
const rebuilt = "the text was put together from its tokens: a blank between each two, a line break behind each sentence"

// columnsOf splits a line at its tabs, or at blanks if it has none.
func columnsOf(line string) []string {
	if strings.Contains(line, "\t") {
		return strings.Split(strings.TrimRight(line, "\t "), "\t")
	}
	return strings.FieldsFunc(line, func(r rune) bool { return r == ' ' })
}

// sniffLines is how many lines are looked at to find out whether a file has columns.
const sniffLines = 200

// sniffColumns knows a file whose every line is a token with a tag.
func sniffColumns(head dataset.Head) bool {
	rows, width := 0, 0
	lines := bytes.Split(head.Text, []byte("\n"))
	for i, raw := range lines[:min(len(lines), sniffLines)] {
		columns := columnsOf(strings.TrimSuffix(string(raw), "\r"))
		switch {
		case len(columns) == 0, i > 0 && i == len(lines)-1: // the head may break off in it
			continue
		case columns[0] == docStart:
			return true
		case strings.HasPrefix(columns[0], "#") && len(columns) != max(width, 2):
			continue
		case len(columns) < 2 || width > 0 && len(columns) != width || !isTag(columns[len(columns)-1]):
			return false
		}
		rows, width = rows+1, len(columns)
	}
	return rows > 1
}

// columnReader reads columns of tokens and tags.
type columnReader struct {
	in      dataset.Input
	page    *page // nil before anything that belongs to one
	tags    []string
	own     bool // its second column says what stands between tokens
	width   int  // columns of the line before
	number  int  // documents begun
	told    bool // that texts are put together
	schemes string
}

// readColumns yields a record for each document.
func readColumns(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		r := &columnReader{in: in}
		readLines(ctx, in, yield, r.line, r.finish)
	}
}

// readLines calls line with each line of a file, and yields what that and the end give.
func readLines(ctx context.Context, in dataset.Input, yield func(*dataset.Record, error) bool, line func(string, int) (*dataset.Record, error), finish func() (*dataset.Record, error)) {
	file, err := dataset.Open(in.Path)
	if err != nil {
		yield(nil, err)
		return
	}
	defer file.Close()
	lines := dataset.NewLines(file)
	give := func(r *dataset.Record, err error) bool {
		if r != nil {
			r.End = lines.Read
		}
		return r == nil && err == nil || yield(r, err)
	}
	for lines.Next() && ctx.Err() == nil {
		if lines.Err != nil {
			if !give(nil, dataset.Place(lines.Err, in.Path, lines.Number)) {
				return
			}
			continue
		}
		if !give(line(strings.TrimSuffix(string(lines.Line), "\r"), lines.Number)) {
			return
		}
	}
	give(finish())
}

// line takes in a line. It returns the document that ends before it, or why one is left out.
func (r *columnReader) line(text string, number int) (*dataset.Record, error) {
	columns := columnsOf(text)
	switch {
	case len(columns) == 0:
		if r.page != nil && !r.page.said && len(r.page.words) > 0 {
			r.page.follow("\n", false)
		}
		return nil, nil
	case columns[0] == docStart:
		done, err := r.finish()
		r.begin(number, "")
		if len(columns) > 1 {
			r.head(columns[1])
		}
		return done, err
	case strings.HasPrefix(text, docID+" = ") && len(columns) != r.width:
		done, err := r.finish()
		r.begin(number, strings.TrimPrefix(text, docID+" = "))
		return done, err
	case strings.HasPrefix(text, "#") && len(columns) != max(r.width, 2):
		return nil, nil // a comment
	}
	if r.page == nil {
		r.begin(number, r.in.Name)
		r.page.line = 0
	}
	if r.page.failed {
		return nil, nil
	}
	return nil, r.token(text, columns, number)
}

// begin begins a document; without a name it has a number.
func (r *columnReader) begin(line int, name string) {
	r.number++
	if name == "" {
		name = r.in.Numbered(r.number)
	}
	r.page = &page{in: r.in, line: line, name: name}
	r.tags, r.own = nil, false
}

// head reads what this package writes into the second column of the line that begins a document.
func (r *columnReader) head(column string) {
	name, own := value(column, "name")
	if !own {
		return
	}
	r.own, r.page.name, r.width = true, plain(name), ownColumns
	if annotator, found := value(column, "annotator"); found {
		r.page.annotator = plain(annotator)
	}
	if before, found := value(column, "SpacesBefore"); found {
		r.page.follow(plain(before), true)
	}
}

// token takes in a token and its tag.
func (r *columnReader) token(text string, columns []string, number int) error {
	form, last := columns[0], columns[len(columns)-1]
	switch {
	case !utf8.ValidString(text):
		return r.page.fail(number, "the line is not UTF-8")
	case len(columns) < 2:
		return r.page.fail(number, "a line has a token and, in its last column, a tag; this one has %q alone", annotate.Excerpt(form, 60))
	case strings.TrimSpace(form) == "":
		return r.page.fail(number, "the line has a tag without a token")
	case !isTag(last):
		return r.page.fail(number, "the last column must be O or a tag such as B-Claim, and is %q", annotate.Excerpt(last, 60))
	}
	r.width = len(columns)
	r.page.add(form, number)
	r.page.follow(" ", false)
	if r.own && len(columns) > 2 {
		if blanks, said := gap(columns[1]); said {
			r.page.follow(blanks, true)
		}
	}
	r.tags = append(r.tags, last)
	return nil
}

// finish returns the document that has ended.
func (r *columnReader) finish() (*dataset.Record, error) {
	p := r.page
	r.page = nil
	if p == nil || p.failed || len(p.words) == 0 && !r.own {
		return nil, nil
	}
	first := labelsFirst(r.tags)
	tags := make([]dataset.Tag, len(r.tags))
	for i, s := range r.tags {
		var ok bool
		if tags[i], ok = parseTag(s, first); !ok {
			return nil, p.fail(p.words[i].line, "the tag %q has its label on another side than the tags of other lines", s)
		}
	}
	found, scheme, odd := dataset.Chunks(tags)
	for _, c := range found {
		p.span(c)
	}
	if !r.own {
		r.tell(p, scheme)
	}
	if odd > 0 {
		p.remarks = append(p.remarks, fmt.Sprintf("%s where nothing of the label has begun; it was taken to begin there", times("a label goes on", odd)))
	}
	return p.record()
}

// tell remarks on what was found out about the file, once.
func (r *columnReader) tell(p *page, scheme string) {
	if !r.told {
		p.remarks = append(p.remarks, rebuilt)
		r.told = true
	}
	if scheme != "" && scheme != r.schemes {
		p.remarks = append(p.remarks, "the tags are "+scheme)
		r.schemes = scheme
	}
}

// times says how often something is so.
func times(what string, n int) string {
	if n == 1 {
		return what + " once"
	}
	return fmt.Sprintf("%s %d times", what, n)
}
