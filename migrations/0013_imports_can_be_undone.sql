-- An import of a price table is one step that can be undone, as what a person enters is: rows of
-- prices and facts about models can go while a step is undone, and never otherwise. A finalized
-- invoice bars the steps before it, so what it was computed from stays.
DROP TRIGGER provider_price_delete;
CREATE TRIGGER provider_price_delete BEFORE DELETE ON provider_price
WHEN (SELECT undoing FROM book_state) = 0
BEGIN SELECT RAISE(ABORT, 'provider prices are only added'); END;

DROP TRIGGER price_model_facts_delete;
CREATE TRIGGER price_model_facts_delete BEFORE DELETE ON price_model_facts
WHEN (SELECT undoing FROM book_state) = 0
BEGIN SELECT RAISE(ABORT, 'facts about models are only added'); END;
