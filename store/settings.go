package store

import "spanwright/annotate"

// What the table of settings knows by name.
const (
	blindSetting = "blind"     // "on" or "off"
	ownerSetting = "annotator" // whose packet the project is
	timedSetting = "timed"     // "on" or "off"
	// feedbackSetting is what came with a packet about what was decided.
	feedbackSetting = "feedback"
)

// Blind reports whether annotators are kept from seeing one another's layers: in the
// window, and in packets.
func (p *Project) Blind() (bool, error) {
	value, err := p.Setting(blindSetting)
	return value == "on", err
}

// SetBlind says whether annotators are kept from seeing one another's layers.
func (p *Project) SetBlind(blind bool) error {
	return p.SetSetting(blindSetting, map[bool]string{true: "on", false: "off"}[blind])
}

// Owner returns whose packet the project is, "" if it is none.
func (p *Project) Owner() (string, error) { return p.Setting(ownerSetting) }

// Feedback returns what [PacketOptions.Feedback] put into this packet, "" if nothing.
func (p *Project) Feedback() (string, error) { return p.Setting(feedbackSetting) }

// keepSetting stores a setting of a project that is being made.
func (b *batch) keepSetting(key, value string) error {
	return execute(b, "INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
}

// layerOf returns in whose layer a state lies, or for whom it is; ok is false of what is
// nobody's.
func layerOf(s annotate.State) (annotator string, ok bool) {
	switch e := s.(type) {
	case *annotate.Span:
		return e.Annotator, true
	case *annotate.Relation:
		return e.Annotator, true
	case *annotate.Record:
		return e.Annotator, true
	case *annotate.Assessment:
		return e.Annotator, true
	case *annotate.Assignment:
		return e.Annotator, true
	case *annotate.Decision:
		return annotate.AdjudicatedLayer, true
	case *annotate.Review:
		return e.Annotator, true
	case *annotate.Stint:
		return e.Annotator, true
	}
	return "", false
}
