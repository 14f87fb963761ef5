-- Schema version 8: decisions of adjudication.

CREATE TABLE decision (
  id          TEXT PRIMARY KEY,
  document    TEXT NOT NULL,
  adjudicator TEXT NOT NULL,
  outcome     TEXT NOT NULL,
  automatic   INTEGER NOT NULL,
  unclear     INTEGER NOT NULL,
  reason      TEXT NOT NULL,
  content     TEXT NOT NULL -- all of it, as JSON
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_document ON decision (document, id);
CREATE INDEX decision_adjudicator ON decision (adjudicator, outcome, automatic);

-- What of the annotators' layers a decision is about.
CREATE TABLE side (
  decision  TEXT NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
  ordinal   INTEGER NOT NULL,
  annotator TEXT NOT NULL,
  entity    TEXT NOT NULL, -- span or relation; '' for the value of an attribute of the document
  taken     INTEGER NOT NULL,
  PRIMARY KEY (decision, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX side_entity ON side (entity) WHERE entity <> '';

-- What of the adjudicated layer came of a decision.
CREATE TABLE result (
  decision TEXT NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
  ordinal  INTEGER NOT NULL,
  entity   TEXT NOT NULL,
  PRIMARY KEY (decision, ordinal)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_decisions AS
SELECT d.id, d.document, t.name AS document_name, d.adjudicator, d.outcome, d.automatic, d.unclear, d.reason,
  (SELECT group_concat(annotator, ', ') FROM (SELECT annotator FROM side s WHERE s.decision = d.id AND s.taken ORDER BY s.ordinal)) AS taken,
  r.entity AS result
FROM decision d
  LEFT JOIN document t ON t.id = d.document
  LEFT JOIN result r ON r.decision = d.id
ORDER BY t.added, d.document, d.id, r.ordinal;
