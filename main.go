// Spanwright labels claims in texts by hand. Without a command it opens its
// window; see package command for what it does without one.
package main

import (
	"os"
	"runtime"

	"fyne.io/fyne/v2/app"

	"spanwright/annotate"
	"spanwright/app/command"
	_ "spanwright/app/locale" // before the toolkit looks for a language
	"spanwright/app/window"
)

// id is the program's name to the desktop, as in FyneApp.toml.
const id = "net.spanwright.app"

func main() {
	open := func(w command.Window) error {
		if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" {
			return annotate.Errorf(annotate.Unsupported, "there is no display to open a window on; the commands work without one, see spanwright --help")
		}
		return window.Run(app.NewWithID(id), window.Start{Project: w.Project, Annotator: w.Annotator, Document: w.Document})
	}
	os.Exit(command.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, open))
}
