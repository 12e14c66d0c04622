-- The epoch that an import's events were stored in: whether any usage came after a finalizing run
-- is then known without reading the usage. Events of one import share an epoch, as an import is one
-- transaction.
ALTER TABLE import_batch ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
UPDATE import_batch SET epoch = found.epoch
FROM (SELECT batch, max(epoch) AS epoch FROM usage_event GROUP BY batch) AS found
WHERE found.batch = import_batch.id;
