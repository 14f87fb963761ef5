// Package html reads the readable text of HTML pages, with their title, date and source.
//
// What is read is the one article of a page, else its main part, else its body, without
// what is there for moving about in it. Start with html.go.
package html
