//! A customer's month as the second engine knows it: what was agreed, and what was used.

use crate::price_parts::deal::{Number, Terms};
use ratebook_money::Date;

/// Zones whose changes of clocks the second engine knows by heart.
pub const ZONES: [&str; 5] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
];

#[derive(Clone, Debug)]
pub struct Month {
    /// One of [`ZONES`].
    pub zone: usize,
    pub first: Date,
    /// In the order of the invoice. Those of one plan are its versions, one after the other.
    pub deals: Vec<Deal>,
    pub uses: Vec<Use>,
    pub paid: Vec<Paid>,
}

#[derive(Clone, Debug)]
pub struct Deal {
    pub plan: usize,
    pub starts: Date,
    pub ends: Option<Date>,
    /// The first day of the version before.
    pub since: Option<Date>,
    pub rhythm: Rhythm,
    pub charges: Vec<Charged>,
    pub phases: Vec<Phase>,
    pub phases_from: Option<Date>,
    pub agreed: Vec<Change>,
    /// From which day on how many.
    pub seats: Vec<(Date, u32)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// How a plan bills.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rhythm {
    pub unit: Unit,
    pub count: i64,
    pub anniversary: bool,
    pub seconds: bool,
}

#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "a month has a handful of them")]
pub enum Charged {
    /// Cents; in advance; for each seat.
    Fee(i64, bool, bool),
    OneOff(i64),
    Minimum(i64),
    Credit(i64),
    /// A count of events, or a sum of pages.
    Usage(Meter, Price),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meter {
    Events,
    Pages,
}

/// A price with all that is applied to it.
#[derive(Clone, PartialEq, Debug)]
pub struct Price {
    pub terms: Terms,
    /// Whether the plan has it as a price model of its own and not as a document.
    pub plain: bool,
}

#[derive(Clone, Debug)]
pub struct Phase {
    pub span: Span,
    pub changes: Vec<Change>,
}

#[derive(Clone, Copy, Debug)]
pub enum Span {
    Periods(u32, u32),
    Days(Date, Date),
}

/// What is different about a charge.
#[derive(Clone, Debug)]
pub struct Change {
    pub charge: usize,
    pub off: bool,
    /// Cents.
    pub amount: Option<i64>,
    pub price: Option<Price>,
    pub included: Option<Number>,
    pub minimum: Option<Number>,
}

/// Events of a minute of a day.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    pub day: Date,
    pub minute: i64,
    pub events: u32,
    /// Hundredths.
    pub pages: u32,
}

/// A fee that an earlier invoice charged in advance.
#[derive(Clone, Copy, Debug)]
pub struct Paid {
    pub deal: usize,
    pub charge: usize,
    pub first: Date,
    pub last: Date,
    pub cents: i64,
    pub seats: Option<u32>,
    pub of: Option<u32>,
    pub seconds: bool,
}

/// What both engines must agree on.
#[derive(PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// Deal, charge, first and last day, cents; sorted.
    pub lines: Vec<(usize, usize, Date, Date, i128)>,
    /// Events that no charge of the month counts, and those that another month bills.
    pub excluded: u64,
    pub elsewhere: u64,
    /// Charge, cents, seconds from the start of the month to those of the credit.
    pub credits: Vec<(String, i64, i64, i64)>,
}
