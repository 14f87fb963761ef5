package cas

import (
	"slices"
	"strings"

	"spanwright/annotate/dataset"
)

// builtin is a type of DKPro with its features: texts, and what points at other types.
type builtin struct {
	dataset.DKProType
	points []writtenFeature
}

// Types of DKPro that point at others.
const (
	argumentLink   = dataset.DKProPackage + "semantics.type.SemArgLink"
	chainType      = dataset.DKProPackage + "coref.type.CoreferenceChain"
	dependencyType = dataset.DKProPackage + "syntax.type.dependency.Dependency"
	semArg         = "SemArg"
	semPred        = "SemPred"
	chainLink      = "CoreferenceLink"
	dependency     = "Dependency"
)

// pointed are the features of types of spans that point at something.
var pointed = map[string][]writtenFeature{
	semPred:   {{name: arguments, form: reference, element: argumentLink, many: true}},
	chainLink: {{name: nextLink, form: reference, element: dataset.DKProTypes[chainLink].Name}},
}

// builtins are the types by their names, those that no label has too.
var builtins = map[string]*builtin{}

func init() {
	for label, t := range dataset.DKProTypes {
		builtins[t.Name] = &builtin{t, pointed[label]}
	}
	for _, b := range others {
		builtins[b.Name] = b
	}
}

// kindOf returns the type of DKPro of a label.
func kindOf(label string) string { return dataset.DKProTypes[label].Name }

// others are the types of relations, and those that spans need.
var others = []*builtin{
	{
		DKProType: dataset.DKProType{Name: dependencyType, Features: "DependencyType flavor"},
		points:    []writtenFeature{{name: governor, form: reference, element: tokenType}, {name: dependent, form: reference, element: tokenType}},
	},
	{DKProType: dataset.DKProType{Name: argumentLink, Features: role}, points: []writtenFeature{{name: target, form: reference, element: kindOf(semArg)}}},
	{DKProType: dataset.DKProType{Name: chainType}, points: []writtenFeature{{name: firstLink, form: reference, element: kindOf(chainLink)}}},
	{DKProType: dataset.DKProType{Name: tokenType}, points: []writtenFeature{
		{name: "lemma", form: reference, element: kindOf("Lemma")},
		{name: "morph", form: reference, element: kindOf("MorphologicalFeatures")},
		{name: "pos", form: reference, element: kindOf("POS")},
	}},
}

// ofToken are the features of a token that point at what is said of it, by its label.
var ofToken = map[string]string{"Lemma": "lemma", "MorphologicalFeatures": "morph", "POS": "pos"}

// builtinOf returns what is known of a type, nil if it is none of DKPro.
func builtinOf(kind string) *builtin { return builtins[kind] }

// declared returns the features that the type has whether they are used or not.
func (b *builtin) declared() []writtenFeature {
	if b == nil {
		return nil
	}
	all := slices.Clone(b.points)
	for _, name := range strings.Fields(b.Features) {
		all = append(all, writtenFeature{name: name})
	}
	return all
}
