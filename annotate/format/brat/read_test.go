package brat_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/brat"
)

const article = "Mona said the ferry 😀 stays.\nBen denied it."

func TestReadingEachKindOfLine(t *testing.T) {
	for _, test := range []struct {
		name, ann string
		want      []string
	}{
		{"span", "T1\tSource 0 4\tMona\n", []string{`Source[{0 4}]"Mona" [] ""`}},
		{"span after an emoji, in code points", "T1\tClaim 22 27\tstays\n", []string{`Claim[{25 30}]"stays" [] ""`}},
		{"span of parts", "T1\tClaim 14 19;22 27\tferry stays\n", []string{`Claim[{14 19} {25 30}]"ferry stays" [] ""`}},
		{"parts joined as before brat 1.3", "T1\tClaim 14 19;22 27\tferrystays\n", []string{`Claim[{14 19} {25 30}]"ferry stays" [] ""`}},
		{"parts joined by dots", "T1\tClaim 14 19;22 27\tferry [...] stays\n", []string{`Claim[{14 19} {25 30}]"ferry stays" [] ""`}},
		{"span over a line break, in parts", "T1\tClaim 22 28;29 32\tstays. Ben\n", []string{`Claim[{25 31} {32 35}]"stays. Ben" [] ""`}},
		{"span over a line break, in one", "T1\tClaim 22 32\tstays. Ben\n", []string{`Claim[{25 35}]"stays.\nBen" [] ""`}},
		{"relation", "R1\tof Arg1:T1 Arg2:T2\t\nT1\tA 0 4\tMona\nT2\tB 5 9\tsaid\n", []string{
			`(of head=A[{0 4}]"Mona" tail=B[{5 9}]"said") [] ""`, `A[{0 4}]"Mona" [] ""`, `B[{5 9}]"said" [] ""`,
		}},
		{"relation with roles of its own", "T1\tA 0 4\tMona\nR1\tof from:T1 to2:T1\n", []string{
			`(of from=A[{0 4}]"Mona" to2=A[{0 4}]"Mona") [] ""`, `A[{0 4}]"Mona" [] ""`,
		}},
		{"events, one in the other", "T1\tSay 5 9\tsaid\nT2\tA 0 4\tMona\nE1\tSay:T1 Who:T2 Who2:T1 What:E2 \nE2\tStay:T1\n", []string{
			`(Say trigger=Say[{5 9}]"said" Who=A[{0 4}]"Mona" Who=Say[{5 9}]"said" What=(Stay trigger=Say[{5 9}]"said")) [] ""`,
			`(Stay trigger=Say[{5 9}]"said") [] ""`, `A[{0 4}]"Mona" [] ""`, `Say[{5 9}]"said" [] ""`,
		}},
		{"equivalence", "T1\tA 0 4\tMona\nT2\tB 5 9\tsaid\n*\tEquiv T1 T2\n", []string{
			`(Equiv member=A[{0 4}]"Mona" member=B[{5 9}]"said") [] ""`, `A[{0 4}]"Mona" [] ""`, `B[{5 9}]"said" [] ""`,
		}},
		{"attributes", "T1\tA 0 4\tMona\nA1\tNegated T1\nM2\tSure T1 very much so\nE1\tA:T1\nA3\tNegated E1\n", []string{
			`(A trigger=A[{0 4}]"Mona") [Negated=true] ""`, `A[{0 4}]"Mona" [Negated=true Sure="very much so"] ""`,
		}},
		{"attribute of several values", "T1\tA 0 4\tMona\nA1\tTopic T1 sea\nA2\tTopic T1 work\n", []string{`A[{0 4}]"Mona" [Topic=["sea","work"]] ""`}},
		{"normalizations", "T1\tA 0 4\tMona\nN1\tReference T1 Q:64\tMona of the Isle\nN2\tKey T1 17\n", []string{
			`A[{0 4}]"Mona" [Key (normalization)="17" Reference (normalization)="Q:64 Mona of the Isle"] ""`,
		}},
		{"notes", "T1\tA 0 4\tMona\n#1\tAnnotatorNotes T1\tasked \ther\n#2\tAnnotatorNotes T1\t\n#3\tAnnotatorNotes T1\tagain\n#4\tLemma T1\t mona\nA1\tNegated T1\n#5\tAnnotatorNotes A1\twhy?\n", []string{
			`A[{0 4}]"Mona" [AnnotatorNotes on Negated (note)="why?" Lemma (note)=" mona" Negated=true] "asked \ther\n\nagain"`,
		}},
		{"nothing", "", nil},
		{"blank lines, CR LF and a byte order mark", "\ufeff\r\n \r\nT1\tA 0 4\tMona\r\n", []string{`A[{0 4}]"Mona" [] ""`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := files(t, map[string]string{".txt": article, ".ann": test.ann})
			r, err := load(t, text)
			require.NoError(t, err)
			assert.Equal(t, test.want, canonical(r))
			assert.Equal(t, article, r.Document.Text)
			assert.Empty(t, r.Remarks)
			assert.Nil(t, r.Assessment)

			again, err := load(t, text)
			require.NoError(t, err)
			assert.Equal(t, r, again, "the same file gives the same ids")

			if strings.Contains(test.name, "in one") {
				return // which brat itself would write in parts
			}
			folder, losses := save(t, r)
			assert.Empty(t, losses)
			back, err := load(t, filepath.Join(folder, "a.txt"))
			require.NoError(t, err)
			assert.Equal(t, test.want, canonical(back), "written and read again")
		})
	}
}

