-- How meters count: all aggregations, values computed by a formula, keys to group by. The table is
-- made anew for its checks. Steps that can be undone hold rows of the table before: they get the
-- names and columns of the new one.

CREATE TABLE meter_of_every_kind (
  id          TEXT NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL,
  event_name  TEXT NOT NULL,
  aggregation TEXT NOT NULL CHECK (aggregation IN ('count', 'sum', 'max', 'min', 'average', 'latest',
    'weighted_sum', 'unique_count')),
  -- What is looked at in an event: one of its quantities, or a formula over them.
  quantity    TEXT,
  formula     TEXT,
  -- The dimension whose different values are counted.
  key         TEXT,
  unit        TEXT NOT NULL,
  filters     TEXT NOT NULL CHECK (json_valid(filters)),
  group_by    TEXT NOT NULL CHECK (json_valid(group_by)),
  archived    INTEGER NOT NULL CHECK (archived IN (0, 1)),
  CHECK ((aggregation = 'unique_count') = (key IS NOT NULL)),
  CHECK ((aggregation IN ('count', 'unique_count')) = (quantity IS NULL AND formula IS NULL)),
  CHECK (quantity IS NULL OR formula IS NULL)
) STRICT;
INSERT INTO meter_of_every_kind (id, name, event_name, aggregation, quantity, unit, filters, group_by, archived)
SELECT id, name, event_name, aggregation, sum_quantity, unit, filters, '[]', archived FROM meter;
DROP TABLE meter;
ALTER TABLE meter_of_every_kind RENAME TO meter;

UPDATE undo_row SET before = json_set(json_remove(before, '$.sum_quantity'),
    '$.quantity', before ->> '$.sum_quantity', '$.group_by', '[]')
WHERE tbl = 'meter' AND before IS NOT NULL;
UPDATE undo_row SET after = json_set(json_remove(after, '$.sum_quantity'),
    '$.quantity', after ->> '$.sum_quantity', '$.group_by', '[]')
WHERE tbl = 'meter' AND after IS NOT NULL;
