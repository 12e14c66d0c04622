use crate::wire::{DecimalString, OwnPriceText};
use ratebook_catalog::{Dimension, OwnPrice};
use ratebook_rating::listed;

/// Writes a price of one's own: of tokens per million, and so where it holds for all dimensions.
pub(crate) fn write_own(own: &OwnPrice, dimension: Option<&Dimension>) -> OwnPriceText {
    match own {
        OwnPrice::Price { rate } => {
            let dimension = dimension.unwrap_or(&Dimension::INPUT);
            let price = listed(*rate, dimension).ok();
            OwnPriceText {
                kind: "price".to_owned(),
                price: price.map(|price| DecimalString(price.normalize().to_string())),
                typed: None,
                formula: None,
                currency: rate.currency().to_string(),
            }
        }
        OwnPrice::Formula(formula) => OwnPriceText {
            kind: "formula".to_owned(),
            price: None,
            typed: Some(formula.typed.clone()),
            formula: Some(formula.formula.to_string()),
            currency: formula.currency.to_string(),
        },
    }
}
