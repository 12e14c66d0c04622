use crate::counts::Convention;
use crate::{hash, names};
use ratebook_catalog::{ConditionKey, Dimension, Issue};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What the columns of a table mean; saved, to be used again for the next file of the same kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ColumnMapping {
    /// Column name to meaning. Columns without one are not read.
    pub columns: BTreeMap<String, Field>,
    /// The same for every row; a column's own value goes before.
    pub constants: BTreeMap<Constant, String>,
    /// Whether cached and reasoning tokens are inside the counts that contain them.
    pub counting: Counting,
    /// The decimal sign. Chosen by a person, never guessed.
    pub decimal_sign: DecimalSign,
    /// How times are written.
    pub time_format: TimeFormat,
    /// Minutes that the table's clock is ahead of UTC, for times that name no zone.
    pub offset_minutes: i16,
}

/// A value that the table does not have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Constant {
    /// Source, half of the identity.
    Source,
    /// Name of the events; without one they are model calls.
    EventName,
    /// The customer.
    Customer,
    /// The provider.
    Provider,
    /// The model.
    Model,
}

/// How the table counts tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Each token stands in one column only.
    #[default]
    Disjoint,
    /// The input contains the cached tokens, the output the reasoning.
    Inclusive,
    /// Cached tokens come on top of the input, the output contains the reasoning.
    Exclusive,
}

/// The decimal sign of numbers with a fraction.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// `1234.5`; a comma in a number is a fault.
    #[default]
    Point,
    /// `1234,5`; a point in a number is a fault.
    Comma,
}

/// How times are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeFormat {
    /// `2026-10-01T00:00:00Z`, `2026-10-01 00:00:00.1234567`, or a number since 1970 in seconds,
    /// milliseconds, microseconds or nanoseconds.
    #[default]
    Iso,
    /// `01.10.2026 13:00:00` or with slashes; the day first.
    DayFirst,
    /// `10/01/2026 13:00:00`; the month first.
    MonthFirst,
}

/// The meaning of one column. Its text form is what is saved and what the window shows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Field {
    /// `id`: the event's id at its source.
    Id,
    /// `source`
    Source,
    /// `time`: when it happened.
    Time,
    /// `customer`
    Customer,
    /// `provider`
    Provider,
    /// `model`
    Model,
    /// `event_name`
    EventName,
    /// `total`: the sum of all tokens as reported, only compared.
    Total,
    /// `quantity.<dimension>`
    Quantity(Dimension),
    /// `condition.<name>`
    Condition(ConditionKey),
    /// `dimension.<key>`: a further fact to filter and group by.
    Dim(String),
    /// `cost.<kind>.<currency>`: a cost that somebody else reports.
    Cost {
        /// `charged`, `upstream`, `computed_by_source`, …
        kind: String,
        /// ISO 4217 code.
        currency: String,
    },
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id => f.write_str("id"),
            Self::Source => f.write_str("source"),
            Self::Time => f.write_str("time"),
            Self::Customer => f.write_str("customer"),
            Self::Provider => f.write_str("provider"),
            Self::Model => f.write_str("model"),
            Self::EventName => f.write_str("event_name"),
            Self::Total => f.write_str("total"),
            Self::Quantity(dimension) => write!(f, "quantity.{dimension}"),
            Self::Condition(key) => write!(f, "condition.{}", hash::condition_name(*key)),
            Self::Dim(key) => write!(f, "dimension.{key}"),
            Self::Cost { kind, currency } => write!(f, "cost.{kind}.{currency}"),
        }
    }
}

impl From<Field> for String {
    fn from(field: Field) -> Self {
        field.to_string()
    }
}

impl TryFrom<String> for Field {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("\"{text}\" is not a field of a usage event"))
    }
}

impl Field {
    /// The field with this text form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((kind, rest)) = text.split_once('.') {
            return match kind {
                "quantity" => names::dimension(rest).map(Self::Quantity),
                "condition" => hash::condition(rest).map(Self::Condition),
                "dimension" if !rest.is_empty() => Some(Self::Dim(rest.to_owned())),
                "cost" => {
                    let (kind, currency) = rest.split_once('.')?;
                    let (kind, currency) = (kind.to_owned(), currency.to_owned());
                    Some(Self::Cost { kind, currency })
                }
                _ => None,
            };
        }
        Some(match text {
            "id" => Self::Id,
            "source" => Self::Source,
            "time" => Self::Time,
            "customer" => Self::Customer,
            "provider" => Self::Provider,
            "model" => Self::Model,
            "event_name" => Self::EventName,
            "total" => Self::Total,
            _ => return None,
        })
    }
}

impl Default for ColumnMapping {
    /// Nothing is mapped.
    fn default() -> Self {
        Self {
            columns: BTreeMap::new(),
            constants: BTreeMap::new(),
            counting: Counting::default(),
            decimal_sign: DecimalSign::default(),
            time_format: TimeFormat::default(),
            offset_minutes: 0,
        }
    }
}

impl Counting {
    /// The convention it stands for.
    #[must_use]
    pub fn convention(self) -> Convention {
        match self {
            Self::Disjoint => Convention::Disjoint,
            Self::Inclusive => Convention::Inclusive,
            Self::Exclusive => Convention::Exclusive,
        }
    }
}

impl ColumnMapping {
    /// Everything that keeps the mapping from being used for a table with these columns.
    #[must_use]
    pub fn check(&self, header: &[String]) -> Vec<Issue> {
        let mut issues = Vec::new();
        let mut taken = BTreeSet::new();
        for (column, field) in &self.columns {
            let path = format!("columns.{column}");
            if !header.contains(column) {
                issues.push(Issue::new(path.clone(), "no_such_column"));
            }
            if !taken.insert(field) {
                issues.push(Issue::new(path, "field_taken").with("field", field));
            }
        }
        let has = |field: Field| taken.contains(&field);
        let set = |constant| {
            self.constants
                .get(&constant)
                .is_some_and(|text| !text.is_empty())
        };
        if !has(Field::Time) {
            issues.push(Issue::new("time", "required"));
        }
        if !has(Field::Customer) && !set(Constant::Customer) {
            issues.push(Issue::new("customer", "required"));
        }
        let own = has(Field::EventName) || set(Constant::EventName);
        if !own && !has(Field::Model) && !set(Constant::Model) {
            issues.push(Issue::new("model", "required"));
        }
        if !taken
            .iter()
            .any(|field| matches!(field, Field::Quantity(_)))
        {
            issues.push(Issue::new("quantities", "required"));
        }
        if self.offset_minutes.unsigned_abs() > 14 * 60 {
            issues.push(Issue::new("offsetMinutes", "out_of_range"));
        }
        issues
    }
}
