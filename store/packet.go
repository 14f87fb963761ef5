package store

import (
	"context"
	"os"

	"spanwright/annotate"
)

// PacketOptions say what goes into a packet.
type PacketOptions struct {
	Annotator string        // whose packet it is
	Documents []annotate.ID // nil for those assigned to Annotator
	// Open takes along the layers of others too.
	Open bool
	// Feedback returns what Annotator is to read of what was decided about the documents in the packet,
	// in words: the decisions themselves are in no packet. It may be nil.
	Feedback func(has func(annotate.ID) bool) (string, error)
	// Progress is told how many changes of the project were looked at. It may be nil.
	Progress func(done, total int)
}

// Packet is what went into a packet.
type Packet struct {
	Annotator string   `json:"annotator"`
	Documents int      `json:"documents"`
	Along     []string `json:"along"` // names of those that relations of Annotator lead to
	Blind     bool     `json:"blind"`
	Changes   int      `json:"changes"`
}

// MakePacket writes to path a project for one annotator: some documents, the scheme and
// the concepts, the annotator's own layer, and what was said about the documents and
// about this layer. It is put together change by change, so that nothing else was ever
// in the file, and it is a copy of this project: it can be merged back. MakePacket
// refuses to overwrite anything; when it fails nothing is left at path.
func (p *Project) MakePacket(ctx context.Context, path string, o PacketOptions) (*Packet, error) {
	switch o.Annotator {
	case "":
		return nil, annotate.Errorf(annotate.Invalid, "a packet needs an annotator")
	case annotate.AdjudicatedLayer:
		return nil, annotate.Errorf(annotate.Invalid, "%s is the layer of what was decided, and not an annotator; a second adjudicator needs a whole copy of the project", o.Annotator)
	}
	if err := claim(path); err != nil {
		return nil, err
	}
	packet, err := p.packTo(ctx, path+".part", o)
	if err == nil {
		err = faultIn(path, os.Rename(path+".part", path))
	}
	if err != nil {
		os.Remove(path + ".part")
		os.Remove(path)
		return nil, err
	}
	return packet, nil
}

func (p *Project) packTo(ctx context.Context, path string, o PacketOptions) (packet *Packet, err error) {
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		return nil, annotate.Errorf(annotate.Unsupported, "no packet can be made there: %w", err).At(path, 0)
	}
	err = p.read(func(from source) error {
		s, err := p.selects(from, o)
		if err != nil {
			return err
		}
		packet = &s.packet
		return s.write(ctx, path)
	})
	return packet, err
}

// selection is what of a project goes into a packet.
type selection struct {
	from      source
	path      string // of the project
	options   PacketOptions
	packet    Packet
	documents map[annotate.ID]bool
	out       map[entityKey]bool // what of the documents does not
}

func (p *Project) selects(from source, o PacketOptions) (*selection, error) {
	blind, err := blindPackets(from)
	if err != nil {
		return nil, err
	}
	s := &selection{
		from: from, path: p.path, options: o, documents: map[annotate.ID]bool{}, out: map[entityKey]bool{},
		packet: Packet{Annotator: o.Annotator, Along: []string{}, Blind: blind && !o.Open},
	}
	if err := s.chooseDocuments(); err != nil {
		return nil, err
	}
	s.packet.Documents = len(s.documents)
	return s, s.leaveOut()
}

// BlindPackets reports whether packets are blind: they are unless the project says otherwise.
func (p *Project) BlindPackets() (bool, error) {
	blind, err := blindPackets(p.reading)
	return blind, p.fault(err)
}

func blindPackets(from source) (bool, error) {
	var value string
	_, err := one(from, "SELECT value FROM setting WHERE key = ?", []any{blindSetting}, &value)
	return value != "off", err
}

// chooseDocuments finds the documents, and those that the annotator's own relations
// lead to: without them the layer would not be whole.
func (s *selection) chooseDocuments() error {
	chosen := s.options.Documents
	if chosen == nil {
		assigned, err := column[annotate.ID](s.from, "SELECT document FROM assignment WHERE annotator = ?", s.options.Annotator)
		if err != nil {
			return err
		}
		if len(assigned) == 0 {
			return annotate.Errorf(annotate.NotFound, "no document is assigned to %s", s.options.Annotator)
		}
		chosen = assigned
	}
	for asked := 0; asked < len(chosen); asked++ {
		id := chosen[asked]
		if s.documents[id] {
			continue
		}
		s.documents[id] = true
		if asked >= len(s.options.Documents) && s.options.Documents != nil {
			var name string
			if _, err := one(s.from, "SELECT name FROM document WHERE id = ?", []any{id}, &name); err != nil {
				return err
			}
			s.packet.Along = append(s.packet.Along, name)
		}
		led, err := column[annotate.ID](s.from, `SELECT a.document FROM relation r JOIN argument a ON a.relation = r.id
				WHERE r.document = ?1 AND r.annotator = ?2 AND a.document <> ''
			UNION SELECT r.document FROM argument a JOIN relation r ON r.id = a.relation
				WHERE a.document = ?1 AND a.document <> '' AND r.annotator = ?2`, id, s.options.Annotator)
		if err != nil {
			return err
		}
		chosen = append(chosen, led...)
	}
	return nil
}

// knows reports whether the packet is to say which duty somebody has: blind, it names no
// other annotators.
func (s *selection) knows(c *rawChange) bool {
	for _, raw := range [][]byte{c.before, c.after} {
		state, err := annotate.UnmarshalState(c.kind, raw)
		if m, ok := state.(*annotate.TeamMember); ok && (!s.packet.Blind || m.Annotator == s.options.Annotator || m.Duty != annotate.Annotating) {
			return err == nil
		}
	}
	return false
}
