package docview

import "spanwright/annotate"

// walk is a row of presses of ← and → with nothing between them. Which of the two
// goes on in the text is settled by the first press, as the text there is read, and
// stays so: else a walk would turn back where paragraphs of both directions meet.
type walk struct {
	cursor, selected annotate.Fragment // after the last press
	rightGoesOn      bool
}

// goesOn reports whether an arrow goes on in the text; at the first press of a
// walk that is what first says.
func (v *View) goesOn(right bool, first func() bool) bool {
	if v.walk.cursor != v.s.Cursor() || v.walk.selected != v.s.Selection() {
		v.walk.rightGoesOn = right == first()
	}
	return right == v.walk.rightGoesOn
}

func (v *View) stepped() { v.walk.cursor, v.walk.selected = v.s.Cursor(), v.s.Selection() }

// sideways moves to the token that stands at the left or right of the cursor's, or
// of the selection. At a line's end it goes to the line where the text goes on or
// back. A selection is one stretch of the text and so cannot follow the screen
// through both directions: it gets longer or shorter by a token in the order of the
// text, the way that the token beside the cursor lies.
func (v *View) sideways(right, extend bool) {
	cursor := v.s.Cursor()
	if cursor.Empty() {
		return
	}
	var token annotate.Fragment
	var onward, ok bool
	v.keepingPlace(func() bool { // looking at lines not seen yet corrects heights
		if extend {
			onward = v.goesOn(right, func() bool { return v.layout.Onward(cursor, right) })
		} else {
			token, ok = v.beside(cursor, right)
		}
		return true
	})
	if extend {
		v.s.ExtendToken(onward)
	} else if ok {
		v.s.MoveTo(token.Start)
	}
	v.stepped()
}

// beside returns the token at the left or right of the cursor, or of the selection.
func (v *View) beside(cursor annotate.Fragment, right bool) (token annotate.Fragment, ok bool) {
	onward := v.goesOn(right, func() bool { return right != v.layout.LineOf(cursor.Start).RTL })
	selected := v.s.Selection()
	token = cursor
	if !selected.Empty() {
		edge := selected.Start
		if onward {
			edge = selected.End - 1
		}
		token, _ = v.s.Body().TokenAt(edge)
	}
	for {
		token, ok = v.layout.Beside(token, right, onward)
		if !ok || !token.Overlaps(selected) {
			return token, ok
		}
	}
}

// character makes the selection longer or shorter by a character in the order of
// the text, the way that the characters at the cursor are read.
func (v *View) character(right, extend bool) {
	if !extend {
		return
	}
	v.s.ExtendCluster(v.goesOn(right, func() bool { return right != v.layout.RightToLeft(v.s.Cursor().Start) }))
	v.stepped()
}
