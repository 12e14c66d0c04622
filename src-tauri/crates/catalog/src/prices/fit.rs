//! A newer table for a book that has prices already. Its rows are only added; so that they mean in
//! the book what they mean in their table, they are fitted to it first:
//!
//! 1. A provider keeps the name that it has in the book.
//! 2. What an older version of the same table priced and this one does not is ended from the day
//!    that undated rows count from.
//! 3. Where the book prices a model by litellm's rules, genai-prices only adds what the book does
//!    not know: later changes of prices, and dimensions without any (as in `merge`).

use super::import::ImportedTable;
use super::{ModelPrices, PriceTable, ProviderPrice, RuleSet, TableStamp, names};
use ratebook_money::Timestamp;
use std::collections::{HashMap, HashSet};

/// Fits a table to the book it is to be added to.
#[must_use]
pub fn fit(book: &PriceTable, mut incoming: ImportedTable, stamp: &TableStamp) -> ImportedTable {
    let mut providers: HashMap<&str, (usize, &str)> = HashMap::new();
    for model in book.models() {
        let (family, place) = names::family(&model.provider);
        let candidate = (place, model.provider.as_str());
        let chosen = providers.entry(family).or_insert(candidate);
        *chosen = (*chosen).min(candidate);
    }
    let own: HashSet<&str> = book
        .models()
        .iter()
        .map(|known| known.provider.as_str())
        .collect();
    for model in &mut incoming.models {
        let (family, _) = names::family(&model.provider);
        if !own.contains(model.provider.as_str())
            && let Some((_, provider)) = providers.get(family)
        {
            model.provider = (*provider).to_owned();
        }
        let Some(known) = book.get(&model.provider, &model.model) else {
            continue;
        };
        if model.rules == RuleSet::Genai && known.rules != RuleSet::Genai {
            complete(known, model);
        }
        let ended = ended(book, known, model, stamp);
        model.prices.extend(ended);
    }
    incoming.models.retain(|model| !model.prices.is_empty());
    incoming
}

/// Rule 3: the rows that a book of litellm's takes from genai-prices.
fn complete(known: &ModelPrices, model: &mut ModelPrices) {
    model.prices.retain(|row| {
        let of_dimension = || {
            known
                .prices
                .iter()
                .filter(|own| own.dimension == row.dimension)
        };
        let newest = of_dimension()
            .filter(|own| own.conditions == row.conditions)
            .map(|own| own.valid_from)
            .max();
        match newest {
            Some(newest) => row.valid_from > newest,
            None => row.conditions.equals.is_empty() && of_dimension().next().is_none(),
        }
    });
    model.rules = known.rules;
    model.fallbacks.clone_from(&known.fallbacks);
    model.multipliers.clone_from(&known.multipliers);
}

