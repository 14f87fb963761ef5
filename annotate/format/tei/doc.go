// Package tei reads texts of the Text Encoding Initiative: what a reader reads of them, what their header
// says, the names that are marked up in them, and what points at them from elsewhere.
//
// The source of facts is the TEI P5 Guidelines:
//
//	<TEI><teiHeader><fileDesc><titleStmt><title>…</title><author>…
//	<standOff><spanGrp type="pos"><span from="#w1" to="#w2">NNP</span></spanGrp></standOff>
//	<text><body><p>The <placeName ref="#p1">harbour</placeName> …</p>
//
// Nothing is written. Start with tei.go; standoff.go reads what points at a text, pointer.go finds where.
package tei
