// Package cas reads and writes the CAS of Apache UIMA, the common analysis structure, in
// which INCEpTION, DKPro and other programs keep annotated texts: as XMI with a type system
// beside it, as JSON, which has its types inside, and as Java serializes it.
//
// The sources of facts are the UIMA reference on XMI, the specification of JSON CAS 0.4,
// and what INCEpTION exports.
//
//	<custom:Claim xmi:id="7" sofa="1" begin="0" end="4" value="x" links="9"/>   a feature structure
//	{"%ID": 7, "%TYPE": "webanno.custom.Claim", "@sofa": 1, "begin": 0, "end": 4, "value": "x"}
//
// A span is an annotation, named by the last part of its type; its features are its attributes. A
// relation of two has the features Governor and Dependent; one of more hangs on an annotation
// whose feature lists links, each with a role and a target. Offsets count UTF-16 units.
//
// All files are taken apart into the same [graph]. Start with decode.go, which makes a
// record of it, and encode.go, which does the reverse.
package cas