/// Rule 2: rows that end what this version of the table no longer says.
fn ended(
    book: &PriceTable,
    known: &ModelPrices,
    model: &ModelPrices,
    stamp: &TableStamp,
) -> Vec<ProviderPrice> {
    let of_table = |row: &&ProviderPrice| {
        let index = usize::try_from(row.source).ok();
        let source = index.and_then(|index| book.sources().get(index));
        source.is_some_and(|source| source.name == stamp.source.name)
    };
    let rows = known.prices.iter().filter(|row| !row.manual);
    let mut ends: Vec<ProviderPrice> = Vec::new();
    for row in rows.filter(of_table) {
        let same = |other: &&ProviderPrice| {
            other.dimension == row.dimension && other.conditions == row.conditions
        };
        let now = known.in_force(
            &row.dimension,
            stamp.undated_from,
            Timestamp::MAX,
            |wanted| *wanted == row.conditions,
        );
        let said = model.prices.iter().any(|new| same(&new)) || ends.iter().any(|new| same(&new));
        if said || !now.iter().any(|held| std::ptr::eq(*held, row)) {
            continue;
        }
        ends.push(ProviderPrice {
            rate: None,
            valid_from: stamp.undated_from,
            recorded_at: stamp.recorded_at,
            source: 0,
            original: None,
            ..row.clone()
        });
    }
    // Genai's rows of a model that litellm prices were chosen above; what is left out is not gone.
    if model.rules != RuleSet::Genai && stamp.source.name != "litellm" {
        ends.clear();
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CallConditions;
    use crate::Dimension;
    use crate::prices::litellm::tests::stamp;
    use crate::prices::{PriceCall, genai, litellm};

    fn later(name: &str) -> TableStamp {
        let mut later = stamp();
        later.source.name = name.into();
        later.recorded_at = Timestamp::parse("2026-12-05T10:00:00Z").unwrap();
        later.undated_from = Timestamp::parse("2026-12-05T00:00:00Z").unwrap();
        later
    }

    /// The book after the table was added, as the store does it.
    fn with(book: &PriceTable, table: ImportedTable) -> PriceTable {
        let mut sources = book.sources().to_vec();
        let source = u32::try_from(sources.len()).unwrap();
        sources.push(table.source);
        let mut models = book.models().to_vec();
        for mut new in table.models {
            for row in &mut new.prices {
                row.source = source;
            }
            let known = models
                .iter_mut()
                .find(|known| known.provider == new.provider && known.model == new.model);
            match known {
                Some(known) => known.prices.extend(new.prices),
                None => models.push(new),
            }
        }
        PriceTable::new(sources, models)
    }

    fn price(book: &PriceTable, dimension: &Dimension, at: &str) -> String {
        let model = book.resolve("xai", "m").model().unwrap();
        let none = CallConditions::default();
        let call = PriceCall::single(Timestamp::parse(at).unwrap(), &none, 0);
        match model.select(dimension, &call, Timestamp::MAX) {
            Ok(Some(found)) => found.rate.per_million().unwrap().normalize().to_string(),
            Ok(None) => "free".into(),
            Err(refused) => refused.why.to_string(),
        }
    }

    fn book() -> PriceTable {
        let text = r#"{"m": {"litellm_provider": "xai", "input_cost_per_token": 4e-6,
            "cache_read_input_token_cost": 1e-6, "output_cost_per_token": 8e-6}}"#;
        let table = litellm::read(text, &stamp()).unwrap();
        PriceTable::new(vec![table.source], table.models)
    }

    #[test]
    fn a_newer_version_changes_prices_from_its_day_and_ends_what_it_no_longer_says() {
        let text = r#"{"m": {"litellm_provider": "xai", "input_cost_per_token": 3e-6,
            "output_cost_per_token": 8e-6}}"#;
        let table = litellm::read(text, &later("litellm")).unwrap();
        let after = with(&book(), fit(&book(), table, &later("litellm")));
        for (dimension, before, since) in [
            (Dimension::INPUT, "4", "3"),
            (Dimension::CACHE_READ, "1", "3"),
            (Dimension::OUTPUT, "8", "8"),
        ] {
            assert_eq!(price(&after, &dimension, "2026-12-04T23:59:59Z"), before);
            assert_eq!(price(&after, &dimension, "2026-12-05T00:00:00Z"), since);
        }
    }

    #[test]
    fn the_other_table_brings_later_changes_and_what_was_missing() {
        let text = r#"[{"id": "x-ai", "models": [{"id": "m", "prices": [
                {"prices": {"input_mtok": 9, "web_searches_kcount": 5}},
                {"constraint": {"start_date": "2027-01-01"},
                 "prices": {"input_mtok": 2, "web_searches_kcount": 5}}]},
            {"id": "new", "prices": {"input_mtok": 1}}]}]"#;
        let table = genai::read(text, &later("genai-prices")).unwrap();
        let fitted = fit(&book(), table, &later("genai-prices"));
        let after = with(&book(), fitted);
        assert_eq!(
            price(&after, &Dimension::INPUT, "2026-12-31T00:00:00Z"),
            "4"
        );
        assert_eq!(
            price(&after, &Dimension::INPUT, "2027-01-01T00:00:00Z"),
            "2"
        );
        assert_eq!(
            price(&after, &Dimension::OUTPUT, "2027-01-01T00:00:00Z"),
            "8"
        );
        assert_eq!(
            price(&after, &Dimension::WEB_SEARCHES, "2026-01-01T00:00:00Z"),
            "5000"
        );
        assert!(after.get("xai", "new").is_some());
    }
}
