use super::charge::write_usage_price;
use super::{Reader, read_amount, read_price_model};
use crate::wire::{ChangeText, DecimalString};
use ratebook_catalog::{ChargeChange, Issue};
use ratebook_money::Currency;

/// Reads what is different about charges; faults go to the reader.
pub(crate) fn read_changes(
    reader: &mut Reader,
    path: &str,
    changes: &[ChangeText],
    currency: Currency,
) -> Vec<ChargeChange> {
    let read = changes.iter().enumerate().map(|(index, change)| {
        let path = format!("{path}[{index}]");
        read_change(reader, &path, change, currency)
    });
    read.collect()
}

fn read_change(
    reader: &mut Reader,
    path: &str,
    text: &ChangeText,
    currency: Currency,
) -> ChargeChange {
    if text.charge.trim().is_empty() {
        reader.fault(Issue::new(format!("{path}.charge"), "required"));
    }
    let is_given = |text: &&DecimalString| !text.0.trim().is_empty();
    let amount = text.amount.as_ref().filter(is_given);
    let amount = amount.and_then(|amount| read_amount(reader, path, Some(amount), currency));
    let price = text.price.as_ref();
    let price = price.and_then(|own| read_price_model(reader, &format!("{path}.price"), own));
    ChargeChange {
        charge: text.charge.trim().to_owned(),
        off: text.off == Some(true),
        amount,
        price,
        included: reader.optional_decimal(&format!("{path}.included"), text.included.as_ref()),
        minimum: reader.optional_decimal(&format!("{path}.minimum"), text.minimum.as_ref()),
    }
}

/// What is different about a charge, as the wire has it.
pub(crate) fn write_change(change: &ChargeChange) -> ChangeText {
    ChangeText {
        charge: change.charge.clone(),
        off: change.off.then_some(true),
        amount: change.amount.map(|amount| DecimalString(amount.number())),
        price: change.price.as_ref().map(write_usage_price),
        included: change.included.as_ref().map(Into::into),
        minimum: change.minimum.as_ref().map(Into::into),
    }
}
