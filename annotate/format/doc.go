// Package format knows every file format: it is the one table that the command
// line and the window choose from. The formats themselves are the packages
// beneath it, which know nothing of each other.
package format
