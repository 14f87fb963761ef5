package inception

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// exported is exportedproject.json as INCEpTION writes it. What it leaves empty is null there as well.
type exported struct {
	Name        string           `json:"name"`
	Description *string          `json:"description"`
	Mode        string           `json:"mode"`
	Version     int              `json:"version"`
	Sources     []sourceDocument `json:"source_documents"`
	Annotations []annotated      `json:"annotation_documents"`
	Permissions []permission     `json:"project_permissions"`
	Users       []struct{}       `json:"project_users"` // who belong to the project alone
	TagSets     []tagSet         `json:"tag_sets"`
	Layers      []layer          `json:"layers"`
	Direction   string           `json:"script_direction"`
}

type sourceDocument struct {
	Name   string `json:"name"`
	Format string `json:"format"`
	State  string `json:"state"`
}

type annotated struct {
	Name  string `json:"name"`
	User  string `json:"user"`
	State string `json:"state"`
}

type permission struct {
	Level string `json:"level"`
	User  string `json:"user"`
}

type tagSet struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Language    string `json:"language"`
	Tags        []tag  `json:"tags"`
	Open        bool   `json:"create_tag"`
}

type tag struct {
	Name        string `json:"tag_name"`
	Description string `json:"tag_description"`
}

type layer struct {
	Name          string           `json:"name"`
	Features      []feature        `json:"features"`
	Title         string           `json:"uiName"`
	Kind          string           `json:"type"`
	Description   string           `json:"description"`
	Enabled       bool             `json:"enabled"`
	BuiltIn       bool             `json:"built_in"`
	ReadOnly      bool             `json:"readonly"`
	AttachType    *layerReference  `json:"attach_type"`
	AttachFeature *attachReference `json:"attach_feature"`
	CrossSentence bool             `json:"cross_sentence"`
	Hover         bool             `json:"show_hover"`
	Anchoring     string           `json:"anchoring_mode"`
	Overlap       string           `json:"overlap_mode"`
	Validation    string           `json:"validation_mode"`
	Traits        *string          `json:"traits"`
}

type layerReference struct {
	Name string `json:"name"`
}

type attachReference struct {
	Name  string `json:"name"`
	Layer string `json:"layer"`
}

type feature struct {
	Name        string  `json:"name"`
	TagSet      *tagSet `json:"tag_set"`
	Title       string  `json:"uiName"`
	Type        string  `json:"type"`
	Enabled     bool    `json:"enabled"`
	Visible     bool    `json:"visible"`
	Required    bool    `json:"required"`
	Description string  `json:"description"`
	Multiple    string  `json:"multi_value_mode"`
	LinkMode    string  `json:"link_mode"`
	LinkType    *string `json:"link_type_name"`
	LinkRole    *string `json:"link_type_role_feature_name"`
	LinkTarget  *string `json:"link_type_target_feature_name"`
	Rank        int     `json:"rank"`
}

// printDescription writes what the project is.
func printDescription(to io.Writer, e *exported) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(e)
}

// How layers let people set annotations. Ours may stand anywhere; those of tokens are on one each.
const (
	anywhere   = "CHARACTERS"
	oneToken   = "SINGLE_TOKEN"
	anyOverlap = "ANY_OVERLAP"
	never      = "NEVER"
)

// Packages and names of types of DKPro.
const (
	dkpro         = "de.tudarmstadt.ukp.dkpro.core.api."
	tokenType     = dkpro + "segmentation.type.Token"
	chainLinkType = dkpro + "coref.type.CoreferenceLink"
	chainLayer    = dkpro + "coref.type.Coreference"
	governor      = "Governor"
	dependent     = "Dependent"
	nextLink      = "next"
)

// noLayers are types that no layer stands for: they belong to the text, to others, or to this program.
var noLayers = map[string]bool{
	dkpro + "segmentation.type.Sentence": true, dkpro + "metadata.type.DocumentMetaData": true, dkpro + "coref.type.CoreferenceChain": true,
	dataset.DocumentPackage + "State": true, dataset.DocumentPackage + "Field": true,
}

// attached are the features of a token that point at annotations of some layers, by the end of their names.
var attached = map[string]string{"segmentation.type.Lemma": "lemma", "lexmorph.type.morph.MorphologicalFeatures": "morph", "lexmorph.type.pos.POS": "pos", "syntax.type.dependency.Dependency": "pos"}

// schemer makes layers and tagsets of types and of what a scheme says of them.
type schemer struct {
	scheme  *annotate.Scheme // nil where nobody knows
	tagSets []tagSet
}

// layers returns the layers of types.
func (s *schemer) layers(types []dataset.UIMAType) []layer {
	made := []layer{}
	for i := range types {
		if t := &types[i]; !noLayers[t.Name] && t.Super != "uima.cas.TOP" {
			made = append(made, s.layer(t))
		}
	}
	return made
}

