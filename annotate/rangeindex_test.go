package annotate_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// placed is one stretch of the plain slice a RangeIndex is held against.
type placed struct {
	id ID
	at Fragment
}

// readingOrder is by start, the longer first, then by id.
func readingOrder(a, b placed) int {
	return cmp.Or(a.at.Start-b.at.Start, b.at.End-a.at.End, cmp.Compare(a.id, b.id))
}

func stretches() *rapid.Generator[Fragment] {
	return rapid.Custom(func(t *rapid.T) Fragment {
		start := rapid.IntRange(0, 40).Draw(t, "start")
		return Fragment{start, start + rapid.IntRange(1, 25).Draw(t, "length")}
	})
}

func ids() *rapid.Generator[ID] {
	return rapid.Custom(func(t *rapid.T) ID { return ID(fmt.Sprintf("s%02d", rapid.IntRange(0, 30).Draw(t, "id"))) })
}

func TestRangeIndexAgreesWithASortedSlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x RangeIndex
		var plain []placed
		remove := func(id ID) {
			plain = slices.DeleteFunc(plain, func(p placed) bool { return p.id == id })
		}
		t.Repeat(map[string]func(*rapid.T){
			"set": func(t *rapid.T) {
				id, f := ids().Draw(t, "id"), stretches().Draw(t, "at")
				x.Set(id, f)
				remove(id)
				plain = append(plain, placed{id, f})
				slices.SortFunc(plain, readingOrder)
			},
			"delete": func(t *rapid.T) {
				id := ids().Draw(t, "id")
				x.Delete(id)
				remove(id)
			},
			"touching": func(t *rapid.T) {
				f := stretches().Draw(t, "asked")
				var want []ID
				for _, p := range plain {
					if p.at.Start < f.End && f.Start < p.at.End {
						want = append(want, p.id)
					}
				}
				assert.Equal(t, want, slices.Collect(x.Touching(f)))
			},
			"neighbours": func(t *rapid.T) {
				key := placed{ids().Draw(t, "id"), stretches().Draw(t, "at")}
				var before, after ID
				for _, p := range plain {
					switch order := readingOrder(p, key); {
					case order < 0:
						before = p.id
					case order > 0 && after == "":
						after = p.id
					}
				}
				got, ok := x.After(key.id, key.at)
				assert.Equal(t, after, got)
				assert.Equal(t, after != "", ok)
				got, ok = x.Before(key.id, key.at)
				assert.Equal(t, before, got)
				assert.Equal(t, before != "", ok)
			},
			"": func(t *rapid.T) {
				assert.Equal(t, len(plain), x.Len())
				var all []ID
				for _, p := range plain {
					all = append(all, p.id)
					at, held := x.Get(p.id)
					assert.True(t, held)
					assert.Equal(t, p.at, at)
				}
				assert.Equal(t, all, slices.Collect(x.All()))
			},
		})
	})
}

func TestEmptyRangeIndexHoldsNothing(t *testing.T) {
	var x RangeIndex
	x.Delete("absent")
	assert.Zero(t, x.Len())
	assert.Empty(t, slices.Collect(x.All()))
	assert.Empty(t, slices.Collect(x.Touching(Fragment{0, 100})))
	_, ok := x.After("", Fragment{})
	assert.False(t, ok)
	_, ok = x.Before("", Fragment{100, 100})
	assert.False(t, ok)
	_, held := x.Get("absent")
	assert.False(t, held)
}

func TestReadingOrder(t *testing.T) {
	var x RangeIndex
	x.Set("later", Fragment{5, 6})
	x.Set("short", Fragment{0, 3})
	x.Set("b-same", Fragment{0, 9})
	x.Set("a-same", Fragment{0, 9})
	assert.Equal(t, []ID{"a-same", "b-same", "short", "later"}, slices.Collect(x.All()))
}

func TestTouchingStopsWhenAskedTo(t *testing.T) {
	var x RangeIndex
	for i := range 20 {
		x.Set(ID(fmt.Sprint(i)), Fragment{i, i + 5})
	}
	seen := 0
	for range x.Touching(Fragment{0, 30}) {
		if seen++; seen == 3 {
			break
		}
	}
	assert.Equal(t, 3, seen)
}

// tenThousand returns an index as a long article has it: 10,000 spans of up to
// 200 bytes over 1 MB, and a few that reach over tens of thousands.
func tenThousand() (*RangeIndex, []Fragment) {
	random := rand.New(rand.NewPCG(1, 2))
	x := &RangeIndex{}
	places := make([]Fragment, 10_000)
	for i := range places {
		start, length := random.IntN(1_000_000), 1+random.IntN(200)
		if i%1000 == 0 {
			length = 50_000
		}
		places[i] = Fragment{start, start + length}
		x.Set(ID(fmt.Sprintf("s%05d", i)), places[i])
	}
	return x, places
}

func BenchmarkWhichSpansTouchALine(b *testing.B) {
	x, _ := tenThousand()
	for i := 0; b.Loop(); i++ {
		line := i * 7919 % 1_000_000
		for id := range x.Touching(Fragment{line, line + 80}) {
			_ = id
		}
	}
}

func BenchmarkSetAmongTenThousand(b *testing.B) {
	x, places := tenThousand()
	for i := 0; b.Loop(); i++ {
		n := i * 7919 % len(places)
		x.Set(ID(fmt.Sprintf("s%05d", n)), places[(n+1)%len(places)])
	}
}
