-- Credit: what was granted, and an append-only ledger of every movement of it.
--
-- An entry takes an amount from one account of a grant and puts it on another, so the sum over all
-- accounts is zero after every entry. The balance of a grant at an instant is the sum of its entries
-- up to then. The order of entries is `seq`; their time never runs backwards within a grant, so what
-- holds after every entry holds at every instant.

CREATE TABLE credit_grant (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  customer     TEXT NOT NULL REFERENCES customer (id),
  currency     TEXT NOT NULL CHECK (length(currency) = 3),
  amount       INTEGER NOT NULL CHECK (amount > 0),
  kind         TEXT NOT NULL CHECK (kind IN ('promotional', 'paid')),
  priority     INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 100),
  effective_at INTEGER NOT NULL,
  expires_at   INTEGER CHECK (expires_at > effective_at),
  created_at   INTEGER NOT NULL,
  -- Names of meters and models as a JSON list; everything when absent.
  scope        TEXT CHECK (json_type(scope) = 'array' AND json_array_length(scope) > 0),
  tax          TEXT NOT NULL CHECK (tax IN ('pre_tax', 'post_tax')),
  note         TEXT NOT NULL
) STRICT;
CREATE INDEX credit_grant_customer ON credit_grant (customer, seq);

-- Undo may take back a grant, or the end of one, while no invoice was finalized since:
-- `book_state.undoing` is set inside its transaction only.
CREATE TRIGGER credit_grant_update BEFORE UPDATE ON credit_grant
BEGIN SELECT RAISE(ABORT, 'a grant of credit never changes'); END;
CREATE TRIGGER credit_grant_delete BEFORE DELETE ON credit_grant
WHEN (SELECT undoing FROM book_state) = 0
BEGIN SELECT RAISE(ABORT, 'a grant of credit never changes'); END;
CREATE TRIGGER credit_grant_replace BEFORE INSERT ON credit_grant
WHEN EXISTS (SELECT 1 FROM credit_grant g WHERE g.seq = NEW.seq OR g.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a grant of credit never changes'); END;

CREATE TABLE credit_entry (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  credit_grant TEXT NOT NULL REFERENCES credit_grant (id),
  at           INTEGER NOT NULL,
  from_account TEXT NOT NULL,
  to_account   TEXT NOT NULL,
  amount       INTEGER NOT NULL CHECK (amount > 0),
  -- The invoice that used it, or whose void gave it back.
  invoice      TEXT REFERENCES invoice (id),
  note         TEXT NOT NULL,
  CHECK (from_account || ' to ' || to_account IN (
    'issued to grant', 'grant to used', 'expired to used', 'used to grant', 'used to expired',
    'grant to expired', 'grant to voided')),
  CHECK ((invoice IS NOT NULL) = (from_account = 'used' OR to_account = 'used'))
) STRICT;
CREATE INDEX credit_entry_grant ON credit_entry (credit_grant, seq);
CREATE INDEX credit_entry_invoice ON credit_entry (invoice) WHERE invoice IS NOT NULL;

CREATE TRIGGER credit_entry_update BEFORE UPDATE ON credit_entry
BEGIN SELECT RAISE(ABORT, 'entries of credit are only added'); END;
CREATE TRIGGER credit_entry_delete BEFORE DELETE ON credit_entry
WHEN (SELECT undoing FROM book_state) = 0 OR OLD.invoice IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'entries of credit are only added'); END;
CREATE TRIGGER credit_entry_replace BEFORE INSERT ON credit_entry
WHEN EXISTS (SELECT 1 FROM credit_entry e WHERE e.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'entries of credit are only added'); END;

CREATE TRIGGER credit_entry_issued BEFORE INSERT ON credit_entry
WHEN NEW.from_account = 'issued' AND (
  NEW.amount <> (SELECT g.amount FROM credit_grant g WHERE g.id = NEW.credit_grant)
  OR EXISTS (SELECT 1 FROM credit_entry e
             WHERE e.credit_grant = NEW.credit_grant AND e.from_account = 'issued'))
BEGIN SELECT RAISE(ABORT, 'a grant of credit is entered once, and only with its amount'); END;

-- No account of a grant is ever below zero, also not what was used by one invoice.
CREATE TRIGGER credit_entry_balance BEFORE INSERT ON credit_entry
WHEN NEW.from_account <> 'issued' AND NEW.amount > (
  SELECT coalesce(sum(CASE NEW.from_account WHEN e.to_account THEN e.amount
                      WHEN e.from_account THEN -e.amount ELSE 0 END), 0)
  FROM credit_entry e WHERE e.credit_grant = NEW.credit_grant
    AND (NEW.from_account <> 'used' OR e.invoice = NEW.invoice))
BEGIN SELECT RAISE(ABORT, 'a balance of credit is never below zero'); END;
CREATE TRIGGER credit_entry_undone BEFORE DELETE ON credit_entry
WHEN OLD.to_account = 'grant' AND OLD.amount > (
  SELECT coalesce(sum(CASE 'grant' WHEN e.to_account THEN e.amount
                      WHEN e.from_account THEN -e.amount ELSE 0 END), 0)
  FROM credit_entry e WHERE e.credit_grant = OLD.credit_grant)
BEGIN SELECT RAISE(ABORT, 'a balance of credit is never below zero'); END;

CREATE TRIGGER credit_entry_order BEFORE INSERT ON credit_entry
WHEN (SELECT undoing FROM book_state) = 0 AND NEW.at < (
  SELECT max(e.at) FROM credit_entry e WHERE e.credit_grant = NEW.credit_grant)
BEGIN SELECT RAISE(ABORT, 'the time of a grant of credit never runs backwards'); END;

-- `net` stays the sum of what is taxed: the lines less the credit before tax, so that net and tax are
-- the total as before.
ALTER TABLE invoice ADD COLUMN credit_before_tax INTEGER NOT NULL DEFAULT 0
  CHECK (credit_before_tax >= 0);
ALTER TABLE invoice ADD COLUMN credit_after_tax INTEGER NOT NULL DEFAULT 0
  CHECK (credit_after_tax >= 0);
