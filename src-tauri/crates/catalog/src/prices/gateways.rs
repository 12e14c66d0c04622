//! What the readers of gateways' lists and of catalogues have in common: the outer shape of a list,
//! prices as text by key, and thresholds that compare with `>`.

use super::import::{ImportedTable, Rows, TableError, TableIssue, TableIssueKind, TableStamp};
use super::{Authority, ModelPrices};
use crate::json::{Json, Reader};
use crate::{Comparison, ContextThreshold, Dimension, PriceConditions};
use ratebook_money::parse_decimal;
use rust_decimal::prelude::ToPrimitive;

/// Reads one model of a list; what it cannot express goes to the issues.
type ReadModel = fn(&Json, &TableStamp, &mut Vec<TableIssue>) -> Option<ModelPrices>;

/// Reads an object whose `data` is a list of models, and who charges is who publishes it.
///
/// # Errors
/// [`TableError`] when the text is no JSON object with a list `data`.
pub(super) fn read_data(
    text: &str,
    stamp: &TableStamp,
    model: ReadModel,
) -> Result<ImportedTable, TableError> {
    let mut models = Vec::new();
    let mut issues = Vec::new();
    Reader::new(text).object::<TableError>(|reader, key| {
        if key != "data" {
            reader.skip()?;
            return Ok(());
        }
        reader.array::<TableError>(|reader| {
            let json = reader.build()?;
            models.extend(model(&json, stamp, &mut issues));
            Ok(())
        })
    })?;
    ImportedTable::of(stamp, Authority::Provider, models, issues)
}

/// The dimension that a key prices, or an issue.
pub(super) fn known<'d>(
    rows: &mut Rows,
    field: &str,
    prices: &'d [(&str, Dimension)],
    key: &str,
    value: &Json,
) -> Option<&'d Dimension> {
    let found = prices.iter().find(|(known, _)| *known == key);
    if found.is_none() {
        rows.issue(field, TableIssueKind::UnknownField, &format!("{value:?}"));
    }
    found.map(|(_, dimension)| dimension)
}

/// Adds the price of `per` units; a value that is no number is an issue.
pub(super) fn put(
    rows: &mut Rows,
    field: &str,
    dimension: &Dimension,
    value: &Json,
    per: u64,
    conditions: &PriceConditions,
) {
    let Some(text) = value.number() else {
        rows.issue(field, TableIssueKind::BadValue, &format!("{value:?}"));
        return;
    };
    if let Some(read) = rows.rate(field, text, per) {
        let from = rows.stamp.undated_from;
        let (dimension, conditions) = (dimension.clone(), conditions.clone());
        rows.add(field, dimension, conditions, Some(read), from);
    }
}

/// A whole number of tokens.
pub(super) fn tokens(json: &Json) -> Option<u64> {
    parse_decimal(json.number()?).ok()?.to_u64()
}

/// The same conditions, of calls with more tokens than this.
pub(super) fn above(conditions: &PriceConditions, tokens: u64) -> PriceConditions {
    PriceConditions {
        context: Some(ContextThreshold {
            tokens,
            comparison: Comparison::Above,
        }),
        ..conditions.clone()
    }
}
