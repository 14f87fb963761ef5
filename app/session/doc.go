// Package session is an open project as the window sees it, without any widget:
// the current document, the cursor, the selection, the focused annotation, the
// armed label, a relation in progress, and the edits on their way to the disk.
//
// An edit shows at once in [Session.Layer] and is committed in order by one
// writer goroutine; [Session.Saved] tells how far that is. Every method of a
// [Session] is for one goroutine, the one that Options.Post runs functions on.
// The package never draws, and never writes to the project but through
// store.Apply, Undo and Redo.
//
// Start with [Session] and edit.go.
package session
