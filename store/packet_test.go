package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// packed returns the packet of a project for asha, opened.
func packed(t *testing.T, p *Project, o PacketOptions) (*Project, *Packet) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "packet"+Extension)
	if o.Annotator == "" {
		o.Annotator = "asha"
	}
	made, err := p.MakePacket(t.Context(), path, o)
	require.NoError(t, err)
	c, err := Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	requireSound(t, c)
	return c, made
}

// sharedProject has two documents that asha and ben have labelled and talked about,
// and a third one. Everything that is ben's alone says so in the word secret.
func sharedProject(t *testing.T) (p *Project, documents []*annotate.Document) {
	t.Helper()
	p = create(t)
	for _, name := range []string{"001.txt", "002.txt", "003.txt"} {
		documents = append(documents, annotate.NewDocument(name, sharedText+" In "+name+"."))
	}
	add(t, p, documents[0], documents[1], documents[2])
	for _, d := range documents[:2] {
		own := act(t, p, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
		theirs := claim1(d.ID, "ben", annotate.Fragment{Start: 4, End: 9})
		theirs.ID, theirs.Note = annotate.ID("secret-span-"+d.Name), "secret note"
		theirs.Attributes = map[string]annotate.Value{"type": annotate.Text("secret value")}
		act(t, p, "ben", nil, theirs)
		renoted := theirs.Clone()
		renoted.Note = "secret once more"
		act(t, p, "ben", theirs, renoted)
		act(t, p, "ben", nil, &annotate.Relation{ID: annotate.ID("secret-relation-" + d.Name), Document: d.ID, Annotator: "ben", Label: "secret", Arguments: []annotate.Argument{
			{Role: "head", Span: theirs.ID}, {Role: "tail", Span: own.ID},
		}})
		act(t, p, "ben", nil, &annotate.Assessment{Document: d.ID, Annotator: "ben", Status: annotate.Done, Note: "secret"})
		record := &annotate.Record{ID: annotate.ID("secret-record-" + d.Name), Document: d.ID, Annotator: "ben", Label: "secret", Rank: "a"}
		act(t, p, "ben", nil, record)
		act(t, p, "ben", nil, &annotate.Stint{ID: annotate.ID("secret-stint-" + d.Name), Document: d.ID, Annotator: "ben", Seconds: 60})
		say(t, p, about(d, "ben", "open to all"))
		say(t, p, about(own, "ben", "about hers"))
		say(t, p, about(renoted, "ben", "secret question"))
		act(t, p, "lead", nil, &annotate.Assignment{Document: d.ID, Annotator: "ben"})
	}
	act(t, p, "lead", nil, &annotate.Assignment{Document: documents[0].ID, Annotator: "asha"})
	act(t, p, "lead", nil, &annotate.Concept{ID: annotate.NewID(), Name: "Mona"})
	return p, documents
}

func TestAPacketOfALongJournalThatEndsInTheWorkOfOthers(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	own := act(t, p, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	theirs := make([]annotate.State, mergePage+10)
	for i := range theirs {
		theirs[i] = claim1(d.ID, "ben", annotate.Fragment{Start: 4, End: 9})
	}
	add(t, p, theirs...)
	packet, _ := packed(t, p, PacketOptions{Documents: []annotate.ID{d.ID}})
	layer, err := packet.Layer(d.ID, "asha")
	require.NoError(t, err)
	require.NotNil(t, layer.Span(own.ID))
	names, err := packet.Annotators("")
	require.NoError(t, err)
	require.Equal(t, []string{"asha"}, names)
}

func TestABlindPacketHasNothingOfOthersAnywhereInTheFile(t *testing.T) {
	p, documents := sharedProject(t)
	packet, made := packed(t, p, PacketOptions{})
	require.True(t, made.Blind)
	require.Equal(t, 1, made.Documents)
	rows, err := packet.Documents(DocumentQuery{})
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, "001.txt", rows[0].Name)
	names, err := packet.Annotators("")
	require.NoError(t, err)
	require.Equal(t, []string{"asha"}, names)
	said, err := packet.Comments(documents[0].ID, "")
	require.NoError(t, err)
	require.Len(t, said, 2)
	assigned, err := packet.Assignments("")
	require.NoError(t, err)
	require.Equal(t, []*annotate.Assignment{{Document: documents[0].ID, Annotator: "asha"}}, assigned)
	concepts, err := packet.Concepts()
	require.NoError(t, err)
	require.Len(t, concepts, 1)
	owner, err := packet.Owner()
	require.NoError(t, err)
	require.Equal(t, "asha", owner)
	blind, err := packet.Blind()
	require.NoError(t, err)
	require.True(t, blind)

	require.NoError(t, packet.Close())
	for _, path := range []string{packet.Path(), packet.Path() + "-wal", packet.Path() + "-journal"} {
		raw, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			continue
		}
		require.NoError(t, err)
		require.NotContains(t, string(raw), "secret")
		require.NotContains(t, string(raw), "In 002.txt")
	}
}

