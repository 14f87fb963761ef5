package panel

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestHeaderNamesTheDocument(t *testing.T) {
	d := newDesk(t, article())
	h := NewHeader(d.Session)
	show(t, h.Object(), 800, 70)
	assert.Equal(t, "minister-denies-diversion", h.name.text)
	assert.Equal(t, "2031-04-02 · Orsa Courier", h.meta.text)
	assert.Equal(t, "0/1 done", h.tally.text)
}

func TestHeaderCountsViolations(t *testing.T) {
	d := newDesk(t, article())
	h := NewHeader(d.Session)
	span := d.label("Claim", "Not one litre")
	require.NoError(t, d.SetAttribute(span.ID, "type", annotate.Text("shrug"), true))
	require.NoError(t, d.SetAttribute(span.ID, "mood", annotate.Text("glum"), true))
	assert.Equal(t, "0/1 done · 2 violations", h.tally.text)
	require.NoError(t, d.SetAttribute(span.ID, "mood", annotate.Value{}, false))
	assert.Equal(t, "0/1 done · 1 violation", h.tally.text)
}

func TestOtherMetadataStandsAfterDateAndSource(t *testing.T) {
	meta := map[string]string{"url": "x.org", "source": "Courier", "language": "en", "date": "2031-04-02", "empty": ""}
	assert.Equal(t, "2031-04-02 · Courier · language en · url x.org", describeMeta(meta))
}

func TestHeaderWithoutADocumentIsEmpty(t *testing.T) {
	d := newDesk(t)
	h := NewHeader(d.Session)
	show(t, h.Object(), 200, 70)
	assert.Empty(t, h.name.text)
	assert.Empty(t, h.tally.text)
}
