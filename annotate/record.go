package annotate

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Record is a form that an annotator filled in about a document, or about what another
// record says: a question, and below it its answers. Its label says which fields it has.
type Record struct {
	ID        ID     `json:"id"`
	Document  ID     `json:"document"`
	Annotator string `json:"annotator"`
	Label     string `json:"label"`
	Parent    ID     `json:"parent,omitempty"` // the record it lies in; empty at the top
	// Rank orders records that lie in the same one, byte by byte; equal ones follow
	// their ids. See [RankBetween].
	Rank       string           `json:"rank"`
	Attributes map[string]Value `json:"attributes,omitempty"`
	Flag       string           `json:"flag,omitempty"`
	Note       string           `json:"note,omitempty"`
}

// EntityKind says that a Record is a record.
func (r *Record) EntityKind() EntityKind { return RecordEntity }

// EntityID returns the record's id.
func (r *Record) EntityID() ID { return r.ID }

// DocumentID returns the id of the document it is about.
func (r *Record) DocumentID() ID { return r.Document }

// Clone returns a copy that shares nothing changeable with r.
func (r *Record) Clone() *Record {
	c := *r
	c.Attributes = maps.Clone(r.Attributes)
	return &c
}

// Check reports the first thing that makes r impossible whatever its scheme says.
func (r *Record) Check() error {
	switch {
	case r.ID == "":
		return Errorf(Invalid, "a record has no id")
	case r.Document == "":
		return Errorf(Invalid, "record %s belongs to no document", r.ID)
	case r.Annotator == "":
		return Errorf(Invalid, "record %s belongs to no annotator", r.ID)
	case r.Label == "":
		return Errorf(Invalid, "record %s has no label", r.ID)
	case r.Parent == r.ID:
		return Errorf(Invalid, "record %s (%s) lies in itself", r.ID, r.Label)
	case !isRank(r.Rank):
		return Errorf(Invalid, "record %s (%s) has the impossible rank %q", r.ID, r.Label, r.Rank)
	}
	return nil
}

// rankDigits are the digits of ranks, in the order of their bytes.
const rankDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// isRank reports whether s is a rank: digits after a point, the last one not 0, so
// that there is always one between two of them.
func isRank(s string) bool {
	return s != "" && s[len(s)-1] != '0' && strings.Trim(s, rankDigits) == ""
}

// RankBetween returns a short rank after before and before after, which are ranks or
// empty for no bound. Two people who add a record at the same place get the same rank,
// and the ids decide. Where after is not larger than before, the rank follows before.
func RankBetween(before, after string) string {
	if after != "" && after <= before {
		after = ""
	}
	atEnd := after == ""
	var rank []byte
	for i := 0; ; i++ {
		low, high := 0, len(rankDigits)
		if i < len(before) {
			low = strings.IndexByte(rankDigits, before[i])
		}
		if after != "" && i < len(after) {
			high = strings.IndexByte(rankDigits, after[i])
		}
		switch {
		case high-low > 1 && atEnd && i < len(before): // most are added at the end
			return string(append(rank, rankDigits[low+1]))
		case high-low > 1:
			return string(append(rank, rankDigits[(low+high)/2]))
		}
		rank = append(rank, rankDigits[low])
		if high > low { // from here on there is room up to the end of what begins like this
			after = ""
		}
	}
}

// compareRecords orders records that lie in the same one.
func compareRecords(a, b *Record) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID))
}

// Record returns the record of that id, nil if the layer has none.
func (l *Layer) Record(id ID) *Record { return l.records[id] }

// RecordCount returns how many records there are.
func (l *Layer) RecordCount() int { return len(l.records) }

// Records returns the records that lie in the one of that id, or at the top for "", in order.
func (l *Layer) Records(parent ID) []*Record { return slices.Clone(l.inside[parent]) }

// AllRecords returns every record, each before those that lie in it. Those whose
// parent is not there come last.
func (l *Layer) AllRecords() []*Record {
	all := make([]*Record, 0, len(l.records))
	seen := map[ID]bool{}
	var visit func(parent ID)
	visit = func(parent ID) {
		for _, r := range l.inside[parent] {
			if !seen[r.ID] {
				seen[r.ID] = true
				all = append(all, r)
				visit(r.ID)
			}
		}
	}
	visit("")
	for _, id := range slices.Sorted(maps.Keys(l.records)) {
		if !seen[id] { // its parent is gone, or lies in itself
			seen[id] = true
			all = append(all, l.records[id])
			visit(id)
		}
	}
	return all
}

func (l *Layer) setRecord(id ID, r *Record) {
	if old := l.records[id]; old != nil {
		l.inside[old.Parent] = slices.DeleteFunc(l.inside[old.Parent], func(o *Record) bool { return o.ID == id })
		delete(l.records, id)
	}
	if r != nil {
		l.records[id] = r
		at, _ := slices.BinarySearchFunc(l.inside[r.Parent], r, compareRecords)
		l.inside[r.Parent] = slices.Insert(l.inside[r.Parent], at, r)
	}
}

// RecordLabel returns the record label of that name at any depth, nil if there is none.
func (s *Scheme) RecordLabel(label string) *RecordLabel {
	def, _ := findRecordLabel(s.Records, label, "")
	return def
}

// RecordParent returns the label of the records that those of a label lie in, "" for the top.
func (s *Scheme) RecordParent(label string) string {
	_, parent := findRecordLabel(s.Records, label, "")
	return parent
}

func findRecordLabel(records []RecordLabel, label, parent string) (*RecordLabel, string) {
	for i := range records {
		if records[i].Label == label {
			return &records[i], parent
		}
		if def, in := findRecordLabel(records[i].Records, label, records[i].Label); def != nil {
			return def, in
		}
	}
	return nil, ""
}
