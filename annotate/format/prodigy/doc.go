// Package prodigy reads and writes the JSONL of Prodigy, one task a line.
//
// The source of facts is prodi.gy/docs/api-interfaces and the files that Prodigy's
// recipes come with. Several lines may be about one text: several annotators, or
// several questions. They become one document, which is known by its input hash.
//
// An answer "accept" says that what a task holds is right, "reject" that it is wrong,
// "ignore" that nobody can say. So only what was accepted is labelled; a rejected class
// makes the attribute of that name false, and rejected spans are left out with a remark.
//
// Offsets count code points and end behind the last character, token numbers end at the
// last token. What Prodigy does not know it keeps, so that attributes, notes and flags
// have keys of their own. Start with read.go.
package prodigy
