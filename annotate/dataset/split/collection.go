package split

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Bond is a reason for documents to stay together.
type Bond string

// The bonds.
const (
	Duplicates Bond = "duplicates" // near-duplicates, and texts that are the same
	Relations  Bond = "relations"  // one has a relation that leads into the other
	Concepts   Bond = "concepts"   // both mention a concept
)

// Bonds lists all bonds.
var Bonds = []Bond{Duplicates, Relations, Concepts}

// Options say how documents are divided.
type Options struct {
	Parts []Part
	Seed  uint64
	// Stratify names labels, of which each part gets its share of annotations, and attributes or
	// metadata fields of documents, of whose values each part gets its share of documents.
	Stratify []string
	// GroupBy names attributes or metadata fields of documents; those of one value stay together.
	GroupBy []string
	// Together are the bonds that are kept.
	Together []Bond
}

// watched are the metadata fields whose values are reported when they are in several parts.
var watched = []string{"source", "publisher", "author", "date", "url"}

// Collection is what is known of the documents to be divided.
type Collection struct {
	options   Options
	scheme    *annotate.Scheme
	documents []document
	numbers   map[annotate.ID]int32
	links     map[link][]int32 // the documents that have something, in order
	names     map[string]string
	relations []relation
	fields    map[string]bool // of metadata, that occur
	strata    map[stratum]int // numbers
	ordered   []stratum
}

type document struct {
	id        annotate.ID
	name      string
	hash      string
	signature *Signature
	amounts   map[int]float64 // by stratum
}

// link is something that documents have in common: a concept, or a value of a field.
type link struct {
	field string // "" for a concept
	value string
}

// relation leads from a document into another.
type relation struct {
	from int32
	to   annotate.ID
}

// stratum is what every part is to have its share of: annotations of a label, or documents of a value.
type stratum struct{ name, value string }

func (s stratum) String() string {
	if s.value == "" {
		return s.name
	}
	return s.name + "=" + s.value
}

// NewCollection returns an empty collection. The scheme tells labels and attributes from metadata fields.
func NewCollection(scheme *annotate.Scheme, options Options) *Collection {
	return &Collection{
		options: options, scheme: scheme, numbers: map[annotate.ID]int32{}, links: map[link][]int32{}, names: map[string]string{},
		fields: map[string]bool{}, strata: map[stratum]int{},
	}
}

// Add takes in a record. Those of one document follow each other.
func (c *Collection) Add(r *dataset.Record) {
	number, known := c.numbers[r.Document.ID]
	if !known {
		number = c.add(r.Document)
	}
	if a := r.Assessment; a != nil {
		for _, name := range annotate.SortedKeys(a.Labels) {
			for _, value := range valuesOf(a.Labels[name]) {
				c.field(number, name, value)
			}
		}
	}
	for _, s := range r.Spans {
		c.count(number, s.Label)
	}
	for _, x := range r.Relations {
		c.count(number, x.Label)
		for _, a := range x.Arguments {
			if a.Document != "" && a.Document != r.Document.ID {
				c.relations = append(c.relations, relation{number, a.Document})
			}
		}
	}
	for _, x := range r.Records {
		c.count(number, x.Label)
	}
	for _, concept := range r.Concepts {
		c.names[string(concept.ID)] = concept.Name
		c.link(number, link{value: string(concept.ID)})
	}
}

// add takes in a document itself and returns its number.
func (c *Collection) add(d *annotate.Document) int32 {
	number := int32(len(c.documents))
	c.numbers[d.ID] = number
	added := document{id: d.ID, name: d.Name, hash: d.Hash, amounts: map[int]float64{}}
	if shingles := Shingles(d.Text); len(shingles) > 0 {
		added.signature = Sign(shingles)
	}
	c.documents = append(c.documents, added)
	for _, name := range annotate.SortedKeys(d.Meta) {
		c.fields[name] = true
		c.field(number, name, d.Meta[name])
	}
	return number
}

// valuesOf returns the values of an attribute as texts.
func valuesOf(v annotate.Value) []string {
	if several, ok := v.Choices(); ok {
		return several
	}
	return []string{v.String()}
}

// field notes that a document has a value.
func (c *Collection) field(number int32, name, value string) {
	if slices.Contains(c.options.GroupBy, name) || slices.Contains(watched, name) {
		c.link(number, link{name, value})
	}
	if slices.Contains(c.options.Stratify, name) && !c.isLabel(name) {
		c.documents[number].amounts[c.stratum(stratum{name, value})] = 1
	}
}

func (c *Collection) link(number int32, l link) {
	if with := c.links[l]; len(with) == 0 || with[len(with)-1] != number {
		c.links[l] = append(with, number)
	}
}

// count notes that a document has one more annotation of a label.
func (c *Collection) count(number int32, label string) {
	if slices.Contains(c.options.Stratify, label) && c.isLabel(label) {
		c.documents[number].amounts[c.stratum(stratum{name: label})]++
	}
}

func (c *Collection) stratum(s stratum) int {
	i, known := c.strata[s]
	if !known {
		i = len(c.ordered)
		c.strata[s], c.ordered = i, append(c.ordered, s)
	}
	return i
}

func (c *Collection) isLabel(name string) bool {
	return c.scheme.Span(name) != nil || c.scheme.Relation(name) != nil || c.scheme.RecordLabel(name) != nil
}

