// Package typeset turns a document's text into lines of positioned glyphs and
// answers where things are: which offset lies at a point, where the caret of an
// offset stands, which rectangles a fragment covers.
//
// It draws nothing and knows no toolkit; lengths are device pixels, offsets are
// bytes of UTF-8. A paragraph goes through these steps, each a file of its own:
//
//	passage.go  characters and grapheme clusters, where lines may break
//	bidi.go     embedding levels (Unicode Standard Annex #9)
//	carry.go    what parts of a very long paragraph stand in
//	shape.go    runs of one face, script and level, shaped by HarfBuzz
//	wrap.go     lines no wider than the measure
//	hyphen.go   soft hyphens at which lines are broken
//	build.go    glyphs and clusters in visual order
//	beside.go   what stands at the left and right of a token
//	marks.go    marks of invisible characters, where they are asked for
//
// Only what is asked about is laid out; [Layout] keeps the heights of the rest as
// estimates. Fonts, and every Layout made with them, are for one goroutine at a time.
//
// The fonts of the computer are found and read on a goroutine of their own
// ([Installed]). What needs one of them before it is there is set as a blank, and set
// again once [Fonts.Renew] says so; text that the given fonts have never waits.
//
// Start with [NewFonts], [NewLayout] and [Layout.Lines].
package typeset
