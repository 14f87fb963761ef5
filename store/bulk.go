package store

import (
	"iter"

	"spanwright/annotate"
)

// Clock returns the largest Lamport clock the project has seen. It grows with every
// change, and with nothing else.
func (p *Project) Clock() (uint64, error) {
	clock, err := largestClock(p.reading)
	return clock, p.fault(err)
}

// ApplyAll is [Project.Apply] for more changes than fit in memory, and returns how many
// there were. All of them are one transaction, during which nobody else can write and
// reading shows the project as it was before; so what is yielded can be made from what
// is read meanwhile. If the project's [Project.Clock] is not since, or when the
// sequence yields an error, nothing is written.
func (p *Project) ApplyAll(since uint64, changes iter.Seq2[annotate.Change, error]) (int, error) {
	n := 0
	_, err := p.transact(func(b *batch) error {
		clock, err := largestClock(b)
		if err != nil {
			return err
		}
		if clock != since {
			return annotate.Errorf(annotate.Conflict, "the project was changed since; nothing was done, look at it again first")
		}
		for c, err := range changes {
			if err != nil {
				return err
			}
			if err := b.apply(&c); err != nil {
				return err
			}
			b.applied = b.applied[:0]
			n++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}
