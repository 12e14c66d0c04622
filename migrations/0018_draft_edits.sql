-- What a person adds to computed drafts: lines, discount, notes and references (`edit`), and whether
-- the draft is held or was approved (`marks`). Drafts themselves are computed and never stored, so a
-- row belongs to a customer and a month. Both are JSON with `v`. A row stays when the draft becomes
-- final: when that invoice is void, the next one of the month begins with the same additions.
CREATE TABLE invoice_draft (
  customer TEXT NOT NULL REFERENCES customer (id),
  month    TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  edit     TEXT CHECK (json_valid(edit)),
  marks    TEXT NOT NULL CHECK (json_valid(marks)),
  PRIMARY KEY (customer, month)
) STRICT;
