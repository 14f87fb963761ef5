package typeset

import "golang.org/x/text/unicode/bidi"

// Characters around an isolate (Unicode Standard Annex #9, section 2.4).
const (
	firstStrongIsolate    = "\u2068"
	popDirectionalIsolate = "\u2069"
)

// Isolate returns text, such as a name, so that it can stand in a sentence that the
// program makes without a change to the order of either: as an isolate where something
// in it is read from the right, as it is otherwise.
func Isolate(text string) string {
	for i := 0; i < len(text); {
		properties, size := bidi.LookupString(text[i:])
		i += max(1, size)
		switch properties.Class() {
		case bidi.R, bidi.AL, bidi.AN, bidi.RLE, bidi.RLO, bidi.RLI, bidi.LRE, bidi.LRO, bidi.LRI, bidi.FSI:
			return firstStrongIsolate + text + popDirectionalIsolate
		}
	}
	return text
}
