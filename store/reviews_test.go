package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// move has somebody bring work to a status.
func move(p *Project, by string, document annotate.ID, annotator string, to annotate.Status, comment string) error {
	w, err := p.Work(document, annotator)
	if err != nil {
		return err
	}
	_, err = p.Apply(w.Move(by, to, comment, 0)...)
	return err
}

// status returns how far an annotator is with a document.
func status(t *testing.T, p *Project, document annotate.ID, annotator string) annotate.Status {
	t.Helper()
	layer, err := p.Layer(document, annotator)
	require.NoError(t, err)
	return layer.Status()
}

// reviewProject has two documents; asha has labelled and finished the first.
func reviewProject(t *testing.T) (p *Project, first, second *annotate.Document) {
	t.Helper()
	p = create(t)
	first, second = annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", sharedText+" Two.")
	add(t, p, first, second)
	act(t, p, "asha", nil, claim1(first.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	require.NoError(t, move(p, "asha", first.ID, "asha", annotate.Done, ""))
	return p, first, second
}

func TestWorkGoesThroughReview(t *testing.T) {
	p, d, _ := reviewProject(t)
	said, err := p.Assessment(d.ID, "asha")
	require.NoError(t, err)
	for _, step := range []struct {
		by      string
		to, is  annotate.Status
		comment string
		base    annotate.Status
	}{
		{"asha", annotate.InReview, annotate.InReview, "first go", annotate.Done},
		{"lead", annotate.Returned, annotate.Returned, "cues are missing", annotate.InProgress},
		{"asha", annotate.Done, annotate.InReview, "", annotate.Done},
		{"lead", annotate.Final, annotate.Final, "", annotate.Done},
	} {
		require.NoError(t, move(p, step.by, d.ID, "asha", step.to, step.comment))
		w, err := p.Work(d.ID, "asha")
		require.NoError(t, err)
		require.Equal(t, &annotate.Review{Document: d.ID, Annotator: "asha", Status: step.is, By: step.by, Comment: step.comment}, w.Review)
		require.Equal(t, step.base, w.Status().Base())
		require.Equal(t, said, w.Assessment, "what the annotator says stays what it was")
		requireSound(t, p)
	}
}

func TestFinalWorkIsNotEditedByItsAnnotatorUntilItIsTakenUpAgain(t *testing.T) {
	p, d, other := reviewProject(t)
	require.NoError(t, move(p, "lead", d.ID, "asha", annotate.Final, ""))
	before := dump(t, p)
	more := annotate.Change{Annotator: "asha", After: claim1(d.ID, "asha", annotate.Fragment{Start: 4, End: 9})}
	elsewhere := annotate.Change{Annotator: "asha", After: claim1(other.ID, "asha", annotate.Fragment{Start: 4, End: 9})}
	_, err := p.Apply(elsewhere, more)
	require.ErrorContains(t, err, `document "001.txt" is final: lead accepted it; take it up again first`)
	_, err = p.Undo("asha")
	require.ErrorContains(t, err, "is final")
	require.Equal(t, before, dump(t, p))
	_, err = p.Apply(elsewhere, annotate.Change{Annotator: "ben", After: claim1(d.ID, "ben", annotate.Fragment{Start: 4, End: 9})},
		annotate.Change{Annotator: "asha", After: annotate.NewComment(d.ID, "asha", "why final?")})
	require.NoError(t, err, "other documents, other layers and words about it are as free as before")
	require.NoError(t, move(p, "asha", d.ID, "asha", annotate.InProgress, ""))
	_, err = p.Apply(more)
	require.NoError(t, err)
	requireSound(t, p)
}

func TestDutiesSayWhoMayMoveWhat(t *testing.T) {
	for _, test := range []struct {
		name, by, annotator string
		from, to            annotate.Status
		says                string // "" if it is allowed
	}{
		{"hand in", "asha", "asha", annotate.Done, annotate.InReview, ""},
		{"take back what is in review", "asha", "asha", annotate.InReview, annotate.InProgress, ""},
		{"accept one's own", "asha", "asha", annotate.InReview, annotate.Final, "asha is an annotator in this project"},
		{"take up what is final", "asha", "asha", annotate.Final, annotate.InProgress, "a reviewer or lead takes it up again"},
		{"an annotator accepts", "ben", "asha", annotate.InReview, annotate.Final, "ben is an annotator in this project and cannot decide about the work of asha"},
		{"nobody in particular accepts", "zoe", "asha", annotate.InReview, annotate.Final, "zoe is an annotator"},
		{"a reviewer accepts", "rita", "asha", annotate.InReview, annotate.Final, ""},
		{"a reviewer accepts what was not handed in", "rita", "asha", annotate.Done, annotate.Final, ""},
		{"a reviewer returns what is final", "rita", "asha", annotate.Final, annotate.Returned, ""},
		{"a reviewer speaks for others", "rita", "asha", annotate.InReview, annotate.Done, "only asha can say that their own work is done"},
		{"a reviewer accepts the own work", "rita", "rita", annotate.InReview, annotate.Final, "cannot review their own work"},
		{"a reviewer takes up what is not done", "rita", "asha", annotate.InProgress, annotate.InReview, "asha is not done yet"},
		{"a lead accepts the own work", "lead", "lead", annotate.InReview, annotate.Final, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := create(t)
			d := annotate.NewDocument("001.txt", sharedText)
			add(t, p, d)
			if test.from.Base() == annotate.Done {
				require.NoError(t, move(p, test.annotator, d.ID, test.annotator, annotate.Done, ""))
			}
			require.NoError(t, move(p, test.annotator, d.ID, test.annotator, test.from, "why"))
			require.NoError(t, p.SetDuties("lead", map[string]annotate.Duty{"asha": annotate.Annotating, "ben": annotate.Annotating, "rita": annotate.Reviewing, "lead": annotate.Leading}))
			err := move(p, test.by, d.ID, test.annotator, test.to, "why")
			if test.says == "" {
				require.NoError(t, err)
				require.Equal(t, test.to, status(t, p, d.ID, test.annotator))
				_, err := p.Undo(test.by)
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, test.says)
				require.Equal(t, annotate.Conflict, annotate.KindOf(err))
			}
			require.Equal(t, test.from, status(t, p, d.ID, test.annotator))
			requireSound(t, p)
		})
	}
}

