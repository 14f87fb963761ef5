package cas

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Types that say nothing an annotator said.
const (
	documentMeta = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
	casMeta      = "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata"
	documentType = "uima.tcas.DocumentAnnotation"
	tokenType    = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
	sofaType     = "uima.cas.Sofa"
	sentenceType = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
)

// administrative are types that describe the text or the program, by their names or packages.
// They are passed over, unless something points at them.
var administrative = []string{
	documentMeta, casMeta, documentType, tokenType, sentenceType,
	"de.tudarmstadt.ukp.dkpro.core.api.metadata.type.", "de.tudarmstadt.ukp.clarin.webanno.api.type.", "de.tudarmstadt.ukp.inception.api.type.",
	"uima.cas.",
}

func isAdministrative(kind string) bool {
	return slices.ContainsFunc(administrative, func(a string) bool { return kind == a || strings.HasSuffix(a, ".") && strings.HasPrefix(kind, a) })
}

// decoder makes a record of a graph.
type decoder struct {
	*graph
	in       dataset.Input
	sofa     *sofa
	draft    *dataset.Draft
	nth      int            // which one of its file the document is
	made     map[int]string // keys of spans and relations, by the structure they were made of
	empty    int            // annotations that cover nothing
	lost     int            // relations that had one of those
	left     map[string]int // what else was left out, and how often
	document documentState
}

// decode makes the record of the n-th document of a file.
func decode(in dataset.Input, g *graph, n int) (*dataset.Record, error) {
	d := &decoder{graph: g, in: in, nth: n, made: map[int]string{}, left: map[string]int{}}
	if err := d.chooseText(); err != nil {
		return nil, err
	}
	d.readDocument()
	name, annotator := d.name()
	unit, converted := d.unit()
	d.in.Unit = unit
	draft, err := dataset.NewDraft(d.in, 1, name, d.sofa.text)
	if err != nil {
		return nil, err
	}
	d.draft = draft
	draft.Record.Annotator = annotator
	if err := d.read(); err != nil {
		return nil, err
	}
	d.putDocument()
	if converted {
		d.remark("the offsets count code points; they were converted")
	}
	d.remarkOnRest()
	return draft.Finish(unit)
}

func (d *decoder) remark(format string, args ...any) {
	d.draft.Record.Remark(d.in.Path, 0, format, args...)
}

// initialView is what the text that most programs annotate is called.
const initialView = "_InitialView"

// chooseText finds the text: that of the initial view, or else the first there is.
func (d *decoder) chooseText() error {
	for _, s := range d.sofas {
		if s.has && (d.sofa == nil || s.name == initialView) {
			d.sofa = s
		}
	}
	if d.sofa != nil {
		return nil
	}
	for _, s := range d.sofas {
		if s.uri != "" {
			return fail(s.line, "its text lies elsewhere, at %s", annotate.Excerpt(s.uri, 80))
		}
	}
	return fail(0, "it has no text")
}

// indexed returns what the index of the text holds: all there is where the file has no index.
func (d *decoder) indexed() func(*structure) bool {
	if len(d.views) == 0 {
		return func(s *structure) bool { return s.sofa == d.sofa.id }
	}
	members := map[int]bool{}
	for _, id := range d.views[d.sofa.id] {
		members[id] = true
	}
	return func(s *structure) bool { return members[s.id] }
}

// unit returns what the offsets count: UTF-16 units, unless they are impossible in those,
// or cut blanks into more tokens, and code points do not.
func (d *decoder) unit() (unit annotate.Unit, converted bool) {
	if d.in.Unit != "" || utf8.RuneCountInString(d.sofa.text) == len(d.sofa.text) {
		return cmp.Or(d.in.Unit, annotate.UTF16), false
	}
	offsets := annotate.NewOffsets(d.sofa.text)
	if offsets.Len(annotate.UTF16) != offsets.Len(annotate.CodePoint) && d.odd(offsets, annotate.CodePoint) < d.odd(offsets, annotate.UTF16) {
		return annotate.CodePoint, true
	}
	return annotate.UTF16, false
}

