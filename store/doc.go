// Package store keeps a project in one SQLite file: what was done, in the
// journal, and what that leaves, in rows that can be listed and searched.
//
// [Project.Apply] is the only writer. It puts the rows and the journal entries
// of one gesture into one transaction and returns when they are on the disk.
// [Project.Undo] and [Project.Redo] apply the inverse of what the journal holds.
// Everything else reads, on connections of its own, and never waits for a write.
//
// The package never decides whether an annotation obeys its scheme, and never
// loads a whole corpus. The file's tables and views are documented in
// docs/project-file.md. Start with [Open] and [Project.Apply].
package store
