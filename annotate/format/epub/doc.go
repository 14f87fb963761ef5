// Package epub reads the text of EPUB books, with title, author, date and language.
//
// A book is one document: its chapters in the order of the spine, without the table of
// contents. EPUB 2 and 3 are read as https://www.w3.org/TR/epub-33 describes them. Start with epub.go.
package epub
