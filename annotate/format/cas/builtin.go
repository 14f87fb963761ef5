package cas

import (
	"slices"
	"strings"

	"spanwright/annotate"
)

// builtin is a type of DKPro that INCEpTION has a layer of in every project. What is labelled like it is
// written as it, so that it is found there.
type builtin struct {
	kind     string
	features string // that are text, with blanks between them
	points   []writtenFeature
}

const dkpro = "de.tudarmstadt.ukp.dkpro.core.api."

// Types of DKPro that point at others.
const (
	argumentLink   = dkpro + "semantics.type.SemArgLink"
	chainType      = dkpro + "coref.type.CoreferenceChain"
	dependencyType = dkpro + "syntax.type.dependency.Dependency"
	semArg         = "SemArg"
	semPred        = "SemPred"
	chainLink      = "CoreferenceLink"
	dependency     = "Dependency"
)

// builtins are the types by the label that they are read as.
var builtins = map[string]*builtin{
	"NamedEntity": {kind: dkpro + "ner.type.NamedEntity", features: "value identifier"},
	"POS":         {kind: dkpro + "lexmorph.type.pos.POS", features: "PosValue coarseValue"},
	"Lemma":       {kind: dkpro + "segmentation.type.Lemma", features: "value"},
	"MorphologicalFeatures": {
		kind: dkpro + "lexmorph.type.morph.MorphologicalFeatures",
		features: "value gender number case degree verbForm tense mood voice definiteness person aspect animacy negative numType possessive pronType " +
			"reflex transitivity",
	},
	"Chunk":       {kind: dkpro + "syntax.type.chunk.Chunk", features: "chunkValue"},
	"SurfaceForm": {kind: dkpro + "segmentation.type.SurfaceForm", features: "value"},
	semArg:        {kind: dkpro + "semantics.type.SemArg"},
	semPred: {
		kind: dkpro + "semantics.type.SemPred", features: "category",
		points: []writtenFeature{{name: arguments, form: reference, element: argumentLink, many: true}},
	},
	chainLink: {
		kind: dkpro + "coref.type.CoreferenceLink", features: "referenceType referenceRelation",
		points: []writtenFeature{{name: nextLink, form: reference, element: dkpro + "coref.type.CoreferenceLink"}},
	},
	dependency: {
		kind: dependencyType, features: "DependencyType flavor",
		points: []writtenFeature{{name: governor, form: reference, element: tokenType}, {name: dependent, form: reference, element: tokenType}},
	},
}

// others are types that no label has, and that those above need.
var others = []*builtin{
	{kind: argumentLink, features: role, points: []writtenFeature{{name: target, form: reference, element: builtins[semArg].kind}}},
	{kind: chainType, points: []writtenFeature{{name: firstLink, form: reference, element: builtins[chainLink].kind}}},
	{kind: tokenType, points: []writtenFeature{
		{name: "lemma", form: reference, element: builtins["Lemma"].kind},
		{name: "morph", form: reference, element: builtins["MorphologicalFeatures"].kind},
		{name: "pos", form: reference, element: builtins["POS"].kind},
	}},
}

// ofToken are the features of a token that point at what is said of it, by its label.
var ofToken = map[string]string{"Lemma": "lemma", "MorphologicalFeatures": "morph", "POS": "pos"}

// builtinOf returns what is known of a type, nil if it is none of DKPro.
func builtinOf(kind string) *builtin {
	if !strings.HasPrefix(kind, dkpro) {
		return nil
	}
	if b := builtins[short(kind)]; b != nil && b.kind == kind {
		return b
	}
	if i := slices.IndexFunc(others, func(b *builtin) bool { return b.kind == kind }); i >= 0 {
		return others[i]
	}
	return nil
}

// has reports whether the type has a feature for an attribute.
func (b *builtin) has(attribute string) bool {
	return slices.Contains(strings.Fields(b.features), attribute)
}

// declared returns the features that the type has whether they are used or not.
func (b *builtin) declared() []writtenFeature {
	if b == nil {
		return nil
	}
	all := slices.Clone(b.points)
	for _, name := range strings.Fields(b.features) {
		all = append(all, writtenFeature{name: name})
	}
	return all
}

// fits reports whether a label is called like a type of DKPro and has no attributes that the type lacks.
func fits(label string, attributes []annotate.Attribute) bool {
	b := builtins[label]
	return b != nil && !slices.ContainsFunc(attributes, func(a annotate.Attribute) bool { return !b.has(a.Name) || kinds[a.Kind] != words })
}
