-- Schema version 9: reviews, which say where the review of one annotator's work on one
-- document stands; and members, who have duties in the project.

CREATE TABLE review (
  id        TEXT PRIMARY KEY,
  document  TEXT NOT NULL,
  annotator TEXT NOT NULL,
  status    TEXT NOT NULL CHECK (status IN ('in_review', 'returned', 'final')),
  "by"      TEXT NOT NULL,
  comment   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX review_document ON review (document, annotator, status);
CREATE INDEX review_annotator ON review (annotator, status, document);
CREATE INDEX review_status ON review (status, document);

CREATE TABLE member (
  id        TEXT PRIMARY KEY,
  annotator TEXT NOT NULL,
  duty      TEXT NOT NULL CHECK (duty IN ('annotator', 'reviewer', 'lead'))
) STRICT, WITHOUT ROWID;

-- How far each annotator is with each document, reviews included; base is what that means
-- to whoever knows of no reviews.
CREATE VIEW standing AS
SELECT a.document, a.annotator, coalesce(r.status, a.status) AS status,
  CASE r.status WHEN 'returned' THEN 'in_progress' WHEN 'in_review' THEN 'done' WHEN 'final' THEN 'done' ELSE a.status END AS base
FROM assessment a LEFT JOIN review r ON r.document = a.document AND r.annotator = a.annotator
UNION ALL
SELECT r.document, r.annotator, r.status, CASE r.status WHEN 'returned' THEN 'in_progress' ELSE 'done' END
FROM review r WHERE NOT EXISTS (SELECT 1 FROM assessment a WHERE a.document = r.document AND a.annotator = r.annotator);

DROP VIEW v_documents;
CREATE VIEW v_documents AS
SELECT d.id, d.name, d.meta, length(t.content) AS characters, t.size AS bytes, d.text AS sha256,
  (SELECT json_group_object(s.annotator, s.base) FROM standing s WHERE s.document = d.id) AS status,
  (SELECT json_group_object(r.annotator, r.status) FROM review r WHERE r.document = d.id) AS review,
  (SELECT count(*) FROM span s WHERE s.document = d.id) AS spans,
  (SELECT count(*) FROM relation r WHERE r.document = d.id) AS relations,
  t.content AS text
FROM document d JOIN text t ON t.hash = d.text
ORDER BY d.added, d.id;

DROP VIEW v_assignments;
CREATE VIEW v_assignments AS
SELECT a.document, d.name AS document_name, a.annotator, coalesce(s.base, 'new') AS status,
  CASE WHEN s.status <> s.base THEN s.status END AS review
FROM assignment a
  LEFT JOIN document d ON d.id = a.document
  LEFT JOIN standing s ON s.document = a.document AND s.annotator = a.annotator
ORDER BY d.added, a.document, a.annotator;

CREATE VIEW v_reviews AS
SELECT r.document, d.name AS document_name, r.annotator, r.status, r."by", r.comment
FROM review r LEFT JOIN document d ON d.id = r.document
ORDER BY d.added, r.document, r.annotator;

CREATE VIEW v_team AS
SELECT annotator, duty FROM member ORDER BY annotator;
