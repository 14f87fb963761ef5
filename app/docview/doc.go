// Package docview is the document pane: it paints the lines that package typeset
// lays out, with the annotations that touch them, and turns gestures into calls
// of package session.
//
// It never edits anything itself and never lays out text. Painting is done in
// device pixels by plain functions without widgets: a [painter] draws one line
// into one tile (pieces.go finds what touches it, chips.go places the labels,
// tile.go draws), and curves.go lays relations over the room above the text. The
// widget, [View], keeps the tiles of the visible lines, scrolls, and listens.
// Start with metrics.go for the shape of a line, then tile.go, then view.go.
package docview
