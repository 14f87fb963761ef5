package annotate

import "strings"

// Direction is which way the paragraphs of a document are read.
type Direction string

// The directions. An automatic paragraph is read in the direction of its first
// letter (Unicode Standard Annex #9, rules P2 and P3).
const (
	Automatic   Direction = ""
	LeftToRight Direction = "ltr"
	RightToLeft Direction = "rtl"
)

// directionField is the metadata field that holds a document's direction.
const directionField = "direction"

// Direction returns the direction that the metadata field "direction" names, in
// capitals or not. A field that names none counts for nothing.
func (d *Document) Direction() Direction {
	switch direction := Direction(strings.ToLower(strings.TrimSpace(d.Meta[directionField]))); direction {
	case LeftToRight, RightToLeft:
		return direction
	}
	return Automatic
}

// SetDirection sets the metadata field "direction", or removes it for Automatic.
func (d *Document) SetDirection(direction Direction) {
	if direction == Automatic {
		delete(d.Meta, directionField)
		return
	}
	d.SetMeta(directionField, string(direction))
}