// odd counts the annotations that cannot be where they are, and the tokens that begin or end with a blank.
func (d *decoder) odd(offsets *annotate.Offsets, unit annotate.Unit) int {
	n := 0
	for _, s := range d.structures {
		if !s.placed || s.sofa != d.sofa.id {
			continue
		}
		f, err := offsets.Fragment(unit, s.begin, s.end)
		switch {
		case err != nil:
			n++
		case s.kind == tokenType && strings.TrimFunc(d.sofa.text[f.Start:f.End], unicode.IsSpace) != d.sofa.text[f.Start:f.End]:
			n++
		}
	}
	return n
}

// name returns what the document is called, which is like its file, and whose annotations it
// has. INCEpTION puts the file of each annotator in a folder that is called like the document.
func (d *decoder) name() (document, annotator string) {
	stem := strings.TrimSuffix(d.in.Name, path.Ext(d.in.Name))
	document, annotator = strings.TrimSuffix(stem, ".txt")+".txt", d.document.user
	if d.nth > 1 {
		document = d.in.Numbered(d.nth)
	}
	if folder := path.Dir(d.in.Name); path.Ext(folder) != "" && folder != "." {
		document, annotator = folder, cmp.Or(d.document.annotator, path.Base(stem))
	}
	return cmp.Or(d.document.name, document), cmp.Or(d.document.annotator, annotator)
}

// read makes spans and relations.
func (d *decoder) read() error {
	indexed := d.indexed()
	var spans, relations []*structure
	outside := map[string]int{} // structures of other views
	for _, s := range d.structures {
		switch {
		case isAdministrative(s.kind) && !(isArray(s.kind) && indexed(s)), strings.HasPrefix(s.kind, dataset.DocumentPackage):
		case s.sofa != 0 && s.sofa != d.sofa.id:
			outside[d.sofaName(s.sofa)]++
		case d.isRelation(s):
			if indexed(s) {
				relations = append(relations, s)
			} else {
				d.left["annotation that is not in the index"]++
			}
		case d.isChain(s), s.isLink():
		case !s.placed:
			if indexed(s) && !d.says(s) {
				d.left[fmt.Sprintf("%s without a place in the text", label(s.kind))]++
			}
		case indexed(s):
			spans = append(spans, s)
		default:
			d.left["annotation that is not in the index"]++
		}
	}
	for _, name := range annotate.SortedKeys(outside) {
		d.remark("the annotations of another text, %s, were left out: %d", name, outside[name])
	}
	d.remarkOnTexts(outside)
	for _, s := range relations {
		d.made[s.id] = key(s.id)
	}
	for _, s := range spans {
		if !strings.HasPrefix(s.kind, dataset.SlotPackage) {
			d.span(s)
		}
	}
	for _, s := range spans {
		if err := d.slots(s); err != nil {
			return err
		}
		if err := d.next(s); err != nil {
			return err
		}
	}
	for _, s := range relations {
		if err := d.relation(s); err != nil {
			return err
		}
	}
	return nil
}

// isArray reports whether a type is an array of UIMA.
func isArray(kind string) bool {
	return strings.HasPrefix(kind, "uima.cas.") && strings.HasSuffix(kind, "Array")
}

func (d *decoder) sofaName(id int) string {
	for _, s := range d.sofas {
		if s.id == id {
			return s.name
		}
	}
	return fmt.Sprintf("with the id %d", id)
}

// remarkOnTexts tells of texts that were not taken, unless their annotations told already.
func (d *decoder) remarkOnTexts(told map[string]int) {
	for _, s := range d.sofas {
		if s != d.sofa && s.has && told[s.name] == 0 {
			d.remark("another text, %s, was left out", s.name)
		}
	}
}

func (d *decoder) isRelation(s *structure) bool {
	_, from := s.feature(governor)
	_, to := s.feature(dependent)
	if from || to {
		return true
	}
	_, declared := d.types.feature(s.kind, governor)
	return declared
}

