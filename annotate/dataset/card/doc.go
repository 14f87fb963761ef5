// Package card describes a dataset in the files that readers of datasets look for: a README with the
// header of the Hugging Face Hub, a description in MLCommons Croissant 1.0, and pictures of how often
// each label occurs. All of it follows from a [Card] alone, so that the same card always gives the
// same bytes. Start with card.go.
package card