func TestFindingOutWhatOffsetsCount(t *testing.T) {
	for _, test := range []struct{ name, text, ann, covered, remark string }{
		{"UTF-16 units", article, "T1\tClaim 23 28\tstays\n", "stays", "the offsets count UTF-16 units; they were converted"},
		{"bytes", article, "T1\tClaim 25 30\tstays\n", "stays", "the offsets count bytes; they were converted"},
		{"line ends as one character, as brat does", "a\r\nb\r\nSea", "T1\tA 4 7\tSea\n", "Sea", ""},
		{"line ends as two characters", "a\r\nb\r\nSea", "T1\tA 6 9\tSea\n", "Sea", "the offsets count code points and each CR LF as two; they were converted"},
		{"byte order mark left out", "\ufeffSea", "T1\tA 0 3\tSea\n", "Sea", ""},
		{"byte order mark counted, as brat does", "\ufeffSea", "T1\tA 1 4\tSea\n", "Sea", "the offsets count code points and the byte order mark as a character; they were converted"},
		{"all at once", "\ufeff😀\r\n\r\nSea", "T1\tA 7 10\tSea\n", "Sea", "the offsets count UTF-16 units and the byte order mark as a character and each CR LF as two; they were converted"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := files(t, map[string]string{".txt": test.text, ".ann": test.ann})
			r, err := load(t, text)
			require.NoError(t, err)
			assert.Equal(t, test.covered, r.Spans[0].Covered(r.Document.Text))
			var remark string
			for _, said := range r.Remarks {
				remark += said.Sentence
			}
			assert.Equal(t, test.remark, remark)
		})
	}
}

func TestRemarkingOnWhatWasChanged(t *testing.T) {
	const spans = "T1\tA 0 4\tMona\nT2\tB 5 9\tsaid\n"
	for _, test := range []struct{ name, ann, remark string }{
		{"touching parts", "T1\tA 0 2;2 4\tMo na\n", ":1: T1: its parts touch or overlap; they were joined"},
		{"parts out of order", "T1\tA 5 9;0 4\tsaid Mona\n", ":1: T1: its parts were put in order"},
		{"no text column", "T1\tA 0 4\n", ":1: T1: it has no text to check its offsets against; they were taken as they are"},
		{"argument twice", spans + "E1\tA:T1 Who:T2 Who2:T2\n", ":3: E1: it has T2 twice as its Who; once was kept"},
		{"equivalence of one", spans + "*\tEquiv T1\n", ":3: *: it says only that T1 is itself; it was left out"},
		{"equivalence twice", spans + "*\tEquiv T1 T2\n*\tEquiv T1 T2\n", ":4: *: the same equivalence stands there twice; once was kept"},
		{"attribute twice", spans + "A1\tNegated T1\nA2\tNegated T1\n", ":4: A2: Negated has the same value twice; once was kept"},
		{"note twice", spans + "#1\tLemma T1\tx\n#2\tLemma T1\tx\n", ":4: #2: the same note stands there twice; once was kept"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := files(t, map[string]string{".txt": article, ".ann": test.ann})
			r, err := load(t, text)
			require.NoError(t, err)
			require.Len(t, r.Remarks, 1)
			assert.Equal(t, test.remark, strings.TrimPrefix(r.Remarks[0].String(), strings.TrimSuffix(text, ".txt")+".ann"))
			for _, s := range r.Spans {
				assert.NoError(t, s.Check(r.Document.Text))
			}
		})
	}
}

