-- What providers charge. Rows are only added; a newer row wins, and a manual one wins over imported
-- ones until it is ended (a row without a rate).

CREATE TABLE price_source (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  version TEXT NOT NULL,
  address TEXT NOT NULL,
  seen_on TEXT NOT NULL CHECK (seen_on GLOB '????-??-??'),
  UNIQUE (name, version, address, seen_on)
) STRICT;

CREATE TABLE price_model (
  id       INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  model    TEXT NOT NULL,
  UNIQUE (provider, model)
) STRICT;

-- What a table says about a model beside its rows, as JSON with `v`: fallbacks, multipliers, match
-- rules. The newest row recorded by `as_of` holds.
CREATE TABLE price_model_facts (
  seq         INTEGER PRIMARY KEY,
  model       INTEGER NOT NULL REFERENCES price_model (id),
  facts       TEXT NOT NULL CHECK (json_valid(facts)),
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX price_model_facts_model ON price_model_facts (model, seq);

-- Conditions recur in thousands of rows: each distinct one stands here once, as canonical JSON.
CREATE TABLE price_condition (
  id   INTEGER PRIMARY KEY,
  body TEXT NOT NULL UNIQUE CHECK (json_valid(body))
) STRICT;

CREATE TABLE provider_price (
  seq         INTEGER PRIMARY KEY,
  model       INTEGER NOT NULL REFERENCES price_model (id),
  dimension   TEXT NOT NULL,
  condition   INTEGER NOT NULL REFERENCES price_condition (id),
  rate        TEXT,
  currency    TEXT CHECK (length(currency) = 3),
  valid_from  INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  source      INTEGER NOT NULL REFERENCES price_source (id),
  manual      INTEGER NOT NULL CHECK (manual IN (0, 1)),
  original    TEXT,
  CHECK ((rate IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX provider_price_model ON provider_price (model, seq);
CREATE TRIGGER provider_price_update BEFORE UPDATE ON provider_price
BEGIN SELECT RAISE(ABORT, 'provider prices are only added'); END;
CREATE TRIGGER provider_price_delete BEFORE DELETE ON provider_price
WHEN OLD.manual = 0 OR (SELECT undoing FROM book_state) = 0
BEGIN SELECT RAISE(ABORT, 'provider prices are only added'); END;
CREATE TRIGGER provider_price_replace BEFORE INSERT ON provider_price
WHEN EXISTS (SELECT 1 FROM provider_price p WHERE p.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'provider prices are only added'); END;
CREATE TRIGGER price_model_facts_update BEFORE UPDATE ON price_model_facts
BEGIN SELECT RAISE(ABORT, 'facts about models are only added'); END;
CREATE TRIGGER price_model_facts_delete BEFORE DELETE ON price_model_facts
BEGIN SELECT RAISE(ABORT, 'facts about models are only added'); END;

CREATE TRIGGER price_model_facts_replace BEFORE INSERT ON price_model_facts
WHEN EXISTS (SELECT 1 FROM price_model_facts f WHERE f.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'facts about models are only added'); END;

-- How usage names a model, beside the match rules of the tables. A person's decision.
-- `used_provider` is empty where the alias holds whatever provider the usage names.
CREATE TABLE model_alias (
  used_provider TEXT NOT NULL,
  used_model    TEXT NOT NULL,
  provider      TEXT NOT NULL,
  model         TEXT NOT NULL,
  PRIMARY KEY (used_provider, used_model)
) STRICT;
