//! One book out of two tables. litellm is the base: it knows more models and more conditions, but
//! only today's prices. genai-prices brings what litellm has not: models, dimensions, and dates.
//!
//! For a model that both have, at any instant and under any conditions exactly one row holds:
//! 1. litellm's rows are today's prices. Where genai-prices dates the last change of such a price,
//!    litellm's row is in force from that day on, and genai-prices' rows before it.
//! 2. Changes that genai-prices announces for later days are rows from those days on.
//! 3. litellm's prices for marked calls (batch, tiers) start with the standard price that they
//!    belong to: before it the fallback rules derive them from the older standard price.
//! 4. Dimensions that litellm does not price at all are taken from genai-prices, and windows of the
//!    day where litellm has none. Its prices for marked calls are not: litellm's factors and rules
//!    would apply to them a second time.
//! 5. genai-prices' match rules and least quantities are taken, litellm's fallback rules are kept.

use super::import::ImportedTable;
use super::{ModelPrices, PriceSource, ProviderPrice, names};
use crate::{Dimension, PriceConditions};
use ratebook_money::{Timestamp, Zone};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Both tables as one; the base's source is row source 0, the other's 1.
#[must_use]
pub fn merge(base: ImportedTable, other: ImportedTable) -> (Vec<PriceSource>, Vec<ModelPrices>) {
    let today = Zone::UTC.start_of(other.source.seen_on);
    let today = today.unwrap_or(Timestamp::MAX);
    let mut models = base.models;
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    let mut providers: HashMap<String, (usize, String)> = HashMap::new();
    for (index, model) in models.iter().enumerate() {
        let (family, place) = names::family(&model.provider);
        let key = (family.to_owned(), model.model.to_lowercase());
        let first = known.entry(key).or_insert(index);
        let place_of = |at: usize| models.get(at).map(|model| names::family(&model.provider).1);
        if Some(place) < place_of(*first) {
            *first = index;
        }
        let candidate = (place, model.provider.clone());
        let chosen = providers
            .entry(family.to_owned())
            .or_insert(candidate.clone());
        *chosen = chosen.clone().min(candidate);
    }
    let mut taken: HashSet<(String, String)> = models.iter().map(full_name).collect();
    for mut model in other.models {
        for row in &mut model.prices {
            row.source = 1;
        }
        let family = names::family(&model.provider).0.to_owned();
        let key = (family.clone(), model.model.to_lowercase());
        // Each model of the base is completed once; a second one of that name stays apart.
        if let Some(base) = known.remove(&key).and_then(|index| models.get_mut(index)) {
            into(base, model, today);
            continue;
        }
        let own = model.provider.clone();
        if let Some((_, provider)) = providers.get(&family) {
            // The base's name for the provider, so that it stands in the book once.
            model.provider.clone_from(provider);
        }
        if !taken.insert(full_name(&model)) {
            model.provider = own;
            if !taken.insert(full_name(&model)) {
                continue;
            }
        }
        models.push(model);
    }
    (vec![base.source, other.source], models)
}

fn full_name(model: &ModelPrices) -> (String, String) {
    (model.provider.clone(), model.model.to_lowercase())
}

/// The rows of one dimension under the same conditions, by date.
type Line = Vec<ProviderPrice>;

fn lines(rows: Vec<ProviderPrice>) -> BTreeMap<(Dimension, PriceConditions), Line> {
    let mut lines: BTreeMap<_, Line> = BTreeMap::new();
    for row in rows {
        let key = (row.dimension.clone(), row.conditions.clone());
        lines.entry(key).or_default().push(row);
    }
    for line in lines.values_mut() {
        line.sort_by_key(|row| row.valid_from);
    }
    lines
}

fn into(base: &mut ModelPrices, other: ModelPrices, today: Timestamp) {
    base.matches.extend(other.matches);
    for minimum in other.minimums {
        if base.at_least(&minimum.dimension) == 0 {
            base.minimums.push(minimum);
        }
    }
    let priced: Vec<Dimension> = base
        .prices
        .iter()
        .map(|row| row.dimension.clone())
        .collect();
    let windowed = base
        .prices
        .iter()
        .any(|row| row.conditions.window.is_some());
    for ((dimension, conditions), line) in lines(other.prices) {
        let own = base
            .prices
            .iter()
            .position(|row| row.dimension == dimension && row.conditions == conditions);
        if let Some(own) = own {
            dated(base, own, line, today);
        } else if conditions.equals.is_empty()
            && (!priced.contains(&dimension) || (conditions.window.is_some() && !windowed))
        {
            base.prices.extend(line);
        }
    }
}

