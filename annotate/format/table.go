package format

import (
	"strconv"

	"spanwright/annotate/dataset"
)

// Table returns what each format can hold: a row for each format, a column for each
// feature under its number, which counts [dataset.Features] from 1. The marks are how yes,
// bent and no are written.
func Table(yes, bent, no string) (head []string, rows [][]string) {
	marks := map[dataset.Level]string{dataset.Yes: yes, dataset.Bent: bent, dataset.No: no}
	head = []string{"format"}
	for i := range dataset.Features {
		head = append(head, strconv.Itoa(i+1))
	}
	for _, f := range All {
		row := []string{f.Name}
		for _, feature := range dataset.Features {
			row = append(row, marks[f.Holds.Of(feature.Feature)])
		}
		rows = append(rows, row)
	}
	return head, rows
}
