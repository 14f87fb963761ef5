package docx

import (
	"bytes"
	"context"
	"path"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is Word documents.
var Format = &dataset.Format{
	Name:     "docx",
	Title:    "Word document, its text with title, author and date; holds no annotations",
	Patterns: patterns,
	Holds:    dataset.Holds{dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes},
	Sniff:    func(head dataset.Head) bool { return head.Matches(patterns...) },
	Read:     dataset.ReadOne(decode),
}

var patterns = []string{"*.docx", "*.docm", "*.dotx"}

// oldWord is how documents of Word before 2007 begin, and those with a password.
var oldWord = []byte("\xd0\xcf\x11\xe0")

func decode(_ context.Context, in dataset.Input) (*dataset.Record, error) {
	if bytes.HasPrefix(dataset.ReadHead(in.Path).Text, oldWord) {
		return nil, annotate.Errorf(annotate.Unsupported, "it is a document of an old Word or has a password; save it as .docx without one")
	}
	a, err := dataset.OpenArchive(in.Path)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	main, err := mainPart(a)
	if err != nil {
		return nil, err
	}
	r := &dataset.Record{}
	text, err := read(a, main, func(format string, args ...any) { r.Remark(in.Path, 0, format, args...) })
	if err != nil {
		return nil, err
	}
	said, err := about(a)
	if err != nil {
		return nil, err
	}
	return r, r.SetText(in, "the document", text, said)
}

// mainPart returns the member that holds the text.
func mainPart(a *dataset.Archive) (string, error) {
	const relations = "_rels/.rels"
	if a.Has(relations) {
		all, err := a.Element(relations)
		if err != nil {
			return "", err
		}
		for _, r := range all.All("Relationship") {
			if target := strings.TrimPrefix(path.Clean(r.Attr("Target")), "/"); strings.HasSuffix(r.Attr("Type"), "/officeDocument") && a.Has(target) {
				return target, nil
			}
		}
	}
	return "", annotate.Errorf(annotate.Invalid, "it is no Word document: it does not say where its text is")
}

// fields are the elements of the core properties that become metadata.
var fields = map[string]string{"title": "title", "creator": "author", "created": "date", "language": "language"}

// about returns what a document says of itself.
func about(a *dataset.Archive) (map[string]string, error) {
	const name = "docProps/core.xml"
	found := map[string]string{}
	if !a.Has(name) {
		return found, nil
	}
	core, err := a.Element(name)
	if err != nil {
		return nil, err
	}
	for _, e := range core.Elements {
		field, value := fields[e.Name.Local], strings.Join(strings.Fields(e.Text), " ")
		if field == "date" {
			value = dataset.Day(value)
		}
		if field != "" && value != "" {
			found[field] = value
		}
	}
	return found, nil
}
