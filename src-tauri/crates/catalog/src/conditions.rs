use chrono::Datelike;
use ratebook_money::{Timestamp, Zone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a call can be marked with that may choose another rate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKey {
    /// `flex`, `priority`, `fast`, … Absent means the default tier.
    ServiceTier,
    /// `batch`, `decisions`. Absent means a live call.
    Processing,
    /// `fast`.
    Speed,
    /// Region, geography or data residency of the call.
    Region,
    /// Route of an aggregator.
    Route,
    /// Size, quality, resolution, search context size, guardrail policy.
    Variant,
    /// Kind of search.
    SearchType,
}

/// Everything about one call, beside model and quantities, that may choose a rate. Decided per
/// call and kept beside the quantities. Values are lower case.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallConditions(pub BTreeMap<ConditionKey, String>);

/// When a price row holds. A row with more conditions is more specific and wins.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub struct PriceConditions {
    /// Marks that the call must carry.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub equals: BTreeMap<ConditionKey, String>,
    /// Size of the whole input from which on the whole call has this price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<ContextThreshold>,
    /// Part of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<TimeWindow>,
}

/// A context threshold with its own comparison, kept with the price.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct ContextThreshold {
    /// Input tokens of the call, cached ones included.
    pub tokens: u64,
    /// How the call's input is compared with it.
    pub comparison: Comparison,
}

/// Above, or at and above.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Comparison {
    /// `input > tokens`.
    #[serde(rename = ">")]
    Above,
    /// `input >= tokens`.
    #[serde(rename = ">=")]
    AtLeast,
}

/// A part of the day in UTC minutes, `[from, to)`; it wraps past midnight when `to <= from`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct TimeWindow {
    /// First minute inside, 0 to 1439.
    pub from: u16,
    /// First minute after it, 0 to 1440.
    pub to: u16,
    /// Days on which it holds; absent means every day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Weekdays>,
}

/// Days of the week, counted in a zone that the provider names.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Weekdays {
    /// 1 = Monday … 7 = Sunday.
    pub days: Vec<u8>,
    /// The zone's name; absent means UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

impl PriceConditions {
    /// Whether nothing is asked of the call.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.equals.is_empty() && self.context.is_none() && self.window.is_none()
    }

    /// The conditions of calls with these marks.
    #[must_use]
    pub fn marked(key: ConditionKey, value: &str) -> Self {
        Self {
            equals: BTreeMap::from([(key, value.to_owned())]),
            ..Self::default()
        }
    }

    /// How specific they are; where several rows hold, the greatest wins: a way of processing
    /// before a part of the day, that before a context threshold (the higher one, and at the same
    /// number the stricter comparison), that before the number of other marks. The order is total,
    /// so that no two different conditions ever tie.
    #[must_use]
    pub fn specificity(&self) -> impl Ord + '_ {
        let processing = self.equals.contains_key(&ConditionKey::Processing);
        let days = self.window.as_ref().map(|window| window.days.is_some());
        let context = self
            .context
            .map(|context| (context.tokens, context.comparison == Comparison::Above));
        (processing, days, context, self.equals.len(), self)
    }
}

impl TimeWindow {
    /// Whether it covers a minute of the day, whatever the day.
    #[must_use]
    pub fn covers_minute(&self, minute: u16) -> bool {
        if self.from < self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }

    /// Whether it holds at an instant.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        let Some(days) = &self.days else {
            return self.covers_minute(at.minute_of_day());
        };
        self.covers_minute(at.minute_of_day()) && days.hold(at)
    }
}

impl Weekdays {
    /// Whether an instant falls on one of the days, on the calendar of their zone. A zone that is
    /// not known counts as UTC; the readers of price tables report it.
    #[must_use]
    pub fn hold(&self, at: Timestamp) -> bool {
        let zone = self.zone.as_deref().and_then(|name| Zone::parse(name).ok());
        let day = zone.unwrap_or(Zone::UTC).date_of(at).weekday();
        self.days
            .iter()
            .any(|known| u32::from(*known) == day.number_from_monday())
    }
}

impl ContextThreshold {
    /// Whether a call with so many input tokens falls under it.
    #[must_use]
    pub fn holds(self, input_tokens: u64) -> bool {
        match self.comparison {
            Comparison::Above => input_tokens > self.tokens,
            Comparison::AtLeast => input_tokens >= self.tokens,
        }
    }
}
