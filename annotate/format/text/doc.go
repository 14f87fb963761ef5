// Package text reads plain-text articles: one UTF-8 file is one document.
//
// A leading " date YYYY-MM-DD " becomes the document's metadata field "date".
// Plain text holds no annotations, so the format is not written.
package text
