package agreement

import (
	"errors"
	"io"
)

// ReadRatings reads a CSV file with the columns item, rater and value, one rating a line. An
// item without a line for a rater, or with an empty value, has no rating by them.
// Errors are of kind Invalid and tell the line.
func ReadRatings(r io.Reader) (*Ratings, error) {
	table, err := newCSVTable(r, "item", "rater", "value")
	if err != nil {
		return nil, err
	}
	type cell struct{ item, rater int }
	items, raters := map[string]int{}, map[string]int{}
	given, lines := map[cell]string{}, map[cell]int{}
	var names []string
	for {
		row, err := table.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		item, rater, value := row[0], row[1], row[2]
		switch {
		case item == "":
			return nil, csvError(table.line, "the item has no name")
		case rater == "":
			return nil, csvError(table.line, "the rater has no name")
		}
		if _, known := raters[rater]; !known {
			raters[rater] = len(raters)
			names = append(names, rater)
		}
		if _, known := items[item]; !known {
			items[item] = len(items)
		}
		at := cell{items[item], raters[rater]}
		if lines[at] != 0 {
			return nil, csvError(table.line, "%s has rated item %s in line %d already", rater, item, lines[at])
		}
		given[at], lines[at] = value, table.line
	}
	values := make([][]string, len(items))
	for i := range values {
		values[i] = make([]string, len(raters))
	}
	for at, value := range given {
		values[at.item][at.rater] = value
	}
	return NewRatings(names, values), nil
}
