package webanno

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// sheet is a record laid out in rows and columns.
type sheet struct {
	record    *dataset.Record
	scheme    *annotate.Scheme // nil where nobody knows
	offsets   *annotate.Offsets
	sentences []annotate.Fragment
	rows      [][]*outRow // of each sentence
	tokens    []*outRow   // all that are no parts of others, in order
	layers    []*outLayer // in the order of the file
	units     map[annotate.ID]*unit
}

// outRow is a token, or a part of one.
type outRow struct {
	id    string
	at    annotate.Fragment
	parts []*outRow                 // of a token
	units map[*outLayer][]*unit     // what stands there
	ends  map[*outLayer][]*relating // relations that end there
}

// outLayer is a layer with its columns.
type outLayer struct {
	kind     string
	name     string
	features []string // attributes, in order
	slots    bool     // it has a column of roles and one of what fills them
	base     string   // of relations, the layer they relate
}

// unit is an annotation.
type unit struct {
	layer      *outLayer
	rows       []*outRow
	number     int // 0 for none
	ambiguous  bool
	attributes map[string]annotate.Value
	slots      []annotate.Argument
	chain      int // of a link, its chain and place in it
	place      int
	way        string // of a link, how the next one is related to it
}

// relating is a relation of two.
type relating struct {
	from, to   *unit
	attributes map[string]annotate.Value
}

// anything is the base of relations and slots that are not for one layer alone.
const anything = "uima.tcas.Annotation"

// newSheet lays out a record that was labelled with a scheme, or with none.
func newSheet(r *dataset.Record, scheme *annotate.Scheme) *sheet {
	s := &sheet{record: r, scheme: scheme, offsets: annotate.NewOffsets(r.Document.Text), units: map[annotate.ID]*unit{}}
	s.segments()
	chained := chains(r)
	hosts := hosts(r)
	s.spans(chained, hosts)
	for id, way := range ways(r, chained) {
		s.units[id].way = escapeValue(way)
	}
	for _, x := range r.Relations {
		if hosts[x.Arguments[0].Span] != x && chained[x.Label] == nil && !isBinary(x) {
			s.host(x)
		}
	}
	var related []*relating
	for _, x := range r.Relations {
		if chained[x.Label] == nil && isBinary(x) {
			related = append(related, s.relate(x))
		}
	}
	s.order(related)
	s.number()
	return s
}

// isBinary reports whether x is a relation as INCEpTION has them.
func isBinary(x *annotate.Relation) bool {
	return len(x.Arguments) == 2 && x.Arguments[0].Role == annotate.Head && x.Arguments[1].Role == annotate.Tail
}

// segments finds sentences and tokens. What stands between sentences must be line breaks, or
// else it belongs to one sentence.
func (s *sheet) segments() {
	sentences, tokens := dataset.Segments(s.record.Document.Text)
	for i, sentence := range sentences {
		last := len(s.sentences) - 1
		if last < 0 || strings.Trim(s.record.Document.Text[s.sentences[last].End:sentence.Start], "\n") == "" {
			s.sentences = append(s.sentences, sentence)
			s.rows = append(s.rows, nil)
			last++
		}
		s.sentences[last].End = sentence.End
		for _, at := range tokens[i] {
			row := &outRow{id: fmt.Sprintf("%d-%d", last+1, len(s.rows[last])+1), at: at, units: map[*outLayer][]*unit{}, ends: map[*outLayer][]*relating{}}
			s.rows[last] = append(s.rows[last], row)
			s.tokens = append(s.tokens, row)
		}
	}
}

// cover returns the rows that a stretch covers, made where it covers parts of tokens.
func (s *sheet) cover(at annotate.Fragment) []*outRow {
	var rows []*outRow
	first := sort.Search(len(s.tokens), func(i int) bool { return s.tokens[i].at.End > at.Start })
	for _, token := range s.tokens[first:] {
		part := annotate.Fragment{Start: max(at.Start, token.at.Start), End: min(at.End, token.at.End)}
		switch {
		case token.at.Start >= at.End:
			return rows
		case part == token.at:
			rows = append(rows, token)
		default:
			rows = append(rows, token.part(part))
		}
	}
	return rows
}

// part returns the row of a part of a token.
func (r *outRow) part(at annotate.Fragment) *outRow {
	for _, p := range r.parts {
		if p.at == at {
			return p
		}
	}
	made := &outRow{id: fmt.Sprintf("%s.%d", r.id, len(r.parts)+1), at: at, units: map[*outLayer][]*unit{}, ends: map[*outLayer][]*relating{}}
	r.parts = append(r.parts, made)
	return made
}

