package agreement

// Dissimilarity says how unlike two units are, for gamma (Mathet, Widlöcher & Métivier
// 2015, Computational Linguistics 41(3), section 4.4).
type Dissimilarity struct {
	Alpha float64 // weight of the positions
	Beta  float64 // weight of the labels
	Empty float64 // Δ∅: that of a unit and no unit
	// Labels returns how unlike two labels are, from 0 to 1; nil for 0 if equal, 1 if not.
	Labels func(a, b string) float64
}

// Usual weighs positions and labels alike.
var Usual = Dissimilarity{Alpha: 1, Beta: 1, Empty: 1}

// Positional returns the sporadic dissimilarity of two units (section 4.4.1, equation 2):
// how far their ends lie apart in proportion to their lengths, squared, times Δ∅. Two
// units without length are alike where they stand at one place, and else as unlike as can be.
func (d Dissimilarity) Positional(a, b Unit) float64 {
	apart, length := abs(a.Begin-b.Begin)+abs(a.End-b.End), a.Len()+b.Len()
	if apart == 0 {
		return 0
	}
	if length <= 0 {
		length = 1 // as if of half a position each, the shortest that can be told apart
	}
	share := float64(apart) / float64(length)
	return share * share * d.Empty
}

// Categorical returns the dissimilarity of two labels (section 4.4.2), times Δ∅.
func (d Dissimilarity) Categorical(a, b string) float64 {
	switch {
	case d.Labels != nil:
		return d.Labels(a, b) * d.Empty
	case a == b:
		return 0
	}
	return d.Empty
}

// Between returns the combined dissimilarity of two units (section 4.4.3).
func (d Dissimilarity) Between(a, b Unit) float64 {
	return d.Alpha*d.Positional(a, b) + d.Beta*d.Categorical(a.Label, b.Label)
}
