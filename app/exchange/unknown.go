package exchange

import (
	"bytes"
	"context"
	"iter"
	"regexp"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format"
	"spanwright/annotate/format/text"
)

// unknown returns how a file is read that was named and that no format knows by its content. One that
// is made for programs is refused, and it is said what it is. Else it is read as the one format whose files
// have such a name, which will tell what is wrong with it, or as plain text.
func unknown(path string) *dataset.Format {
	head := dataset.ReadHead(path)
	var named []*dataset.Format
	for _, f := range format.All {
		if head.Matches(f.Patterns...) {
			named = append(named, f)
		}
	}
	what := structure(head)
	switch {
	case what != "":
	case len(named) == 1:
		return named[0]
	default:
		return text.Format
	}
	return &dataset.Format{Name: "unknown", Read: func(context.Context, dataset.Input) iter.Seq2[*dataset.Record, error] {
		return func(yield func(*dataset.Record, error) bool) {
			yield(nil, annotate.Errorf(annotate.Unsupported, "%s", what).At(path, 0))
		}
	}}
}

// element matches the first element of XML.
var element = regexp.MustCompile(`^(?:<\?xml[^>]*>|<!--(?s:.*?)-->|<![A-Z][^>]*>|\s)*<([A-Za-z_][\w.:-]*)[\s/>]`)

// bratHeading matches a line that only a brat configuration has.
var bratHeading = regexp.MustCompile(`(?m)^\s*\[(entities|spans|relations|events|attributes|labels|drawing)\]\s*$`)

// roots are root elements of which it is known what they are for.
var roots = map[string]string{
	"View":                  "it is a labelling configuration of Label Studio, which makes a scheme: name it with --scheme, or in the editor of the scheme",
	"typeSystemDescription": "it is a UIMA type system, which is read along with the documents beside it",
}

// structure says what a file is that is made for programs, "" if it may be a text.
func structure(head dataset.Head) string {
	const asText = "; --format text takes it as it stands"
	begin := bytes.TrimSpace(head.Text)
	if root := element.FindSubmatch(begin); root != nil {
		if what := roots[string(root[1])]; what != "" {
			return what
		}
		return "it is XML, and no format has the element " + string(root[1]) + " first" + asText
	}
	json := bytes.HasPrefix(begin, []byte("{")) || bytes.HasPrefix(begin, []byte("["))
	switch {
	case head.Matches("*.conf") && bratHeading.Match(head.Text):
		return "it is a configuration of brat, which makes a scheme: name its folder or annotation.conf with --scheme"
	case json && head.JSON().Kind != 0:
		return "it is JSON, and of no kind that is known here" + asText
	case head.Matches("*.json"):
		return "its name says that it is JSON, which it is not" + asText
	}
	return ""
}
