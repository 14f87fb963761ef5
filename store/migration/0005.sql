-- Schema version 5: the revision of the scheme under which a document was marked done, and
-- what makes documents be found by flags and by what breaks the scheme.

ALTER TABLE assessment ADD COLUMN scheme INTEGER NOT NULL DEFAULT 0;

DROP INDEX assessment_layer;
CREATE INDEX assessment_layer ON assessment (annotator, document, status, flag, scheme);

CREATE INDEX assessment_flag ON assessment (annotator, flag, document) WHERE flag <> '';
CREATE INDEX span_flag ON span (annotator, flag, document) WHERE flag <> '';
CREATE INDEX relation_flag ON relation (annotator, flag, document) WHERE flag <> '';
CREATE INDEX record_flag ON record (annotator, flag, document) WHERE flag <> '';

-- How many violations of the scheme a layer of a document has. It follows from the other
-- tables and can be emptied at any time; a row goes when what it was counted from changes.
CREATE TABLE audit (
  annotator TEXT NOT NULL,
  document  TEXT NOT NULL,
  wrong     INTEGER NOT NULL,
  missing   INTEGER NOT NULL,
  PRIMARY KEY (annotator, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_broken ON audit (annotator, document) WHERE wrong + missing > 0;
