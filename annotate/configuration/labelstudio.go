package configuration

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// ReadLabelStudio reads the labelling configuration of a Label Studio project: what its
// tags say is at labelstud.io/tags. Controls of regions become attributes of labels,
// others attributes of the document. path is used in messages and for the scheme's name.
func ReadLabelStudio(path string, raw []byte) (*annotate.Scheme, []dataset.Remark, error) {
	root, err := parseTags(raw)
	if err != nil {
		return nil, nil, dataset.Place(err, path, lineOf(err))
	}
	c := &studio{
		path: path, scheme: &annotate.Scheme{Name: schemeName(path)},
		labels: map[string][]string{}, controls: map[string]*control{},
	}
	c.walk(root, nil)
	c.guideline()
	for _, ctl := range c.order {
		c.place(ctl)
	}
	s := c.scheme
	if len(s.Spans)+len(s.Relations)+len(s.Document) == 0 {
		return nil, c.remarks, annotate.Errorf(annotate.Invalid, "it has no labels, relations or questions about a text").At(path, 0)
	}
	s.FillColors()
	if err := s.Check(); err != nil {
		return nil, c.remarks, dataset.Place(err, path, 0)
	}
	slices.SortStableFunc(c.remarks, func(a, b dataset.Remark) int { return a.Line - b.Line })
	return s, c.remarks, nil
}

// lineOf returns the line of an error that has no file yet.
func lineOf(err error) int {
	var e *annotate.Error
	if errors.As(err, &e) {
		return e.Line
	}
	return 0
}