/// Rules 1 to 3, for a price that both tables have.
fn dated(base: &mut ModelPrices, own: usize, line: Line, today: Timestamp) {
    let last = line.iter().rfind(|row| row.valid_from <= today);
    let since = last
        .filter(|row| row.rate.is_some())
        .map_or(Timestamp::MIN, |row| row.valid_from);
    let Some(row) = base.prices.get_mut(own) else {
        return;
    };
    row.valid_from = row.valid_from.max(since);
    let since = row.valid_from;
    let (dimension, conditions) = (row.dimension.clone(), row.conditions.clone());
    if conditions.is_empty() {
        for marked in base
            .prices
            .iter_mut()
            .filter(|row| row.dimension == dimension)
        {
            if !marked.conditions.equals.is_empty() {
                marked.valid_from = marked.valid_from.max(since);
            }
        }
    }
    let kept = line
        .into_iter()
        .filter(|row| row.valid_from < since || row.valid_from > today);
    base.prices.extend(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::litellm::tests::stamp;
    use crate::prices::{PriceCall, PriceTable, genai, litellm};
    use crate::{CallConditions, ConditionKey};

    #[test]
    fn litellm_says_what_holds_today_and_genai_prices_since_when() {
        let base = r#"{"m": {"litellm_provider": "xai", "input_cost_per_token": 4e-6,
            "input_cost_per_token_priority": 9e-6, "output_cost_per_token": 8e-6}}"#;
        let other = r#"[{"id": "x-ai", "models": [
            {"id": "m", "match": {"starts_with": "m-"}, "prices": [
                {"prices": {"input_mtok": 5, "output_mtok": 8, "web_searches_kcount": 1}},
                {"constraint": {"start_date": "2026-08-21"},
                 "prices": {"input_mtok": 4.1, "output_mtok": 8, "web_searches_kcount": 1}},
                {"constraint": {"start_date": "2027-01-01"},
                 "prices": {"input_mtok": 3, "output_mtok": 8, "web_searches_kcount": 1}}],
             "price_variants": [{"when": {"processing": "batch"}, "prices": {"input_mtok": 1}}]},
            {"id": "only", "prices": {"input_mtok": 7}}]}]"#;
        let base = litellm::read(base, &stamp()).unwrap();
        let other = genai::read(other, &stamp()).unwrap();
        let (sources, models) = merge(base, other);
        let table = PriceTable::new(sources, models);
        let model = table.resolve("x-ai", "m-20260101").model().unwrap();
        assert_eq!(model.provider, "xai");
        let rate = |dimension: &Dimension, at: &str, tier: Option<&str>| {
            let marks = tier.map(|tier| match tier {
                "batch" => (ConditionKey::Processing, tier.to_owned()),
                _ => (ConditionKey::ServiceTier, tier.to_owned()),
            });
            let marks = CallConditions(marks.into_iter().collect());
            let call = PriceCall::single(Timestamp::parse(at).unwrap(), &marks, 0);
            let found = model
                .select(dimension, &call, Timestamp::MAX)
                .unwrap()
                .unwrap();
            found.rate.per_million().unwrap().normalize().to_string()
        };
        let input = Dimension::INPUT;
        for (at, standard, priority, batch) in [
            ("2026-08-20T00:00:00Z", "5", "5", "2.5"),
            ("2026-08-21T00:00:00Z", "4", "9", "2"),
            ("2027-01-01T00:00:00Z", "3", "9", "1.5"),
        ] {
            assert_eq!(rate(&input, at, None), standard);
            assert_eq!(rate(&input, at, Some("priority")), priority);
            assert_eq!(rate(&input, at, Some("batch")), batch);
        }
        assert_eq!(
            rate(&Dimension::WEB_SEARCHES, "2026-01-01T00:00:00Z", None),
            "1000"
        );
        let only = table.resolve("xai", "only").model().unwrap();
        assert_eq!((only.provider.as_str(), only.prices[0].source), ("xai", 1));
    }
}
