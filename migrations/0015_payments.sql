-- What customers paid and got back, entry by entry. Nothing is changed or deleted: a mistake is taken
-- back by an entry that reverses it. Amounts are in the currency of the invoice: above zero for what
-- came in, below zero for what went out.
CREATE TABLE payment (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  invoice     TEXT NOT NULL REFERENCES invoice (id),
  kind        TEXT NOT NULL CHECK (kind IN ('payment', 'refund', 'reversal')),
  amount      INTEGER NOT NULL CHECK (amount <> 0),
  received_on TEXT NOT NULL CHECK (received_on GLOB '????-??-??'),
  -- The entry that it takes back.
  reverses    TEXT UNIQUE REFERENCES payment (id),
  reference   TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  CHECK ((kind = 'reversal') = (reverses IS NOT NULL)),
  CHECK (kind <> 'payment' OR amount > 0),
  CHECK (kind <> 'refund' OR amount < 0)
) STRICT;
CREATE INDEX payment_invoice ON payment (invoice, seq);

CREATE TRIGGER payment_update BEFORE UPDATE ON payment
BEGIN SELECT RAISE(ABORT, 'a payment never changes'); END;
CREATE TRIGGER payment_delete BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'a payment never changes'); END;
CREATE TRIGGER payment_replace BEFORE INSERT ON payment
WHEN EXISTS (SELECT 1 FROM payment p WHERE p.seq = NEW.seq OR p.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a payment never changes'); END;

CREATE TRIGGER payment_reversal BEFORE INSERT ON payment
WHEN NEW.kind = 'reversal' AND NOT EXISTS (
  SELECT 1 FROM payment p WHERE p.id = NEW.reverses AND p.invoice = NEW.invoice
    AND p.amount = -NEW.amount AND p.kind <> 'reversal')
BEGIN SELECT RAISE(ABORT, 'a payment is only reversed whole, and only once'); END;

-- No more goes out than came in.
CREATE TRIGGER payment_least BEFORE INSERT ON payment
WHEN NEW.amount < 0 AND NEW.amount
  + (SELECT coalesce(sum(p.amount), 0) FROM payment p WHERE p.invoice = NEW.invoice) < 0
BEGIN SELECT RAISE(ABORT, 'never more is paid back than was paid'); END;

CREATE TRIGGER payment_of_void BEFORE INSERT ON payment
WHEN NEW.kind <> 'reversal' AND 'void' = (SELECT s.status FROM invoice_status s
  WHERE s.invoice = NEW.invoice ORDER BY s.seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'the invoice is void'); END;
CREATE TRIGGER invoice_void_of_paid BEFORE INSERT ON invoice_status
WHEN NEW.status = 'void' AND 0 <> (
  SELECT coalesce(sum(p.amount), 0) FROM payment p WHERE p.invoice = NEW.invoice)
BEGIN SELECT RAISE(ABORT, 'the invoice has payments'); END;