func (c *Collection) isAttribute(name string) bool {
	return slices.ContainsFunc(c.scheme.Document, func(a annotate.Attribute) bool { return a.Name == name })
}

// check reports what cannot be done with the documents that there are.
func (c *Collection) check() error {
	fields := annotate.SortedKeys(c.fields)
	for _, a := range c.scheme.Document {
		fields = append(fields, a.Name)
	}
	there := "there are none"
	if len(fields) > 0 {
		there = "there are " + strings.Join(fields, ", ")
	}
	for _, name := range c.options.GroupBy {
		if !c.fields[name] && !c.isAttribute(name) {
			return annotate.Errorf(annotate.NotFound, "no document has a field %q to group by; of metadata fields and attributes of documents %s", name, there)
		}
	}
	for _, name := range c.options.Stratify {
		if !c.isLabel(name) && !c.fields[name] && !c.isAttribute(name) {
			return annotate.Errorf(annotate.NotFound, "the split cannot be stratified by %q, which is neither a label nor a field; of metadata fields and attributes of documents %s", name, there)
		}
	}
	return nil
}

// Split says in which part each document is.
type Split struct {
	Parts  []Part
	Of     map[annotate.ID]int // numbers of parts
	Report *Report
}

// Divide divides the documents. text returns the text of one, which is asked for again where near-duplicates
// are compared.
func (c *Collection) Divide(ctx context.Context, text func(annotate.ID) (string, error)) (*Split, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	together := newGroups(len(c.documents))
	c.joinLinked(together)
	finder := finder{groups: together, join: c.keeps(Duplicates), shingles: c.shinglesOf(text)}
	for i := range c.documents {
		finder.signatures = append(finder.signatures, c.documents[i].signature)
	}
	if err := finder.find(ctx); err != nil {
		return nil, err
	}
	all := c.groupsOf(together)
	if len(all) < len(c.options.Parts) {
		return nil, annotate.Errorf(annotate.Invalid, "the %d documents make %d groups that must not be divided, too few for %d parts; keep less together, or take fewer parts",
			len(c.documents), len(all), len(c.options.Parts))
	}
	placed := newPlacement(c.options.Parts, len(c.ordered), all)
	if err := placed.settle(ctx); err != nil {
		return nil, err
	}
	split := &Split{Parts: c.options.Parts, Of: make(map[annotate.ID]int, len(c.documents))}
	parts := make([]int, len(c.documents))
	for i, g := range all {
		for _, number := range g.members {
			parts[number] = placed.of[i]
			split.Of[c.documents[number].id] = placed.of[i]
		}
	}
	split.Report = c.report(&finder, placed, parts)
	return split, nil
}

func (c *Collection) keeps(b Bond) bool { return slices.Contains(c.options.Together, b) }

// binds reports whether the documents that have l in common stay together.
func (c *Collection) binds(l link) bool {
	if l.field == "" {
		return c.keeps(Concepts)
	}
	return slices.Contains(c.options.GroupBy, l.field)
}

// joinLinked joins what belongs together whatever the texts say, and texts that are the same.
func (c *Collection) joinLinked(together *groups) {
	for l, with := range c.links {
		if c.binds(l) {
			for _, number := range with[1:] {
				together.join(with[0], number)
			}
		}
	}
	if c.keeps(Relations) {
		for _, r := range c.relations {
			if to, known := c.numbers[r.to]; known {
				together.join(r.from, to)
			}
		}
	}
	if c.keeps(Duplicates) {
		first := map[string]int32{}
		for i, d := range c.documents {
			if other, known := first[d.hash]; known && d.signature != nil {
				together.join(other, int32(i))
			}
			first[d.hash] = int32(i)
		}
	}
}

// keptShingles is how many shingles are kept for comparisons to come, which is about 64 MB.
const keptShingles = 8 << 20

// shinglesOf returns what gives the shingles of a document, from memory if it was asked for lately.
func (c *Collection) shinglesOf(text func(annotate.ID) (string, error)) func(int32) ([]uint64, error) {
	kept, total := map[int32][]uint64{}, 0
	return func(number int32) ([]uint64, error) {
		if s, ok := kept[number]; ok {
			return s, nil
		}
		t, err := text(c.documents[number].id)
		if err != nil {
			return nil, err
		}
		s := Shingles(t)
		if total += len(s); total > keptShingles {
			clear(kept)
			total = len(s)
		}
		kept[number] = s
		return s, nil
	}
}

// groupsOf returns the groups in order of their first documents.
func (c *Collection) groupsOf(together *groups) []group {
	var all []group
	numbers := map[int32]int{}
	for i := range c.documents {
		first := together.of(int32(i))
		number, known := numbers[first]
		if !known {
			number = len(all)
			numbers[first] = number
			all = append(all, group{place: place(c.options.Seed, c.documents[first].hash)})
		}
		all[number].members = append(all[number].members, int32(i))
	}
	for i := range all {
		amounts := map[int]float64{}
		for _, number := range all[i].members {
			for s, n := range c.documents[number].amounts {
				amounts[s] += n // whole numbers, in whatever order
			}
		}
		for _, s := range slices.Sorted(maps.Keys(amounts)) {
			all[i].amounts = append(all[i].amounts, amount{s, amounts[s]})
		}
	}
	return all
}

// called names a link in a report.
func (c *Collection) called(l link) string {
	if l.field == "" {
		return fmt.Sprintf("concept %s", cmp.Or(c.names[l.value], l.value))
	}
	return l.field + " " + l.value
}
