-- Schema version 4: merges of other copies of the project, with the stretch of the journal
-- that each brought, so that one act takes it back.

CREATE TABLE merge (
  id        TEXT PRIMARY KEY,
  annotator TEXT NOT NULL,
  time      TEXT NOT NULL,
  source    TEXT NOT NULL,
  first     INTEGER NOT NULL,
  last      INTEGER NOT NULL CHECK (last >= first)
) STRICT, WITHOUT ROWID;

-- The order in which another copy reads the journal.
CREATE INDEX journal_clock ON journal (clock, id);
