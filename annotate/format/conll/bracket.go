package conll

import (
	"strings"

	"spanwright/annotate/dataset"
)

// opened is an entity that has begun and not ended.
type opened struct {
	key, label string
	word       int
}

// brackets reads the value of Entity at a word: "(A" begins one, "A)" ends it, "(A)" does
// both, one after another without anything between them.
func (r *universalReader) brackets(v string, word int) {
	for v != "" {
		if v[0] != '(' {
			key, rest, closed := strings.Cut(v, ")")
			v = rest
			if closed {
				r.close(key, word)
			} else {
				r.moved++
			}
			continue
		}
		v = v[1:]
		end := strings.IndexAny(v, "()")
		if end < 0 {
			end = len(v)
		}
		opening := v[:end]
		v = v[end:]
		o := opened{key: opening, label: opening, word: word}
		if fields := strings.Split(opening, "-"); r.field >= 0 {
			o.key = fields[0]
			if r.field < len(fields) {
				o.label = fields[r.field]
			}
		}
		o.label = plain(o.label)
		if o.label == "" {
			r.unclosed++
			v = strings.TrimPrefix(v, ")")
			continue
		}
		if strings.HasPrefix(v, ")") {
			v = v[1:]
			r.page.span(dataset.Chunk{Label: o.label, Start: word, End: word + 1})
			continue
		}
		r.open = append(r.open, o)
	}
}

// close ends the entity of that key that began last.
func (r *universalReader) close(key string, word int) {
	for i := len(r.open) - 1; i >= 0; i-- {
		if o := r.open[i]; o.key == key {
			r.open = append(r.open[:i], r.open[i+1:]...)
			r.page.span(dataset.Chunk{Label: o.label, Start: o.word, End: word + 1})
			return
		}
	}
	r.moved++
}

// bracketsOf returns the value of Entity for each of n words, of chunks in order.
func bracketsOf(n int, all []dataset.Chunk) []string {
	begin, alone, end := make([]string, n), make([]string, n), make([]string, n)
	for _, c := range all {
		label := escaped(c.Label)
		if c.End-c.Start == 1 {
			alone[c.Start] += "(" + label + ")"
			continue
		}
		begin[c.Start] += "(" + label
		end[c.End-1] = label + ")" + end[c.End-1] // what began last ends first
	}
	for i := range begin {
		begin[i] += alone[i] + end[i]
	}
	return begin
}
