package dataset

import (
	"slices"
	"strings"

	"spanwright/annotate"
)

// DKProPackage is what the names of all types of DKPro begin with.
const DKProPackage = "de.tudarmstadt.ukp.dkpro.core.api."

// DKProType is a type of DKPro that INCEpTION has a layer of in every project. What is labelled like it is
// written as it, so that it is found there.
type DKProType struct {
	Name     string
	Features string // that are text, with blanks between them
}

// DKProTypes are those of spans, by the label that they are read as.
var DKProTypes = map[string]DKProType{
	"NamedEntity": {DKProPackage + "ner.type.NamedEntity", "value identifier"},
	"POS":         {DKProPackage + "lexmorph.type.pos.POS", "PosValue coarseValue"},
	"Lemma":       {DKProPackage + "segmentation.type.Lemma", "value"},
	"MorphologicalFeatures": {
		DKProPackage + "lexmorph.type.morph.MorphologicalFeatures",
		"value gender number case degree verbForm tense mood voice definiteness person aspect animacy negative numType possessive pronType reflex transitivity",
	},
	"Chunk":           {DKProPackage + "syntax.type.chunk.Chunk", "chunkValue"},
	"SurfaceForm":     {DKProPackage + "segmentation.type.SurfaceForm", "value"},
	"SemArg":          {DKProPackage + "semantics.type.SemArg", ""},
	"SemPred":         {DKProPackage + "semantics.type.SemPred", "category"},
	"CoreferenceLink": {DKProPackage + "coref.type.CoreferenceLink", "referenceType referenceRelation"},
}

// Has reports whether the type has a feature for an attribute.
func (t DKProType) Has(attribute string) bool {
	return slices.Contains(strings.Fields(t.Features), attribute)
}

// Holds reports whether the type has features for all attributes, which must be texts.
func (t DKProType) Holds(attributes []annotate.Attribute) bool {
	others := []annotate.AttributeKind{annotate.BooleanKind, annotate.IntegerKind, annotate.NumberKind, annotate.SeveralKind}
	return !slices.ContainsFunc(attributes, func(a annotate.Attribute) bool { return !t.Has(a.Name) || slices.Contains(others, a.Kind) })
}

// SpanType returns the type of spans of a label: that of DKPro if it is called like one, and the scheme, where there
// is one, asks for no attributes that it lacks, or else one of a layer that people make.
func SpanType(label string, scheme *annotate.Scheme) string {
	t, known := DKProTypes[label]
	if known && (scheme == nil || t.Holds(scheme.AttributesOf(label))) {
		return t.Name
	}
	return SpanPackage + TypeName(label)
}
