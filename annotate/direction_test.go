package annotate

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDirectionIsAMetadataField(t *testing.T) {
	for field, want := range map[string]Direction{"rtl": RightToLeft, "ltr": LeftToRight, " RTL ": RightToLeft, "": Automatic, "auto": Automatic, "up": Automatic} {
		assert.Equal(t, want, (&Document{Meta: map[string]string{"direction": field}}).Direction(), "%q", field)
	}
	d := &Document{}
	assert.Equal(t, Automatic, d.Direction())
	d.SetDirection(Automatic)
	d.SetDirection(RightToLeft)
	assert.Equal(t, map[string]string{"direction": "rtl"}, d.Meta)
	d.SetDirection(Automatic)
	assert.Empty(t, d.Meta)
}
