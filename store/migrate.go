package store

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"spanwright/annotate"
)

//go:embed migration/*.sql
var migrationFiles embed.FS

// migrations are the steps from each schema version to the next, the first one
// from an empty file. They only go forward.
var migrations = readMigrations()

// SchemaVersion is the version of the tables that this program writes.
func SchemaVersion() int { return len(migrations) }

func readMigrations() []string {
	entries, err := migrationFiles.ReadDir("migration")
	if err != nil {
		panic(err) // embedded when built
	}
	steps := make([]string, len(entries))
	for i, entry := range entries {
		raw, err := migrationFiles.ReadFile("migration/" + entry.Name())
		if err != nil || entry.Name() != fmt.Sprintf("%04d.sql", i+1) {
			panic(fmt.Sprintf("migration %s is out of order", entry.Name()))
		}
		steps[i] = string(raw)
	}
	return steps
}

// migrateTo runs the steps from version on, inside the caller's transaction.
func migrateTo(exec func(string) error, version int, steps []string) error {
	for i := version; i < len(steps); i++ {
		if err := exec(steps[i]); err != nil {
			return annotate.Errorf(annotate.Corrupt, "the project cannot be brought from version %d to %d: %w", i, i+1, err)
		}
	}
	return cmp.Or(
		exec(fmt.Sprintf("PRAGMA application_id = %d", applicationID)),
		exec(fmt.Sprintf("PRAGMA user_version = %d", len(steps))),
	)
}

// upgrade brings the project from version to the newest one. Every step is first
// tried on a copy; if that fails the project stays as it was.
func (p *Project) upgrade(version int, steps []string) error {
	if err := p.rehearse(version, steps); err != nil {
		return err
	}
	_, err := p.transact(func(b *batch) error { return migrateTo(b.exec, version, steps) })
	return err
}

func (p *Project) rehearse(version int, steps []string) error {
	folder, err := os.MkdirTemp("", "spanwright-")
	if err != nil {
		return annotate.Errorf(annotate.Unsupported, "there is no room to try the new version on a copy first: %w", err).At(p.path, 0)
	}
	defer os.RemoveAll(folder)
	rehearsal := &Project{path: filepath.Join(folder, "copy"+Extension)}
	if _, err := p.writer.ExecContext(context.Background(), "VACUUM INTO ?", rehearsal.path); err != nil {
		return p.fault(err)
	}
	if err := rehearsal.connectWriter(); err != nil {
		return p.fault(err)
	}
	_, err = rehearsal.transact(func(b *batch) error { return migrateTo(b.exec, version, steps) })
	if err == nil {
		err = rehearsal.sound("PRAGMA integrity_check")
	}
	err = cmp.Or(err, rehearsal.disconnect())
	var told *annotate.Error
	if errors.As(err, &told) {
		return told.At(p.path, 0)
	}
	return p.fault(err)
}

// sound reports what SQLite's own check of the file finds.
func (p *Project) sound(pragma string) error {
	findings, err := column[string](p.writing, pragma)
	if err != nil {
		return p.fault(err)
	}
	if slices.Equal(findings, []string{"ok"}) {
		return nil
	}
	return annotate.Errorf(annotate.Corrupt,
		"the project is damaged (%s); nothing was changed; go back to a copy, or save what is left with “sqlite3 FILE .recover”",
		annotate.Excerpt(findings[0], 80)).At(p.path, 0)
}
