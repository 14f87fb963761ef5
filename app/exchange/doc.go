// Package exchange carries annotations between files and an open project.
//
// [Import] reads files of any format in annotate/format and makes Changes of
// them, a document whole or not at all; importing the same file again adds
// nothing. [Export] and [Write] write a project's records, and say what a format
// cannot hold. Nothing here knows SQL or a file format. Start with import.go and
// export.go.
package exchange
