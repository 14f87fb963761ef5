// Package gate reads and writes documents of GATE: its own XML, and the bdoc JSON of
// python-gatenlp.
//
// The source of facts is what GATE 8 saves, the description of bdoc in python-gatenlp, and
// what its readers take:
//
//	<TextWithNodes><Node id="0"/>Mona<Node id="4"/> said</TextWithNodes>
//	<AnnotationSet Name="asha"><Annotation Id="1" Type="Person" StartNode="0" EndNode="4"><Feature>…
//	<RelationSet Name="asha"><Relation Id="2" Type="says" Members="1;3"><UserData/>…
//	{"text", "offset_type": "p", "features", "annotation_sets": {"asha": {"annotations": [{"id", "type", "start", "end", "features"}]}}}
//
// An annotation set is an annotator's layer. Both forms have one model, in document.go;
// start there.
package gate
