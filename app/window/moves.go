package window

// toMoves shows below the text what can be done with the work on the document; once more
// takes it away.
func (w *Window) toMoves() {
	switch {
	case w.editing():
	case w.moves.Shown():
		w.leaveMoves()
	default:
		w.moves.Show(w.win.Canvas())
	}
}

func (w *Window) leaveMoves() {
	w.moves.Hide()
	w.focusText()
}
