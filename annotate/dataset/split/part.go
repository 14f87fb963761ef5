package split

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// Part is one side of a split.
type Part struct {
	Name  string
	Share int // thousandths of a percent of the documents
}

// whole is the share of everything.
const whole = 100_000

// MostParts is how many parts a split has at most.
const MostParts = 100

var (
	partName  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	partShare = regexp.MustCompile(`^\d{1,3}(\.\d{1,3})?$`)
)

// ParseParts reads parts as in train=80,dev=10,test=10, where the numbers are percent.
func ParseParts(text string) ([]Part, error) {
	var parts []Part
	sum := 0
	for item := range strings.SplitSeq(text, ",") {
		name, share, found := strings.Cut(item, "=")
		name, share = strings.TrimSpace(name), strings.TrimSpace(share)
		switch {
		case !found:
			return nil, annotate.Errorf(annotate.Invalid, "a split is written as train=80,dev=10,test=10, and %q has no =", item)
		case !partName.MatchString(name):
			return nil, annotate.Errorf(annotate.Invalid, "the part %q of a split must be named with letters, digits, - and _, for it becomes the name of a file", name)
		case slices.ContainsFunc(parts, func(p Part) bool { return strings.EqualFold(p.Name, name) }):
			return nil, annotate.Errorf(annotate.Invalid, "the split names %s twice", name)
		case !partShare.MatchString(share):
			return nil, annotate.Errorf(annotate.Invalid, "the share of %s must be a number of percent such as 80 or 12.5, not %q", name, share)
		}
		percent, _ := strconv.ParseFloat(share, 64) // it has the form of one
		p := Part{name, int(percent*whole/100 + 0.5)}
		if p.Share == 0 {
			return nil, annotate.Errorf(annotate.Invalid, "the share of %s is nothing; leave it out, or give it more", name)
		}
		parts = append(parts, p)
		sum += p.Share
	}
	switch {
	case sum != whole:
		return nil, annotate.Errorf(annotate.Invalid, "the shares of a split must add up to 100, and %s add up to %s", text, percent(sum))
	case len(parts) > MostParts:
		return nil, annotate.Errorf(annotate.Unsupported, "a split has at most %d parts, not %d", MostParts, len(parts))
	}
	return parts, nil
}

// percent writes a share.
func percent(share int) string {
	return strconv.FormatFloat(float64(share)*100/whole, 'f', -1, 64)
}

// PartsText returns parts as [ParseParts] reads them.
func PartsText(parts []Part) string {
	items := make([]string, len(parts))
	for i, p := range parts {
		items[i] = p.Name + "=" + percent(p.Share)
	}
	return strings.Join(items, ",")
}
