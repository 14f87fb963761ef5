package gate

import (
	"strings"

	"spanwright/annotate"
)

// The features, and the type of annotation, that are ours. Others of such a name get one more
// low line in front.
const (
	flagFeature      = "_flag"
	noteFeature      = "_note"
	statusFeature    = "_status"
	rolesFeature     = "_roles"     // of the members of a relation, where they are not head and tail
	argumentsFeature = "_arguments" // of an annotation that stands for a relation, in bdoc
	nameFeature      = "_name"      // of a document, in XML
	wholeKind        = "_document"  // an annotation of the whole text, which says what an annotator does
)

var ours = map[string]bool{
	flagFeature: true, noteFeature: true, statusFeature: true, rolesFeature: true, argumentsFeature: true, nameFeature: true, wholeKind: true,
}

// fence returns a name as it is written.
func fence(name string) string {
	if bare := strings.TrimLeft(name, "_"); bare != name && ours["_"+bare] {
		return "_" + name
	}
	return name
}

// unfence returns a name as it was.
func unfence(name string) string {
	if rest, fenced := strings.CutPrefix(name, "_"); fenced && fence(rest) != rest {
		return rest
	}
	return name
}

// said returns what features say: attributes, and what is ours.
func said(features map[string]annotate.Value) (attributes map[string]annotate.Value, flag, note, status string) {
	for name, v := range features {
		switch name {
		case flagFeature:
			flag = v.String()
		case noteFeature:
			note = v.String()
		case statusFeature:
			status = v.String()
		default:
			if attributes == nil {
				attributes = map[string]annotate.Value{}
			}
			attributes[unfence(name)] = v
		}
	}
	return attributes, flag, note, status
}

// features returns attributes, flag and note as features.
func features(attributes map[string]annotate.Value, flag, note string) map[string]annotate.Value {
	all := map[string]annotate.Value{}
	for name, v := range attributes {
		all[fence(name)] = v
	}
	if flag != "" {
		all[flagFeature] = annotate.Text(flag)
	}
	if note != "" {
		all[noteFeature] = annotate.Text(note)
	}
	return all
}
