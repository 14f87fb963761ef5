// Package pdf reads the text layer of PDF files, with title, author and date.
//
// PDFium reads the files, compiled to WebAssembly and run in a sandbox without files and network, since PDFs come from
// anywhere. It knows lines; paragraphs.go makes paragraphs of them by where they stand. Start with pdf.go.
package pdf
