package panel

import (
	"context"

	"spanwright/annotate"
)

// tokenCounter counts the tokens of the current document. Short texts are
// counted at once, long ones on another goroutine.
type tokenCounter struct {
	body  *annotate.Body       // whose tokens are counted
	count *annotate.TokenCount // nil while counting
	stop  context.CancelFunc   // counting a text that is no longer shown
	told  func()               // the count is there
	post  func(func())         // back to the goroutine of the panels
}

// countedDirectly is the size in bytes of a text that is cut in less than a frame.
const countedDirectly = 50_000

func (c *tokenCounter) start(body *annotate.Body) {
	if c.stop != nil {
		c.stop()
	}
	ctx, stop := context.WithCancel(context.Background())
	c.body, c.count, c.stop = body, nil, stop
	text := body.Text() // a Body is for one goroutine
	if len(text) <= countedDirectly {
		c.count, _ = annotate.CountTokens(ctx, text)
		return
	}
	go func() {
		count, err := annotate.CountTokens(ctx, text)
		if err != nil {
			return // another text is shown by now
		}
		c.post(func() {
			if c.body == body {
				c.count = count
				c.told()
			}
		})
	}()
}

// ordinal returns the place of a token, counted from 1, among how many; 0 and 0 while counting.
func (c *tokenCounter) ordinal(body *annotate.Body, token annotate.Fragment) (at, of int) {
	if c.count == nil || c.body != body {
		return 0, 0
	}
	return c.count.Ordinal(body, token), c.count.All()
}
