-- Which line of a bank statement a payment was entered from, so that the same line is never entered
-- twice, from whatever file. One line may pay several invoices. The key is a hash of what the line
-- says. A line whose payments were taken back may be entered again.
CREATE TABLE payment_bank_line (
  payment   TEXT NOT NULL PRIMARY KEY REFERENCES payment (id),
  bank_line TEXT NOT NULL CHECK (length(bank_line) = 64)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_bank_line_key ON payment_bank_line (bank_line);

CREATE TRIGGER payment_bank_line_update BEFORE UPDATE ON payment_bank_line
BEGIN SELECT RAISE(ABORT, 'a payment never changes'); END;
CREATE TRIGGER payment_bank_line_delete BEFORE DELETE ON payment_bank_line
BEGIN SELECT RAISE(ABORT, 'a payment never changes'); END;
CREATE TRIGGER payment_bank_line_replace BEFORE INSERT ON payment_bank_line
WHEN EXISTS (SELECT 1 FROM payment_bank_line l WHERE l.payment = NEW.payment)
BEGIN SELECT RAISE(ABORT, 'a payment never changes'); END;

-- For one invoice a line counts once.
CREATE TRIGGER payment_bank_line_once BEFORE INSERT ON payment_bank_line
WHEN EXISTS (
  SELECT 1 FROM payment_bank_line l JOIN payment p ON p.id = l.payment
  WHERE l.bank_line = NEW.bank_line
    AND p.invoice = (SELECT n.invoice FROM payment n WHERE n.id = NEW.payment)
    AND NOT EXISTS (SELECT 1 FROM payment r WHERE r.reverses = p.id))
BEGIN SELECT RAISE(ABORT, 'a line of the bank is only entered once'); END;
