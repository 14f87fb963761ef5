// Package lettering shows names, quotes, notes and comments in every script wherever
// the window is not the document itself. The toolkit's own text puts runs that are
// read from the right in the wrong order and shapes slowly what its font does not have;
// so only text that [Plain] calls simple goes to the toolkit, and app/typeset sets the rest.
//
// Lengths are toolkit units. Everything here is for the goroutine of the window.
//
// Start with [New], the text on a canvas, and [Width] and [Wrap], which measure it.
package lettering
