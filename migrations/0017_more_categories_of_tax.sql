-- Supplies that are exempt because they leave the country: intra-Community supply and export have
-- categories of their own in e-invoices. A row is of the kind `exempt` with an empty reason (the
-- paper has the words); NULL is an exemption with a printed reason, as in all rows from before.
ALTER TABLE customer ADD COLUMN tax_category TEXT
  CHECK (tax_category IS NULL OR (tax_kind = 'exempt' AND tax_category IN ('K', 'G')));