// schemeName is the name of a file, or of its folder where the file is called as all are.
func schemeName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if strings.Contains(strings.ToLower(name), "config") {
		if absolute, err := filepath.Abs(path); err == nil {
			name = filepath.Base(filepath.Dir(absolute))
		}
	}
	if strings.Trim(name, `./\`) == "" {
		return "label-studio"
	}
	return name
}

// studio is a labelling configuration being read.
type studio struct {
	path     string
	scheme   *annotate.Scheme
	remarks  []dataset.Remark
	labels   map[string][]string // of each control of labels
	groups   []string            // the controls of labels in order
	order    []*control
	controls map[string]*control
	headers  []string
	texts    int
}

func (c *studio) remark(t *tag, format string, args ...any) {
	c.remarks = append(c.remarks, dataset.Remark{File: c.path, Line: t.line, Sentence: fmt.Sprintf(format, args...)})
}

// tagKind is what is done with a tag of some name.
type tagKind func(c *studio, t *tag, around []*tag)

// tagKinds are the tags that mean something here, by name in lower case. What is in a
// tag that is not listed is looked at as if it stood outside.
var tagKinds map[string]tagKind

func init() {
	ignore := func(*studio, *tag, []*tag) {}
	otherMedium := func(c *studio, t *tag, _ []*tag) {
		c.remark(t, "<%s> is not about text, and was left out", t.name)
	}
	tagKinds = map[string]tagKind{
		"view": (*studio).inside, "collapse": (*studio).inside, "panel": (*studio).inside, "": (*studio).inside,
		"style": ignore, "filter": ignore, "choice": ignore, "label": ignore, "shortcut": ignore,
		"header": (*studio).header, "text": (*studio).object, "hypertext": (*studio).object, "paragraphs": (*studio).object,
		"labels": (*studio).labelControl, "hypertextlabels": (*studio).labelControl, "paragraphlabels": (*studio).labelControl,
		"relations": (*studio).relations,
		"choices":   (*studio).control, "taxonomy": (*studio).control, "textarea": (*studio).control,
		"number": (*studio).control, "rating": (*studio).control, "datetime": (*studio).control,
	}
	for _, name := range []string{
		"image", "audio", "audioplus", "video", "timeseries", "rectanglelabels", "polygonlabels", "brushlabels", "ellipselabels",
		"keypointlabels", "timeserieslabels", "videorectangle", "rectangle", "polygon", "brush", "ellipse", "keypoint",
	} {
		tagKinds[name] = otherMedium
	}
}

// walk does with a tag what its name asks for.
func (c *studio) walk(t *tag, around []*tag) {
	do := tagKinds[strings.ToLower(t.name)]
	if do == nil {
		c.remark(t, "<%s> has no place in a scheme, and was left out", t.name)
		do = (*studio).inside
	}
	do(c, t, around)
}

// inside walks through what lies in a tag.
func (c *studio) inside(t *tag, around []*tag) {
	for _, inner := range t.tags {
		c.walk(inner, append(slices.Clip(around), t))
	}
}

// header keeps a heading that is the same for every task as guideline, unless it only names
// the question under it.
func (c *studio) header(t *tag, around []*tag) {
	text := t.attr("value")
	if text == "" || strings.HasPrefix(text, "$") {
		return
	}
	beside := around[len(around)-1].tags
	if i := slices.Index(beside, t) + 1; i < len(beside) && beside[i].attr("attribute", "name") == text {
		return
	}
	c.headers = append(c.headers, text)
}

func (c *studio) guideline() { c.scheme.Guideline = strings.Join(c.headers, "\n\n") }

// object is a text that is labelled.
func (c *studio) object(t *tag, _ []*tag) {
	if value := t.attr("value"); value != "" && !strings.HasPrefix(value, "$") {
		c.headers = append(c.headers, value)
		return
	}
	if c.texts++; c.texts == 2 {
		c.remark(t, "a task has several texts, and a document has one; they would be several documents")
	}
	switch granularity := strings.ToLower(t.attr("granularity")); granularity {
	case "":
	case "word":
		c.scheme.Snap = annotate.TokenSnap
	case "symbol":
		c.scheme.Snap = annotate.CharacterSnap
	default:
		c.remark(t, "a selection cannot snap to %s, only to tokens and characters", granularity)
	}
}

// labelControl adds the labels of a control.
func (c *studio) labelControl(t *tag, around []*tag) {
	name := t.attr("name")
	c.groups = append(c.groups, name)
	if t.attr("choice") == "multiple" {
		c.remark(t, "a region of %q may have several labels at once; here each is a span of its own", name)
	}
	if strings.HasPrefix(t.attr("value"), "$") {
		c.remark(t, "labels that come with each task are not known here")
	}
	if t.attr("maxUsages") != "" {
		c.remark(t, "a scheme cannot say how often a label may be used")
	}
	c.eachIn(t, "label", func(l *tag) { c.label(name, l) })
	for _, inner := range around {
		if inner.attr("visibleWhen") != "" {
			c.remark(t, "the labels of %q are shown under a condition there, and always here", name)
			break
		}
	}
	if len(c.groups) == 1 {
		return
	}
	for i := range c.scheme.Spans { // several controls are told apart by headings
		for _, group := range c.groups {
			if slices.Contains(c.labels[group], c.scheme.Spans[i].Label) && c.scheme.Spans[i].Group == "" {
				c.scheme.Spans[i].Group = group
			}
		}
	}
}

// eachIn calls do for the tags of that name in another one, whatever lies between.
func (c *studio) eachIn(t *tag, name string, do func(*tag)) {
	for _, inner := range t.tags {
		if strings.EqualFold(inner.name, name) {
			do(inner)
			continue
		}
		c.eachIn(inner, name, do)
	}
}

func (c *studio) label(control string, t *tag) {
	value := t.attr("value")
	name := t.attr("alias", "value") // results have the alias
	if name == "" {
		c.remark(t, "a label without a value was left out")
		return
	}
	if !slices.Contains(c.labels[control], name) {
		c.labels[control] = append(c.labels[control], name)
	}
	if c.scheme.Span(name) != nil {
		c.remark(t, "label %s stands there twice; the first was kept", name)
		return
	}
	l := annotate.SpanLabel{Label: name, Guideline: t.attr("hint")}
	if value != name {
		l.Guideline = strings.Trim(value+". "+l.Guideline, ". ")
	}
	l.Color = c.color(t)
	l.Key = c.key(t, name)
	if t.attr("maxUsages") != "" {
		c.remark(t, "a scheme cannot say how often a label may be used")
	}
	c.scheme.Spans = append(c.scheme.Spans, l)
}

// color returns the colour a tag asks for.
func (c *studio) color(t *tag) string {
	given := t.attr("background")
	if given == "" {
		return ""
	}
	color, ok := dataset.Color(given)
	if !ok {
		c.remark(t, "%q is no colour", given)
	}
	return color
}

// key returns the key of a label, if it can have it.
func (c *studio) key(t *tag, name string) string {
	key := t.attr("hotkey")
	switch {
	case key == "":
		return ""
	case !annotate.IsKey(key):
		c.remark(t, "key %q of %s is not one digit or letter", key, name)
		return ""
	case c.scheme.SpanByKey(key) != nil:
		c.remark(t, "key %s of %s is that of %s already", key, name, c.scheme.SpanByKey(key).Label)
		return ""
	}
	return key
}

// relations adds the labels that relations between any two regions can have.
func (c *studio) relations(t *tag, _ []*tag) {
	c.eachIn(t, "relation", func(r *tag) {
		name := r.attr("value")
		if name == "" || c.scheme.Relation(name) != nil {
			c.remark(r, "a relation needs a name of its own; %q was left out", name)
			return
		}
		c.scheme.Relations = append(c.scheme.Relations, annotate.RelationLabel{
			Label: name, Color: c.color(r),
			Roles: []annotate.Role{{Name: annotate.Head, Min: 1, Max: 1}, {Name: annotate.Tail, Min: 1, Max: 1}},
		})
	})
}
