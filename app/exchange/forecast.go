package exchange

import (
	"context"

	"spanwright/annotate/dataset"
	"spanwright/store"
)

// Forecast returns what an export would lose: what the format cannot hold, or holds
// otherwise, of what is in this project, and how often. It writes nothing.
func Forecast(ctx context.Context, project *store.Project, options ExportOptions) (dataset.Losses, error) {
	f, err := writable(options.Format)
	if err != nil {
		return nil, err
	}
	if f.HoldsEverything() && len(options.Layers)+len(options.States) == 0 {
		run := exporter{project: project, options: options, format: f}
		err := run.count(nil, nil)
		return run.report.Losses, err
	}
	all, err := ForecastAll(ctx, project, options, f)
	if err != nil {
		return nil, err
	}
	return all.Losses[f.Name], nil
}

// Prospect is what several formats would hold of the same records.
type Prospect struct {
	Documents, Spans, Relations, Records int                       // of what is chosen to be written
	Losses                               map[string]dataset.Losses // by the name of the format
}

// ForecastAll is [Forecast] for several formats, for which the project is read once.
func ForecastAll(ctx context.Context, project *store.Project, options ExportOptions, formats ...*dataset.Format) (*Prospect, error) {
	reading, err := newExporter(project, nil, options)
	if err != nil {
		return nil, err
	}
	p := &Prospect{Losses: map[string]dataset.Losses{}}
	settings := reading.settings()
	runs := make([]exporter, len(formats))
	bends := make([]func(*dataset.Record) dataset.Losses, len(formats))
	bent := make([]dataset.Losses, len(formats))
	for i, f := range formats {
		runs[i] = exporter{project: project, options: options, format: f}
		if bends[i] = func(*dataset.Record) dataset.Losses { return nil }; f.Bends != nil {
			bends[i] = f.Bends(settings)
		}
	}
	err = reading.each(ctx, func(r *dataset.Record) bool {
		p.Spans += len(r.Spans)
		p.Relations += len(r.Relations)
		p.Records += len(r.Records)
		for i, f := range formats {
			if fitted := dataset.Fit(r, f.Holds, settings, &runs[i].fit); fitted != nil {
				for _, l := range bends[i](fitted) {
					bent[i].AddN(l.What, l.Count)
				}
			}
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	p.Documents = reading.report.Documents
	for i, f := range formats {
		if err := runs[i].count(bent[i], nil); err != nil {
			return nil, err
		}
		p.Losses[f.Name] = runs[i].report.Losses
	}
	return p, nil
}