// layer returns the layer of a name, and gives it the attributes.
func (s *sheet) layer(kind, name string, attributes map[string]annotate.Value) *outLayer {
	i := slices.IndexFunc(s.layers, func(l *outLayer) bool { return l.name == name })
	if i < 0 {
		i = len(s.layers)
		s.layers = append(s.layers, &outLayer{kind: kind, name: name})
	}
	l := s.layers[i]
	for attribute := range attributes {
		if at, has := slices.BinarySearch(l.features, attribute); !has && kind != chainLayer {
			l.features = slices.Insert(l.features, at, attribute)
		}
	}
	return l
}

// put lets an annotation stand on rows.
func (s *sheet) put(u *unit, rows []*outRow) {
	u.rows = rows
	for _, row := range rows {
		row.units[u.layer] = append(row.units[u.layer], u)
	}
}

// spans lays out the spans, those of chains and those with slots among them.
func (s *sheet) spans(chained map[string]map[annotate.ID][2]int, hosts map[annotate.ID]*annotate.Relation) {
	for _, span := range s.record.Spans {
		name := dataset.SpanType(span.Label, s.scheme)
		if hosts[span.ID] != nil { // the slots of DKPro's types are others
			name = dataset.SpanPackage + dataset.TypeName(span.Label)
		}
		u := &unit{attributes: span.Attributes}
		if links := chained[span.Label]; links != nil {
			u.layer = s.layer(chainLayer, name, nil)
			u.chain, u.place, u.way = links[span.ID][0], links[span.ID][1], "*"
		} else {
			u.layer = s.layer(spanLayer, name, span.Attributes)
		}
		if x := hosts[span.ID]; x != nil {
			u.layer.slots = true
			u.slots = x.Arguments[1:]
		}
		s.units[span.ID] = u
		s.put(u, s.cover(span.Extent()))
	}
}

// host lays out a relation as an annotation with slots, which stands where its first argument does.
func (s *sheet) host(x *annotate.Relation) {
	u := &unit{layer: s.layer(spanLayer, dataset.SlotPackage+dataset.TypeName(x.Label), x.Attributes), attributes: x.Attributes, slots: x.Arguments}
	u.layer.slots = true
	s.put(u, s.units[x.Arguments[0].Span].rows)
}

// relate lays out a relation of two, on the first row of its tail.
func (s *sheet) relate(x *annotate.Relation) *relating {
	r := &relating{from: s.units[x.Arguments[0].Span], to: s.units[x.Arguments[1].Span], attributes: x.Attributes}
	l := s.layer(relationLayer, dataset.RelationPackage+dataset.TypeName(x.Label), x.Attributes)
	for _, end := range []*unit{r.from, r.to} {
		switch {
		case l.base == "":
			l.base = end.layer.name
		case l.base != end.layer.name:
			l.base = anything
		}
	}
	row := r.to.rows[0]
	row.ends[l] = append(row.ends[l], r)
	return r
}

// order brings the layers into the order of the file, and what points at annotations of any
// layer to the notice of those.
func (s *sheet) order(related []*relating) {
	rank := map[string]int{spanLayer: 0, chainLayer: 1, relationLayer: 2}
	slices.SortFunc(s.layers, func(a, b *outLayer) int {
		return cmp.Or(cmp.Compare(rank[a.kind], rank[b.kind]), cmp.Compare(a.name, b.name))
	})
	for _, l := range s.layers {
		if l.kind == spanLayer && l.slots {
			s.each(func(row *outRow) {
				for _, u := range row.units[l] {
					for _, a := range u.slots {
						s.units[a.Span].ambiguous = true
					}
				}
			})
		}
	}
	anywhere := map[*relating]bool{}
	s.each(func(row *outRow) {
		for l, ends := range row.ends {
			for _, r := range ends {
				anywhere[r] = l.base == anything
			}
		}
	})
	for _, r := range related {
		r.from.ambiguous = r.from.ambiguous || anywhere[r]
		r.to.ambiguous = r.to.ambiguous || anywhere[r]
	}
}

// each calls do for every row.
func (s *sheet) each(do func(*outRow)) {
	for _, token := range s.tokens {
		do(token)
		for _, part := range token.parts {
			do(part)
		}
	}
}

// number gives a number to each annotation that is on several rows, stands where another of its
// layer does, or is pointed at by what may mean any layer.
func (s *sheet) number() {
	next := 1
	for _, l := range s.layers {
		s.each(func(row *outRow) {
			units := row.units[l]
			for _, u := range units {
				if u.number == 0 && l.kind == spanLayer && (len(units) > 1 || len(u.rows) > 1 || u.ambiguous) {
					u.number = next
					next++
				}
			}
		})
	}
}