func TestOnceThereIsALeadOnlyLeadsGiveDuties(t *testing.T) {
	p := create(t)
	require.NoError(t, p.SetDuties("asha", map[string]annotate.Duty{"asha": annotate.Annotating}))
	require.NoError(t, p.SetDuties("ben", map[string]annotate.Duty{"ben": annotate.Leading}))
	require.ErrorContains(t, p.SetDuties("asha", map[string]annotate.Duty{"asha": annotate.Leading}), "asha is none")
	require.NoError(t, p.SetDuties("ben", map[string]annotate.Duty{"asha": ""}))
	team, err := p.Team()
	require.NoError(t, err)
	require.Equal(t, annotate.Team{"ben": annotate.Leading}, team)
	require.Error(t, p.SetDuties("ben", map[string]annotate.Duty{"asha": "boss"}))
	requireSound(t, p)
}

func TestAReturnedDocumentReachesItsAnnotatorAlone(t *testing.T) {
	p, d, _ := reviewProject(t)
	act(t, p, "ben", nil, claim1(d.ID, "ben", annotate.Fragment{Start: 4, End: 9}))
	require.NoError(t, move(p, "ben", d.ID, "ben", annotate.Done, ""))
	require.NoError(t, p.SetDuties("lead", map[string]annotate.Duty{"lead": annotate.Leading, "asha": annotate.Annotating, "ben": annotate.Annotating}))
	packet, _ := packed(t, p, PacketOptions{Documents: []annotate.ID{d.ID}})
	require.NoError(t, move(p, "lead", d.ID, "asha", annotate.Returned, "the cues, please"))
	require.NoError(t, move(p, "lead", d.ID, "ben", annotate.Returned, "secret words to ben"))

	next, _ := packed(t, p, PacketOptions{Documents: []annotate.ID{d.ID}})
	for name, copied := range map[string]*Project{"the next packet": next, "a merge of it": packet} {
		if copied == packet {
			merge(t, packet, next)
		}
		require.Equal(t, annotate.Returned, status(t, copied, d.ID, "asha"), name)
		works, err := copied.Works(d.ID)
		require.NoError(t, err)
		require.Len(t, works, 1, name)
		require.Equal(t, "the cues, please", works[0].Review.Comment, name)
		team, err := copied.Team()
		require.NoError(t, err)
		require.Equal(t, annotate.Team{"lead": annotate.Leading, "asha": annotate.Annotating}, team, "%s names no other annotators", name)
	}
	require.NoError(t, move(packet, "asha", d.ID, "asha", annotate.Done, "now they are there"))
	merge(t, p, packet)
	require.Equal(t, annotate.InReview, status(t, p, d.ID, "asha"))
	require.Equal(t, annotate.Returned, status(t, p, d.ID, "ben"))
	requireSound(t, p)
}

