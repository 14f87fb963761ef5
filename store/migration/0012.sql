-- Schema version 12: how many differences between annotators nobody has decided in a document.

-- It follows from the other tables and can be emptied at any time; open is NULL where it is to
-- be counted, which a change of what it was counted from makes it.
CREATE TABLE difference (
  document TEXT PRIMARY KEY,
  open     INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX difference_open ON difference (document) WHERE open > 0;
CREATE INDEX difference_uncounted ON difference (document) WHERE open IS NULL;

INSERT INTO difference (document)
SELECT document FROM assessment UNION SELECT document FROM span UNION SELECT document FROM relation UNION SELECT document FROM record;
