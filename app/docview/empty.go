package docview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// emptyText says why the pane is empty.
type emptyText struct {
	lines []*canvas.Text
	shown bool
}

// Sentences of an empty pane, a line each so that they fit a narrow one.
var (
	noDocuments = []string{"No documents yet.", "Drop .txt files here", "or press Ctrl+I."}
	noText      = []string{"This document has no text."}
)

func (e *emptyText) place(v *View, size fyne.Size) {
	text := noDocuments
	if v.document != nil {
		text = noText
	}
	e.shown = v.document == nil || v.document.Text == ""
	if !e.shown {
		return
	}
	for len(e.lines) < len(text) {
		e.lines = append(e.lines, canvas.NewText("", color.Transparent))
	}
	e.lines = e.lines[:len(text)]
	y := size.Height * 0.38
	for i, line := range e.lines {
		line.Text, line.TextSize, line.Alignment = text[i], 14, fyne.TextAlignCenter
		line.Color = v.palette.Dim
		if i == 0 {
			line.TextSize, line.Color = 16, v.palette.Ink
		}
		line.Resize(fyne.NewSize(size.Width, line.MinSize().Height))
		line.Move(fyne.NewPos(0, y))
		y += line.MinSize().Height + 4
	}
}

func (e *emptyText) objects() []fyne.CanvasObject {
	if !e.shown {
		return nil
	}
	found := make([]fyne.CanvasObject, len(e.lines))
	for i := range e.lines {
		found[i] = e.lines[i]
	}
	return found
}
