package bioc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// document is a document as its file tells it.
type document struct {
	line        int
	id          string
	infons      map[string]annotate.Value
	pieces      []piece
	annotations []annotation
	relations   []relation
	unplaced    int // infons of passages and sentences that were left out
}

// piece is a stretch of text: a passage, or a sentence of one.
type piece struct {
	line     int
	offset   int
	text     string
	sentence bool // within the passage of the piece before it
	offsets  *annotate.Offsets
}

type annotation struct {
	line      int
	scope     int // the passage or sentence it stands in, 0 for the document
	id        string
	infons    map[string]annotate.Value
	text      string
	locations []location
}

type location struct{ offset, length int }

type relation struct {
	line   int
	scope  int
	id     string
	infons map[string]annotate.Value
	nodes  []node
	// concepts are what it leads from and to in PubTator 3, whose nodes number other things.
	concepts []string
}

type node struct{ refid, role string }

// record puts the n-th document of a file together. The collection's infons are metadata
// of each of its documents.
func (d *document) record(in dataset.Input, n int, collection map[string]annotate.Value) (*dataset.Record, error) {
	l, err := d.understand(in)
	if err != nil {
		return nil, err
	}
	name := d.id
	if name == "" {
		name = in.Numbered(n)
	}
	draft, err := dataset.NewDraft(in, d.line, name, l.text)
	if err != nil {
		return nil, err
	}
	draft.Words = sameWords
	for key, v := range collection {
		draft.Record.Document.SetMeta("collection "+key, v.String())
	}
	d.about(draft)
	keys := newKeys(d)
	without := 0
	for i, a := range d.annotations {
		if len(a.locations) == 0 {
			without++
			continue
		}
		label, said := words(a.infons, "annotation")
		draft.Span(dataset.DraftSpan{
			Key: keys.of(a.scope, a.id), Name: fmt.Sprintf("annotation %q", cmp.Or(a.id, fmt.Sprint(i+1))), Line: a.line, Label: label,
			Parts: a.parts(l), Attributes: said.attributes, Flag: said.flag, Note: said.note,
		})
	}
	drawn, lost := 0, 0
	for i, x := range d.relations {
		label, said := words(x.infons, "relation")
		r := dataset.DraftRelation{
			Key: keys.of(x.scope, x.id), Name: fmt.Sprintf("relation %q", cmp.Or(x.id, fmt.Sprint(i+1))), Line: x.line, Label: label,
			Attributes: said.attributes, Flag: said.flag, Note: said.note,
		}
		if len(x.concepts) > 0 {
			if r.Arguments = d.mentions(x.concepts, keys); r.Arguments == nil {
				lost++
				continue
			}
			drawn++
		} else {
			for _, node := range x.nodes {
				r.Arguments = append(r.Arguments, dataset.DraftArgument{Role: cmp.Or(node.role, "argument"), Key: keys.find(x.scope, node.refid)})
			}
		}
		draft.Relation(r)
	}
	d.remark(draft.Record, l, without)
	if drawn+lost > 0 {
		draft.Record.Remark(in.Path, 0, "relations lead from concept to concept; drawn between their first mentions: %d; left out, since one is not mentioned: %d", drawn, lost)
	}
	return draft.Finish(l.unit)
}

// mentions returns the first mentions of a head and a tail, nil where one is not mentioned.
func (d *document) mentions(concepts []string, keys *keys) []dataset.DraftArgument {
	var found []dataset.DraftArgument
	for i, concept := range concepts {
		for _, a := range d.annotations {
			if key := keys.of(a.scope, a.id); key != "" && len(a.locations) > 0 && a.infons["identifier"].String() == concept {
				found = append(found, dataset.DraftArgument{Role: []string{annotate.Head, annotate.Tail}[i], Key: key})
				break
			}
		}
	}
	if len(found) < len(concepts) {
		return nil
	}
	return found
}

// remark tells what was found out and left out.
func (d *document) remark(r *dataset.Record, l *layout, without int) {
	if l.unit != annotate.CodePoint {
		r.Remark(r.File, 0, "the offsets count %s; they were converted", dataset.Counts(r.Document, l.unit)[0].Sayings)
	}
	if l.gaps > 0 {
		r.Remark(r.File, 0, "between its passages the file leaves out %d characters, which were filled with blanks", l.gaps)
	}
	if without > 0 {
		r.Remark(r.File, 0, "annotations without a place in the text were left out: %d", without)
	}
	if d.unplaced > 0 {
		r.Remark(r.File, 0, "infons of passages and sentences were left out: %d", d.unplaced)
	}
}

// parts returns where an annotation stands, as the layout counts, and the words it says
// are there: those of several parts stand in one text, joined by whatever its writer chose.
func (a *annotation) parts(l *layout) []dataset.Part {
	parts := make([]dataset.Part, len(a.locations))
	total := 0
	for i, at := range a.locations {
		parts[i] = dataset.Part{Start: at.offset - l.base, End: at.offset - l.base + at.length}
		total += at.length
	}
	switch {
	case a.text == "":
	case len(parts) == 1:
		parts[0].Words, parts[0].Quoted = a.text, true
	default:
		l.quote(parts, a.text, total)
	}
	return parts
}

// quote gives each of several parts its share of a text, if it can be told. What lies
// between the parts may be in it.
func (l *layout) quote(parts []dataset.Part, text string, total int) {
	o := annotate.NewOffsets(text)
	joints := o.Len(l.unit) - total
	whole := o.Len(l.unit) == parts[len(parts)-1].End-parts[0].Start
	if joints < 0 || joints%(len(parts)-1) != 0 && !whole {
		return
	}
	at := 0
	for i, p := range parts {
		if whole {
			at = p.Start - parts[0].Start
		}
		f, err := o.Fragment(l.unit, at, at+p.End-p.Start)
		if err != nil {
			return
		}
		parts[i].Words = text[f.Start:f.End]
		at += p.End - p.Start + joints/(len(parts)-1)
	}
	for i := range parts {
		parts[i].Quoted = true
	}
}

// sameWords takes any blanks for any other ones: XML files are often indented.
func sameWords(covered, said string) bool {
	return covered == said || slices.Equal(strings.Fields(covered), strings.Fields(said))
}

// keys are the names of annotations and relations, which some files use again in each
// passage.
type keys struct {
	known map[scoped]string
	often map[string]int
}

type scoped struct {
	scope int
	id    string
}

func newKeys(d *document) *keys {
	k := &keys{known: map[scoped]string{}, often: map[string]int{}}
	for _, a := range d.annotations {
		k.add(a.scope, a.id)
	}
	for _, x := range d.relations {
		k.add(x.scope, x.id)
	}
	return k
}

func (k *keys) add(scope int, id string) {
	k.often[id]++
	k.known[scoped{scope, id}] = fmt.Sprintf("%s in passage %d", id, scope)
}

// of returns the key of what a scope calls id.
func (k *keys) of(scope int, id string) string {
	if id == "" || k.often[id] == 1 {
		return id
	}
	return k.known[scoped{scope, id}]
}

// find returns the key of what a relation in a scope calls id.
func (k *keys) find(scope int, id string) string {
	if key, known := k.known[scoped{scope, id}]; known && k.often[id] > 1 {
		return key
	}
	return id
}
