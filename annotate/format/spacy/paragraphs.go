package spacy

import (
	"fmt"
	"iter"
	"strings"
	"unicode"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// decodeParagraphs yields a record for each paragraph of a document of spaCy 2.
func decodeParagraphs(in dataset.Input, line, number int, document dataset.Fields) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		paragraphs, err := document.List("paragraphs")
		if err != nil {
			yield(nil, err)
			return
		}
		for i, raw := range paragraphs {
			name := strings.TrimSuffix(in.Numbered(number), ".txt") + fmt.Sprintf("-%d.txt", i+1)
			var r *dataset.Record
			fields, err := dataset.ParseFields(raw)
			if err == nil {
				r, err = decodeParagraph(in, line, name, fields)
			}
			if err != nil {
				err = annotate.Errorf(annotate.Invalid, "paragraph %d: %w", i+1, err)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// word is a token with its tag: B, I, L, U with a label, or O.
type word struct{ text, tag string }

func decodeParagraph(in dataset.Input, line int, name string, fields dataset.Fields) (*dataset.Record, error) {
	words, err := readWords(fields)
	if err != nil {
		return nil, err
	}
	text, err := fields.Text("raw")
	if err != nil {
		return nil, err
	}
	rebuilt := !fields.Has("raw")
	if rebuilt {
		forms := make([]string, len(words))
		for i, w := range words {
			forms[i] = w.text
		}
		text = strings.Join(forms, " ")
	}
	draft, err := dataset.NewDraft(in, line, name, text)
	if err != nil {
		return nil, err
	}
	if rebuilt {
		draft.Record.Remark(in.Path, 0, "the paragraph has no text; it was put together from its tokens with a blank between each two")
	}
	if err := addEntities(draft, text, words); err != nil {
		return nil, err
	}
	if err := paragraphCategories(draft, fields); err != nil {
		return nil, err
	}
	return draft.Finish(annotate.Byte)
}

// readWords reads the tokens of all sentences.
func readWords(fields dataset.Fields) ([]word, error) {
	sentences, err := fields.List("sentences")
	if err != nil {
		return nil, err
	}
	var words []word
	for _, raw := range sentences {
		sentence, err := dataset.ParseFields(raw)
		if err != nil {
			return nil, err
		}
		tokens, err := sentence.List("tokens")
		if err != nil {
			return nil, err
		}
		for _, raw := range tokens {
			token, err := dataset.ParseFields(raw)
			if err != nil {
				return nil, err
			}
			var w word
			if w.text, err = token.Text("orth"); err != nil {
				return nil, err
			}
			if w.tag, err = token.Text("ner"); err != nil {
				return nil, err
			}
			words = append(words, w)
		}
	}
	return words, nil
}

// addEntities finds the tokens in the text and adds the spans that their tags make. An
// entity that goes on in what does not continue it ends, and another begins, as spaCy's
// own scorers have it.
func addEntities(draft *dataset.Draft, text string, words []word) error {
	at, start, end, label := 0, 0, 0, ""
	finish := func() {
		if label != "" {
			draft.Span(dataset.DraftSpan{Name: fmt.Sprintf("entity %d", draft.Spans()+1), Label: label, Parts: []dataset.Part{{Start: start, End: end}}})
		}
		label = ""
	}
	for i, w := range words {
		skipped, size := find(text[at:], w.text)
		if skipped < 0 {
			return annotate.Errorf(annotate.Invalid, "token %d is %q, and the text goes on with %q there", i+1, w.text, annotate.Excerpt(text[at:], 30))
		}
		at += skipped
		prefix, name, tagged := strings.Cut(w.tag, "-")
		continues := tagged && (prefix == "I" || prefix == "L") && name == label
		if !continues {
			finish()
			if tagged && strings.Contains("BILU", prefix) {
				label, start = name, at
			}
		}
		at += size
		end = at
		if prefix == "L" || prefix == "U" {
			finish()
		}
	}
	finish()
	return nil
}

// penn are the characters that tokens of the Penn Treebank stand for.
var penn = map[string]string{"``": `"`, "''": `"`, "`": "'", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}

// find returns how many blanks stand before a token and how many bytes of the text it
// is; the blanks are -1 where something else follows.
func find(text, token string) (skipped, size int) {
	rest := strings.TrimLeftFunc(text, unicode.IsSpace)
	for _, form := range []string{token, penn[token]} {
		switch {
		case strings.HasPrefix(text, form) && form != "": // the token may begin with a blank
			return 0, len(form)
		case strings.HasPrefix(rest, form) && (form != "" || token == ""):
			return len(text) - len(rest), len(form)
		}
	}
	return -1, 0
}

// paragraphCategories reads the categories, which are a list of objects here.
func paragraphCategories(draft *dataset.Draft, fields dataset.Fields) error {
	items, err := fields.List("cats")
	if err != nil {
		return err
	}
	for _, raw := range items {
		category, err := dataset.ParseFields(raw)
		if err != nil {
			return err
		}
		name, err := category.Text("label")
		if err != nil {
			return err
		}
		value, err := truth(name, category["value"])
		if err != nil {
			return err
		}
		draft.Label(name, value)
	}
	return nil
}
