package labelstudio

import (
	"io"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// WriteScheme writes a scheme as a labelling configuration, and returns what that cannot say.
func WriteScheme(w io.Writer, s *annotate.Scheme) (dataset.Losses, error) {
	return unsayable(s), newControls(s).write(w)
}

// unsayable lists what a labelling configuration cannot say of a scheme.
func unsayable(s *annotate.Scheme) dataset.Losses {
	var losses dataset.Losses
	for _, l := range s.Spans {
		count(&losses, "a label that others are derived from, whose attributes they have instead", l.Abstract)
		count(&losses, "a label that forbids gaps, which nothing has there", l.Contiguous)
		attributesUnsayable(&losses, l.Attributes)
	}
	for i := range s.Relations {
		r := &s.Relations[i]
		count(&losses, "a relation of other roles than head and tail, which leads from one region to another there", !ofTwo(r))
		count(&losses, "an attribute of a relation", len(r.Attributes) > 0)
	}
	attributesUnsayable(&losses, s.Document)
	losses.AddN("a record", len(s.Records))
	losses.AddN("a rule", len(s.Rules))
	losses.AddN("a flag", len(s.Flags))
	return losses
}

// ofTwo reports whether a relation has a head and a tail, and no labels that alone may be these.
func ofTwo(r *annotate.RelationLabel) bool {
	head, tail := r.Role(annotate.Head), r.Role(annotate.Tail)
	return len(r.Roles) == 2 && head != nil && tail != nil && len(head.Labels)+len(head.Relations)+len(tail.Labels)+len(tail.Relations) == 0
}

func attributesUnsayable(losses *dataset.Losses, attributes []annotate.Attribute) {
	for i := range attributes {
		a := &attributes[i]
		count(losses, "an attribute that is a concept, which is a text there", a.Kind == annotate.ConceptKind)
		count(losses, "a pattern that a text must have", a.Pattern != "")
		count(losses, "a value that is read from the text", a.Derive != "")
	}
}

func count(losses *dataset.Losses, what string, is bool) {
	if is {
		losses.Add(what)
	}
}