func (s *schemer) layer(t *dataset.UIMAType) layer {
	label := dataset.NamedByType(t.Name[strings.LastIndexByte(t.Name, '.')+1:])
	l := layer{
		Name: t.Name, Features: []feature{}, Title: label, Kind: "span", Description: t.Description, Enabled: true, CrossSentence: true, Hover: true,
		Anchoring: anywhere, Overlap: anyOverlap, Validation: never, BuiltIn: strings.HasPrefix(t.Name, dkpro),
	}
	attributes, roles := s.said(t.Name, label)
	switch {
	case slices.ContainsFunc(t.Features, func(f dataset.UIMAFeature) bool { return f.Name == governor }):
		l.Kind = "relation"
	case t.Name == chainLinkType:
		l.Name, l.Title, l.Kind = chainLayer, "Coreference", "chain"
	case t.Name == dataset.DocumentPackage+"Attributes":
		single := `{"singleton":true}`
		label = "Document"
		l.Title, l.Kind, l.Traits = label, "document-metadata", &single
	}
	if t.Name == tokenType {
		l.Anchoring = oneToken
	}
	if at := attached[strings.TrimPrefix(t.Name, dkpro)]; at != "" {
		l.Anchoring = oneToken
		l.AttachType, l.AttachFeature = &layerReference{tokenType}, &attachReference{at, tokenType}
	}
	for _, f := range t.Features {
		if f.Name != governor && f.Name != dependent && f.Name != nextLink {
			l.Features = append(l.Features, s.feature(label, &f, len(l.Features), attributes, roles))
		}
	}
	return l
}

// said returns what the scheme says of a layer: its attributes, and the roles of its slots.
func (s *schemer) said(kind, label string) ([]annotate.Attribute, []annotate.Role) {
	if s.scheme == nil {
		return nil, nil
	}
	var attributes []annotate.Attribute
	var roles []annotate.Role
	relation := s.scheme.Relation(label)
	switch {
	case strings.HasPrefix(kind, dataset.DocumentPackage):
		return s.scheme.Document, nil
	case strings.HasPrefix(kind, dataset.RelationPackage), strings.HasPrefix(kind, dataset.SlotPackage):
		if relation != nil {
			attributes, roles = relation.Attributes, relation.Roles
		}
	case s.scheme.Span(label) != nil:
		attributes = s.scheme.AttributesOf(label)
		if relation != nil {
			roles = slices.DeleteFunc(slices.Clone(relation.Roles), func(r annotate.Role) bool { return r.Name == "trigger" })
		}
	}
	return attributes, roles
}

func (s *schemer) feature(label string, f *dataset.UIMAFeature, rank int, attributes []annotate.Attribute, roles []annotate.Role) feature {
	name := dataset.NamedByType(f.Name)
	made := feature{Name: f.Name, Title: strings.TrimPrefix(name, "spanwright_"), Type: f.Range, Enabled: true, Visible: true, Multiple: "NONE", LinkMode: "NONE", Rank: rank}
	if f.Range == "uima.cas.StringArray" {
		made.Multiple = "ARRAY"
	}
	if f.Element != "" {
		role, target := "role", "target"
		made.Type, made.Multiple, made.LinkMode = "uima.tcas.Annotation", "ARRAY", linkMode
		if strings.HasPrefix(f.Element, dkpro) {
			made.Type = strings.TrimSuffix(f.Element, "Link")
		}
		made.LinkType, made.LinkRole, made.LinkTarget = &f.Element, &role, &target
		var tags []tag
		for _, r := range roles {
			tags = append(tags, tag{r.Name, r.Guideline})
		}
		made.TagSet = s.tags(label+" roles", tags)
		return made
	}
	if _, form, _ := strings.Cut(f.Name, dataset.NameEnds); form != "" { // values that are otherwise than the scheme says
		made.Title += " (" + form + ")"
		return made
	}
	i := slices.IndexFunc(attributes, func(a annotate.Attribute) bool { return a.Name == name })
	if i < 0 {
		return made
	}
	a := &attributes[i]
	made.Description, made.Required = a.Guideline, a.Required && len(a.When) == 0
	var tags []tag
	for c := range a.Choices() {
		if !c.Heading {
			tags = append(tags, tag{c.Name, strings.TrimSpace(c.Title + "\n" + c.Guideline)})
		}
	}
	made.TagSet = s.tags(label+" "+name, tags)
	return made
}

// linkMode is that of features that are slots.
const linkMode = "WITH_ROLE"

// tags makes a tagset, nil of no tags.
func (s *schemer) tags(name string, tags []tag) *tagSet {
	if len(tags) == 0 {
		return nil
	}
	made := tagSet{Name: name, Language: "mul", Tags: tags}
	if i := slices.IndexFunc(s.tagSets, func(t tagSet) bool { return t.Name == name }); i < 0 {
		s.tagSets = append(s.tagSets, made)
	} else if !slices.Equal(s.tagSets[i].Tags, tags) {
		made.Name += "’"
		return s.tags(made.Name, tags)
	}
	return &made
}

// permissions returns the permissions of users to annotate, in order of name.
func permissions(users map[string]string) []permission {
	made := []permission{}
	for _, user := range slices.Sorted(maps.Values(users)) {
		made = append(made, permission{"USER", user})
	}
	return made
}
