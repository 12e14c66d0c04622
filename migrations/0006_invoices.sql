-- Finalized invoices. Drafts are computed, never stored. Nothing here changes after it was written:
-- a correction is a credit note, a void is a row of `invoice_status`.

-- The next number of each series. Numbers are taken in the transaction that writes the invoice, so
-- there are no gaps.
CREATE TABLE invoice_series (
  name TEXT NOT NULL PRIMARY KEY,
  first INTEGER NOT NULL,
  next INTEGER NOT NULL CHECK (next >= first)
) STRICT;

CREATE TABLE finalize_run (
  epoch        INTEGER PRIMARY KEY,
  finalized_at INTEGER NOT NULL
) STRICT;

-- `body` is the whole invoice and `inputs` all it was computed from: JSON with `v`, compressed (LZ4
-- with its length in front). The other columns repeat what lists show; `verify` compares them.
CREATE TABLE invoice (
  seq          INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  series       TEXT NOT NULL REFERENCES invoice_series (name),
  counter      INTEGER NOT NULL,
  number       TEXT NOT NULL UNIQUE,
  customer     TEXT NOT NULL,
  period_from  INTEGER NOT NULL,
  period_to    INTEGER NOT NULL CHECK (period_to > period_from),
  issued_on    TEXT NOT NULL CHECK (issued_on GLOB '????-??-??'),
  due_on       TEXT NOT NULL CHECK (due_on GLOB '????-??-??'),
  currency     TEXT NOT NULL CHECK (length(currency) = 3),
  net          INTEGER NOT NULL,
  tax          INTEGER NOT NULL,
  total        INTEGER NOT NULL CHECK (total = net + tax),
  as_of        INTEGER NOT NULL,
  epoch        INTEGER NOT NULL REFERENCES finalize_run (epoch),
  finalized_at INTEGER NOT NULL,
  input_hash   TEXT NOT NULL CHECK (length(input_hash) = 64),
  inputs       BLOB NOT NULL,
  body         BLOB NOT NULL,
  UNIQUE (series, counter)
) STRICT;
CREATE INDEX invoice_customer ON invoice (customer, period_from);

CREATE TABLE invoice_line (
  invoice  TEXT NOT NULL REFERENCES invoice (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  label    TEXT NOT NULL,
  quantity TEXT CHECK (typeof(quantity) IN ('text', 'null')),
  net      INTEGER NOT NULL,
  PRIMARY KEY (invoice, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice_tax (
  invoice  TEXT NOT NULL REFERENCES invoice (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  category TEXT NOT NULL,
  percent  TEXT NOT NULL,
  reason   TEXT NOT NULL,
  base     INTEGER NOT NULL,
  tax      INTEGER NOT NULL,
  PRIMARY KEY (invoice, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice_status (
  seq     INTEGER PRIMARY KEY,
  invoice TEXT NOT NULL REFERENCES invoice (id),
  status  TEXT NOT NULL CHECK (status IN ('finalized', 'void')),
  at      INTEGER NOT NULL,
  reason  TEXT NOT NULL
) STRICT;
CREATE INDEX invoice_status_invoice ON invoice_status (invoice, seq);
