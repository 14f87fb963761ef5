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
	if err := options.check(project); err != nil {
		return nil, err
	}
	run := exporter{project: project, options: options, format: f}
	if f.HoldsEverything() {
		err := run.count(nil, nil)
		return run.report.Losses, err
	}
	bends := func(*dataset.Record) dataset.Losses { return nil }
	if f.Bends != nil {
		bends = f.Bends(run.settings())
	}
	var bent dataset.Losses
	for r, err := range run.records(ctx) {
		if err != nil {
			return nil, err
		}
		for _, l := range bends(r) {
			bent.AddN(l.What, l.Count)
		}
	}
	err = run.count(bent, nil)
	return run.report.Losses, err
}
