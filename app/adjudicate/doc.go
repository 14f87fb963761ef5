// Package adjudicate opens a document of a project on a desk: with the layers of everybody who
// worked on it, what was decided, and what relations into other documents were matched with
// there. It says in words what a case is about, and takes over what annotators agree on in
// all documents at once. It never needs a display.
package adjudicate
