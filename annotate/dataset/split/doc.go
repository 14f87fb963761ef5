// Package split divides documents into parts, such as train, dev and test, so that what
// belongs together stays together.
//
// A [Collection] takes in records one after another and keeps a few hundred bytes of each
// document. [Collection.Divide] then joins documents into groups: near-duplicates, which
// MinHash finds and the true Jaccard index confirms, and documents that share a concept, a
// relation or the value of a field. Whole groups are placed by a hash of the seed, and as few
// as it takes are then moved until the shares, and the labels or values asked for, are right. What
// still leaks from one part into another stands in the [Report].
//
// Nothing is left to chance: the same documents in the same order and the same seed give the same
// parts on every machine. docs/datasets.md describes the method. Start with collection.go.
package split
