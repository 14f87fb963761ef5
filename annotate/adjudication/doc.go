// Package adjudication settles where annotators differ.
//
// A [Desk] holds one document with the layers of everybody who worked on it, cut into
// cases: what several annotators marked at one place, which they may agree on or differ in
// ([Case.Kinds]). A case is settled by an [annotate.Decision]; what it leads to lies in a
// layer of its own, [annotate.AdjudicatedLayer], and nobody else's layer is ever touched.
//
// [Desk.Decide] and [Desk.Agreed] return changes and apply nothing. Whether a case is settled
// follows from the decisions and the layers alone: a decision says what each annotator had when it
// was made, and where that is no longer so the case is open again.
//
// The package reads no project and knows no window. Start with desk.go and case.go.
package adjudication
