-- Credit notes: what takes finalized invoices back. Like them they never change; their numbers are
-- taken from `invoice_series` in the transaction that writes them. `body` is the whole note: JSON with
-- `v`, compressed; the other columns repeat what lists show, `verify` compares them.
CREATE TABLE credit_note (
  seq        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  series     TEXT NOT NULL REFERENCES invoice_series (name),
  counter    INTEGER NOT NULL,
  number     TEXT NOT NULL UNIQUE,
  invoice    TEXT NOT NULL REFERENCES invoice (id),
  issued_on  TEXT NOT NULL CHECK (issued_on GLOB '????-??-??'),
  currency   TEXT NOT NULL CHECK (length(currency) = 3),
  -- Before credit of grants; all amounts are what is taken back.
  net        INTEGER NOT NULL,
  tax        INTEGER NOT NULL,
  total      INTEGER NOT NULL CHECK (total >= 0),
  payable    INTEGER NOT NULL CHECK (payable BETWEEN 0 AND total),
  created_at INTEGER NOT NULL,
  reason     TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  body       BLOB NOT NULL,
  UNIQUE (series, counter)
) STRICT;
CREATE INDEX credit_note_invoice ON credit_note (invoice, seq);

CREATE TRIGGER credit_note_update BEFORE UPDATE ON credit_note
BEGIN SELECT RAISE(ABORT, 'a credit note never changes'); END;
CREATE TRIGGER credit_note_delete BEFORE DELETE ON credit_note
BEGIN SELECT RAISE(ABORT, 'a credit note never changes'); END;
CREATE TRIGGER credit_note_replace BEFORE INSERT ON credit_note
WHEN EXISTS (SELECT 1 FROM credit_note c WHERE c.seq = NEW.seq OR c.id = NEW.id
             OR c.number = NEW.number OR (c.series = NEW.series AND c.counter = NEW.counter))
BEGIN SELECT RAISE(ABORT, 'a credit note never changes'); END;

-- A number is an invoice's or a credit note's.
CREATE TRIGGER credit_note_number BEFORE INSERT ON credit_note
WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the number is that of an invoice'); END;

-- All credit notes of an invoice together take back what it charged at most.
CREATE TRIGGER credit_note_most BEFORE INSERT ON credit_note
WHEN EXISTS (
  SELECT 1 FROM invoice i WHERE i.id = NEW.invoice AND (
    i.currency <> NEW.currency
    OR i.net + i.credit_before_tax
      < NEW.net + (SELECT coalesce(sum(c.net), 0) FROM credit_note c WHERE c.invoice = i.id)
    OR i.total < NEW.total + (SELECT coalesce(sum(c.total), 0) FROM credit_note c WHERE c.invoice = i.id)))
BEGIN SELECT RAISE(ABORT, 'credit notes never take back more than the invoice charged'); END;

-- A void invoice does not count any more: there is nothing to take back, and what was taken back in
-- part is not void.
CREATE TRIGGER credit_note_of_void BEFORE INSERT ON credit_note
WHEN 'void' = (SELECT s.status FROM invoice_status s WHERE s.invoice = NEW.invoice
               ORDER BY s.seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'the invoice is void'); END;
CREATE TRIGGER invoice_void_of_credited BEFORE INSERT ON invoice_status
WHEN NEW.status = 'void' AND EXISTS (SELECT 1 FROM credit_note c WHERE c.invoice = NEW.invoice)
BEGIN SELECT RAISE(ABORT, 'the invoice has credit notes'); END;
