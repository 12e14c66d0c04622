use crate::RatingInput;
use crate::window::Window;
use ratebook_catalog::prices::ModelPrices;
use ratebook_money::{MoneyError, Timestamp};

/// The instants inside the period at which the price of some usage may change: a subscription
/// begins or ends, a markup rule or a provider price comes into force. A sum of usage may not span
/// one of them; besides, where a price holds on some weekdays only, it may not span an hour.
///
/// Sorted, without the period's own borders.
///
/// # Errors
/// [`MoneyError::NotATime`] when a subscription's day lies outside of the calendar.
pub fn boundaries(input: &RatingInput) -> Result<Vec<Timestamp>, MoneyError> {
    let mut instants = of_terms(input)?;
    for model in input.prices.models() {
        instants.extend(of_model(input, model));
    }
    Ok(sorted(instants))
}

/// Those of subscriptions and markup rules.
pub(crate) fn of_terms(input: &RatingInput) -> Result<Vec<Timestamp>, MoneyError> {
    let mut instants = Vec::new();
    for subscribed in input.subscriptions {
        if let Some(window) = Window::of(input, subscribed)? {
            instants.extend([window.from, window.to]);
        }
    }
    let known = input.rules.iter().filter(|r| r.recorded_at <= input.as_of);
    instants.extend(known.map(|rule| rule.valid_from));
    instants.retain(|at| inside(input, *at));
    Ok(sorted(instants))
}

/// Those of one model's prices.
pub(crate) fn of_model<'a>(
    input: &'a RatingInput,
    model: &'a ModelPrices,
) -> impl Iterator<Item = Timestamp> + 'a {
    let rows = model.prices.iter();
    rows.filter(|row| row.recorded_at <= input.as_of && inside(input, row.valid_from))
        .map(|row| row.valid_from)
}

/// Whether some price of the model depends on the day of the week.
pub(crate) fn has_weekdays(model: &ModelPrices) -> bool {
    let mut windows = model
        .prices
        .iter()
        .filter_map(|row| row.conditions.window.as_ref());
    windows.any(|window| window.days.is_some())
}

pub(crate) fn sorted(mut instants: Vec<Timestamp>) -> Vec<Timestamp> {
    instants.sort_unstable();
    instants.dedup();
    instants
}

fn inside(input: &RatingInput, at: Timestamp) -> bool {
    input.period.from < at && at < input.period.to
}
