-- Schema version 7: assignments, which say who is to label which document.

CREATE TABLE assignment (
  id        TEXT PRIMARY KEY,
  document  TEXT NOT NULL,
  annotator TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX assignment_document ON assignment (document, annotator);
CREATE INDEX assignment_annotator ON assignment (annotator, document);

CREATE VIEW v_assignments AS
SELECT a.document, d.name AS document_name, a.annotator, coalesce(s.status, 'new') AS status
FROM assignment a
  LEFT JOIN document d ON d.id = a.document
  LEFT JOIN assessment s ON s.document = a.document AND s.annotator = a.annotator
ORDER BY d.added, a.document, a.annotator;
