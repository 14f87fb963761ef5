// Package pubtator reads and writes PubTator files: abstracts with the mentions of
// concepts in them.
//
// The source of facts is what the corpora of NCBI hold and what their readers accept:
//
//	354896|t|Lidocaine-induced cardiac asystole.
//	354896|a|Intravenous administration of …
//	354896	0	9	Lidocaine	Chemical	D008012
//	354896	CID	D008012	D006323
//
// A blank line ends a document. Offsets count code points of title, one character and
// abstract. Relations lead from concept to concept. Start with read.go.
package pubtator
