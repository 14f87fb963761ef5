package window

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	reporting "spanwright/app/report"
	"spanwright/store"
)

// incoming is a file that is to be merged, and what that would bring or has brought.
type incoming struct {
	path   string
	merged *store.Merged
	err    error // why it cannot be merged
}

// droppedProjects merges files that belong to the open project, and opens one that does not.
func (w *Window) droppedProjects(paths []string) {
	if w.session == nil {
		w.openDropped(paths)
		return
	}
	here := w.session.Project()
	go func() {
		foreign := 0
		for _, path := range paths {
			if !sameOrigin(here, path) {
				foreign++
			}
		}
		w.post(func() {
			switch {
			case w.session == nil || w.session.Project() != here:
			case foreign == len(paths):
				w.openDropped(paths)
			default:
				w.mergePaths(paths)
			}
		})
	}()
}

func (w *Window) openDropped(paths []string) {
	if len(paths) > 1 {
		w.showError(annotate.Errorf(annotate.Conflict, "these are %d projects of their own; drop one to open it", len(paths)))
		return
	}
	w.openProject(paths[0])
}

// sameOrigin reports whether the file at path is another copy of a project.
func sameOrigin(here *store.Project, path string) bool {
	if isFile(here, path) {
		return false
	}
	there, err := store.Open(path)
	if err != nil {
		return false
	}
	defer there.Close()
	one, err := here.Origin()
	two, err2 := there.Origin()
	return cmp.Or(err, err2) == nil && one == two
}

// isFile reports whether path is the file of the project itself.
func isFile(here *store.Project, path string) bool {
	one, err := os.Stat(here.Path())
	two, err2 := os.Stat(path)
	return cmp.Or(err, err2) == nil && os.SameFile(one, two)
}

// askMerge asks for a file to merge.
func (w *Window) askMerge() {
	path := w.newPathEntry("", true, false)
	path.SetPlaceHolder("a packet that came back, or a copy of this project; several can be dropped on the window")
	w.form("Merge", "Look at it", path.Entry, func() error {
		w.mergePaths([]string{strings.TrimSpace(path.Text)})
		return nil
	}, widget.NewFormItem("File", path.object))
}

// mergePaths finds out what files would bring, shows it, and merges them when told to.
func (w *Window) mergePaths(paths []string) {
	w.mergeAll("Looking at what came back", paths, true, func(files []incoming) { w.showMerge(files) })
}

// mergeAll merges files one after the other, or only rehearses it, in the background.
func (w *Window) mergeAll(title string, paths []string, rehearse bool, done func([]incoming)) {
	s := w.session
	if w.jobs.busy {
		w.showError(errBusy)
		return
	}
	files := make([]incoming, len(paths))
	w.jobs.run(title, func(ctx context.Context, progress func(int, int, string)) error {
		if err := s.Flush(); err != nil {
			return err
		}
		var continues annotate.ID
		for i, path := range paths {
			o := store.MergeOptions{Annotator: s.Annotator(), Continues: continues, Rehearse: rehearse, Progress: func(n, total int) {
				progress(n, total, filepath.Base(path))
			}}
			files[i] = mergeFile(ctx, s.Project(), path, o)
			if errors.Is(files[i].err, context.Canceled) {
				return files[i].err
			}
			if files[i].merged != nil {
				continues = cmp.Or(files[i].merged.ID, continues)
			}
		}
		return nil
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			w.tolerate(s.Refresh())
			s.Tell("Merging was cancelled; the file being looked at was not taken over.")
			w.focusText()
		case err != nil:
			w.report(err)
		default:
			done(files)
		}
	})
}

func mergeFile(ctx context.Context, into *store.Project, path string, o store.MergeOptions) incoming {
	f := incoming{path: path}
	if isFile(into, path) {
		f.err = annotate.Errorf(annotate.Conflict, "this is the open project itself").At(path, 0)
		return f
	}
	other, err := store.Open(path)
	if err != nil {
		f.err = err
		return f
	}
	f.merged, err = into.Merge(ctx, other, o)
	f.err = cmp.Or(err, other.Close())
	return f
}

// merge takes over files that were looked at.
func (w *Window) merge(paths []string) {
	w.mergeAll("Merging", paths, false, func(files []incoming) {
		s := w.session
		w.tolerate(s.Refresh())
		changes, taken, problems := 0, 0, []error(nil)
		for _, f := range files {
			if f.err != nil {
				problems = append(problems, f.err)
			} else if f.merged.Changes > 0 {
				changes, taken = changes+f.merged.Changes, taken+1
			}
		}
		text := fmt.Sprintf("Merged %d changes; Ctrl+Z takes the merge back.", changes)
		if taken > 1 {
			text = fmt.Sprintf("Merged %d changes of %d files; Ctrl+Z takes all of it back.", changes, taken)
		}
		s.Tell(text)
		w.report(errors.Join(problems...))
		w.focusText()
	})
}

// askPacket asks whose packet is to be made, and writes it.
func (w *Window) askPacket() {
	s := w.session
	annotator := widget.NewEntry()
	annotator.SetPlaceHolder("who is to work with it")
	const assigned, all = "assigned to them", "all"
	which := widget.NewSelect([]string{assigned, all}, nil)
	which.SetSelected(assigned)
	open := widget.NewCheck("with the layers of others", nil)
	feedback := widget.NewCheck("with what was decided otherwise than they had it", nil)
	path := w.newPathEntry("", false, false)
	path.SetPlaceHolder("NAME" + projectExtension + " beside the project")
	w.form("Make packet", "Make", annotator, func() error {
		o := store.PacketOptions{Annotator: strings.TrimSpace(annotator.Text), Open: open.Checked}
		if o.Annotator == "" {
			return annotate.Errorf(annotate.Invalid, "a packet needs an annotator")
		}
		to := cmp.Or(strings.TrimSpace(path.Text), filepath.Join(w.folder(), o.Annotator+projectExtension))
		if filepath.Ext(to) != projectExtension {
			to += projectExtension
		}
		w.makePacket(s.Project(), to, o, which.Selected == all, feedback.Checked)
		return nil
	},
		widget.NewFormItem("Annotator", annotator), widget.NewFormItem("Documents", which),
		widget.NewFormItem("", open), widget.NewFormItem("", feedback), widget.NewFormItem("File", path.object))
}

func (w *Window) makePacket(project *store.Project, path string, o store.PacketOptions, all, feedback bool) {
	s := w.session
	if w.jobs.busy {
		w.showError(errBusy)
		return
	}
	var packet *store.Packet
	w.jobs.run("Making the packet", func(ctx context.Context, progress func(int, int, string)) (err error) {
		if err = s.Flush(); err != nil {
			return err
		}
		if all {
			o.Documents = []annotate.ID{}
			rows, err := project.Documents(store.DocumentQuery{})
			if err != nil {
				return err
			}
			for _, row := range rows {
				o.Documents = append(o.Documents, row.ID)
			}
		}
		if feedback {
			read, err := reporting.PacketFeedback(ctx, project, o, progress)
			if err != nil {
				return err
			}
			o.Feedback = read.Within
		}
		o.Progress = func(done, total int) { progress(done, total, filepath.Base(path)) }
		packet, err = project.MakePacket(ctx, path, o)
		return err
	}, func(err error) {
		if err == nil {
			s.Tell(fmt.Sprintf("%s: %v.", shorten(path), packet))
		}
		if !errors.Is(err, context.Canceled) {
			w.report(err)
		}
		w.focusText()
	})
}
