package dataset

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// Color returns as #rrggbb what a style sheet calls #rgb, #rrggbb, rgb(…), rgba(…) or
// by one of the names of SVG 1.1, section 4.4; ok is false for anything else. What is
// not opaque is laid on white.
func Color(css string) (hex string, ok bool) {
	css = strings.ToLower(strings.TrimSpace(css))
	if named, ok := colornames.Map[css]; ok {
		return fmt.Sprintf("#%02x%02x%02x", named.R, named.G, named.B), true
	}
	if digits, ok := strings.CutPrefix(css, "#"); ok {
		return hexColor(digits)
	}
	_, numbers, _ := strings.Cut(strings.TrimSuffix(css, ")"), "(")
	parts := strings.FieldsFunc(numbers, func(r rune) bool { return strings.ContainsRune(", /", r) })
	if !strings.HasPrefix(css, "rgb") || !strings.HasSuffix(css, ")") || len(parts) < 3 || len(parts) > 4 {
		return "", false
	}
	alpha := 1.0
	if len(parts) == 4 {
		if alpha, ok = share(parts[3], 1); !ok {
			return "", false
		}
	}
	hex = "#"
	for _, part := range parts[:3] {
		level, ok := share(part, 255)
		if !ok {
			return "", false
		}
		hex += fmt.Sprintf("%02x", int(math.Round(255*(level*alpha+1-alpha))))
	}
	return hex, true
}

func hexColor(digits string) (hex string, ok bool) {
	if _, err := strconv.ParseUint(digits, 16, 64); err != nil {
		return "", false
	}
	switch len(digits) {
	case 3:
		hex = "#"
		for _, d := range digits {
			hex += strings.Repeat(string(d), 2)
		}
		return hex, true
	case 6:
		return "#" + digits, true
	}
	return "", false
}

// share reads "50%" or a number of which most is all, as a part of 1.
func share(text string, most float64) (part float64, ok bool) {
	if percent, is := strings.CutSuffix(text, "%"); is {
		text, most = percent, 100
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) {
		return 0, false
	}
	return min(max(n/most, 0), 1), true
}
