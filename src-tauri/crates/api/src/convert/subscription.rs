use super::{Reader, read_changes, write_change};
use crate::wire::{AgreedText, DecimalString, SeatText, SubscriptionText};
use ratebook_catalog::{
    Agreed, CustomerId, Issue, PlanVersionId, SeatCount, Subscription, SubscriptionId,
};
use ratebook_money::Currency;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Reads a subscription; faults go to the reader. `fresh` is the id of a new one, `currency` that
/// of its plan.
pub(crate) fn read_subscription(
    reader: &mut Reader,
    text: &SubscriptionText,
    fresh: SubscriptionId,
    currency: Option<Currency>,
) -> Option<Subscription> {
    let id = match text.id.as_str() {
        "" => Some(fresh),
        id => reader.keep("id", SubscriptionId::parse(id)),
    };
    let customer = reader.keep("customerId", CustomerId::parse(&text.customer_id));
    let version = reader.keep("planVersionId", PlanVersionId::parse(&text.plan_version_id));
    let starts_on = reader.date("startsOn", &text.starts_on);
    let ends_on = text.ends_on.as_deref().filter(|day| !day.is_empty());
    let ends_on = ends_on.map(|day| reader.date("endsOn", day));
    let agreed = read_agreed(reader, &text.agreed, currency);
    Some(Subscription {
        id: id?,
        customer: customer?,
        plan_version: version?,
        starts_on: starts_on?,
        ends_on: ends_on.flatten(),
        agreed,
    })
}

fn read_agreed(reader: &mut Reader, text: &AgreedText, currency: Option<Currency>) -> Agreed {
    let since = text.since.as_deref().filter(|day| !day.is_empty());
    let since = since.and_then(|day| reader.date("since", day));
    let seats = text.seats.iter().enumerate();
    let seats = seats.map(|(index, seats)| {
        let path = format!("seats[{index}]");
        let from = reader.date(&format!("{path}.from"), &seats.from);
        let count = read_count(reader, &format!("{path}.count"), &seats.count);
        Some(SeatCount {
            from: from?,
            count: count?,
        })
    });
    // Each, or none: their order can only be told of all of them.
    let seats: Vec<Option<SeatCount>> = seats.collect();
    let seats = seats.into_iter().collect::<Option<_>>().unwrap_or_default();
    let phases_from = text.phases_from.as_deref().filter(|day| !day.is_empty());
    let phases_from = phases_from.and_then(|day| reader.date("phasesFrom", day));
    let changes = text.overrides.as_deref().unwrap_or_default();
    // Without a plan there is no currency to read them in, and the plan is the fault.
    let overrides = currency.map(|currency| read_changes(reader, "overrides", changes, currency));
    Agreed {
        since,
        seats,
        phases_from,
        overrides: overrides.unwrap_or_default(),
    }
}

/// A whole number, zero or more.
fn read_count(reader: &mut Reader, path: &str, text: &DecimalString) -> Option<u32> {
    let number = reader.keep(path, ratebook_money::parse_decimal(text.0.trim()))?;
    let fault = if number < Decimal::ZERO {
        "negative"
    } else if !number.fract().is_zero() {
        "not_whole"
    } else if let Some(count) = number.to_u32() {
        return Some(count);
    } else {
        "too_large"
    };
    reader.fault(Issue::new(path, fault).with("value", number));
    None
}

/// What is agreed, as the wire has it.
pub(crate) fn write_agreed(agreed: &Agreed) -> AgreedText {
    let seats = agreed.seats.iter().map(|seats| SeatText {
        from: seats.from.to_string(),
        count: DecimalString(seats.count.to_string()),
    });
    AgreedText {
        since: agreed.since.map(|day| day.to_string()),
        seats: seats.collect(),
        phases_from: agreed.phases_from.map(|day| day.to_string()),
        overrides: (!agreed.overrides.is_empty())
            .then(|| agreed.overrides.iter().map(write_change).collect()),
    }
}
