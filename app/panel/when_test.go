package panel

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTimesAreToldAsShortAsTheyCanBe(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	now := time.Date(2026, 5, 4, 14, 0, 0, 0, berlin)
	for at, want := range map[string]string{
		"2026-05-04T12:03:59+01:00": "today 12:03",
		"2026-05-03T23:30:00Z":      "today 00:30",
		"2026-05-04T23:59:59+01:00": "today 23:59", // by a clock that is ahead
		"2026-05-03T12:03:00+01:00": "yesterday 12:03",
		"2026-05-02T23:59:00+01:00": "2 May",
		"2026-05-05T00:00:00+01:00": "5 May",
		"2026-01-01T00:00:00+01:00": "1 January",
		"2025-12-31T22:00:00Z":      "31 December 2025",
	} {
		moment, err := time.Parse(time.RFC3339, at)
		require.NoError(t, err)
		assert.Equal(t, want, when(moment, now), at)
	}
}
