// Package revise takes a project from one scheme to another: it counts what the change
// would do before it is made, and makes it as one group of changes.
//
// It reads a document at a time and keeps nothing of it, however large the project. It
// knows no widgets and writes only through the store. Start reading at [Prepare].
package revise
