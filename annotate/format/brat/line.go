package brat

import (
	"regexp"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// line is one line of an annotation file, cut at its first two tabs.
type line struct {
	file   string
	number int // 1-based
	id     string
	body   string
	tail   string
	tailed bool // a second tab stands in the line
}

// kind is the letter a line's id begins with.
func (l *line) kind() byte { return l.id[0] }

// fail returns an error in the place of l.
func (l *line) fail(format string, args ...any) *annotate.Error {
	err := annotate.Errorf(annotate.Invalid, format, args...)
	err.Sentence = l.id + ": " + err.Sentence + "; the document was left out"
	return err.At(l.file, l.number)
}

var idPattern = regexp.MustCompile(`^([TREAMN][0-9]+\S*|#[0-9]*\S*|\*)$`)

// parseLines cuts the text of an annotation file, whose line ends are LF, into
// lines; blank ones are left out.
func parseLines(file, text string) ([]*line, error) {
	var lines []*line
	number := 0
	for raw := range strings.SplitSeq(text, "\n") {
		number++
		if strings.TrimSpace(raw) == "" {
			continue
		}
		fields := strings.SplitN(raw, "\t", 3)
		l := &line{file: file, number: number, id: fields[0]}
		if !idPattern.MatchString(l.id) || len(fields) < 2 {
			return nil, annotate.Errorf(annotate.Invalid, "%q is no brat annotation; the document was left out", annotate.Excerpt(raw, 40)).At(file, number)
		}
		l.body = fields[1]
		if len(fields) == 3 {
			l.tail, l.tailed = fields[2], true
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// stretch is a start and an end as they stand in the file.
type stretch struct{ start, end int }

// textBound reads "Label 0 5;8 12".
func (l *line) textBound() (label string, stretches []stretch, err error) {
	label, places, _ := strings.Cut(strings.TrimSpace(l.body), " ")
	for place := range strings.SplitSeq(places, ";") {
		numbers := strings.Fields(place)
		if len(numbers) != 2 {
			return "", nil, l.fail("%q is no pair of offsets", place)
		}
		start, err1 := strconv.Atoi(numbers[0])
		end, err2 := strconv.Atoi(numbers[1])
		switch {
		case err1 != nil || err2 != nil:
			return "", nil, l.fail("%q is no pair of offsets", place)
		case start == end:
			return "", nil, l.fail("it covers nothing at offset %d, and a span must cover something", start)
		}
		stretches = append(stretches, stretch{start, end})
	}
	return label, stretches, nil
}

// pointer is a role and the id of what fills it.
type pointer struct{ role, id string }

// pointers reads "Label Role:T1 Role:T2", or "Label:T1 Role:T2" of an event.
func (l *line) pointers() (label string, pointers []pointer, err error) {
	for i, field := range strings.Fields(l.body) {
		if i == 0 && l.kind() == 'R' {
			label = field
			continue
		}
		colon := strings.LastIndexByte(field, ':')
		if colon <= 0 || colon == len(field)-1 {
			return "", nil, l.fail("%q is no role and id", field)
		}
		p := pointer{field[:colon], field[colon+1:]}
		if i == 0 {
			label, p.role = p.role, Trigger
		}
		pointers = append(pointers, p)
	}
	return label, pointers, nil
}

// about reads "Name T1" and what follows it.
func (l *line) about() (name, target, rest string, err error) {
	fields := strings.SplitN(l.body, " ", 3)
	if len(fields) < 2 || fields[0] == "" || fields[1] == "" {
		return "", "", "", l.fail("%q does not say what it is about", l.body)
	}
	if len(fields) == 3 {
		rest = fields[2]
	}
	return fields[0], fields[1], rest, nil
}
