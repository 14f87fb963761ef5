package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestWhatIsLostIsWhatTheStandingStateWasNotMadeFrom(t *testing.T) {
	for _, test := range []struct {
		name  string
		steps string // pairs of states, the one that stands last; - is none
		lost  []bool
	}{
		{"one after the other", "-a ab bc", []bool{false, false, false}},
		{"two from the same state", "-a ab ac", []bool{false, true, false}},
		{"a branch of two", "-a ab bd ac", []bool{false, true, true, false}},
		{"the same done twice", "-a ab ab", []bool{false, false, false}},
		{"the same done again later", "-a ab ac ca ab", []bool{false, false, false, false, false}},
		{"deleted meanwhile", "-a ab a-", []bool{false, true, false}},
		{"changed although deleted", "-a a- ab", []bool{false, true, false}},
		{"made apart", "-a -b", []bool{true, false}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var steps []step
			for i := 0; i < len(test.steps); i += 3 {
				steps = append(steps, step{before: letter(test.steps[i]), after: letter(test.steps[i+1])})
			}
			require.Equal(t, test.lost, superseded(steps))
		})
	}
}

func letter(b byte) []byte {
	if b == '-' {
		return nil
	}
	return []byte{b}
}

func TestAnEditThatRepeatsALostOneRestoresItsMark(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	a := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	b, c := a.Clone(), a.Clone()
	b.Note, c.Note = "b", "c"
	add(t, p, d, a)
	_, err := p.Apply(
		annotate.Change{ID: "1", Clock: 10, Annotator: "asha", Before: a, After: b},
		annotate.Change{ID: "2", Clock: 11, Annotator: "ben", Before: a, After: c},
		annotate.Change{ID: "3", Clock: 12, Annotator: "ben", Before: c, After: a},
		annotate.Change{ID: "4", Clock: 13, Annotator: "ben", Before: a, After: b},
	)
	require.NoError(t, err)
	lost, err := column[string](p.reading, "SELECT id FROM journal WHERE superseded")
	require.NoError(t, err)
	require.Empty(t, lost)
	requireSound(t, p)
}
