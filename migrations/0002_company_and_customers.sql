-- Who bills, and who is billed.

CREATE TABLE company (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  name          TEXT NOT NULL,
  legal_name    TEXT NOT NULL,
  address_lines TEXT NOT NULL CHECK (json_valid(address_lines)),
  postcode      TEXT NOT NULL,
  city          TEXT NOT NULL,
  region        TEXT NOT NULL,
  country       TEXT NOT NULL,
  tax_id        TEXT NOT NULL,
  registration  TEXT NOT NULL,
  email         TEXT NOT NULL,
  website       TEXT NOT NULL,
  bank_holder   TEXT NOT NULL,
  bank_account  TEXT NOT NULL,
  bank_bic      TEXT NOT NULL,
  bank_name     TEXT NOT NULL,
  logo_png      TEXT,
  locale        TEXT NOT NULL,
  currency      TEXT NOT NULL CHECK (length(currency) = 3),
  zone          TEXT NOT NULL,
  series_prefix TEXT NOT NULL,
  series_digits INTEGER NOT NULL CHECK (series_digits BETWEEN 1 AND 18),
  series_first  INTEGER NOT NULL CHECK (series_first >= 0),
  payment_days  INTEGER NOT NULL CHECK (payment_days BETWEEN 0 AND 65535),
  paper         TEXT NOT NULL CHECK (paper IN ('a4', 'letter'))
) STRICT;

CREATE TABLE customer (
  id            TEXT NOT NULL PRIMARY KEY,
  number        TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  address_lines TEXT NOT NULL CHECK (json_valid(address_lines)),
  postcode      TEXT NOT NULL,
  city          TEXT NOT NULL,
  region        TEXT NOT NULL,
  country       TEXT NOT NULL,
  tax_id        TEXT NOT NULL,
  email         TEXT NOT NULL,
  reference     TEXT NOT NULL,
  currency      TEXT NOT NULL CHECK (length(currency) = 3),
  locale        TEXT NOT NULL,
  zone          TEXT NOT NULL,
  tax_kind      TEXT NOT NULL CHECK (tax_kind IN ('rate', 'reverse_charge', 'exempt', 'out_of_scope')),
  tax_percent   TEXT CHECK (typeof(tax_percent) IN ('text', 'null')),
  tax_reason    TEXT,
  payment_days  INTEGER CHECK (payment_days BETWEEN 0 AND 65535),
  notes         TEXT NOT NULL,
  archived      INTEGER NOT NULL CHECK (archived IN (0, 1)),
  CHECK ((tax_kind = 'rate') = (tax_percent IS NOT NULL)),
  CHECK ((tax_kind = 'exempt') = (tax_reason IS NOT NULL))
) STRICT;

-- External ids seen in usage. The primary key is what makes them unique across customers.
CREATE TABLE customer_alias (
  alias    TEXT NOT NULL PRIMARY KEY,
  customer TEXT NOT NULL REFERENCES customer (id),
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX customer_alias_customer ON customer_alias (customer, position);
