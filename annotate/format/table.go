package format

import "spanwright/annotate/dataset"

// Table returns what each format can hold: a row for each feature, a column for each
// format. The marks are how yes, bent and no are written.
func Table(yes, bent, no string) (head []any, rows [][]any) {
	marks := map[dataset.Level]string{dataset.Yes: yes, dataset.Bent: bent, dataset.No: no}
	head = []any{"holds"}
	for _, f := range All {
		head = append(head, f.Name)
	}
	for _, feature := range dataset.Features {
		row := []any{feature.Title}
		for _, f := range All {
			row = append(row, marks[f.Holds.Of(feature.Feature)])
		}
		rows = append(rows, row)
	}
	return head, rows
}
