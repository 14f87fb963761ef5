-- Schema version 10: stints, which say how long somebody worked on a document. They are
-- measured only where the setting "timed" is on, and only ever added.

CREATE TABLE stint (
  id        TEXT PRIMARY KEY,
  document  TEXT NOT NULL,
  annotator TEXT NOT NULL,
  seconds   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX stint_document ON stint (document, annotator, seconds);
CREATE INDEX stint_annotator ON stint (annotator, document, seconds);

CREATE VIEW v_time AS
SELECT d.id AS document, d.name AS document_name, s.annotator, sum(s.seconds) AS seconds
FROM stint s JOIN document d ON d.id = s.document
GROUP BY d.id, s.annotator
ORDER BY d.added, d.id, s.annotator;
