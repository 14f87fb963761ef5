package cas

import (
	"strings"

	"spanwright/annotate/dataset"
)

// short returns the name of a type without its package.
func short(kind string) string { return kind[strings.LastIndexByte(kind, '.')+1:] }

// elevated are packages whose types only repeat a value of the one named: DKPro has a type
// for each part of speech, say, and keeps in a feature which it is.
var elevated = []struct{ before, label string }{
	{"de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.", "POS"},
	{"de.tudarmstadt.ukp.dkpro.core.api.ner.type.", "NamedEntity"},
	{"de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.", "Dependency"},
	{"de.tudarmstadt.ukp.dkpro.core.api.syntax.type.constituent.", "Constituent"},
	{"de.tudarmstadt.ukp.dkpro.core.api.syntax.type.chunk.", "Chunk"},
}

// label returns the label of what has a type.
func label(kind string) string {
	for _, e := range elevated {
		if strings.HasPrefix(kind, e.before) {
			return e.label
		}
	}
	return dataset.NamedByType(short(kind))
}

// Features that have a meaning.
const (
	governor  = "Governor"
	dependent = "Dependent"
	target    = "target"
	role      = "role"
	arguments = "arguments"
	firstLink = "first" // of a chain
	nextLink  = "next"
	note      = "spanwright_note"
	flag      = "spanwright_flag"
)

// taken are the names that features cannot have: those of UIMA's own, those above, and those that
// Python, in which many read the files, keeps to itself.
var taken = map[string]bool{}

func init() {
	for _, name := range strings.Fields(governor + " " + dependent + " " + target + " " + role + " " + arguments + " " + note + " " + flag +
		` begin end sofa first next xmiID self type
		False None True and as assert async await break class continue def del elif else except finally for from global if import in is
		lambda nonlocal not or pass raise return try while with yield`) {
		taken[name] = true
	}
}

// featureName returns what the feature of an attribute is called.
func featureName(attribute string) string {
	name := dataset.TypeName(attribute)
	if taken[name] {
		name += dataset.NameEnds
	}
	return name
}
