package dataset

import "spanwright/annotate"

// Segments returns the sentences of a text and the tokens of each, none of them without any. A
// sentence begins with its first token and ends with its last, as programs of UIMA want it; all
// that is no blank lies in a token.
func Segments(text string) (sentences []annotate.Fragment, tokens [][]annotate.Fragment) {
	body := annotate.NewBody(text)
	for at := 0; ; {
		sentence, ok := body.NextSentence(at)
		if !ok {
			return sentences, tokens
		}
		at = sentence.End
		var inside []annotate.Fragment
		for token := range body.Tokens(sentence) {
			inside = append(inside, token)
		}
		if len(inside) > 0 {
			sentences = append(sentences, annotate.Fragment{Start: inside[0].Start, End: inside[len(inside)-1].End})
			tokens = append(tokens, inside)
		}
	}
}