func TestAnOpenPacketHasTheLayersOfAll(t *testing.T) {
	p, documents := sharedProject(t)
	packet, made := packed(t, p, PacketOptions{Open: true})
	require.False(t, made.Blind)
	layer, err := packet.Layer(documents[0].ID, "ben")
	require.NoError(t, err)
	require.Equal(t, 1, layer.SpanCount())
	require.NoError(t, packet.Close())
	raw, err := os.ReadFile(packet.Path())
	require.NoError(t, err)
	require.Contains(t, string(raw), "secret")
	require.NoError(t, p.SetBlind(false))
	_, made = packed(t, p, PacketOptions{})
	require.False(t, made.Blind, "the project says so")
}

func TestAPacketComesBackAsAUnion(t *testing.T) {
	p, documents := sharedProject(t)
	packet, made := packed(t, p, PacketOptions{})
	before := dump(t, p)
	back := merge(t, p, packet)
	require.Zero(t, back.Changes)
	require.Equal(t, made.Changes, back.Known)
	require.Equal(t, before, dump(t, p))

	act(t, p, "lead", nil, annotate.NewDocument("later.txt", "Later."))
	work := act(t, packet, "asha", nil, claim1(documents[0].ID, "asha", annotate.Fragment{Start: 15, End: 19}))
	back = merge(t, p, packet)
	require.Equal(t, 1, back.Changes)
	require.Empty(t, back.Lost)
	layer, err := p.Layer(documents[0].ID, "asha")
	require.NoError(t, err)
	require.NotNil(t, layer.Span(work.ID))
	requireSound(t, p)
}

func TestWhatIsDoneInAPacketComesAfterAllThatTheProjectKnew(t *testing.T) {
	p, documents := sharedProject(t)
	packet, _ := packed(t, p, PacketOptions{})
	layer, err := packet.Layer(documents[0].ID, "asha")
	require.NoError(t, err)
	for s := range layer.Spans() {
		noted := s.Clone()
		noted.Note = "in the packet"
		act(t, packet, "asha", s, noted)
	}
	require.Empty(t, merge(t, p, packet).Lost)
	layer, err = p.Layer(documents[0].ID, "asha")
	require.NoError(t, err)
	for s := range layer.Spans() {
		require.Equal(t, "in the packet", s.Note)
	}
}

func TestDocumentsThatOwnRelationsLeadToComeAlong(t *testing.T) {
	p := create(t)
	here, there := annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", sharedText)
	add(t, p, here, there)
	one := act(t, p, "asha", nil, claim1(here.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	two := act(t, p, "asha", nil, claim1(there.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	act(t, p, "asha", nil, &annotate.Relation{ID: annotate.NewID(), Document: here.ID, Annotator: "asha", Label: "same", Arguments: []annotate.Argument{
		{Role: "head", Span: one.ID}, {Role: "tail", Span: two.ID, Document: there.ID},
	}})
	_, made := packed(t, p, PacketOptions{Documents: []annotate.ID{here.ID}})
	require.Equal(t, []string{"002.txt"}, made.Along)
	_, made = packed(t, p, PacketOptions{Documents: []annotate.ID{there.ID}})
	require.Equal(t, []string{"001.txt"}, made.Along)
	_, made = packed(t, p, PacketOptions{Documents: []annotate.ID{here.ID}, Annotator: "ben"})
	require.Empty(t, made.Along)
}

func TestWhatIsOnlyPartlyInAPacketIsNotUndoneThere(t *testing.T) {
	p := create(t)
	documents := []annotate.State{annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", "Nein.")}
	add(t, p, documents...) // as asha, at once
	packet, _ := packed(t, p, PacketOptions{Documents: []annotate.ID{documents[0].EntityID()}})
	_, ok := packet.CanUndo("asha")
	require.False(t, ok)
	packet, _ = packed(t, p, PacketOptions{Documents: []annotate.ID{documents[0].EntityID(), documents[1].EntityID()}})
	_, ok = packet.CanUndo("asha")
	require.True(t, ok)
}

func TestAPacketIsNotMadeOverAnythingOrOfNothing(t *testing.T) {
	p, _ := sharedProject(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "p"+Extension)
	_, err := p.MakePacket(t.Context(), path, PacketOptions{Annotator: "carol"})
	require.ErrorContains(t, err, "no document is assigned to carol")
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, left)
	require.NoError(t, os.WriteFile(path, []byte("mine"), 0o600))
	_, err = p.MakePacket(t.Context(), path, PacketOptions{Annotator: "asha"})
	require.Equal(t, annotate.Conflict, annotate.KindOf(err))
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "mine", string(raw))
}
