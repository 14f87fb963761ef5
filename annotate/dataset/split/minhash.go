package split

// Signature stands for the shingles of a text: of each of 128 hash functions the smallest value
// (MinHash, Broder 1997).
type Signature [128]uint32

// function is a hash function of a shingle, which is itself a hash: the upper half of ax + b.
type function struct{ a, b uint64 }

// functions are drawn with SplitMix64 from 0.
var functions = func() (f [len(Signature{})]function) {
	for i := range f {
		f[i] = function{mix(2*uint64(i)*0x9e3779b97f4a7c15) | 1, mix((2*uint64(i) + 1) * 0x9e3779b97f4a7c15)}
	}
	return f
}()

// Sign returns the signature of shingles.
func Sign(shingles []uint64) *Signature {
	s := &Signature{}
	for i := range s {
		s[i] = ^uint32(0)
	}
	for _, x := range shingles {
		for i := range functions {
			s[i] = min(s[i], uint32((functions[i].a*x+functions[i].b)>>32))
		}
	}
	return s
}

// Like returns the share of equal values, which estimates the Jaccard index with a standard error of
// at most 0.045.
func (s *Signature) Like(t *Signature) float64 {
	equal := 0
	for i := range s {
		if s[i] == t[i] {
			equal++
		}
	}
	return float64(equal) / float64(len(s))
}
