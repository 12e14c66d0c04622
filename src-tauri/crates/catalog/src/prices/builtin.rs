use super::import::{ImportedTable, TableError, TableIssue, TableStamp};
use super::{ModelPrices, PriceSource, merge, read};
use crate::json::Json;
use ratebook_money::{Date, Timestamp};

const LITELLM: &str = include_str!("../../data/litellm.json");
const GENAI: &str = include_str!("../../data/genai_prices.json");
const TABLES: &str = include_str!("../../data/tables.json");

/// The prices that a new book starts with.
#[derive(Clone, Debug)]
pub struct BuiltIn {
    /// The tables they come from.
    pub sources: Vec<PriceSource>,
    /// The models.
    pub models: Vec<ModelPrices>,
    /// What the tables say and the rows do not.
    pub issues: Vec<TableIssue>,
}

/// The built-in tables as one, learned by the book at `recorded_at`, in force from the beginning
/// of time where they give no date.
///
/// # Errors
/// [`TableError`] when the files that were built in are damaged; a test reads them.
pub fn built_in(recorded_at: Timestamp) -> Result<BuiltIn, TableError> {
    let mut tables = built_in_tables(recorded_at)?.into_iter();
    let (Some(base), Some(other)) = (tables.next(), tables.next()) else {
        return Err(TableError::UnknownFormat("tables.json".to_owned()));
    };
    let mut issues = base.issues.clone();
    issues.extend(other.issues.clone());
    let (sources, models) = merge::merge(base, other);
    Ok(BuiltIn {
        sources,
        models,
        issues,
    })
}

/// The built-in tables apart: litellm, genai-prices.
///
/// # Errors
/// As [`built_in`].
pub fn built_in_tables(recorded_at: Timestamp) -> Result<Vec<ImportedTable>, TableError> {
    let sources = Json::parse(TABLES)?;
    let texts = [LITELLM, GENAI];
    let pairs = sources.list().iter().zip(texts);
    let tables = pairs.map(|(source, text)| {
        let stamp = TableStamp {
            source: price_source(source)?,
            recorded_at,
            undated_from: Timestamp::MIN,
        };
        read(text, &stamp)
    });
    tables.collect()
}

fn price_source(json: &Json) -> Result<PriceSource, TableError> {
    let text = |key: &str| {
        let text = json.get(key).and_then(Json::text);
        let missing = || TableError::UnknownFormat(format!("tables.json: {key}"));
        text.map(str::to_owned).ok_or_else(missing)
    };
    let seen_on: Option<Date> = text("seen_on")?.parse().ok();
    Ok(PriceSource {
        name: text("name")?,
        version: text("version")?,
        address: text("address")?,
        seen_on: seen_on.ok_or(TableError::UnknownFormat("seen_on".to_owned()))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::TableIssueKind;
    use std::collections::{BTreeMap, BTreeSet, HashSet};

    #[test]
    fn a_book_starts_with_four_thousand_models_of_a_hundred_providers() {
        let built_in = built_in(Timestamp::MIN).unwrap();
        let providers: BTreeSet<&str> = built_in
            .models
            .iter()
            .map(|model| model.provider.as_str())
            .collect();
        assert!(built_in.models.len() >= 4_000, "{}", built_in.models.len());
        assert!(providers.len() >= 100, "{}", providers.len());
        let unknown: Vec<&TableIssue> = built_in
            .issues
            .iter()
            .filter(|issue| issue.kind == TableIssueKind::UnknownField)
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn at_any_instant_a_dimension_has_one_price_under_the_same_conditions() {
        let built_in = built_in(Timestamp::MIN).unwrap();
        let mut names = HashSet::new();
        for model in &built_in.models {
            let name = (model.provider.clone(), model.model.to_lowercase());
            assert!(
                names.insert(name),
                "{} {} twice",
                model.provider,
                model.model
            );
            let mut seen = HashSet::new();
            for row in &model.prices {
                let key = (&row.dimension, &row.conditions, row.valid_from);
                assert!(
                    seen.insert(key),
                    "{} {}: {key:?}",
                    model.provider,
                    model.model
                );
            }
        }
    }

    #[test]
    fn conditions_and_history_are_there() {
        let built_in = built_in(Timestamp::MIN).unwrap();
        let rows = || built_in.models.iter().flat_map(|model| &model.prices);
        let count =
            |wanted: &dyn Fn(&&super::super::ProviderPrice) -> bool| rows().filter(wanted).count();
        assert!(count(&|row| row.conditions.context.is_some()) > 1_000);
        assert!(count(&|row| row.conditions.window.is_some()) > 50);
        assert!(count(&|row| !row.conditions.equals.is_empty()) > 2_000);
        assert!(count(&|row| row.valid_from > Timestamp::MIN) > 300);
    }

    #[test]
    fn report_of_the_built_in_tables() {
        let built_in = built_in(Timestamp::MIN).unwrap();
        let mut kinds: BTreeMap<TableIssueKind, usize> = BTreeMap::new();
        for issue in &built_in.issues {
            *kinds.entry(issue.kind).or_default() += 1;
        }
        let rows: usize = built_in.models.iter().map(|model| model.prices.len()).sum();
        assert!(
            rows > 0,
            "{} models, {rows} rows, {kinds:?}",
            built_in.models.len()
        );
        assert_eq!(kinds.get(&TableIssueKind::BadValue), None);
    }
}
