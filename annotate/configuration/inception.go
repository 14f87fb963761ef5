package configuration

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// inceptionProject is what a project of INCEpTION says of itself in its export.
type inceptionProject struct {
	Name   string           `json:"name"`
	Layers []inceptionLayer `json:"layers"`
}

type inceptionLayer struct {
	Name        string `json:"name"`
	Title       string `json:"uiName"`
	Kind        string `json:"type"`
	Description string `json:"description"`
	Enabled     bool   `json:"enabled"`
	Attach      *struct {
		Name string `json:"name"`
	} `json:"attach_type"`
	Features []inceptionFeature `json:"features"`
}

type inceptionFeature struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description"`
	Enabled     bool   `json:"enabled"`
	Required    bool   `json:"required"`
	LinkMode    string `json:"link_mode"`
	Tags        *struct {
		Tags []struct {
			Name        string `json:"tag_name"`
			Description string `json:"tag_description"`
		} `json:"tags"`
		Open bool `json:"create_tag"`
	} `json:"tag_set"`
}

// linkMode is that of features that are slots.
const linkMode = "WITH_ROLE"

// ReadINCEpTION reads the layers and tagsets of a project that INCEpTION exported as a scheme,
// with the names that its annotations have when they are imported.
func ReadINCEpTION(file string) (*annotate.Scheme, []dataset.Remark, error) {
	archive, err := dataset.OpenArchive(file)
	if err != nil {
		return nil, nil, err
	}
	defer archive.Close()
	names := archive.Names()
	i := slices.IndexFunc(names, func(name string) bool {
		fits, _ := path.Match("exportedproject*.json", name)
		return fits
	})
	if i < 0 {
		return nil, nil, annotate.Errorf(annotate.Invalid, "it is no project of INCEpTION: it has no exportedproject.json").At(file, 0)
	}
	raw, err := archive.Read(names[i])
	if err != nil {
		return nil, nil, err
	}
	var project inceptionProject
	if err := json.Unmarshal(raw, &project); err != nil {
		return nil, nil, annotate.Errorf(annotate.Invalid, "its %s is not of the shape that INCEpTION gives it", names[i]).At(file, 0)
	}
	r := &inceptionReader{file: file, scheme: &annotate.Scheme{Name: project.Name}}
	if r.scheme.Name == "" {
		r.scheme.Name = schemeName(file)
	}
	r.read(project.Layers)
	s := r.scheme
	if len(s.Spans)+len(s.Relations)+len(s.Document) == 0 {
		return nil, r.remarks, annotate.Errorf(annotate.Invalid, "it has no layer that is in use").At(file, 0)
	}
	s.FillColors()
	if err := s.Check(); err != nil {
		return nil, r.remarks, dataset.Place(err, file, 0)
	}
	return s, r.remarks, nil
}

// inceptionReader makes a scheme of layers.
type inceptionReader struct {
	file    string
	scheme  *annotate.Scheme
	remarks []dataset.Remark
}

func (r *inceptionReader) remark(format string, args ...any) {
	r.remarks = append(r.remarks, dataset.Remark{File: r.file, Sentence: fmt.Sprintf(format, args...)})
}

// layerLabel returns the label of what is in a layer. Links of a chain are of another type
// than the layer.
func layerLabel(l *inceptionLayer) string {
	label := labelOfType(l.Name)
	if l.Kind == "chain" {
		label += "Link"
	}
	return label
}

func labelOfType(name string) string {
	return dataset.NamedByType(name[strings.LastIndexByte(name, '.')+1:])
}

// segmentation is the package of layers that are the tokens and sentences of a text, or hang on them.
const segmentation = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."

func (r *inceptionReader) read(layers []inceptionLayer) {
	for i := range layers {
		l := &layers[i]
		switch label := layerLabel(l); {
		case !l.Enabled || strings.HasPrefix(l.Name, segmentation) && (label == "Token" || label == "Sentence"):
		case strings.HasPrefix(l.Name, dataset.SlotPackage): // which has no span of its own
			r.slots(l, label, nil)
		case l.Kind == "span" || l.Kind == "chain":
			r.span(l, label)
		case l.Kind == "document-metadata":
			r.scheme.Document = append(r.scheme.Document, r.attributes(l, r.scheme.Document)...)
		case l.Kind != "relation":
			r.remark("layer %s is of a kind that is not known, %s, and was left out", l.Title, annotate.Excerpt(l.Kind, 40))
		}
	}
	for i := range layers { // which may be about spans that come later
		if l := &layers[i]; l.Enabled && l.Kind == "relation" {
			r.relation(l)
		}
	}
}

