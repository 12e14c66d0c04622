//! What a source reported in its own way of counting, and making disjoint quantities of it.

use crate::counts::{Convention, Counts, Impossible, disjoint};
use crate::draft::{Draft, DraftCost};
use crate::import::canonical::costs;
use crate::import::fields::{Value, has_parts, text};
use crate::import::issue::{Faults, IssueCode};
use crate::import::json::{Broken, Json, Scalar};
use crate::import::number;
use crate::names::rank;
use ratebook_catalog::Dimension;
use std::borrow::Cow;

/// The block `reported` of a canonical event.
#[derive(Default)]
pub(crate) struct Reading<'a> {
    convention: Cow<'a, str>,
    numbers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Reading<'a> {
    /// Numbers stand in the block itself or in `numbers`; costs may stand here too.
    pub(crate) fn read(
        &mut self,
        json: &mut Json<'a>,
        into: &mut Vec<DraftCost<'a>>,
        faults: &mut Faults,
    ) -> Result<(), Broken> {
        if !has_parts(json, "reported", faults)? {
            return Ok(());
        }
        json.object(|json, key| {
            match &*key {
                "convention" => self.convention = text(json, "reported", faults)?.or_empty(),
                "costs" => costs(json, into, faults)?,
                "numbers" if has_parts(json, "reported.numbers", faults)? => {
                    json.object(|json, key| self.number(json, key, faults))?;
                }
                "numbers" => {}
                "reconciles" => json.skip()?,
                _ => self.number(json, key, faults)?,
            }
            Ok(())
        })
    }

    fn number(
        &mut self,
        json: &mut Json<'a>,
        key: Cow<'a, str>,
        faults: &mut Faults,
    ) -> Result<(), Broken> {
        if let Value::Text(value) = text(json, &key, faults)? {
            self.numbers.push((key, value));
        }
        Ok(())
    }
}

/// Makes quantities of the reported numbers where the event has none of its own, and compares the
/// reported total with the sum of the classes.
pub(crate) fn apply<'a>(reading: Reading<'a>, draft: &mut Draft<'a>, faults: &mut Faults) {
    let total = reading.numbers.iter().find(|(name, _)| name == "total");
    let total = total.and_then(|(_, value)| {
        number::quantity(
            value,
            &Dimension::TOTAL_UNSPECIFIED,
            "reported.total",
            faults,
        )
    });
    if !draft.measured && !reading.convention.is_empty() {
        match Convention::parse(&reading.convention) {
            Some(convention) => {
                let counts = counts_of(&reading.numbers, faults);
                put_disjoint(convention, &counts, draft, faults);
            }
            None => {
                let value = [("value", &*reading.convention)];
                faults.refuse("reported.convention", IssueCode::UnknownConvention, &value);
            }
        }
    }
    compare_total(total, draft, faults);
    draft.convention = reading.convention;
    draft.numbers = reading.numbers;
}

/// Adds what the counts come to, or refuses the row.
pub(crate) fn put_disjoint(
    convention: Convention,
    counts: &Counts,
    draft: &mut Draft<'_>,
    faults: &mut Faults,
) {
    draft.measured |= *counts != Counts::default();
    let (field, code, part, whole) = match disjoint(convention, counts) {
        Ok(list) => {
            draft.quantities.extend(list);
            return;
        }
        Err(Impossible::CachedAboveInput { part, whole }) => (
            "cache_read_tokens",
            IssueCode::CachedAboveInput,
            part,
            whole,
        ),
        Err(Impossible::ReasoningAboveOutput { part, whole }) => (
            "output_reasoning_tokens",
            IssueCode::ReasoningAboveOutput,
            part,
            whole,
        ),
        Err(Impossible::PartsAboveWhole { part, whole }) => {
            ("quantities", IssueCode::PartsAboveWhole, part, whole)
        }
    };
    let (part, whole) = (part.to_string(), whole.to_string());
    faults.refuse(field, code, &[("part", &part), ("whole", &whole)]);
}

/// A total that the classes do not come to is noted; nobody guesses which of them is wrong.
pub(crate) fn compare_total(total: Option<i64>, draft: &Draft<'_>, faults: &mut Faults) {
    let Some(total) = total else { return };
    let tokens = draft
        .quantities
        .iter()
        .filter(|(dimension, _)| is_tokens(dimension));
    let sum = tokens.fold(0_i64, |sum, (_, count)| sum.saturating_add(*count));
    if sum != total && !faults.refused() {
        let (sum, total) = (sum.to_string(), total.to_string());
        faults.note(
            "total",
            IssueCode::TotalDiffers,
            &[("sum", &sum), ("total", &total)],
        );
    }
}

fn is_tokens(dimension: &Dimension) -> bool {
    matches!(dimension, Dimension::Known(_)) && rank(dimension).1.ends_with("_tokens")
}

fn counts_of(numbers: &[(Cow<'_, str>, Cow<'_, str>)], faults: &mut Faults) -> Counts {
    let mut counts = Counts::default();
    for (name, value) in numbers {
        let slot = match &**name {
            "input" => &mut counts.input,
            "cache_read" => &mut counts.cache_read,
            "cache_write" => &mut counts.cache_write,
            "cache_write_1h" => &mut counts.cache_write_1h,
            "input_audio" => &mut counts.input_audio,
            "input_image" => &mut counts.input_image,
            "input_tool" => &mut counts.input_tool,
            "output" => &mut counts.output,
            "reasoning" => &mut counts.reasoning,
            "output_audio" => &mut counts.output_audio,
            "output_image" => &mut counts.output_image,
            _ => continue,
        };
        *slot = number::quantity(
            value,
            &Dimension::INPUT,
            &format!("reported.{name}"),
            faults,
        );
    }
    counts
}

/// Reads a token count of a known field.
pub(crate) fn tokens(value: &Scalar<'_>, field: &str, faults: &mut Faults) -> Option<i64> {
    crate::import::fields::count(value, &Dimension::INPUT, field, faults)
}
