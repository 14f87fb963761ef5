package agreement

import "slices"

// Measure is a way to put agreement into a number.
type Measure struct {
	Name  string // as on the command line and in machine-readable output
	Title string // which definition it is, precisely
	// Pairs says that it compares two annotators; for more the mean over pairs is given.
	Pairs bool
}

// The names of the measures.
const (
	F1Strict  = "f1-strict"
	F1Exact   = "f1-exact"
	F1Partial = "f1-partial"
	F1Type    = "f1-type"

	TokenKappa = "token-kappa"

	UAlpha       = "u-alpha"
	UAlphaBinary = "u-alpha-binary"
	CUAlpha      = "cu-alpha"
	KUAlpha      = "ku-alpha"
	UAlpha2004   = "u-alpha-2004"

	GammaName = "gamma"
	GammaCat  = "gamma-cat"
	GammaK    = "gamma-k"

	RelationExact   = "relation-f1-exact"
	RelationRelaxed = "relation-f1-relaxed"
	RelationMatched = "relation-f1-matched"
	RoleF1          = "role-f1"

	ValueObserved = "value-observed"
	ValueKappa    = "value-kappa"
	ValueAlpha    = "value-alpha"

	ObservedName  = "observed"
	SName         = "s"
	PiName        = "pi"
	KappaName     = "kappa"
	KappaLinear   = "kappa-linear"
	KappaSquare   = "kappa-quadratic"
	FleissName    = "fleiss-kappa"
	AC1Name       = "ac1"
	AlphaName     = "alpha"
	AlphaOrdinal  = "alpha-ordinal"
	AlphaInterval = "alpha-interval"
	AlphaRatio    = "alpha-ratio"
)

// Measures lists all measures, in the order in which they are shown.
var Measures = []Measure{
	{F1Strict, "F1 of spans with the same text and label (SemEval-2013 strict; conlleval)", true},
	{F1Exact, "F1 of spans with the same text, whatever the label (SemEval-2013 exact)", true},
	{F1Partial, "F1 of spans that overlap, half a point unless their text is the same (SemEval-2013 partial)", true},
	{F1Type, "F1 of spans that overlap and have the same label (SemEval-2013 type)", true},
	{TokenKappa, "Cohen's kappa of tokens inside and outside spans", true},
	{UAlpha, "Krippendorff's unitizing alpha of 2016, of places and labels", false},
	{UAlphaBinary, "Krippendorff's unitizing alpha of 2016, of places alone (|u-alpha)", false},
	{CUAlpha, "Krippendorff's unitizing alpha of 2016, of labels where both have a span", false},
	{KUAlpha, "Krippendorff's unitizing alpha of 2016, of one label where others have a span too", false},
	{UAlpha2004, "Krippendorff's first unitizing alpha, of 1995 and 2004 (as in DKPro and INCEpTION); mean over documents", false},
	{GammaName, "gamma of Mathet, Widlöcher & Métivier 2015, of places and labels", false},
	{GammaCat, "gamma-cat of Mathet 2017, of the labels of what is aligned", false},
	{GammaK, "gamma-k of Mathet 2017, of one label where it is aligned", false},
	{RelationExact, "F1 of relations with the same label and spans", true},
	{RelationRelaxed, "F1 of relations with the same label and overlapping spans of the same labels", true},
	{RelationMatched, "F1 of relations whose spans both annotators have", true},
	{RoleF1, "F1 of the fillers of a role, in relations paired by what they share", true},
	{ValueObserved, "share of equal values on spans and relations that both have", true},
	{ValueKappa, "Cohen's kappa of values on spans and relations that both have", true},
	{ValueAlpha, "Krippendorff's nominal alpha of values on spans and relations that both have", true},
	{ObservedName, "observed agreement: share of pairs of raters that agree", false},
	{SName, "Bennett's S", true},
	{PiName, "Scott's pi", true},
	{KappaName, "Cohen's kappa", true},
	{KappaLinear, "Cohen's weighted kappa, linear weights", true},
	{KappaSquare, "Cohen's weighted kappa, quadratic weights", true},
	{FleissName, "Fleiss' kappa, of items that every rater rated", false},
	{AC1Name, "Gwet's AC1", false},
	{AlphaName, "Krippendorff's alpha, nominal", false},
	{AlphaOrdinal, "Krippendorff's alpha, ordinal", false},
	{AlphaInterval, "Krippendorff's alpha, interval", false},
	{AlphaRatio, "Krippendorff's alpha, ratio", false},
}

// FindMeasure returns the measure of that name; ok is false if there is none.
func FindMeasure(name string) (m Measure, ok bool) {
	i := slices.IndexFunc(Measures, func(m Measure) bool { return m.Name == name })
	if i < 0 {
		return Measure{}, false
	}
	return Measures[i], true
}

// Result is the figure of a measure for some of what was compared.
type Result struct {
	Measure    string
	Subject    string   // label, label and attribute, or role; "" for all spans or relations
	Annotators []string // the two compared; nil for all of them, or for the mean over pairs
	Document   string   // name of the one document it is about; "" for all
	Figure     Figure
	Confidence Confidence
	// Of is how many spans, tokens, relations, items … went in, both sides added up.
	Of int
}

// Behind returns the kinds of difference that keep a measure below 1: for
// those of fixed items, different values of documents.
func Behind(measure string) []DifferenceKind {
	switch measure {
	case F1Exact, F1Partial, UAlphaBinary:
		return []DifferenceKind{MissingSpan, Boundary}
	case F1Type:
		return []DifferenceKind{MissingSpan, LabelKind}
	case CUAlpha, KUAlpha, GammaCat, GammaK:
		return []DifferenceKind{LabelKind}
	case F1Strict, TokenKappa, UAlpha, UAlpha2004, GammaName:
		return []DifferenceKind{MissingSpan, Boundary, LabelKind}
	case RelationExact, RelationRelaxed, RelationMatched, RoleF1:
		return []DifferenceKind{RoleKind, RelationKind}
	case ValueObserved, ValueKappa, ValueAlpha:
		return []DifferenceKind{AttributeKind}
	}
	return []DifferenceKind{DocumentValues}
}
