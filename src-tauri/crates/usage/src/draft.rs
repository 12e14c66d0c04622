use crate::UsageEvent;
use ratebook_catalog::{ConditionKey, Dimension};
use ratebook_money::Timestamp;
use std::borrow::Cow;

/// A row as a format understood it, borrowing from the row; the raw material of an event.
#[derive(Default)]
pub(crate) struct Draft<'a> {
    pub(crate) source: Cow<'a, str>,
    pub(crate) id: Cow<'a, str>,
    pub(crate) event_name: Cow<'a, str>,
    pub(crate) at: Option<Timestamp>,
    pub(crate) customer: Cow<'a, str>,
    pub(crate) provider: Cow<'a, str>,
    pub(crate) model: Cow<'a, str>,
    pub(crate) conditions: Vec<(ConditionKey, Cow<'a, str>)>,
    /// Whether the source gave any quantity, be it zero.
    pub(crate) measured: bool,
    /// Disjoint, in the dimension's smallest unit.
    pub(crate) quantities: Vec<(Dimension, i64)>,
    pub(crate) dims: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    pub(crate) convention: Cow<'a, str>,
    pub(crate) numbers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    pub(crate) costs: Vec<DraftCost<'a>>,
}

/// A reported cost; see [`crate::ReportedCost`].
#[derive(Default, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DraftCost<'a> {
    pub(crate) kind: Cow<'a, str>,
    pub(crate) amount: Cow<'a, str>,
    pub(crate) currency: Cow<'a, str>,
}

impl<'a> Draft<'a> {
    /// The same facts as an event. A quantity that does not fit its dimension's smallest unit is
    /// an error of whoever made the event and is left out here; batches refuse it before.
    pub(crate) fn of(event: &'a UsageEvent) -> Self {
        let smallest = |(dimension, quantity): &(Dimension, ratebook_money::Quantity)| {
            let count = quantity.to_smallest(dimension.decimal_places()).ok()?;
            Some((dimension.clone(), count))
        };
        let pair = |(key, value): (&'a String, &'a String)| {
            (Cow::Borrowed(key.as_str()), Cow::Borrowed(value.as_str()))
        };
        let costs = event.reported.costs.iter();
        Self {
            source: Cow::Borrowed(&event.source),
            id: Cow::Borrowed(&event.id),
            event_name: Cow::Borrowed(&event.event_name),
            at: Some(event.at),
            customer: Cow::Borrowed(&event.customer_ref),
            provider: Cow::Borrowed(&event.provider),
            model: Cow::Borrowed(&event.model),
            conditions: event
                .conditions
                .0
                .iter()
                .map(|(k, v)| (*k, Cow::Borrowed(&**v)))
                .collect(),
            measured: true,
            quantities: event.quantities.iter().filter_map(smallest).collect(),
            dims: event.dims.iter().map(pair).collect(),
            convention: Cow::Borrowed(&event.reported.convention),
            numbers: event.reported.numbers.iter().map(pair).collect(),
            costs: costs
                .map(|cost| DraftCost {
                    kind: Cow::Borrowed(&cost.kind),
                    amount: Cow::Borrowed(&cost.amount),
                    currency: Cow::Borrowed(&cost.currency),
                })
                .collect(),
        }
    }
}
