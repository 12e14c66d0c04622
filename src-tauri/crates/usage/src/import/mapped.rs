//! Rows of a table through a column mapping.

use crate::MODEL_CALL;
use crate::counts::{Convention, Counts};
use crate::draft::{Draft, DraftCost};
use crate::import::fields::read_time;
use crate::import::issue::{Faults, IssueCode};
use crate::import::mapping::{ColumnMapping, Constant, DecimalSign, Field, TimeFormat};
use crate::import::reported::{compare_total, put_disjoint};
use crate::import::{number, time};
use ratebook_catalog::Dimension;
use ratebook_money::Timestamp;
use std::borrow::Cow;

/// A mapping laid over the columns of one table.
pub(crate) struct Mapped {
    /// By column of the table.
    fields: Vec<(String, Option<Field>)>,
    mapping: ColumnMapping,
}

impl Mapped {
    pub(crate) fn new(header: &[String], mapping: ColumnMapping) -> Self {
        let field = |name: &String| (name.clone(), mapping.columns.get(name).cloned());
        Self {
            fields: header.iter().map(field).collect(),
            mapping,
        }
    }

    /// Reads one row. The id stays empty when the table has none.
    pub(crate) fn read<'a>(&'a self, cells: Vec<Cow<'a, str>>, faults: &mut Faults) -> Draft<'a> {
        let mut draft = Draft::default();
        let (mut counts, mut total) = (Counts::default(), None);
        for ((name, field), cell) in self.fields.iter().zip(cells) {
            let Some(field) = field else { continue };
            if cell.is_empty() {
                continue;
            }
            match field {
                Field::Id => draft.id = cell,
                Field::Source => draft.source = cell,
                Field::Time => draft.at = self.time(&cell, name, faults),
                Field::Customer => draft.customer = cell,
                Field::Provider => draft.provider = cell,
                Field::Model => draft.model = cell,
                Field::EventName => draft.event_name = cell,
                Field::Total => {
                    let text = self.decimal(&cell);
                    total = number::quantity(&text, &Dimension::INPUT, name, faults);
                }
                Field::Quantity(dimension) => {
                    let text = self.decimal(&cell);
                    let count = number::quantity(&text, dimension, name, faults);
                    self.count(dimension, count, &mut counts, &mut draft);
                    if self.mapping.counting.convention() != Convention::Disjoint {
                        draft.numbers.push((Cow::Borrowed(name), cell));
                    }
                }
                Field::Condition(key) => draft.conditions.push((*key, cell)),
                Field::Dim(key) => draft.dims.push((Cow::Borrowed(key), cell)),
                Field::Cost { kind, currency } => draft.costs.push(DraftCost {
                    kind: Cow::Borrowed(kind),
                    amount: Cow::Owned(self.decimal(&cell).into_owned()),
                    currency: Cow::Borrowed(currency),
                }),
            }
        }
        self.complete(&mut draft);
        let convention = self.mapping.counting.convention();
        if convention != Convention::Disjoint {
            draft.convention = Cow::Borrowed(convention.as_str());
        }
        put_disjoint(convention, &counts, &mut draft, faults);
        compare_total(total, &draft, faults);
        draft
    }

    fn complete<'a>(&'a self, draft: &mut Draft<'a>) {
        let constants = &self.mapping.constants;
        for (constant, slot) in [
            (Constant::Source, &mut draft.source),
            (Constant::EventName, &mut draft.event_name),
            (Constant::Customer, &mut draft.customer),
            (Constant::Provider, &mut draft.provider),
            (Constant::Model, &mut draft.model),
        ] {
            if slot.is_empty() {
                let value = constants.get(&constant).map_or("", String::as_str);
                *slot = Cow::Borrowed(value);
            }
        }
        if draft.event_name.is_empty() {
            draft.event_name = Cow::Borrowed(MODEL_CALL);
        }
    }

    /// Counts that a convention joins go there, all others are disjoint as they are. A requests
    /// column that says 0 must reach the check, which would count the call otherwise.
    fn count(
        &self,
        dimension: &Dimension,
        count: Option<i64>,
        counts: &mut Counts,
        draft: &mut Draft<'_>,
    ) {
        draft.measured |= count.is_some();
        let joined = self.mapping.counting.convention() != Convention::Disjoint;
        let slot = match *dimension {
            Dimension::INPUT if joined => &mut counts.input,
            Dimension::CACHE_READ if joined => &mut counts.cache_read,
            Dimension::CACHE_WRITE if joined => &mut counts.cache_write,
            Dimension::CACHE_WRITE_1H if joined => &mut counts.cache_write_1h,
            Dimension::INPUT_AUDIO if joined => &mut counts.input_audio,
            Dimension::INPUT_IMAGE if joined => &mut counts.input_image,
            Dimension::OUTPUT if joined => &mut counts.output,
            Dimension::OUTPUT_REASONING if joined => &mut counts.reasoning,
            Dimension::OUTPUT_AUDIO if joined => &mut counts.output_audio,
            Dimension::OUTPUT_IMAGE if joined => &mut counts.output_image,
            _ => {
                draft
                    .quantities
                    .extend(count.map(|count| (dimension.clone(), count)));
                return;
            }
        };
        *slot = count;
    }

    /// The number with a point, or as it is when it is written against the chosen sign: then it
    /// is refused as no number.
    fn decimal<'c>(&self, cell: &'c str) -> Cow<'c, str> {
        match self.mapping.decimal_sign {
            DecimalSign::Comma if cell.contains('.') => Cow::Owned(cell.replace('.', " . ")),
            DecimalSign::Comma if cell.contains(',') => Cow::Owned(cell.replacen(',', ".", 1)),
            DecimalSign::Comma | DecimalSign::Point => Cow::Borrowed(cell),
        }
    }

    fn time(&self, cell: &str, column: &str, faults: &mut Faults) -> Option<Timestamp> {
        let order = match self.mapping.time_format {
            TimeFormat::Iso => {
                if let Some(at) = time::day(cell) {
                    return Some(self.moved(at));
                }
                let at = read_time(cell, column, faults)?;
                return Some(if time::names_zone(cell) {
                    at
                } else {
                    self.moved(at)
                });
            }
            TimeFormat::DayFirst => time::Order::DayFirst,
            TimeFormat::MonthFirst => time::Order::MonthFirst,
        };
        let at = time::local(cell, order);
        if at.is_none() {
            faults.refuse(column, IssueCode::NotATime, &[("value", cell)]);
        }
        at.map(|at| self.moved(at))
    }

    fn moved(&self, at: Timestamp) -> Timestamp {
        let ahead = i64::from(self.mapping.offset_minutes).saturating_mul(60_000_000);
        Timestamp::from_micros(at.micros().saturating_sub(ahead))
    }
}
