-- Usage: facts that are stored once and never change, and the sums that prices are computed from.
-- Quantities are pairs of varints (dimension, amount in the dimension's smallest unit) in a BLOB:
-- one row per event and one per bucket instead of one per dimension.

CREATE TABLE import_batch (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  format      TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  accepted    INTEGER NOT NULL,
  duplicates  INTEGER NOT NULL,
  conflicts   INTEGER NOT NULL,
  rejected    INTEGER NOT NULL
) STRICT;

-- The first thousand faults of an import.
CREATE TABLE import_issue (
  id     INTEGER PRIMARY KEY,
  batch  INTEGER NOT NULL REFERENCES import_batch (id),
  line   INTEGER NOT NULL,
  field  TEXT NOT NULL,
  code   TEXT NOT NULL,
  effect TEXT NOT NULL CHECK (effect IN ('refused', 'kept')),
  params TEXT NOT NULL CHECK (json_valid(params))
) STRICT;
CREATE INDEX import_issue_batch ON import_issue (batch, id);

CREATE TABLE usage_customer_ref (
  id  INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE usage_dimension (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- What series tell apart: sizes of a call's whole input and minutes of the day at which some price
-- changes, keys of dimensions that some meter looks at. It only grows; series are rebuilt when it does.
CREATE TABLE usage_basis (
  kind  TEXT NOT NULL CHECK (kind IN ('context', 'minute', 'dim')),
  value TEXT NOT NULL,
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;

-- Everything about a call that may choose a price or a meter, decided when the call was stored.
CREATE TABLE usage_series (
  id             INTEGER PRIMARY KEY,
  event_name     TEXT NOT NULL,
  provider       TEXT NOT NULL,
  model          TEXT NOT NULL,
  conditions     TEXT NOT NULL CHECK (json_valid(conditions)),
  context_tokens INTEGER NOT NULL CHECK (context_tokens >= 0),
  minute_of_day  INTEGER NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
  dims           TEXT NOT NULL CHECK (json_valid(dims)),
  UNIQUE (event_name, provider, model, conditions, context_tokens, minute_of_day, dims)
) STRICT;

-- The identity of every event ever accepted, for ever, with the hash of its content: each 128 bits
-- in two integers, which SQLite compares faster than a BLOB.
CREATE TABLE usage_identity (
  identity_hi INTEGER NOT NULL,
  identity_lo INTEGER NOT NULL,
  content_hi  INTEGER NOT NULL,
  content_lo  INTEGER NOT NULL,
  event       INTEGER NOT NULL,
  PRIMARY KEY (identity_hi, identity_lo)
) STRICT, WITHOUT ROWID;

-- Kept by customer and time: what explains a sum stands together. `seq` is unique in the book.
CREATE TABLE usage_event (
  customer_ref INTEGER NOT NULL REFERENCES usage_customer_ref (id),
  at           INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  series       INTEGER NOT NULL REFERENCES usage_series (id),
  quantities   BLOB NOT NULL,
  batch        INTEGER NOT NULL REFERENCES import_batch (id),
  epoch        INTEGER NOT NULL,
  PRIMARY KEY (customer_ref, at, seq)
) STRICT, WITHOUT ROWID;

-- What the source said (ids, line, reported numbers, further dimensions): JSON lines, one per event
-- in the order of `seq` (an empty line where a number was not used), compressed (LZ4 with its length in front). Never prompts.
CREATE TABLE usage_raw_block (
  first_seq INTEGER PRIMARY KEY,
  last_seq  INTEGER NOT NULL CHECK (last_seq >= first_seq),
  body      BLOB NOT NULL
) STRICT;

-- Sums per hour, in the same transaction as the events.
CREATE TABLE usage_bucket (
  customer_ref INTEGER NOT NULL,
  hour         INTEGER NOT NULL,
  series       INTEGER NOT NULL,
  epoch        INTEGER NOT NULL,
  events       INTEGER NOT NULL CHECK (events > 0),
  sums         BLOB NOT NULL,
  PRIMARY KEY (customer_ref, hour, series, epoch)
) STRICT, WITHOUT ROWID;

-- Sums over all time, for lists of what waits and of what exists.
CREATE TABLE usage_total (
  customer_ref INTEGER NOT NULL,
  series       INTEGER NOT NULL,
  events       INTEGER NOT NULL CHECK (events > 0),
  first_at     INTEGER NOT NULL,
  last_at      INTEGER NOT NULL,
  sums         BLOB NOT NULL,
  PRIMARY KEY (customer_ref, series)
) STRICT, WITHOUT ROWID;

-- Same identity, other content: refused, and listed here. The first one stays.
CREATE TABLE usage_conflict (
  id          INTEGER PRIMARY KEY,
  batch       INTEGER NOT NULL REFERENCES import_batch (id),
  line        INTEGER NOT NULL,
  identity_hi INTEGER NOT NULL,
  identity_lo INTEGER NOT NULL,
  refused     TEXT NOT NULL CHECK (json_valid(refused))
) STRICT;

-- REPLACE by hand is not asked here: a question per stored event would cost an import dearly, and
-- `verify` finds it. `series` may change (new price borders, another meter); what was measured may not.
CREATE TRIGGER usage_event_update BEFORE UPDATE ON usage_event
WHEN OLD.seq IS NOT NEW.seq OR OLD.customer_ref IS NOT NEW.customer_ref OR OLD.at IS NOT NEW.at
  OR OLD.quantities IS NOT NEW.quantities OR OLD.batch IS NOT NEW.batch OR OLD.epoch IS NOT NEW.epoch
BEGIN SELECT RAISE(ABORT, 'a usage event never changes'); END;
CREATE TRIGGER usage_event_delete BEFORE DELETE ON usage_event
BEGIN SELECT RAISE(ABORT, 'a usage event never changes'); END;
CREATE TRIGGER usage_identity_update BEFORE UPDATE ON usage_identity
BEGIN SELECT RAISE(ABORT, 'an identity is for ever'); END;
CREATE TRIGGER usage_identity_delete BEFORE DELETE ON usage_identity
BEGIN SELECT RAISE(ABORT, 'an identity is for ever'); END;
CREATE TRIGGER usage_raw_block_update BEFORE UPDATE ON usage_raw_block
BEGIN SELECT RAISE(ABORT, 'a usage event never changes'); END;
