package exchange

import (
	"cmp"
	"context"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/split"
	"spanwright/store"
)

// SplitProspect is how documents would be divided.
type SplitProspect struct {
	*split.Report
	// Labels are how many annotations of each label every part would have, the most frequent first.
	Labels []split.Stratum
	// Fields are the metadata fields that several documents have, those of most first.
	Fields []string
}

// ForecastSplit returns how [ExportSplit] would divide the documents. It writes nothing.
func ForecastSplit(ctx context.Context, project *store.Project, options ExportOptions, how split.Options) (*SplitProspect, error) {
	f, err := writable(options.Format)
	if err != nil {
		return nil, err
	}
	s := &splitter{project: project, options: options, format: f, how: how}
	if s.scheme, err = project.Scheme(); err != nil {
		return nil, err
	}
	labels, fields, last := map[string]map[annotate.ID]int{}, map[string]int{}, annotate.ID("")
	divided, err := s.divide(ctx, func(r *dataset.Record) {
		count := func(label string) {
			if labels[label] == nil {
				labels[label] = map[annotate.ID]int{}
			}
			labels[label][r.Document.ID]++
		}
		if r.Document.ID != last { // records of one document follow each other
			last = r.Document.ID
			for name := range r.Document.Meta {
				fields[name]++
			}
		}
		for _, x := range r.Spans {
			count(x.Label)
		}
		for _, x := range r.Relations {
			count(x.Label)
		}
		for _, x := range r.Records {
			count(x.Label)
		}
	})
	if err != nil {
		return nil, err
	}
	p := &SplitProspect{Report: divided.Report}
	for _, label := range annotate.SortedKeys(labels) {
		share := split.Stratum{Name: label, Parts: make([]int, len(divided.Parts))}
		for id, n := range labels[label] {
			share.Parts[divided.Of[id]] += n
			share.Total += n
		}
		p.Labels = append(p.Labels, share)
	}
	for _, name := range annotate.SortedKeys(fields) {
		if fields[name] > 1 {
			p.Fields = append(p.Fields, name)
		}
	}
	slices.SortStableFunc(p.Fields, func(a, b string) int { return cmp.Compare(fields[b], fields[a]) })
	slices.SortStableFunc(p.Labels, func(a, b split.Stratum) int { return cmp.Compare(b.Total, a.Total) })
	return p, nil
}
