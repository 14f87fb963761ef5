// Package aside keeps what a format has no place for in JSON under a key of its own, which programs
// that use the format pass on: relations, gaps, attributes and notes of spans, and the state of
// the work. The format itself decides what spans there are. One that somebody has taken out since
// is gone, and so are its relations; what was added has nothing aside.
//
// Start with [New] and [Read].
package aside
