// Package dataset is what goes in and out of a project: records, each one
// document as one annotator left it, and the formats that read and write them.
//
// It knows no file format itself and never touches a project; the packages
// under annotate/format each describe one [Format], and app/exchange carries
// records between formats and a project. Start with [Record] and [Format].
package dataset
