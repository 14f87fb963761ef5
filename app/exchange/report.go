package exchange

import (
	"errors"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/split"
)

// Report says what an import or export did.
type Report struct {
	Documents int `json:"documents"` // added to the project, or written
	Spans     int `json:"spans"`
	Relations int `json:"relations"`
	Records   int `json:"records,omitempty"`
	// Reanchored counts spans, or fragments of them, that were moved to where their words stand.
	Reanchored int `json:"reanchored,omitempty"`
	// Present counts documents that were in the project already.
	Present int              `json:"present"`
	Skipped []dataset.Remark `json:"skipped,omitempty"` // what was left out, and why
	Remarks []dataset.Remark `json:"remarks,omitempty"` // what was taken in otherwise than it stood
	Scheme  []string         `json:"scheme,omitempty"`  // what was added to the scheme
	Losses  dataset.Losses   `json:"losses,omitempty"`  // what the format cannot hold
	// Certificate tells whether what was exported came back when it was read again; nil
	// where that was not looked at.
	Certificate *Certificate `json:"certificate,omitempty"`
	// Split tells how an export was divided, and Parts are the certificates of what came of it.
	Split *split.Report     `json:"split,omitempty"`
	Parts []PartCertificate `json:"parts,omitempty"`

	bent int // losses that the format's writer told
}

// add adds what the report of a part counts.
func (r *Report) add(part *Report) {
	r.Documents += part.Documents
	r.Spans += part.Spans
	r.Relations += part.Relations
	r.Records += part.Records
	for _, l := range part.Losses {
		r.Losses.AddN(l.What, l.Count)
	}
}

// Passed reports whether all that was read again was what was meant.
func (r *Report) Passed() bool {
	return (r.Certificate == nil || r.Certificate.Passed) &&
		!slices.ContainsFunc(r.Parts, func(p PartCertificate) bool { return !p.Passed })
}

// skip notes that something was left out because of err.
func (r *Report) skip(err error) {
	var e *annotate.Error
	if !errors.As(err, &e) {
		e = &annotate.Error{Sentence: err.Error()}
	}
	remark := dataset.Remark{File: e.File, Line: e.Line, Sentence: e.Sentence}
	var several *dataset.Misfit
	if errors.As(err, &several) {
		remark.Each = several.Each
	}
	r.Skipped = append(r.Skipped, remark)
}

// Progress is told how much of a job is done, and what it is busy with. Import
// counts bytes of files, export counts documents.
type Progress func(done, total int, name string)

func (p Progress) report(done, total int, name string) {
	if p != nil {
		p(done, total, name)
	}
}