// isChain reports whether s only says where a chain begins.
func (d *decoder) isChain(s *structure) bool {
	_, begins := s.feature(firstLink)
	return begins && !s.placed
}

func key(id int) string { return fmt.Sprint(id) }

// span makes a span, and remembers it.
func (d *decoder) span(s *structure) {
	if s.begin == s.end {
		d.empty++
		return
	}
	d.made[s.id] = key(s.id)
	made := dataset.DraftSpan{
		Key: key(s.id), Name: fmt.Sprintf("%s %d", label(s.kind), s.id), Line: s.line, Label: label(s.kind),
		Parts: []dataset.Part{{Start: s.begin, End: s.end}},
	}
	made.Attributes, made.Flag, made.Note = d.attributes(s)
	if _, leads := s.feature(nextLink); leads {
		delete(made.Attributes, referenceRelation)
	}
	d.draft.Span(made)
}

// attributes returns what the features of a structure say.
func (d *decoder) attributes(s *structure) (attributes map[string]annotate.Value, flagged, noted string) {
	for _, f := range s.features {
		v, ok := d.value(f)
		switch {
		case f.name == note:
			noted = f.text
		case f.name == flag:
			flagged = f.text
		case f.form == reference && !ok:
			if !d.isSlot(f) && !pointers[f.name] && s.kind != tokenType {
				d.left[fmt.Sprintf("reference of the feature %s of %s", f.name, label(s.kind))]++
			}
		case ok:
			if attributes == nil {
				attributes = map[string]annotate.Value{}
			}
			name := dataset.NamedByType(f.name)
			if _, before := attributes[name]; !before || !unset(f.value) {
				attributes[name] = v
			}
		}
	}
	return attributes, flagged, noted
}

// unset reports whether a value is what UIMA gives a feature that nobody set, which then says nothing beside another
// feature for the same attribute.
func unset(v value) bool {
	return v.form == truth && v.text == "false" || v.form == number && v.text == "0"
}

// pointers are features that point at something and are read for themselves.
var pointers = map[string]bool{governor: true, dependent: true, firstLink: true, nextLink: true}

// value returns a value as an attribute has it; ok is false for what points at structures.
func (d *decoder) value(f feature) (v annotate.Value, ok bool) {
	switch f.form {
	case number:
		return annotate.Number(f.text)
	case truth:
		return annotate.Bool(f.text == "true"), true
	case list:
		return annotate.Choices(f.texts...), true
	case reference:
		if len(f.refs) == 1 {
			if texts, isList := d.texts(f.refs[0]); isList {
				return annotate.Choices(texts...), true
			}
		}
		return v, false
	}
	return annotate.Text(f.text), true
}

// isSlot reports whether a feature points at links.
func (d *decoder) isSlot(f feature) bool {
	return len(d.linksOf(f)) > 0 || f.form == reference && len(f.refs) == 0
}

// linksOf returns the links that a feature points at.
func (d *decoder) linksOf(f feature) []*structure {
	if f.form != reference {
		return nil
	}
	var found []*structure
	for _, id := range f.refs {
		for _, id := range d.elements(id) {
			if s := d.byID[id]; s != nil && d.isLinkType(s) {
				found = append(found, s)
			}
		}
	}
	return found
}

// isLinkType reports whether a structure is a link, be it one without a target.
func (d *decoder) isLinkType(s *structure) bool {
	_, declared := d.types.feature(s.kind, target)
	return s.isLink() || declared && !s.placed
}

// argument returns what a structure that something points at is called in the draft, after making a span of
// it if nothing was made of it yet; "" if it covers nothing or is nothing.
func (d *decoder) argument(id int, from *structure) (string, error) {
	if id == 0 {
		d.left["end of a relation or slot that is empty"]++
		return "", nil
	}
	s := d.byID[id]
	switch {
	case s == nil:
		return "", fail(from.line, "%s %d points at %d, and nothing has that id", label(from.kind), from.id, id)
	case d.made[id] != "":
		return d.made[id], nil
	case !s.placed || s.sofa != d.sofa.id || s.begin == s.end:
		d.lost++
		return "", nil
	}
	d.span(s)
	return d.made[id], nil
}

