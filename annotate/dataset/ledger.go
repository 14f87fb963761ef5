package dataset

import (
	"bufio"
	"encoding/binary"
	"hash/maphash"
	"os"
	"slices"
	"sort"

	"spanwright/annotate"
)

// Ledger remembers a number for each of any number of names in little memory: all but the
// latest lie in a temporary file. It keeps a number of 64 bits in place of each name, so that
// two of 100 million different names are taken for one with a probability of 1 in 3,700. The
// zero value is empty. It must be closed.
type Ledger struct {
	seed   maphash.Seed
	recent map[uint64]uint64
	file   *os.File
	size   int64 // of the file, in bytes
	runs   []run
}

// run is a part of the file: pairs of a name's number and what is remembered of it, sorted.
type run struct {
	offset int64
	pairs  int
	first  []uint64 // name of the first pair of each block
	filter []uint64 // bits of which each name in the run has set some
}

const (
	ledgerRecent = 1 << 16 // names in memory
	pairBytes    = 16
	blockPairs   = 256 // read at once
	filterBits   = 10  // for each name: 1 of 100 that are not in a run is looked for in vain
	filterProbes = 7
)

func (l *Ledger) number(name string) uint64 {
	if l.recent == nil {
		l.seed, l.recent = maphash.MakeSeed(), map[uint64]uint64{}
	}
	return maphash.String(l.seed, name)
}

// Get returns what is remembered of a name; ok is false for nothing.
func (l *Ledger) Get(name string) (value uint64, ok bool, err error) {
	key := l.number(name)
	if value, ok := l.recent[key]; ok {
		return value, true, nil
	}
	for i := len(l.runs) - 1; i >= 0; i-- {
		if value, ok, err = l.find(&l.runs[i], key); ok || err != nil {
			return value, ok, err
		}
	}
	return 0, false, nil
}

// Put remembers a number for a name in place of any other.
func (l *Ledger) Put(name string, value uint64) error {
	l.recent[l.number(name)] = value
	if len(l.recent) < ledgerRecent {
		return nil
	}
	if err := l.spill(); err != nil {
		return annotate.Errorf(annotate.Unsupported, "what was read cannot be remembered in the folder for temporary files: %w", err)
	}
	return nil
}

// spill moves what is in memory to the file.
func (l *Ledger) spill() (err error) {
	if l.file == nil {
		if l.file, err = os.CreateTemp("", "spanwright-"); err != nil {
			return err
		}
	}
	keys := make([]uint64, 0, len(l.recent))
	for key := range l.recent {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	r := run{offset: l.size, pairs: len(keys), filter: make([]uint64, (len(keys)*filterBits+63)/64)}
	w := bufio.NewWriter(l.file)
	var pair []byte
	for i, key := range keys {
		if i%blockPairs == 0 {
			r.first = append(r.first, key)
		}
		for at := range r.probes(key) {
			r.filter[at/64] |= 1 << (at % 64)
		}
		pair = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(pair[:0], key), l.recent[key])
		if _, err := w.Write(pair); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	l.size += int64(len(keys)) * pairBytes
	l.runs = append(l.runs, r)
	clear(l.recent)
	return nil
}

// probes yields the bits of the filter that a name sets.
func (r *run) probes(key uint64) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		n, step := uint64(len(r.filter))*64, key>>32|1
		for i := range uint64(filterProbes) {
			if !yield((key + i*step) % n) {
				return
			}
		}
	}
}

// find looks for a name in a run.
func (l *Ledger) find(r *run, key uint64) (value uint64, ok bool, err error) {
	for at := range r.probes(key) {
		if r.filter[at/64]&(1<<(at%64)) == 0 {
			return 0, false, nil
		}
	}
	block := sort.Search(len(r.first), func(i int) bool { return r.first[i] > key }) - 1
	if block < 0 {
		return 0, false, nil
	}
	raw := make([]byte, min(blockPairs, r.pairs-block*blockPairs)*pairBytes)
	if _, err := l.file.ReadAt(raw, r.offset+int64(block)*blockPairs*pairBytes); err != nil {
		return 0, false, annotate.Errorf(annotate.Corrupt, "what was remembered in the folder for temporary files cannot be read: %w", err)
	}
	n := len(raw) / pairBytes
	i := sort.Search(n, func(i int) bool { return binary.LittleEndian.Uint64(raw[i*pairBytes:]) >= key })
	if i == n || binary.LittleEndian.Uint64(raw[i*pairBytes:]) != key {
		return 0, false, nil
	}
	return binary.LittleEndian.Uint64(raw[i*pairBytes+8:]), true, nil
}

// Close removes the file.
func (l *Ledger) Close() {
	if l.file != nil {
		l.file.Close()
		os.Remove(l.file.Name())
	}
	*l = Ledger{}
}
