-- What e-invoices say of the parties beside what is printed: whom to ask, the electronic address with
-- the code of its scheme (list EAS), the buyer's order, and which e-invoice a customer wants. NULL
-- where nothing was entered; undone rows from before have no such values.
ALTER TABLE company ADD COLUMN contact_name TEXT;
ALTER TABLE company ADD COLUMN contact_phone TEXT;
ALTER TABLE company ADD COLUMN endpoint_scheme TEXT;
ALTER TABLE company ADD COLUMN endpoint_id TEXT;

ALTER TABLE customer ADD COLUMN order_reference TEXT;
ALTER TABLE customer ADD COLUMN endpoint_scheme TEXT;
ALTER TABLE customer ADD COLUMN endpoint_id TEXT;
ALTER TABLE customer ADD COLUMN einvoice TEXT
  CHECK (einvoice IN ('factur-x', 'cii', 'ubl', 'xrechnung', 'xrechnung-ubl', 'peppol'));