// relation makes the relation of what a structure governs and what depends on that.
func (d *decoder) relation(s *structure) error {
	made := dataset.DraftRelation{Key: key(s.id), Name: fmt.Sprintf("%s %d", label(s.kind), s.id), Line: s.line, Label: label(s.kind)}
	made.Attributes, made.Flag, made.Note = d.attributes(s)
	for _, end := range []struct{ role, feature string }{{annotate.Head, governor}, {annotate.Tail, dependent}} {
		k, err := d.argument(s.reference(end.feature), s)
		if err != nil {
			return err
		}
		if k == "" {
			return nil
		}
		made.Arguments = append(made.Arguments, dataset.DraftArgument{Role: end.role, Key: k})
	}
	d.draft.Relation(made)
	return nil
}

// trigger is the role of an annotation in the relation that its slots make, which is the
// one that events of brat have.
const trigger = "trigger"

// slots makes a relation of an annotation and what fills its slots.
func (d *decoder) slots(s *structure) error {
	made := dataset.DraftRelation{Name: fmt.Sprintf("slots of %s %d", label(s.kind), s.id), Line: s.line, Label: label(s.kind)}
	bare := strings.HasPrefix(s.kind, dataset.SlotPackage) // it has no span of its own
	switch {
	case bare:
		made.Attributes, made.Flag, made.Note = d.attributes(s)
	case d.made[s.id] != "":
		made.Arguments = []dataset.DraftArgument{{Role: trigger, Key: d.made[s.id]}}
	}
	filled := 0
	for _, f := range s.features {
		for _, link := range d.linksOf(f) {
			filled++
			k, err := d.argument(link.reference(target), link)
			if err != nil {
				return err
			}
			name := link.words(role)
			if name == "" {
				name = dataset.NamedByType(f.name)
			}
			a := dataset.DraftArgument{Role: name, Key: k}
			if k != "" && !slices.Contains(made.Arguments, a) {
				made.Arguments = append(made.Arguments, a)
			}
		}
	}
	switch {
	case filled == 0:
	case !bare && d.made[s.id] == "":
		d.lost++
	case len(made.Arguments) > 1 || bare && len(made.Arguments) > 0:
		d.draft.Relation(made)
	}
	return nil
}

// referenceRelation says of a link of a chain how the next one is related to it.
const referenceRelation = "referenceRelation"

// next relates a link of a chain to the next one.
func (d *decoder) next(s *structure) error {
	if _, leads := s.feature(nextLink); !leads {
		return nil
	}
	if d.made[s.id] == "" {
		d.lost++
		return nil
	}
	k, err := d.argument(s.reference(nextLink), s)
	if err != nil || k == "" {
		return err
	}
	made := dataset.DraftRelation{
		Name: fmt.Sprintf("link %s %d", label(s.kind), s.id), Line: s.line, Label: label(s.kind),
		Arguments: []dataset.DraftArgument{{Role: annotate.Head, Key: d.made[s.id]}, {Role: annotate.Tail, Key: k}},
	}
	if v := s.words(referenceRelation); v != "" {
		made.Attributes = map[string]annotate.Value{referenceRelation: annotate.Text(v)}
	}
	d.draft.Relation(made)
	return nil
}

// remarkOnRest tells what was left out.
func (d *decoder) remarkOnRest() {
	for _, sentence := range d.remarks {
		d.remark("%s", sentence)
	}
	if d.empty > 0 {
		d.remark("annotations that cover nothing were left out: %d", d.empty)
	}
	if d.lost > 0 {
		d.remark("relations and slots that point at an annotation that covers nothing were left out: %d", d.lost)
	}
	for _, what := range annotate.SortedKeys(d.left) {
		d.remark("left out: %s (%d)", what, d.left[what])
	}
}
