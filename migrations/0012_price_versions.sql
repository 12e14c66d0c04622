-- The price book in versions: what was published, when, from when on and why. Every rule and every
-- exchange rate belongs to one version, and a version never changes. The one draft is staged
-- changes: each row is what a person staged at once, so that a paste of a hundred thousand cells is
-- one row, and undo takes back one row.

CREATE TABLE price_version (
  number       INTEGER PRIMARY KEY CHECK (number >= 1),
  -- `first`: what was there before versions were; `change`: one rule or rate saved by itself.
  kind         TEXT NOT NULL CHECK (kind IN ('first', 'change', 'draft', 'rollback')),
  valid_from   INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  restores     INTEGER REFERENCES price_version (number),
  published_at INTEGER NOT NULL,
  CHECK ((kind = 'rollback') = (restores IS NOT NULL))
) STRICT;
CREATE TRIGGER price_version_update BEFORE UPDATE ON price_version
BEGIN SELECT RAISE(ABORT, 'a version of the price book never changes'); END;
CREATE TRIGGER price_version_delete BEFORE DELETE ON price_version
WHEN (SELECT undoing FROM book_state) = 0
BEGIN SELECT RAISE(ABORT, 'a version of the price book never changes'); END;
CREATE TRIGGER price_version_replace BEFORE INSERT ON price_version
WHEN EXISTS (SELECT 1 FROM price_version v WHERE v.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a version of the price book never changes'); END;

INSERT INTO price_version (number, kind, valid_from, reason, restores, published_at)
SELECT 1, 'first', -62135596800000000, '', NULL, max(recorded_at)
FROM (SELECT recorded_at FROM markup_rule UNION ALL SELECT recorded_at FROM exchange_rate)
HAVING count(*) > 0;

-- What was undone before cannot be put back into tables with more columns.
DELETE FROM undo_step WHERE state = 'undone';

DROP TRIGGER markup_rule_update;
ALTER TABLE markup_rule ADD COLUMN conditions TEXT CHECK (json_valid(conditions));
-- A price of one's own in place of a markup: a list price of one unit, or a formula.
ALTER TABLE markup_rule ADD COLUMN price TEXT;
ALTER TABLE markup_rule ADD COLUMN formula TEXT CHECK (formula IS NULL OR price IS NULL);
ALTER TABLE markup_rule ADD COLUMN typed TEXT CHECK ((typed IS NULL) = (formula IS NULL));
ALTER TABLE markup_rule ADD COLUMN currency TEXT CHECK (length(currency) = 3);
ALTER TABLE markup_rule ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE markup_rule ADD COLUMN version INTEGER REFERENCES price_version (number);
UPDATE markup_rule SET version = 1;
CREATE TRIGGER markup_rule_update BEFORE UPDATE ON markup_rule
BEGIN SELECT RAISE(ABORT, 'markup rules are only added'); END;
CREATE TRIGGER markup_rule_version BEFORE INSERT ON markup_rule WHEN NEW.version IS NULL
BEGIN SELECT RAISE(ABORT, 'a rule is only added with its version'); END;
CREATE INDEX markup_rule_of_version ON markup_rule (version);

DROP TRIGGER exchange_rate_update;
ALTER TABLE exchange_rate ADD COLUMN valid_from INTEGER NOT NULL DEFAULT -62135596800000000;
ALTER TABLE exchange_rate ADD COLUMN version INTEGER REFERENCES price_version (number);
UPDATE exchange_rate SET version = 1;
CREATE TRIGGER exchange_rate_update BEFORE UPDATE ON exchange_rate
BEGIN SELECT RAISE(ABORT, 'exchange rates are only added'); END;
CREATE TRIGGER exchange_rate_version BEFORE INSERT ON exchange_rate WHEN NEW.version IS NULL
BEGIN SELECT RAISE(ABORT, 'a rate is only added with its version'); END;

-- Rows of a version are added by the transaction that made it, the newest, and by no other.
CREATE TRIGGER markup_rule_newest BEFORE INSERT ON markup_rule
WHEN NEW.version <> (SELECT max(number) FROM price_version)
  OR NEW.recorded_at <> (SELECT published_at FROM price_version WHERE number = NEW.version)
BEGIN SELECT RAISE(ABORT, 'a version of the price book never changes'); END;
CREATE TRIGGER exchange_rate_newest BEFORE INSERT ON exchange_rate
WHEN NEW.version <> (SELECT max(number) FROM price_version)
  OR NEW.recorded_at <> (SELECT published_at FROM price_version WHERE number = NEW.version)
BEGIN SELECT RAISE(ABORT, 'a version of the price book never changes'); END;

-- One row while there is a draft with a date, a reason or a version that it restores.
CREATE TABLE price_draft (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  valid_on TEXT CHECK (valid_on GLOB '????-??-??'),
  reason   TEXT NOT NULL,
  restores INTEGER REFERENCES price_version (number)
) STRICT;

-- What was staged at once, as JSON with `v`; of several changes of one scope the last one counts.
-- An id is never used again, so that what was read once need not be read again.
CREATE TABLE price_draft_step (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  changes TEXT NOT NULL CHECK (json_valid(changes))
) STRICT;
