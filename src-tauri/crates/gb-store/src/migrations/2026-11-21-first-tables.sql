-- The first tables. Days are written YYYY-MM-DD, moments RFC 3339 in UTC, lists and small groups as JSON.
-- Keys that a person may still speak of after a row is gone are never given out again (AUTOINCREMENT).

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last number given in a year, so that no reference is ever given twice.
CREATE TABLE reference_numbers (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last > 0)
) STRICT;

CREATE TABLE requests (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  year          INTEGER NOT NULL,
  number        INTEGER NOT NULL,
  claim         TEXT NOT NULL,
  name          TEXT NOT NULL,
  address       TEXT NOT NULL,
  email         TEXT NOT NULL,
  also_known_as TEXT NOT NULL,
  channel       TEXT NOT NULL,
  taken_by      TEXT NOT NULL,
  received      TEXT NOT NULL,
  entity        TEXT NOT NULL,
  logged        TEXT NOT NULL,
  clock         TEXT NOT NULL,
  state         TEXT NOT NULL,
  closed        TEXT,
  -- Last, because it is long: a list that does not ask for it does not read it.
  words         TEXT NOT NULL,
  UNIQUE (year, number)
) STRICT;

-- Small objects lie in `bytes`; large ones in a file of their own, under the key wrapped in `wrapped_key`.
CREATE TABLE objects (
  id          TEXT PRIMARY KEY CHECK (length(id) = 64),
  size        INTEGER NOT NULL CHECK (size >= 0),
  bytes       BLOB,
  wrapped_key BLOB,
  CHECK ((bytes IS NULL) <> (wrapped_key IS NULL))
) STRICT;

CREATE TABLE documents (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  request       INTEGER NOT NULL REFERENCES requests (id),
  position      INTEGER NOT NULL CHECK (position > 0),
  title         TEXT NOT NULL,
  dated         TEXT,
  pages         INTEGER NOT NULL CHECK (pages >= 0),
  size          INTEGER NOT NULL,
  sha256        TEXT NOT NULL CHECK (length(sha256) = 64),
  disclosure    TEXT NOT NULL,
  withheld_code TEXT,
  added         TEXT NOT NULL,
  object        TEXT NOT NULL REFERENCES objects (id),
  password      TEXT
) STRICT;
CREATE INDEX documents_of_a_request ON documents (request, position);
CREATE INDEX documents_of_an_object ON documents (object);

CREATE TABLE seen_pages (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page     INTEGER NOT NULL CHECK (page > 0),
  PRIMARY KEY (document, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE marks (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  document   INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  shape      TEXT NOT NULL,
  code       TEXT,
  note       TEXT NOT NULL,
  answers    TEXT NOT NULL,
  review_on  TEXT,
  decided_by TEXT NOT NULL,
  decided_on TEXT NOT NULL
) STRICT;
CREATE INDEX marks_of_a_document ON marks (document);

CREATE TABLE packs (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  request     INTEGER NOT NULL REFERENCES requests (id),
  number      INTEGER NOT NULL CHECK (number > 0),
  sealed_at   TEXT NOT NULL,
  sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
  size        INTEGER NOT NULL,
  pages       INTEGER NOT NULL,
  certificate TEXT NOT NULL,
  object      TEXT NOT NULL REFERENCES objects (id),
  UNIQUE (request, number)
) STRICT;
CREATE INDEX packs_of_an_object ON packs (object);

-- Words of pages, worked out again whenever they are missing. Not a fact, so not in the journal.
CREATE TABLE page_words (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page     INTEGER NOT NULL CHECK (page >= 0),
  payload  BLOB NOT NULL,
  PRIMARY KEY (document, page)
) STRICT;

CREATE TABLE journal (
  seq     INTEGER PRIMARY KEY CHECK (seq > 0),
  at      TEXT NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  request INTEGER,
  touched TEXT NOT NULL,
  hash    BLOB NOT NULL CHECK (length(hash) = 32),
  mac     BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE INDEX journal_of_a_request ON journal (request, seq);

-- How far the journal goes, sealed, so that a row taken off its end is missed.
CREATE TABLE journal_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  seq  INTEGER NOT NULL,
  hash BLOB NOT NULL,
  mac  BLOB NOT NULL
) STRICT;

CREATE TRIGGER journal_rows_come_in_order BEFORE INSERT ON journal
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM journal), 0)
BEGIN SELECT RAISE(ABORT, 'rows of the journal come one after the other'); END;

CREATE TRIGGER journal_rows_are_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'rows of the journal are never changed'); END;

CREATE TRIGGER journal_rows_are_never_removed BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'rows of the journal are never removed'); END;

CREATE TRIGGER packs_are_never_changed BEFORE UPDATE ON packs
BEGIN SELECT RAISE(ABORT, 'a sealed pack is never changed'); END;