func TestRefusingAPairThatIsWrong(t *testing.T) {
	const spans = "T1\tA 0 4\tMona\nT2\tB 5 9\tsaid\n"
	const out = "; the document was left out"
	for _, test := range []struct{ name, ann, sentence string }{
		{"offsets beyond the text", "T1\tA 40 99\tx\n", ":1: T1: offset 99 lies outside the text, which has 43 code points" + out},
		{"covered text differs", spans + "T3\tA 0 4\tLisa\n", `:3: T3: its offsets cover "Mona", but its text is "Lisa"` + out},
		{"end before start", "T1\tA 4 0\tMona\n", ":1: T1: the range 4 to 0 ends before it begins" + out},
		{"zero length", "T1\tA 4 4\t\n", ":1: T1: it covers nothing at offset 4, and a span must cover something" + out},
		{"no offsets", "T1\tA\tMona\n", `:1: T1: "" is no pair of offsets` + out},
		{"half an offset", "T1\tA 0 4;7\tMona\n", `:1: T1: "7" is no pair of offsets` + out},
		{"no annotation at all", spans + "Dear all,\n", `:3: "Dear all," is no brat annotation` + out},
		{"no tab", "T1 A 0 4 Mona\n", `:1: "T1 A 0 4 Mona" is no brat annotation` + out},
		{"id twice", spans + "T1\tA 0 4\tMona\n", ":3: T1: the id stands in line 1 already" + out},
		{"relation to nothing", spans + "R1\tof Arg1:T1 Arg2:T9\n", ":3: R1: its tail is T9, and there is no such span, relation or event" + out},
		{"relation of one", spans + "R1\tof Arg1:T1\n", ":3: R1: a relation has two arguments with different roles" + out},
		{"relation of the same role", spans + "R1\tof Arg1:T1 Arg1:T2\n", ":3: R1: a relation has two arguments with different roles" + out},
		{"argument without a role", spans + "R1\tof T1 Arg2:T2\n", `:3: R1: "T1" is no role and id` + out},
		{"event triggered by an event", spans + "E1\tA:E1\n", ":3: E1: an event has a trigger, which is a T" + out},
		{"event of nothing", spans + "E1\t \n", ":3: E1: an event has a trigger, which is a T" + out},
		{"attribute of nothing", spans + "A1\tNegated T9\n", ":3: A1: it is about T9, which is not in the file" + out},
		{"attribute of an attribute", spans + "A1\tNegated T1\nA2\tSure A1\n", ":4: A2: it is about A1, which is no span, relation or event" + out},
		{"note on nothing", spans + "#1\tAnnotatorNotes\tx\n", `:3: #1: "AnnotatorNotes" does not say what it is about` + out},
		{"not UTF-8", "T1\tA 0 4\tM\xf6na\n", ": byte 10 (0xf6) is not UTF-8; save the file as UTF-8 first"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := files(t, map[string]string{".txt": article, ".ann": test.ann})
			r, err := load(t, text)
			require.Error(t, err)
			assert.Nil(t, r)
			assert.Equal(t, test.sentence, strings.TrimPrefix(err.Error(), strings.TrimSuffix(text, ".txt")+".ann"))
			assert.Equal(t, annotate.Invalid, annotate.KindOf(err))
		})
	}
}