func TestOfTwoMovesAtOnceTheLaterStandsWhateverTheOrderOfMerges(t *testing.T) {
	p, d, _ := reviewProject(t)
	require.NoError(t, move(p, "asha", d.ID, "asha", annotate.InReview, ""))
	other := carried(t, p)
	require.NoError(t, move(p, "lead", d.ID, "asha", annotate.Final, ""))
	act(t, other, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 4, End: 9})) // one tick later
	require.NoError(t, move(other, "rita", d.ID, "asha", annotate.Returned, "one is missing"))
	third := carried(t, p)
	merge(t, third, other)
	report := merge(t, p, other)
	require.Len(t, report.Lost, 1)
	require.Equal(t, "the review of the work of asha", report.Lost[0].What)
	for _, copied := range []*Project{p, third} {
		require.Equal(t, annotate.Returned, status(t, copied, d.ID, "asha"))
		requireSound(t, copied)
	}
}

func TestACheckTellsOfWorkThatWasChangedWhileItWasAccepted(t *testing.T) {
	p, d, _ := reviewProject(t)
	other := carried(t, p)
	require.NoError(t, move(p, "lead", d.ID, "asha", annotate.Final, ""))
	act(t, other, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 4, End: 9}))
	requireSound(t, p)
	merge(t, p, other)
	findings, err := p.Check()
	require.NoError(t, err)
	require.Len(t, findings, 1)
	require.True(t, findings[0].Warning)
	require.Contains(t, findings[0].Sentence, "the work of asha was accepted as final while it was being changed elsewhere")
	require.NoError(t, move(p, "lead", d.ID, "asha", annotate.InReview, ""))
	require.NoError(t, move(p, "lead", d.ID, "asha", annotate.Final, ""))
	requireSound(t, p)
}

func TestACheckTellsWhoAcceptedWorkAgainstTheirDuty(t *testing.T) {
	p, d, _ := reviewProject(t)
	other := carried(t, p)
	require.NoError(t, p.SetDuties("lead", map[string]annotate.Duty{"lead": annotate.Leading, "ben": annotate.Annotating}))
	act(t, other, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 4, End: 9}))
	act(t, other, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 4, End: 10}))
	require.NoError(t, move(other, "ben", d.ID, "asha", annotate.Final, ""), "there nobody knew of duties")
	merge(t, p, other)
	findings, err := p.Check()
	require.NoError(t, err)
	require.Len(t, findings, 1)
	require.Contains(t, findings[0].Sentence, "ben, whose duty is to annotate, has returned or accepted work here")
}

