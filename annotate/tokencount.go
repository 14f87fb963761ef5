package annotate

import (
	"context"
	"sort"
)

// TokenCount knows how many tokens stand before each window of a text.
type TokenCount struct {
	before []int // one more than there are windows
}

// CountTokens counts the tokens of text, which takes as long as the text is. The
// error is that of ctx, when it ends before the work does.
func CountTokens(ctx context.Context, text string) (*TokenCount, error) {
	b := NewBody(text)
	count := &TokenCount{before: []int{0}}
	n := 0
	for start := 0; start < len(text); {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		w := b.tokens.cut(b.tokens.grid.window(start))
		n += len(w.found)
		count.before = append(count.before, n)
		start = w.End
	}
	return count, nil
}

// All returns how many tokens there are.
func (c *TokenCount) All() int { return c.before[len(c.before)-1] }

// Ordinal returns the place of a token of b among all of its text, counted from 1,
// where b's text is the one counted.
func (c *TokenCount) Ordinal(b *Body, token Fragment) int {
	w := b.tokens.at(token.Start)
	i := sort.Search(len(w.found), func(i int) bool { return w.found[i].Start >= token.Start })
	return c.before[w.Start/windowSize] + i + 1
}
