-- Who changed what that touches money, when and why. One entry per transaction, written in it: entries
-- are only added, and each carries the hash of the one before, so that a row that was changed, taken
-- out or moved is found (`ratebook verify`). The writer's connection collects the changes of rows; see
-- `store/src/audit.rs`.

CREATE TABLE audit_entry (
  seq      INTEGER PRIMARY KEY CHECK (seq >= 1),
  at       INTEGER NOT NULL,
  -- The user's name at the operating system, and the shell: `window`, `command_line`.
  who      TEXT NOT NULL,
  shell    TEXT NOT NULL,
  -- What was done, as a stable word, what to, and why where a reason was given.
  code     TEXT NOT NULL,
  subject  TEXT NOT NULL,
  reason   TEXT NOT NULL,
  -- Stable words between blanks: ` credit invoice `.
  areas    TEXT NOT NULL,
  objects  TEXT NOT NULL CHECK (json_valid(objects)),
  -- The rows before and after: JSON with `v`, compressed.
  changes  BLOB NOT NULL,
  previous TEXT NOT NULL UNIQUE CHECK (length(previous) = 64),
  -- SHA-256 of `previous` and all columns above but `seq`.
  hash     TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX audit_entry_at ON audit_entry (at);

-- What an entry is about, for searching. `verify` compares it with `audit_entry.objects`.
CREATE TABLE audit_object (
  entry INTEGER NOT NULL REFERENCES audit_entry (seq),
  kind  TEXT NOT NULL,
  id    TEXT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (kind, id, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_object_entry ON audit_object (entry);

-- The end of the chain, so that entries cut off there are missed too, and what the book had of
-- documents before it began: later ones must be in the log.
CREATE TABLE audit_head (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  seq          INTEGER NOT NULL,
  hash         TEXT NOT NULL CHECK (length(hash) = 64),
  invoices     INTEGER NOT NULL,
  credit_notes INTEGER NOT NULL,
  payments     INTEGER NOT NULL
) STRICT;
INSERT INTO audit_head (id, seq, hash, invoices, credit_notes, payments)
SELECT 1, 0, '0000000000000000000000000000000000000000000000000000000000000000',
  (SELECT coalesce(max(seq), 0) FROM invoice), (SELECT coalesce(max(seq), 0) FROM credit_note),
  (SELECT coalesce(max(seq), 0) FROM payment);

CREATE TRIGGER audit_entry_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry
WHEN NOT EXISTS (SELECT 1 FROM audit_head h WHERE NEW.seq = h.seq + 1 AND NEW.previous = h.hash)
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to, after its last entry'); END;
CREATE TRIGGER audit_entry_head AFTER INSERT ON audit_entry
BEGIN UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash; END;

CREATE TRIGGER audit_object_update BEFORE UPDATE ON audit_object
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_object_delete BEFORE DELETE ON audit_object
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;

CREATE TRIGGER audit_head_update BEFORE UPDATE ON audit_head
WHEN NEW.id <> OLD.id OR NEW.seq <> OLD.seq + 1 OR NEW.invoices <> OLD.invoices
  OR NEW.credit_notes <> OLD.credit_notes OR NEW.payments <> OLD.payments
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
