// Package arggraph reads argumentation graphs as the argumentative microtexts have them.
//
// The source of facts is the corpus of Peldszus and Stede and its DTD:
//
//	<arggraph id="micro_b001" topic_id="waste_separation" stance="pro">
//	<edu id="e1">Yes, it's annoying …</edu> <joint id="j1"/> <adu id="a1" type="opp"/>
//	<edge id="c6" src="e1" trg="a1" type="seg"/> <edge id="c1" src="a1" trg="a5" type="reb"/>
//
// The text lies beside the file. Edges of type seg say which segments of it a discourse unit
// is; others are relations between units, or between a unit and a relation.
package arggraph
