package panel

import (
	"fmt"
	"time"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// threads says what the inspector shows of what people said: open threads whole, with a
// field for an answer, resolved ones as a line that unfolds.
type threads struct {
	unfolded  map[annotate.ID]bool // resolved threads that are shown all the same
	rewording map[annotate.ID]bool // comments that are being changed
	beginning annotate.ID          // what a further thread is being begun about
	again     func()               // shows the inspector anew
	write     func(session.Writing)
}

// threadsListed bounds how many threads about other things the document's page names.
const threadsListed = 40

// comments returns the lines about what was said of a span, a relation or the document.
func (d *describer) comments(subject annotate.ID) []field {
	var open, settled []*annotate.Thread
	for _, t := range d.session.Threads(subject) {
		if t.Resolved() {
			settled = append(settled, t)
		} else {
			open = append(open, t)
		}
	}
	var lines []field
	if len(open)+len(settled) > 0 {
		lines = append(lines, field{kind: headingField, key: "comments", text: "COMMENTS"})
	}
	for _, t := range settled {
		lines = append(lines, d.settled(t)...)
	}
	begin := session.Writing{Subject: subject}
	further := len(open) == 0 || d.threads.beginning == subject || d.session.Draft(begin) != ""
	for i, t := range open {
		lines = append(lines, d.thread(t, !further && i == len(open)-1)...)
	}
	if further {
		lines = append(lines, d.say(begin, "comment", ""))
	}
	return lines
}

// elsewhere returns, for the document's page, what was said about annotations: links to
// those of this layer, and the threads about what is in other layers, or gone.
func (d *describer) elsewhere() []field {
	here, strays := d.session.ThreadsElsewhere()
	var lines []field
	if len(here) > 0 {
		links := field{kind: itemsField, key: "talked about", name: "comments on"}
		seen := map[annotate.ID]bool{}
		for _, t := range here[:min(len(here), threadsListed)] {
			if id := t.Subject(); !seen[id] {
				seen[id] = true
				links.items = append(links.items, item{kind: linkItem, text: d.subject(t), act: func() { d.session.Reveal("", id) }})
			}
		}
		lines = append(lines, links)
	}
	for _, t := range strays[:min(len(strays), threadsListed)] {
		lines = append(lines, field{kind: proseField, key: "about " + string(t.ID), text: "On " + d.subject(t) + ":"})
		if t.Resolved() {
			lines = append(lines, d.settled(t)...)
		} else {
			lines = append(lines, d.thread(t, false)...)
		}
	}
	if more := len(strays) - threadsListed; more > 0 {
		lines = append(lines, field{kind: proseField, key: "more threads", text: fmt.Sprintf("and %d more threads on other annotations", more)})
	}
	return lines
}

// subject names what a thread is about.
func (d *describer) subject(t *annotate.Thread) string {
	id := t.Subject()
	if r := d.session.Layer().Relation(id); r != nil {
		return "relation " + r.Label
	}
	if span := d.session.Layer().Span(id); span != nil {
		return "“" + d.session.Quote(span, 44) + "”"
	}
	if known, ok := d.quotes[id]; ok {
		return known
	}
	text := "an annotation that is gone"
	if span := d.session.SpanOf(t.Comments[0].Span); span != nil {
		text = fmt.Sprintf("%s’s %s “%s”", span.Annotator, span.Label, d.session.Quote(span, 44))
	} else if r := d.session.RelationOf(t.Comments[0].Relation); r != nil {
		text = fmt.Sprintf("%s’s relation %s", r.Annotator, r.Label)
	}
	d.quotes[id] = text
	return text
}

// thread returns the comments of an open thread and what can be done with it.
func (d *describer) thread(t *annotate.Thread, mayBegin bool) []field {
	lines := d.said(t, false)
	w := session.Writing{Subject: t.Subject(), Thread: t.ID}
	acts := field{kind: itemsField, key: "thread " + string(t.ID), items: []item{{
		kind: offerItem, text: "resolve", act: func() { _ = d.session.Resolve(w) },
		guide: "Says that all of this is settled. What is typed above becomes the last words.",
	}}}
	if mayBegin {
		acts.items = append(acts.items, item{kind: offerItem, text: "new thread", act: func() {
			d.threads.beginning = w.Subject
			d.threads.write(session.Writing{Subject: w.Subject})
		}, guide: "Begins another thread about the same thing."})
	}
	return append(lines, d.say(w, "answer", ""), acts)
}

// settled returns a resolved thread: one line, or all of it when it is unfolded.
func (d *describer) settled(t *annotate.Thread) []field {
	unfolded := d.threads.unfolded[t.ID]
	fold := item{kind: offerItem, text: "hide", guide: "Leaves one line of the thread.", act: func() {
		d.threads.unfolded[t.ID] = !unfolded
		d.threads.again()
	}}
	first := t.Comments[0]
	head := field{kind: itemsField, key: "settled " + string(t.ID), name: "resolved"}
	if !unfolded {
		fold.kind, fold.text = ownItem, first.Annotator+": "+typeset.Isolate(annotate.Excerpt(first.Text, 60))
		fold.guide = "A click or Enter shows the thread again."
		head.items = []item{fold}
		return []field{head}
	}
	head.items = []item{fold, {
		kind: offerItem, text: "reopen", guide: "Takes the thread up again.",
		act: func() { _ = d.session.Reopen(t.ID) },
	}}
	return append([]field{head}, d.said(t, true)...)
}

// said returns a line for each comment of a thread.
func (d *describer) said(t *annotate.Thread, faint bool) []field {
	var lines []field
	if t.Begun() == nil {
		lines = append(lines, field{
			kind: saidField, key: "begun " + string(t.ID), faint: true, text: "What began this thread was deleted by its author.",
		})
	}
	now := time.Now()
	for _, c := range t.Comments {
		if d.threads.rewording[c.ID] {
			w := session.Writing{Subject: t.Subject(), Thread: t.ID, Comment: c.ID}
			lines = append(lines, d.say(w, "change", c.Text))
			continue
		}
		did := when(c.Written, now)
		switch {
		case len(c.Resolves) > 0:
			did = "resolved this · " + did
		case c.Reopens:
			did = "reopened this · " + did
		}
		line := field{
			kind: saidField, key: "said " + string(c.ID), text: c.Text, answer: c.Thread != "", faint: faint,
			items: []item{{kind: nameItem, text: c.Annotator}, {kind: ownItem, text: did}},
		}
		if c.Annotator == d.session.Annotator() {
			line.items = append(line.items, d.ownComment(t, c)...)
		}
		lines = append(lines, line)
	}
	return lines
}

// ownComment returns what its author can do with a comment.
func (d *describer) ownComment(t *annotate.Thread, c *annotate.Comment) []item {
	remove := item{
		kind: removeItem, text: "×", guide: "Deletes your comment; answers to it stay, and undo brings it back.",
		act: func() { _ = d.session.DeleteComment(c.ID) },
	}
	if c.Text == "" {
		return []item{remove}
	}
	change := item{kind: offerItem, text: "change", guide: "Lets you change your words.", act: func() {
		d.threads.rewording[c.ID] = true
		d.threads.write(session.Writing{Subject: t.Subject(), Thread: t.ID, Comment: c.ID})
	}}
	return []item{change, remove}
}

// say returns the field for a comment that is being written; held is what it begins with.
func (d *describer) say(w session.Writing, name, held string) field {
	text := d.session.Draft(w)
	if text == "" {
		text = held
	}
	return field{kind: sayField, key: sayKey(w), name: name, text: text, writing: w}
}

func sayKey(w session.Writing) string {
	return fmt.Sprintf("say %s %s %s", w.Subject, w.Thread, w.Comment)
}

// say hands a comment over; false means that it stays in its field.
func (n *Inspector) say(w session.Writing, text string) bool {
	t := &n.describer.threads
	delete(t.rewording, w.Comment)
	if err := n.session.Say(w, text); err != nil {
		t.rewording[w.Comment] = w.Comment != ""
		return false
	}
	if t.beginning == w.Subject && w.Thread == "" {
		t.beginning = ""
	}
	n.refresh()
	n.showSaid(w)
	return true
}

// showSaid brings the end of the thread into view in which something was just said.
func (n *Inspector) showSaid(w session.Writing) {
	if threads := n.session.Threads(w.Subject); w.Thread == "" && len(threads) > 0 {
		w.Thread = threads[len(threads)-1].ID
	}
	w.Comment = ""
	for i := range n.fields {
		if n.fields[i].key == sayKey(w) {
			n.shown(i)
		}
	}
}

// startWriting gives the keyboard to the field for a comment, made if need be.
func (n *Inspector) startWriting(w session.Writing) {
	n.refresh()
	n.focusKey(sayKey(w))
}

// FocusComment gives the keyboard to the field for a comment about what is shown: an
// answer in the last thread that is open, or the beginning of one. Where something was
// typed already, that is gone on with.
func (n *Inspector) FocusComment() {
	at := -1
	for i := range n.fields {
		f := &n.fields[i]
		switch {
		case f.kind != sayField || f.writing.Subject != n.subject || f.writing.Comment != "":
		case at >= 0 && n.session.Draft(n.fields[at].writing) != "":
		case at < 0 || f.writing.Thread != "" || n.session.Draft(f.writing) != "":
			at = i
		}
	}
	if at >= 0 {
		n.focusKey(n.fields[at].key)
	}
}
