-- Schema version 3: records, which are forms filled in about a document; and concepts, what
-- a project speaks of in many documents, with the spans that are linked to them.

CREATE TABLE record (
  id         TEXT PRIMARY KEY,
  document   TEXT NOT NULL,
  annotator  TEXT NOT NULL,
  label      TEXT NOT NULL,
  parent     TEXT NOT NULL,
  rank       TEXT NOT NULL,
  attributes TEXT NOT NULL CHECK (json_valid(attributes)),
  flag       TEXT NOT NULL,
  note       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX record_layer ON record (document, annotator, label);
CREATE INDEX record_parent ON record (parent) WHERE parent <> '';

CREATE TABLE concept (
  id      TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  aliases TEXT NOT NULL CHECK (json_valid(aliases)),
  note    TEXT NOT NULL,
  "into"  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX concept_into ON concept ("into") WHERE "into" <> '';

-- Every attribute of a span whose value has the form of an id; words are what the span
-- covers, folded, if that is short.
CREATE TABLE mention (
  span    TEXT NOT NULL REFERENCES span (id) ON DELETE CASCADE,
  name    TEXT NOT NULL,
  concept TEXT NOT NULL,
  words   TEXT NOT NULL,
  PRIMARY KEY (span, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX mention_concept ON mention (concept, span);
CREATE INDEX mention_words ON mention (words, concept) WHERE words <> '';

CREATE VIEW v_records AS
SELECT r.id, r.document, d.name AS document_name, r.annotator, r.label, nullif(r.parent, '') AS parent,
  (SELECT count(*) FROM record o WHERE o.document = r.document AND o.annotator = r.annotator AND o.parent = r.parent
    AND (o.rank, o.id) <= (r.rank, r.id)) AS position,
  r.attributes, r.flag, r.note
FROM record r LEFT JOIN document d ON d.id = r.document
ORDER BY r.document, r.annotator, r.parent, r.rank, r.id;

CREATE VIEW v_concepts AS
SELECT c.id, c.kind, c.name, c.aliases, c.note, nullif(c."into", '') AS merged_into,
  (SELECT count(*) FROM mention m WHERE m.concept = c.id) AS mentions
FROM concept c
ORDER BY c.name, c.id;
