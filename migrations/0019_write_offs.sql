-- What is given up of an invoice that will not be paid. Like payments these entries are only added:
-- an invoice is uncollectible while the sum of its entries is above zero, and what was given up in
-- error comes back by an entry that reverses it.
CREATE TABLE invoice_write_off (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  invoice    TEXT NOT NULL REFERENCES invoice (id),
  -- In the currency of the invoice; below zero for a reversal.
  amount     INTEGER NOT NULL CHECK (amount <> 0),
  decided_on TEXT NOT NULL CHECK (decided_on GLOB '????-??-??'),
  -- The entry that it takes back.
  reverses   TEXT UNIQUE REFERENCES invoice_write_off (id),
  reason     TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  created_at INTEGER NOT NULL,
  CHECK ((amount < 0) = (reverses IS NOT NULL))
) STRICT;
CREATE INDEX invoice_write_off_invoice ON invoice_write_off (invoice, seq);

CREATE TRIGGER invoice_write_off_update BEFORE UPDATE ON invoice_write_off
BEGIN SELECT RAISE(ABORT, 'a write-off never changes'); END;
CREATE TRIGGER invoice_write_off_delete BEFORE DELETE ON invoice_write_off
BEGIN SELECT RAISE(ABORT, 'a write-off never changes'); END;
CREATE TRIGGER invoice_write_off_replace BEFORE INSERT ON invoice_write_off
WHEN EXISTS (SELECT 1 FROM invoice_write_off w WHERE w.seq = NEW.seq OR w.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a write-off never changes'); END;

CREATE TRIGGER invoice_write_off_reversal BEFORE INSERT ON invoice_write_off
WHEN NEW.amount < 0 AND NOT EXISTS (
  SELECT 1 FROM invoice_write_off w WHERE w.id = NEW.reverses AND w.invoice = NEW.invoice
    AND w.amount = -NEW.amount)
BEGIN SELECT RAISE(ABORT, 'a write-off is only reversed whole, and only once'); END;
CREATE TRIGGER invoice_write_off_once BEFORE INSERT ON invoice_write_off
WHEN NEW.amount > 0 AND 0 < (
  SELECT coalesce(sum(w.amount), 0) FROM invoice_write_off w WHERE w.invoice = NEW.invoice)
BEGIN SELECT RAISE(ABORT, 'the invoice is written off'); END;
CREATE TRIGGER invoice_write_off_of_void BEFORE INSERT ON invoice_write_off
WHEN 'void' = (SELECT s.status FROM invoice_status s
  WHERE s.invoice = NEW.invoice ORDER BY s.seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'the invoice is void'); END;

-- Nothing else happens to it until the entry is reversed: then what is open is known again.
CREATE TRIGGER payment_of_written_off BEFORE INSERT ON payment
WHEN 0 < (SELECT coalesce(sum(w.amount), 0) FROM invoice_write_off w WHERE w.invoice = NEW.invoice)
BEGIN SELECT RAISE(ABORT, 'the invoice is written off'); END;
CREATE TRIGGER credit_note_of_written_off BEFORE INSERT ON credit_note
WHEN 0 < (SELECT coalesce(sum(w.amount), 0) FROM invoice_write_off w WHERE w.invoice = NEW.invoice)
BEGIN SELECT RAISE(ABORT, 'the invoice is written off'); END;
CREATE TRIGGER invoice_void_of_written_off BEFORE INSERT ON invoice_status
WHEN NEW.status = 'void' AND 0 < (
  SELECT coalesce(sum(w.amount), 0) FROM invoice_write_off w WHERE w.invoice = NEW.invoice)
BEGIN SELECT RAISE(ABORT, 'the invoice is written off'); END;