func TestWhichFilesBelongTogether(t *testing.T) {
	text := files(t, map[string]string{".txt": article, ".a1": "T1\tA 0 4\tMona\n", ".a2": "T2\tB 5 9\tsaid\nE1\tB:T2 Who:T1\n", ".rel": "R1\tof Arg1:T1 Arg2:T2\n"})
	r, err := load(t, text)
	require.NoError(t, err)
	assert.Len(t, r.Spans, 2)
	assert.Len(t, r.Relations, 2)
	stem := strings.TrimSuffix(text, ".txt")
	for _, extension := range []string{".txt", ".a1", ".a2", ".rel"} {
		assert.Equal(t, text, brat.Format.Main(stem+extension))
	}
	folder := filepath.Dir(text)
	assert.Empty(t, brat.Format.Main(filepath.Join(folder, "alone.txt")))
	assert.Empty(t, brat.Format.Main(filepath.Join(folder, "annotation.conf")))

	alone := filepath.Join(folder, "b.ann")
	assert.Equal(t, alone, brat.Format.Main(alone))
	_, err = load(t, alone)
	assert.EqualError(t, err, alone+": the text it annotates is missing: there is no b.txt")
	lonely := filepath.Join(folder, "b.txt")
	_, err = load(t, lonely)
	assert.EqualError(t, err, lonely+": there is no .ann file beside it")
}

func FuzzRead(f *testing.F) {
	f.Add(article, "T1\tA 0 4;5 9\tMona said\nE1\tA:T1 x:T1\n*\tEquiv T1 E1\nA1\tn T1\nN1\tr E1 x:y\tz\n#1\tq A1\tv\n")
	f.Add("\ufeffa\r\nb", "T1\tA 1 2\ta\nR1\tx a:T1 b:T1\n")
	f.Fuzz(func(t *testing.T, text, ann string) {
		path := files(t, map[string]string{".txt": text, ".ann": ann})
		r, err := load(t, path)
		if err != nil {
			return
		}
		for _, s := range r.Spans {
			require.NoError(t, s.Check(r.Document.Text))
		}
		folder, _ := save(t, r)
		_, err = load(t, filepath.Join(folder, "a.txt"))
		require.NoError(t, err, "what is written can be read")
	})
}

// files writes a.txt, a.ann … and returns the path of the text.
func files(t testing.TB, contents map[string]string) string {
	t.Helper()
	stem := filepath.Join(t.TempDir(), "a")
	for extension, content := range contents {
		require.NoError(t, os.WriteFile(stem+extension, []byte(content), 0o600))
	}
	return stem + ".txt"
}

// TestWordsThatStandElsewhereAreMovedOnRequest has offsets that a letter was put before.
func TestWordsThatStandElsewhereAreMovedOnRequest(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.txt")
	require.NoError(t, os.WriteFile(path, []byte("Oh, Mona said that Mona stayed."), 0o600))
	write := func(ann string) {
		require.NoError(t, os.WriteFile(filepath.Join(folder, "a.ann"), []byte(ann), 0o600))
	}
	read := func(reanchor bool) (*dataset.Record, error) {
		for r, err := range brat.Format.Read(t.Context(), dataset.Input{Path: path, Name: "a.txt", Annotator: "asha", Reanchor: reanchor}) {
			return r, err
		}
		return nil, nil
	}
	write("T1\tActor 15 19\tMona\nT2\tSay 9 13\tsaid\n")
	_, err := read(false)
	var misfit *dataset.Misfit
	require.ErrorAs(t, err, &misfit)
	r, err := read(true)
	require.NoError(t, err)
	require.Len(t, r.Spans, 2)
	assert.Equal(t, []annotate.Fragment{{Start: 9, End: 13}}, r.Spans[1].Fragments, "what fits stays")
	assert.Equal(t, []annotate.Fragment{{Start: 19, End: 23}}, r.Spans[0].Fragments, "the nearest of two")
	require.Len(t, r.Remarks, 1)
	assert.Contains(t, r.Remarks[0].Sentence, `T1: its text "Mona", which its offsets do not cover, stands 4 characters further on, and it was moved there`)
	assert.Equal(t, 1, r.Moved)
	assert.Equal(t, 1, r.Remarks[0].Line)

	write("T1\tActor 900 904\tMona\n")
	r, err = read(true)
	require.NoError(t, err)
	assert.Equal(t, []annotate.Fragment{{Start: 19, End: 23}}, r.Spans[0].Fragments, "offsets beyond the text are at its end")
	for _, ann := range []string{"T1\tActor 0 4\tBen\n", "T1\tActor 0 4;5 9\tMona that\n"} {
		write(ann)
		_, err = read(true)
		assert.Error(t, err, ann)
	}
}