func TestADocumentGoesWithItsReviews(t *testing.T) {
	p, d, _ := reviewProject(t)
	require.NoError(t, move(p, "lead", d.ID, "asha", annotate.Final, ""))
	before := dump(t, p)
	changes, err := p.DocumentRemoval(d.ID)
	require.NoError(t, err)
	for i := range changes {
		changes[i].Annotator = "asha"
	}
	_, err = p.Apply(changes...)
	require.NoError(t, err)
	_, err = p.Undo("asha")
	require.NoError(t, err)
	require.Equal(t, annotate.Final, status(t, p, d.ID, "asha"))
	require.NotEqual(t, before, dump(t, p), "the journal goes on")
	requireSound(t, p)
}

func TestTasksComeInOrderOfUrgency(t *testing.T) {
	p := create(t)
	ids := map[string]annotate.ID{}
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		d := annotate.NewDocument(name, sharedText)
		ids[name] = d.ID
		add(t, p, d)
	}
	names := map[annotate.ID]string{"": ""}
	for name, id := range ids {
		names[id] = name
	}
	next := func(who, from string) string {
		t.Helper()
		id, ok, err := p.NextTask(who, ids[from])
		require.NoError(t, err)
		require.Equal(t, ok, id != "")
		return names[id]
	}
	require.Equal(t, []string{"a", "c", "a"}, []string{next("asha", ""), next("asha", "b"), next("asha", "e")}, "all of them, and round again")
	require.NoError(t, move(p, "asha", ids["d"], "asha", annotate.Done, ""))
	require.NoError(t, move(p, "lead", ids["d"], "asha", annotate.Returned, "again"))
	require.Equal(t, []string{"d", "d", "e"}, []string{next("asha", ""), next("asha", "a"), next("asha", "d")}, "what was returned comes first")
	for _, name := range []string{"b", "e"} {
		act(t, p, "lead", nil, &annotate.Assignment{Document: ids[name], Annotator: "asha"})
	}
	require.Equal(t, []string{"e", "d"}, []string{next("asha", "d"), next("asha", "e")}, "then one's own")
	require.Equal(t, "a", next("ben", ""), "who is assigned nothing labels everything")
	require.NoError(t, move(p, "asha", ids["e"], "asha", annotate.Done, ""))
	require.Equal(t, "b", next("asha", "d"))
	for _, name := range []string{"b", "d"} {
		require.NoError(t, move(p, "asha", ids[name], "asha", annotate.Done, ""))
	}
	require.Empty(t, next("asha", "d"), "a and c are others’")
	require.Equal(t, "d", next("rita", "c"), "without duties everybody labels")
	require.NoError(t, p.SetDuties("lead", map[string]annotate.Duty{"rita": annotate.Reviewing}))
	require.Equal(t, "d", next("rita", "a"), "d was returned and handed in again")
	require.Empty(t, next("rita", "d"))
	require.NoError(t, move(p, "asha", ids["b"], "asha", annotate.InReview, ""))
	require.Equal(t, "b", next("rita", "d"))
	require.Empty(t, next("asha", "d"), "nobody reviews their own")
}

