package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestSavedIsSaidOnlyAfterTheCommit(t *testing.T) {
	d := newDesk(t, article())
	p := NewStatus(d.Session)
	show(t, p.Object(), 1200, 30)
	assert.Equal(t, "✓ saved", p.saved.text)

	d.label("Cue", "insisted")
	assert.Equal(t, "saving…", p.saved.text, "the commit is not known of yet")
	d.settle()
	assert.Equal(t, "✓ saved "+d.Saved().At.Format("15:04:05"), p.saved.text)
}

func TestStatusCountsTokensAndAnnotations(t *testing.T) {
	d := newDesk(t, annotate.NewDocument("short", "One two.\n\nThree four five"))
	p := NewStatus(d.Session)
	show(t, p.Object(), 1200, 30)
	assert.Equal(t, "token 1/6", p.token.text, "the stop is a token")
	d.MoveTo(10)
	assert.Equal(t, "token 4/6", p.token.text)
	d.label("Cue", "four")
	assert.Equal(t, "1 span · 0 relations", p.tally.text)
	d.Focus("")
	require.NoError(t, d.Label("Claim"))
	assert.Equal(t, "Claim armed", p.armed.text)
	d.Cancel()
	assert.Empty(t, p.armed.text)
}

func TestOrdinalsAreTheTokensOfTheText(t *testing.T) {
	body := annotate.NewBody(articleText + "\n\n" + articleText)
	var c tokenCounter
	c.start(body)
	n := 0
	for at, ok := body.NextToken(0); ok; at, ok = body.NextToken(at.End) {
		n++
		i, _ := c.ordinal(body, at)
		require.Equal(t, n, i)
	}
	_, of := c.ordinal(body, annotate.Fragment{End: 3})
	assert.Equal(t, n, of)
}

func TestLongTextsAreCountedInTheBackground(t *testing.T) {
	body := annotate.NewBody(strings.Repeat("word ", countedDirectly/5) + "end")
	done := make(chan struct{})
	c := tokenCounter{told: func() { close(done) }, post: func(f func()) { f() }}
	c.start(body)
	<-done
	at, of := c.ordinal(body, annotate.Fragment{Start: len(body.Text()) - 3, End: len(body.Text())})
	assert.Equal(t, countedDirectly/5+1, of)
	assert.Equal(t, of, at)
}

func TestMessagesAreShownUntilTheNextEditAndCanBeCopied(t *testing.T) {
	d := newDesk(t, article())
	p := NewStatus(d.Session)
	show(t, p.Object(), 1200, 30)
	var copied string
	p.OnCopy = func(text string) { copied = text }

	require.Error(t, d.Label("Nonsense"))
	assert.Equal(t, "the scheme has no label Nonsense", p.message.text)
	assert.Equal(t, palette().Bad, p.message.tone(palette()))
	p.message.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	assert.Equal(t, "the scheme has no label Nonsense", copied)

	d.label("Cue", "insisted")
	assert.Empty(t, p.message.text)
}

func TestWordsThatHelpStayOnScreenInANarrowWindow(t *testing.T) {
	d := newDesk(t, article())
	p := NewStatus(d.Session)
	show(t, p.Object(), 600, 30)
	p.saved.set("NOT SAVED: "+strings.Repeat("the disk is full ", 20)+"—", badTone)
	p.retry.set("Retry", focusTone)
	p.elsewhere.set("Save elsewhere…", focusTone)
	p.object.Layout.Layout(p.object.Objects, fyne.NewSize(600, 30))
	end := p.elsewhere.Position().X + p.elsewhere.Size().Width
	assert.Less(t, end, p.keys.Position().X)
	assert.GreaterOrEqual(t, p.elsewhere.Size().Width, p.elsewhere.natural())
}

func TestStatusSaysHowToEndARelation(t *testing.T) {
	d := newDesk(t, article())
	p := NewStatus(d.Session)
	show(t, p.Object(), 1200, 30)
	d.label("Claim", "the gauges show it")
	d.label("Cue", "insisted")
	require.NoError(t, d.StartRelation())
	assert.Contains(t, p.armed.text, "Esc stops")
	d.Cancel()
	assert.Empty(t, p.armed.text)
}
