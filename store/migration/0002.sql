-- Schema version 2: comments, what everybody says to one another about documents, spans and
-- relations. A thread is the comments of one value of thread: the id of the one that began
-- it, also where that is gone.

CREATE TABLE comment (
  id        TEXT PRIMARY KEY,
  document  TEXT NOT NULL,
  annotator TEXT NOT NULL,
  span      TEXT NOT NULL,
  relation  TEXT NOT NULL,
  thread    TEXT NOT NULL,
  written   TEXT NOT NULL,
  text      TEXT NOT NULL,
  reopens   INTEGER NOT NULL
) STRICT;

CREATE INDEX comment_document ON comment (document, annotator);
CREATE INDEX comment_annotator ON comment (annotator);
CREATE INDEX comment_thread ON comment (thread);
CREATE INDEX comment_span ON comment (span) WHERE span <> '';
CREATE INDEX comment_relation ON comment (relation) WHERE relation <> '';

-- The comments that a comment settles. Those named by none keep their thread open.
CREATE TABLE resolution (
  comment TEXT NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  settled TEXT NOT NULL,
  PRIMARY KEY (comment, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX resolution_settled ON resolution (settled);

-- The comments that keep their thread open.
CREATE VIEW unsettled AS
SELECT * FROM comment c
WHERE NOT EXISTS (SELECT 1 FROM resolution r WHERE r.comment = c.id)
  AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r.settled = c.id);

CREATE VIEW v_comments AS
SELECT c.id, c.document, d.name AS document_name, c.annotator,
  nullif(c.span, '') AS span, nullif(c.relation, '') AS relation,
  coalesce(s.label, r.label) AS label, s.covered AS covered,
  c.thread, c.written, c.text,
  (SELECT json_group_array(settled) FROM resolution WHERE comment = c.id) AS resolves, c.reopens,
  NOT EXISTS (SELECT 1 FROM unsettled u WHERE u.thread = c.thread) AS thread_resolved
FROM comment c
  LEFT JOIN document d ON d.id = c.document
  LEFT JOIN span s ON s.id = c.span AND c.span <> ''
  LEFT JOIN relation r ON r.id = c.relation AND c.relation <> ''
ORDER BY c.thread, c.id <> c.thread, c.written, c.id;
