package annotate_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func TestTokensAndSentencesHoldEveryCharacterThatIsNoBlankOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		b := NewBody(text)
		for name, segments := range map[string][]Fragment{"tokens": tokensOf(b), "sentences": sentencesOf(b)} {
			end := 0
			for _, f := range append(segments, Fragment{len(text), len(text)}) {
				switch covered := text[f.Start:f.End]; {
				case f.Start < end || strings.TrimSpace(text[end:f.Start]) != "":
					t.Fatalf("%s leave out or repeat something before byte %d", name, f.Start)
				case strings.Contains(covered, "\n"):
					t.Fatalf("%q crosses a paragraph", covered)
				case b.SnapClusters(f) != f:
					t.Fatalf("%v of the %s splits a cluster", f, name)
				case f.Empty() && f.Start < len(text):
					t.Fatalf("%s at byte %d are empty", name, f.Start)
				case !f.Empty() && blank(text[f.Start:b.NextCluster(f.Start)]), !f.Empty() && blank(text[b.PreviousCluster(f.End):f.End]):
					t.Fatalf("%s include the blanks around %q", name, covered)
				}
				end = f.End
			}
		}
	})
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

func TestNextAndPreviousAgreeWithLookingThroughAll(t *testing.T) {
	type move func(int) (Fragment, bool)
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		b := NewBody(text)
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		for _, by := range []struct {
			segments       []Fragment
			next, previous move
		}{{tokensOf(b), b.NextToken, b.PreviousToken}, {sentencesOf(b), b.NextSentence, b.PreviousSentence}} {
			var next, previous *Fragment
			for _, f := range by.segments {
				if f.Start >= at && next == nil {
					next = &f
				}
				if f.End <= at {
					previous = &f
				}
			}
			got, ok := by.next(at)
			if ok != (next != nil) || ok && got != *next {
				t.Fatalf("next from %d is %v, %v, want %v", at, got, ok, next)
			}
			got, ok = by.previous(at)
			if ok != (previous != nil) || ok && got != *previous {
				t.Fatalf("previous from %d is %v, %v, want %v", at, got, ok, previous)
			}
		}
	})
}

func TestPreviousUndoesNext(t *testing.T) {
	type move func(int) (Fragment, bool)
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		b := NewBody(text)
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		for name, by := range map[string]struct{ next, previous move }{
			"token": {b.NextToken, b.PreviousToken}, "sentence": {b.NextSentence, b.PreviousSentence},
		} {
			first, ok := by.next(at)
			if !ok {
				continue
			}
			if back, ok := by.previous(first.End); !ok || back != first {
				t.Fatalf("the %s before the end of %v is %v", name, first, back)
			}
			if second, ok := by.next(first.End); ok {
				if back, ok := by.previous(second.Start); !ok || back != first {
					t.Fatalf("the %s before %v is %v, want %v", name, second, back, first)
				}
			}
		}
	})
}