// span makes a label of a layer, and a relation of its slots or of what leads along its chains.
func (r *inceptionReader) span(l *inceptionLayer, label string) {
	if r.scheme.Span(label) != nil {
		r.remark("two layers are called %s; the second was left out", label)
		return
	}
	made := annotate.SpanLabel{Label: label, Guideline: l.Description}
	if l.Kind == "chain" {
		on := slices.IndexFunc(l.Features, func(f inceptionFeature) bool { return f.Name == "referenceRelation" })
		link := annotate.RelationLabel{Label: label, Guideline: l.Description, Roles: []annotate.Role{
			{Name: annotate.Head, Labels: []string{label}, Min: 1, Max: 1}, {Name: annotate.Tail, Labels: []string{label}, Min: 1, Max: 1},
		}}
		if on >= 0 {
			rest := *l
			rest.Features = l.Features[on : on+1]
			link.Attributes = r.attributes(&rest, nil)
			l.Features = slices.Delete(slices.Clone(l.Features), on, on+1)
		}
		r.scheme.Relations = append(r.scheme.Relations, link)
	}
	made.Attributes = r.attributes(l, nil)
	r.scheme.Spans = append(r.scheme.Spans, made)
	r.slots(l, label, []annotate.Role{{Name: "trigger", Labels: []string{label}, Min: 1, Max: 1}})
}

// slots makes a relation of the slots of a layer, and of its annotations if they have a role in it.
func (r *inceptionReader) slots(l *inceptionLayer, label string, own []annotate.Role) {
	made := annotate.RelationLabel{Label: label, Guideline: l.Description, Roles: own}
	if own == nil {
		made.Attributes = r.attributes(l, nil)
	}
	for _, f := range l.Features {
		if !f.Enabled || f.LinkMode != linkMode {
			continue
		}
		if f.Tags == nil || f.Tags.Open {
			made.Open = true // any role
		}
		if f.Tags == nil {
			continue
		}
		for _, t := range f.Tags.Tags {
			if made.Role(t.Name) == nil && t.Name != "" {
				made.Roles = append(made.Roles, annotate.Role{Name: t.Name, Guideline: t.Description})
			}
		}
	}
	if made.Open || len(made.Roles) > len(own) {
		r.scheme.Relations = append(r.scheme.Relations, made)
	}
}

// relation makes a relation of a layer from a head to a tail.
func (r *inceptionReader) relation(l *inceptionLayer) {
	label := layerLabel(l)
	if r.scheme.Relation(label) != nil {
		r.remark("two layers are called %s; the second was left out", label)
		return
	}
	var about []string
	if l.Attach != nil {
		if on := labelOfType(l.Attach.Name); r.scheme.Span(on) != nil {
			about = []string{on}
		}
	}
	r.scheme.Relations = append(r.scheme.Relations, annotate.RelationLabel{
		Label: label, Guideline: l.Description, Attributes: r.attributes(l, nil),
		Roles: []annotate.Role{{Name: annotate.Head, Labels: about, Min: 1, Max: 1}, {Name: annotate.Tail, Labels: about, Min: 1, Max: 1}},
	})
}

// featureKinds are the kinds of attributes that features without a tagset are.
var featureKinds = map[string]annotate.AttributeKind{
	"uima.cas.String": annotate.TextKind, "uima.cas.Boolean": annotate.BooleanKind, "uima.cas.Integer": annotate.IntegerKind, "uima.cas.Long": annotate.IntegerKind,
	"uima.cas.Float": annotate.NumberKind, "uima.cas.Double": annotate.NumberKind,
}

// attributes makes attributes of the features of a layer, apart from those that are taken.
func (r *inceptionReader) attributes(l *inceptionLayer, taken []annotate.Attribute) []annotate.Attribute {
	var made []annotate.Attribute
	for _, f := range l.Features {
		name := dataset.NamedByType(f.Name)
		if !f.Enabled || f.LinkMode == linkMode {
			continue
		}
		if slices.ContainsFunc(slices.Concat(taken, made), func(a annotate.Attribute) bool { return a.Name == name }) {
			r.remark("two features are called %s; that of layer %s was left out", name, l.Title)
			continue
		}
		a := annotate.Attribute{Name: name, Kind: featureKinds[f.Type], Required: f.Required, Guideline: f.Description}
		if f.Tags != nil && len(f.Tags.Tags) > 0 {
			r.choices(&a, l, &f)
		}
		switch {
		case strings.HasPrefix(f.Type, "kb:"):
			a.Kind = annotate.TextKind
		case a.Kind == "":
			r.remark("feature %s of layer %s is %s, which no attribute can be, and was left out", name, l.Title, annotate.Excerpt(f.Type, 60))
			continue
		}
		made = append(made, a)
	}
	return made
}

// choices gives an attribute the values of a tagset.
func (r *inceptionReader) choices(a *annotate.Attribute, l *inceptionLayer, f *inceptionFeature) {
	switch f.Type {
	case "uima.cas.String":
		a.Kind = annotate.ChoiceKind
	case "uima.cas.StringArray":
		a.Kind = annotate.SeveralKind
	default:
		return
	}
	for _, t := range f.Tags.Tags {
		if t.Name != "" && a.Choice(t.Name) == nil {
			a.Values = append(a.Values, annotate.Choice{Name: t.Name, Guideline: t.Description})
		}
	}
	if f.Tags.Open {
		r.remark("the tagset of feature %s of layer %s grows with use; what is not in it breaks the scheme", a.Name, l.Title)
	}
}
