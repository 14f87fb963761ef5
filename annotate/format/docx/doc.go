// Package docx reads the text of Word documents (Office Open XML, ECMA-376), with title,
// author, date and language.
//
// Changes that were tracked are read as accepted; deleted and hidden text, headers, footers and comments are left
// out, footnotes and endnotes stand at the end. Start with docx.go; body.go turns the XML into text.
package docx
