package report

// Named is a picture with a word for the name of its file.
type Named struct {
	Name string
	*Picture
}

// Pictures returns the pictures that there are.
func (f *Facts) Pictures() []Named {
	all := []Named{{"states", f.States()}, {"labels", f.Labels()}, {"time", f.Spent()}, {"course", f.Course()}}
	if f.Confusion != nil {
		all = append(all, Named{"matrix", Matrix(f.Confusion)})
	}
	found := all[:0]
	for _, n := range all {
		if n.Picture != nil {
			found = append(found, n)
		}
	}
	return found
}
