package card

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/split"
)

// The names of the files of a card.
const (
	ReadmeName    = "README.md"
	CroissantName = "croissant.json"
	LabelsName    = "labels.svg"
	ValuesName    = "values.svg" // only where documents have attributes
)

// Card is all that is told of a dataset.
type Card struct {
	Name    string // of the project
	Program string // with its version
	Command string // that makes the same files again
	Date    string // of the last change in the project, as in 2026-03-31; "" if there is none

	Scheme *annotate.Scheme
	Format *dataset.Format
	Unit   annotate.Unit // of offsets
	Layers []string      // that were chosen; none means all
	States []annotate.Status
	Parts  []Part

	Licences  []Said // what documents say of their licence, by their field
	Languages []Said // the same of their language
	Fields    []Said // metadata fields, and how many documents have them

	Annotators []Annotator
	Pseudonyms bool // the annotators' names are made up
	// Agreement are figures of all of them, of Compared documents; none if there is nothing to compare.
	Agreement []agreement.Result
	Compared  int

	Split  *split.Report
	Losses dataset.Losses
}

// Part is one part of the dataset.
type Part struct {
	Name       string
	Files      []File
	Columns    []Column // of its files, if they are tables or lines of JSON
	Documents  int
	Records    int // documents as one annotator left them
	Characters int // code points of their texts, those of a document once
	// Counts say how often there is what, by label and the like.
	Counts map[Subject]int
}

// File is a file of a part.
type File struct {
	Name   string // below the folder, with slashes
	Bytes  int64
	SHA256 string
}

// Subject is what is counted: a label, or a value of an attribute of documents.
type Subject struct {
	Kind  Kind
	Label string
	Value string // of an attribute of documents
}

// Kind is a kind of thing that is counted.
type Kind string

// The kinds, by the name of several.
const (
	Spans     Kind = "spans"
	Relations Kind = "relations"
	Records   Kind = "records"
	Values    Kind = "documents"
)

// Said is something that documents say of themselves, and how many do.
type Said struct {
	What      string
	Documents int
}

// Annotator is what one annotator did of the dataset.
type Annotator struct {
	Name                              string
	Documents, Done, Spans, Relations int
}

// Files returns the card's files by name.
func (c *Card) Files() (map[string][]byte, error) {
	croissant, err := c.croissant()
	if err != nil {
		return nil, err
	}
	readme, err := c.readme()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{ReadmeName: readme, CroissantName: croissant, LabelsName: c.chart(Spans, Relations, Records)}
	if len(c.subjects(Values)) > 0 {
		files[ValuesName] = c.chart(Values)
	}
	return files, nil
}

// subjects returns what of a kind is counted: all that the scheme has, in its order, then what else occurs.
func (c *Card) subjects(kind Kind) []Subject {
	var all []Subject
	switch kind {
	case Spans:
		for _, l := range c.Scheme.Spans {
			if !l.Abstract {
				all = append(all, Subject{Kind: kind, Label: l.Label})
			}
		}
	case Relations:
		for _, l := range c.Scheme.Relations {
			all = append(all, Subject{Kind: kind, Label: l.Label})
		}
	case Records:
		all = recordSubjects(c.Scheme.Records)
	case Values:
		for i := range c.Scheme.Document {
			a := &c.Scheme.Document[i]
			for choice := range a.Choices() {
				if !choice.Heading {
					all = append(all, Subject{kind, a.Name, choice.Name})
				}
			}
		}
	}
	var others []Subject
	for _, p := range c.Parts {
		for s := range p.Counts {
			if s.Kind == kind && !slices.Contains(all, s) && !slices.Contains(others, s) && (kind != Values || c.countable(s.Label)) {
				others = append(others, s)
			}
		}
	}
	slices.SortFunc(others, func(x, y Subject) int {
		return cmp.Or(cmp.Compare(x.Label, y.Label), cmp.Compare(x.Value, y.Value))
	})
	return append(all, others...)
}

func recordSubjects(labels []annotate.RecordLabel) []Subject {
	var all []Subject
	for _, l := range labels {
		all = append(append(all, Subject{Kind: Records, Label: l.Label}), recordSubjects(l.Records)...)
	}
	return all
}

// countable reports whether an attribute of documents has values that recur.
func (c *Card) countable(name string) bool {
	return !slices.ContainsFunc(c.Scheme.Document, func(a annotate.Attribute) bool {
		return a.Name == name && a.Kind != annotate.ChoiceKind && a.Kind != annotate.SeveralKind && a.Kind != annotate.BooleanKind
	})
}

// count returns how often a subject occurs in each part, and in all.
func (c *Card) count(s Subject) (parts []int, total int) {
	for _, p := range c.Parts {
		parts = append(parts, p.Counts[s])
		total += p.Counts[s]
	}
	return parts, total
}

// total returns the sum of what of tells of each part.
func (c *Card) total(of func(*Part) int) int {
	sum := 0
	for i := range c.Parts {
		sum += of(&c.Parts[i])
	}
	return sum
}

func (p *Part) documents() int { return p.Documents }

// all returns how many of a kind there are in the part.
func (p *Part) all(kind Kind) int {
	sum := 0
	for s, n := range p.Counts {
		if s.Kind == kind {
			sum += n
		}
	}
	return sum
}

var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug returns the name of the dataset with nothing but small letters, digits and hyphens.
func (c *Card) slug() string {
	return cmp.Or(strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(c.Name), "-"), "-"), "dataset")
}

// title returns what the dataset is called.
func (c *Card) title() string { return cmp.Or(c.Name, "Dataset") }
