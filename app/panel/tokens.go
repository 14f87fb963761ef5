package panel

import (
	"sort"

	"spanwright/annotate"
)

// tokenCount knows how many tokens stand before each paragraph. Short texts are
// counted at once, long ones on another goroutine.
type tokenCount struct {
	body   *annotate.Body // whose paragraphs are counted
	before []int          // one more than there are paragraphs; nil while counting
	told   func()         // the count is there
	post   func(func())   // back to the goroutine of the panels
}

// countedDirectly is the size in bytes of a text that is cut in less than a frame.
const countedDirectly = 50_000

func (c *tokenCount) start(body *annotate.Body) {
	c.body, c.before = body, nil
	if len(body.Text()) <= countedDirectly {
		c.before = tokensBefore(body)
		return
	}
	own := annotate.NewBody(body.Text()) // a Body is for one goroutine
	go func() {
		before := tokensBefore(own)
		c.post(func() {
			if c.body == body {
				c.before = before
				c.told()
			}
		})
	}()
}

func tokensBefore(body *annotate.Body) []int {
	before := make([]int, body.Paragraphs()+1)
	for i := range body.Paragraphs() {
		before[i+1] = before[i] + len(body.Tokens(i))
	}
	return before
}

// ordinal returns the place of a token, counted from 1, among how many; 0 and 0 while counting.
func (c *tokenCount) ordinal(body *annotate.Body, token annotate.Fragment) (at, of int) {
	if c.before == nil || c.body != body {
		return 0, 0
	}
	p := body.ParagraphAt(token.Start)
	tokens := body.Tokens(p)
	i := sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= token.Start })
	return c.before[p] + i + 1, c.before[len(c.before)-1]
}
