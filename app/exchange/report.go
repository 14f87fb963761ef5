package exchange

import (
	"errors"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Report says what an import or export did.
type Report struct {
	Documents int `json:"documents"` // added to the project, or written
	Spans     int `json:"spans"`
	Relations int `json:"relations"`
	Records   int `json:"records,omitempty"`
	// Present counts documents that were in the project already.
	Present int              `json:"present"`
	Skipped []dataset.Remark `json:"skipped,omitempty"` // what was left out, and why
	Remarks []dataset.Remark `json:"remarks,omitempty"` // what was taken in otherwise than it stood
	Scheme  []string         `json:"scheme,omitempty"`  // what was added to the scheme
	Losses  dataset.Losses   `json:"losses,omitempty"`  // what the format cannot hold
	// Certificate tells whether what was exported came back when it was read again; nil
	// where that was not looked at.
	Certificate *Certificate `json:"certificate,omitempty"`

	bent int // losses that the format's writer told
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
