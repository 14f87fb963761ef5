// Package tei reads texts of the Text Encoding Initiative: what a reader reads of them, what their header
// says, and the names that are marked up in them.
//
// The source of facts is the TEI P5 Guidelines:
//
//	<TEI><teiHeader><fileDesc><titleStmt><title>…</title><author>…
//	<text><body><p>The <placeName ref="#p1">harbour</placeName> …</p>
//
// Nothing is written. Start with tei.go.
package tei
