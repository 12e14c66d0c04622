-- The book itself: its state, its settings, and the history that undo walks.

-- One row. `epoch` counts finalizing runs: run E bills usage that was stored in epochs up to E, and
-- what is stored after it has a greater epoch. `change` grows with every write, so that a reader knows whether
-- what it computed still holds. `open_step` and `undoing` are set only inside a transaction.
CREATE TABLE book_state (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  epoch     INTEGER NOT NULL CHECK (epoch >= 0),
  change    INTEGER NOT NULL,
  open_step INTEGER,
  undoing   INTEGER NOT NULL CHECK (undoing IN (0, 1))
) STRICT;
INSERT INTO book_state (id, epoch, change, open_step, undoing) VALUES (1, 0, 0, NULL, 0);

CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

-- One step is what a person undoes at once. `barred`: an invoice was finalized after it.
CREATE TABLE undo_step (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  code   TEXT NOT NULL,
  params TEXT NOT NULL CHECK (json_valid(params)),
  at     INTEGER NOT NULL,
  state  TEXT NOT NULL CHECK (state IN ('done', 'undone', 'barred'))
) STRICT;

-- The rows that a step touched, in order, as JSON: inserted (no before), deleted (no after), changed.
CREATE TABLE undo_row (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  step   INTEGER NOT NULL REFERENCES undo_step (id) ON DELETE CASCADE,
  tbl    TEXT NOT NULL,
  before TEXT,
  after  TEXT,
  CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;
CREATE INDEX undo_row_step ON undo_row (step, seq);
