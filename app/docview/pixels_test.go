package docview

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// painted returns the device pixels that the toolkit paints along one axis for an
// object, as its OpenGL painter rounds: the beginning and the end on their own.
func painted(parent, position, size, scale float32) (from, to int) {
	at := parent + position
	return int(math.Round(float64(at * scale))), int(math.Round(float64((at + size) * scale)))
}

func TestPixelsArePaintedOneToOneAtEveryScale(t *testing.T) {
	for _, scale := range []float32{1, 1.1, 1.2, 1.25, 1.3, 1.4, 1.5, 1.7, 1.75, 2, 2.5} {
		v := &View{geometry: geometry{scale: float64(scale)}}
		for parent := float32(0); parent < 300; parent++ { // where the pane stands, in toolkit units
			first := 0
			for x := 0.0; x < 900; x += 23 {
				size := 31 + x
				from, to := painted(parent, v.units(x, x).X, v.unitSize(size, size).Width, scale)
				if !assert.InDelta(t, size, to-from, 0, "scale %v, pane at %v, tile at %v", scale, parent, x) {
					return
				}
				if x == 0 {
					first = from
				}
				assert.InDelta(t, x, from-first, 0, "tiles keep their distances")
			}
		}
	}
}
