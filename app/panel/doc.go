// Package panel is what surrounds the document pane: the list of documents, the
// palette of labels, the inspector, the list of annotations, the header and the
// status line.
//
// Each panel shows what a [session.Session] holds and calls its methods; it
// refreshes itself on the session's events and never reads the project. What
// only the window can do (give the keyboard back to the text, ask for a file
// name, copy to the clipboard) is asked for through the On… fields.
//
// The toolkit's own lists, buttons and labels are not used, because their rows
// and gaps cannot be made as compact as a tool that is looked at all day must
// be; list.go, flow.go and prose.go are the three widgets everything is made of.
// Start with [Documents], then [Side].
package panel