func TestDocumentsAreFoundByTheirReviews(t *testing.T) {
	p, d, other := reviewProject(t)
	require.NoError(t, move(p, "asha", d.ID, "asha", annotate.InReview, ""))
	require.NoError(t, move(p, "ben", other.ID, "ben", annotate.Done, ""))
	require.NoError(t, move(p, "lead", other.ID, "ben", annotate.Returned, "again"))
	for _, test := range []struct {
		q    DocumentQuery
		want []annotate.ID
	}{
		{DocumentQuery{Annotator: "asha", Status: annotate.Done}, []annotate.ID{d.ID}},
		{DocumentQuery{Annotator: "asha", Status: annotate.InReview}, []annotate.ID{d.ID}},
		{DocumentQuery{Annotator: "ben", Status: annotate.InProgress}, []annotate.ID{other.ID}},
		{DocumentQuery{Annotator: "ben", Status: annotate.Done}, nil},
		{DocumentQuery{Annotator: "ben", Status: annotate.New}, []annotate.ID{d.ID}},
		{DocumentQuery{Annotator: "asha", Status: annotate.Returned}, nil},
		{DocumentQuery{Annotator: "asha", Status: annotate.Returned, Judges: true}, []annotate.ID{other.ID}},
		{DocumentQuery{Annotator: "lead", Status: annotate.Final, Judges: true}, nil},
	} {
		rows, err := p.Documents(test.q)
		require.NoError(t, err)
		var found []annotate.ID
		for _, row := range rows {
			found = append(found, row.ID)
		}
		require.Equal(t, test.want, found, "%+v", test.q)
	}
	rows, err := p.Documents(DocumentQuery{Annotator: "lead", Judges: true})
	require.NoError(t, err)
	require.Equal(t, []int{1, 0}, []int{rows[0].Waiting, rows[1].Waiting})
	rows, err = p.Documents(DocumentQuery{Annotator: "ben"})
	require.NoError(t, err)
	require.Equal(t, annotate.Returned, rows[1].Status)
	require.Zero(t, rows[0].Waiting)

	stats, err := p.Stats("")
	require.NoError(t, err)
	require.Equal(t, []StatusCount{{"asha", annotate.InReview, 1}, {"ben", annotate.Returned, 1}}, stats.Reviews)
	require.Equal(t, []StatusCount{
		{"asha", annotate.New, 1},
		{"asha", annotate.InProgress, 0},
		{"asha", annotate.Done, 1},
		{"ben", annotate.New, 1},
		{"ben", annotate.InProgress, 1},
		{"ben", annotate.Done, 0},
	}, stats.Statuses)
	for who, want := range map[string]Progress{"asha": {Total: 2, Done: 1}, "ben": {Total: 2, InProgress: 1}, "lead": {Total: 2}} {
		progress, err := p.Progress(who)
		require.NoError(t, err)
		require.Equal(t, want, progress, who)
	}
	tally, err := p.Tally("ben", 0, false, false)
	require.NoError(t, err)
	require.Equal(t, map[annotate.Status]int{annotate.Returned: 1}, tally.Reviews)
	tally, err = p.Tally("lead", 0, false, true)
	require.NoError(t, err)
	require.Equal(t, map[annotate.Status]int{annotate.Returned: 1, annotate.InReview: 1}, tally.Reviews)
}

func TestWhatWasSaidWhenWorkWasMovedIsRemembered(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	act(t, p, "asha", nil, &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done})
	move := func(by string, to annotate.Status, comment string) {
		t.Helper()
		w, err := p.Work(d.ID, "asha")
		require.NoError(t, err)
		_, err = p.Apply(w.Move(by, to, comment, 0)...)
		require.NoError(t, err)
	}
	said := func() (lines []string) {
		t.Helper()
		remarks, err := p.Remarks(d.ID, "asha", "ben")
		require.NoError(t, err)
		for _, r := range remarks {
			require.False(t, r.Time.IsZero())
			lines = append(lines, r.By+" "+string(r.Status)+": "+r.Comment)
		}
		return lines
	}
	require.Empty(t, said())
	move("asha", annotate.InReview, "the last page is odd")
	move("lead", annotate.Returned, "cues are missing")
	move("asha", annotate.InReview, "")
	move("lead", annotate.Returned, "two claims too")
	require.ElementsMatch(t, []string{"asha in_review: the last page is odd", "lead returned: cues are missing", "lead returned: two claims too"}, said())
	_, err := p.Undo("lead")
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"asha in_review: the last page is odd", "lead returned: cues are missing"}, said(), "what was taken back was not said")
}
