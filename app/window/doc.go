// Package window puts the program's one window together: menu, toolbar, panes,
// dialogs and keys around a session. Everything that can be done by menu or key
// is a row of the table in commands.go; the F1 sheet is made from the same table.
//
// It holds no annotations and decides nothing about them: it hands gestures to
// the session, and shows what the session tells.
package window
