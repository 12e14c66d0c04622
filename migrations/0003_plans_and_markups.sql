-- What is sold: meters, markup rules, exchange rates, plans and who is on them.
-- Markup rules and exchange rates are only added. Undo may take back the newest ones while no
-- invoice has been finalized since: `book_state.undoing` is set inside its transaction only.

CREATE TABLE meter (
  id           TEXT NOT NULL PRIMARY KEY,
  name         TEXT NOT NULL,
  event_name   TEXT NOT NULL,
  aggregation  TEXT NOT NULL CHECK (aggregation IN ('count', 'sum')),
  sum_quantity TEXT,
  unit         TEXT NOT NULL,
  filters      TEXT NOT NULL CHECK (json_valid(filters)),
  archived     INTEGER NOT NULL CHECK (archived IN (0, 1)),
  CHECK ((aggregation = 'sum') = (sum_quantity IS NOT NULL))
) STRICT;

CREATE TABLE plan (
  id          TEXT NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  archived    INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT;

-- A draft while `published_at` is absent, immutable after.
CREATE TABLE plan_version (
  id           TEXT NOT NULL PRIMARY KEY,
  plan         TEXT NOT NULL REFERENCES plan (id),
  number       INTEGER NOT NULL CHECK (number >= 1),
  terms        TEXT NOT NULL CHECK (json_valid(terms)),
  published_at INTEGER,
  UNIQUE (plan, number)
) STRICT;
CREATE TRIGGER plan_version_update BEFORE UPDATE ON plan_version
WHEN OLD.published_at IS NOT NULL AND (SELECT undoing FROM book_state) = 0
BEGIN SELECT RAISE(ABORT, 'a published plan version never changes'); END;
CREATE TRIGGER plan_version_delete BEFORE DELETE ON plan_version
WHEN OLD.published_at IS NOT NULL AND (SELECT undoing FROM book_state) = 0
BEGIN SELECT RAISE(ABORT, 'a published plan version never changes'); END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER plan_version_replace BEFORE INSERT ON plan_version
WHEN EXISTS (SELECT 1 FROM plan_version v WHERE v.published_at IS NOT NULL
             AND (v.id = NEW.id OR (v.plan = NEW.plan AND v.number = NEW.number)))
BEGIN SELECT RAISE(ABORT, 'a published plan version never changes'); END;

CREATE TABLE subscription (
  id           TEXT NOT NULL PRIMARY KEY,
  customer     TEXT NOT NULL REFERENCES customer (id),
  plan_version TEXT NOT NULL REFERENCES plan_version (id),
  starts_on    TEXT NOT NULL CHECK (starts_on GLOB '????-??-??'),
  ends_on      TEXT CHECK (ends_on GLOB '????-??-??' AND ends_on >= starts_on)
) STRICT;
CREATE INDEX subscription_customer ON subscription (customer, starts_on);

CREATE TABLE markup_rule (
  seq               INTEGER PRIMARY KEY,
  id                TEXT NOT NULL UNIQUE,
  level             TEXT NOT NULL CHECK (level IN ('book', 'plan', 'contract')),
  level_id          TEXT,
  provider          TEXT,
  model             TEXT,
  dimension         TEXT,
  ended             INTEGER NOT NULL CHECK (ended IN (0, 1)),
  percent           TEXT NOT NULL,
  fixed_per_unit    TEXT,
  fixed_per_request TEXT,
  minimum_margin    TEXT,
  round_to          TEXT,
  valid_from        INTEGER NOT NULL,
  recorded_at       INTEGER NOT NULL,
  CHECK ((level = 'book') = (level_id IS NULL))
) STRICT;
CREATE TRIGGER markup_rule_update BEFORE UPDATE ON markup_rule
BEGIN SELECT RAISE(ABORT, 'markup rules are only added'); END;
CREATE TRIGGER markup_rule_delete BEFORE DELETE ON markup_rule
WHEN (SELECT undoing FROM book_state) = 0
BEGIN SELECT RAISE(ABORT, 'markup rules are only added'); END;
CREATE TRIGGER markup_rule_replace BEFORE INSERT ON markup_rule
WHEN EXISTS (SELECT 1 FROM markup_rule r WHERE r.seq = NEW.seq OR r.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'markup rules are only added'); END;

CREATE TABLE exchange_rate (
  seq         INTEGER PRIMARY KEY,
  base        TEXT NOT NULL CHECK (length(base) = 3),
  quote       TEXT NOT NULL CHECK (length(quote) = 3),
  rate        TEXT NOT NULL,
  source      TEXT NOT NULL,
  on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER exchange_rate_update BEFORE UPDATE ON exchange_rate
BEGIN SELECT RAISE(ABORT, 'exchange rates are only added'); END;
CREATE TRIGGER exchange_rate_delete BEFORE DELETE ON exchange_rate
WHEN (SELECT undoing FROM book_state) = 0
BEGIN SELECT RAISE(ABORT, 'exchange rates are only added'); END;
CREATE TRIGGER exchange_rate_replace BEFORE INSERT ON exchange_rate
WHEN EXISTS (SELECT 1 FROM exchange_rate r WHERE r.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'exchange rates are only added'); END;
