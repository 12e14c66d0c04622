-- What is agreed with one customer beyond plan and days: seats, the day the customer began. NULL
-- where nothing is, as in all subscriptions from before; undone rows from before have no such value.
ALTER TABLE subscription ADD COLUMN agreed TEXT CHECK (agreed IS NULL OR json_valid(agreed));
