-- Schema version 1. Names and units are documented in docs/project-file.md.
--
-- The journal is what happened; document, span, relation, assessment and scheme
-- are what the journal's winning changes leave behind. Changes arrive in any
-- order, so a span may be stored before its document and an argument before the
-- span it points at: foreign keys hold only inside one entity.

CREATE TABLE text (
  hash    TEXT PRIMARY KEY CHECK (length(hash) = 64),
  size    INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
  sequence    INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  gesture     TEXT NOT NULL,
  act         TEXT NOT NULL CHECK (act IN ('edit', 'undo', 'redo')),
  undoes      TEXT NOT NULL,
  clock       INTEGER NOT NULL CHECK (clock > 0),
  time        TEXT NOT NULL,
  annotator   TEXT NOT NULL,
  device      TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('create', 'update', 'delete')),
  entity_kind TEXT NOT NULL,
  entity      TEXT NOT NULL,
  document    TEXT NOT NULL,
  "before"    TEXT,
  "after"     TEXT,
  text        TEXT REFERENCES text (hash),
  superseded  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX journal_entity ON journal (entity_kind, entity, clock, id);
CREATE INDEX journal_document ON journal (document, sequence);
CREATE INDEX journal_gesture ON journal (gesture, entity_kind, kind);
CREATE INDEX journal_superseded ON journal (entity_kind, entity) WHERE superseded;

CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN
  SELECT raise(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_is_unchanged BEFORE UPDATE OF
  sequence, id, gesture, act, undoes, clock, time, annotator, device, kind,
  entity_kind, entity, document, "before", "after", text ON journal
BEGIN
  SELECT raise(ABORT, 'the journal is append-only');
END;

-- One row per group of changes and person, so that what can be undone is found
-- without reading the journal.
CREATE TABLE gesture (
  id        TEXT NOT NULL,
  annotator TEXT NOT NULL,
  act       TEXT NOT NULL,
  undoes    TEXT NOT NULL,
  clock     INTEGER NOT NULL,
  undone    INTEGER NOT NULL,
  PRIMARY KEY (id, annotator)
) STRICT, WITHOUT ROWID;

CREATE INDEX gesture_undo ON gesture (annotator, clock, id) WHERE act <> 'undo' AND undone = 0;
CREATE INDEX gesture_redo ON gesture (annotator, clock, id) WHERE act = 'undo' AND undone = 0;
CREATE INDEX gesture_edit ON gesture (annotator, clock, id) WHERE act = 'edit';
CREATE INDEX gesture_undoes ON gesture (undoes) WHERE undoes <> '';

-- The largest Lamport clock seen.
CREATE TABLE clock (
  only  INTEGER PRIMARY KEY CHECK (only = 1),
  value INTEGER NOT NULL
) STRICT;

INSERT INTO clock VALUES (1, 0);

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme (
  id         TEXT PRIMARY KEY,
  definition TEXT NOT NULL CHECK (json_valid(definition))
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  id       TEXT PRIMARY KEY,
  added    INTEGER NOT NULL,
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL,
  text     TEXT NOT NULL REFERENCES text (hash),
  meta     TEXT NOT NULL CHECK (json_valid(meta)),
  bom      INTEGER NOT NULL,
  newlines TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX document_order ON document (added, id, folded);
CREATE INDEX document_name ON document (name);

CREATE TABLE span (
  id         TEXT PRIMARY KEY,
  document   TEXT NOT NULL,
  annotator  TEXT NOT NULL,
  label      TEXT NOT NULL,
  covered    TEXT,
  attributes TEXT NOT NULL CHECK (json_valid(attributes)),
  flag       TEXT NOT NULL,
  note       TEXT NOT NULL
) STRICT;

CREATE INDEX span_layer ON span (document, annotator, label);

CREATE TABLE fragment (
  span       TEXT NOT NULL REFERENCES span (id) ON DELETE CASCADE,
  ordinal    INTEGER NOT NULL,
  start_byte INTEGER NOT NULL,
  end_byte   INTEGER NOT NULL CHECK (end_byte > start_byte),
  start      INTEGER,
  "end"      INTEGER,
  PRIMARY KEY (span, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE relation (
  id         TEXT PRIMARY KEY,
  document   TEXT NOT NULL,
  annotator  TEXT NOT NULL,
  label      TEXT NOT NULL,
  attributes TEXT NOT NULL CHECK (json_valid(attributes)),
  flag       TEXT NOT NULL,
  note       TEXT NOT NULL
) STRICT;

CREATE INDEX relation_layer ON relation (document, annotator, label);

CREATE TABLE argument (
  relation TEXT NOT NULL REFERENCES relation (id) ON DELETE CASCADE,
  ordinal  INTEGER NOT NULL,
  role     TEXT NOT NULL,
  span     TEXT NOT NULL,
  target   TEXT NOT NULL,
  document TEXT NOT NULL,
  implicit INTEGER NOT NULL,
  PRIMARY KEY (relation, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX argument_span ON argument (span) WHERE span <> '';
CREATE INDEX argument_target ON argument (target) WHERE target <> '';
CREATE INDEX argument_document ON argument (document) WHERE document <> '';

CREATE TABLE assessment (
  id        TEXT PRIMARY KEY,
  document  TEXT NOT NULL,
  annotator TEXT NOT NULL,
  status    TEXT NOT NULL CHECK (status IN ('new', 'in_progress', 'done')),
  labels    TEXT NOT NULL CHECK (json_valid(labels)),
  flag      TEXT NOT NULL,
  note      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX assessment_layer ON assessment (annotator, document, status, flag);
CREATE INDEX assessment_document ON assessment (document, annotator);

CREATE VIEW v_documents AS
SELECT d.id, d.name, d.meta, length(t.content) AS characters, t.size AS bytes, d.text AS sha256,
  (SELECT json_group_object(a.annotator, a.status) FROM assessment a WHERE a.document = d.id) AS status,
  (SELECT count(*) FROM span s WHERE s.document = d.id) AS spans,
  (SELECT count(*) FROM relation r WHERE r.document = d.id) AS relations,
  t.content AS text
FROM document d JOIN text t ON t.hash = d.text
ORDER BY d.added, d.id;

CREATE VIEW v_spans AS
SELECT s.id, s.document, d.name AS document_name, s.annotator, s.label,
  (SELECT min(f.start) FROM fragment f WHERE f.span = s.id) AS start,
  (SELECT max(f."end") FROM fragment f WHERE f.span = s.id) AS "end",
  s.covered AS text,
  (SELECT json_group_array(json_array(f.start, f."end")) FROM fragment f WHERE f.span = s.id) AS fragments,
  (SELECT min(f.start_byte) FROM fragment f WHERE f.span = s.id) AS start_byte,
  (SELECT max(f.end_byte) FROM fragment f WHERE f.span = s.id) AS end_byte,
  s.attributes, s.flag, s.note
FROM span s LEFT JOIN document d ON d.id = s.document;

CREATE VIEW v_relations AS
SELECT r.id, r.document, d.name AS document_name, r.annotator, r.label,
  a.ordinal, a.role, nullif(a.span, '') AS span, s.label AS span_label, s.covered AS text,
  nullif(a.target, '') AS relation, a.implicit,
  coalesce(nullif(a.document, ''), r.document) AS argument_document,
  r.attributes, r.flag, r.note
FROM relation r
  JOIN argument a ON a.relation = r.id
  LEFT JOIN span s ON s.id = a.span
  LEFT JOIN document d ON d.id = r.document;

CREATE VIEW v_journal AS
SELECT j.sequence, j.time, j.annotator, j.act, j.kind, j.entity_kind, j.entity, d.name AS document_name,
  j."before", j."after", j.superseded, j.id, j.gesture, j.undoes, j.clock, j.device, j.document
FROM journal j LEFT JOIN document d ON d.id = j.document
ORDER BY j.sequence;
