-- Schema version 11: the same tables, written to faster. SQLite builds a table anew to look
-- through a list of three values, for every row; comparing with each of them needs none. The
-- definitions are changed in place, as no row means anything else by it.

PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(replace(sql,
  'CHECK (act IN (''edit'', ''undo'', ''redo''))', 'CHECK (act = ''edit'' OR act = ''undo'' OR act = ''redo'')'),
  'CHECK (kind IN (''create'', ''update'', ''delete''))', 'CHECK (kind = ''create'' OR kind = ''update'' OR kind = ''delete'')')
WHERE type = 'table' AND name = 'journal';

UPDATE sqlite_schema SET sql = replace(sql,
  'CHECK (status IN (''new'', ''in_progress'', ''done''))', 'CHECK (status = ''new'' OR status = ''in_progress'' OR status = ''done'')')
WHERE type = 'table' AND name = 'assessment';

PRAGMA writable_schema = RESET;
