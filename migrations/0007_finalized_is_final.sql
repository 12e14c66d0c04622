-- The other half of the rule that finalized invoices never change: the database refuses as well.
-- The INSERT triggers are there because INSERT OR REPLACE deletes without asking DELETE triggers.

CREATE TRIGGER invoice_update BEFORE UPDATE ON invoice
BEGIN SELECT RAISE(ABORT, 'a finalized invoice never changes'); END;
CREATE TRIGGER invoice_delete BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'a finalized invoice never changes'); END;
CREATE TRIGGER invoice_replace BEFORE INSERT ON invoice
WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.seq = NEW.seq OR i.id = NEW.id OR i.number = NEW.number
             OR (i.series = NEW.series AND i.counter = NEW.counter))
BEGIN SELECT RAISE(ABORT, 'a finalized invoice never changes'); END;

CREATE TRIGGER invoice_line_update BEFORE UPDATE ON invoice_line
BEGIN SELECT RAISE(ABORT, 'a finalized invoice never changes'); END;
CREATE TRIGGER invoice_line_delete BEFORE DELETE ON invoice_line
BEGIN SELECT RAISE(ABORT, 'a finalized invoice never changes'); END;
CREATE TRIGGER invoice_line_replace BEFORE INSERT ON invoice_line
WHEN EXISTS (SELECT 1 FROM invoice_line l WHERE l.invoice = NEW.invoice AND l.position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'a finalized invoice never changes'); END;

CREATE TRIGGER invoice_tax_update BEFORE UPDATE ON invoice_tax
BEGIN SELECT RAISE(ABORT, 'a finalized invoice never changes'); END;
CREATE TRIGGER invoice_tax_delete BEFORE DELETE ON invoice_tax
BEGIN SELECT RAISE(ABORT, 'a finalized invoice never changes'); END;
CREATE TRIGGER invoice_tax_replace BEFORE INSERT ON invoice_tax
WHEN EXISTS (SELECT 1 FROM invoice_tax t WHERE t.invoice = NEW.invoice AND t.position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'a finalized invoice never changes'); END;

CREATE TRIGGER invoice_status_update BEFORE UPDATE ON invoice_status
BEGIN SELECT RAISE(ABORT, 'the history of an invoice never changes'); END;
CREATE TRIGGER invoice_status_delete BEFORE DELETE ON invoice_status
BEGIN SELECT RAISE(ABORT, 'the history of an invoice never changes'); END;
CREATE TRIGGER invoice_status_replace BEFORE INSERT ON invoice_status
WHEN EXISTS (SELECT 1 FROM invoice_status s WHERE s.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the history of an invoice never changes'); END;

CREATE TRIGGER finalize_run_update BEFORE UPDATE ON finalize_run
BEGIN SELECT RAISE(ABORT, 'a finalizing run never changes'); END;
CREATE TRIGGER finalize_run_delete BEFORE DELETE ON finalize_run
BEGIN SELECT RAISE(ABORT, 'a finalizing run never changes'); END;

-- A counter never runs backwards, and an epoch neither.
CREATE TRIGGER invoice_series_update BEFORE UPDATE ON invoice_series
WHEN NEW.next < OLD.next OR NEW.first <> OLD.first OR NEW.name <> OLD.name
BEGIN SELECT RAISE(ABORT, 'invoice numbers only grow'); END;
CREATE TRIGGER invoice_series_delete BEFORE DELETE ON invoice_series
BEGIN SELECT RAISE(ABORT, 'invoice numbers only grow'); END;
CREATE TRIGGER book_state_epoch BEFORE UPDATE OF epoch ON book_state WHEN NEW.epoch < OLD.epoch
BEGIN SELECT RAISE(ABORT, 'the epoch only grows'); END;
