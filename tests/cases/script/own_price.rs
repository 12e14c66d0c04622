//! Prices of one's own in a rule of a case.

use super::{Read, Words, condition, decimal, text};
use ratebook_catalog::{
    Comparison, ContextThreshold, Formula, OwnPrice, PriceConditions, PriceFormula,
};
use ratebook_money::{Exact, Rate};
use rust_decimal::Decimal;

/// `sold 11.18/M EUR`: a list price.
pub(super) fn list(words: &mut Words) -> Read<OwnPrice> {
    let price = words.next("a price")?;
    let currency = words.currency()?;
    let value = match price.strip_suffix("/M") {
        Some(per_million) => {
            let millionth = Exact::from_decimal(Decimal::new(1, 6));
            let exact = Exact::from_decimal(decimal(per_million)?).times(millionth);
            exact.and_then(Exact::to_decimal).map_err(text)?
        }
        None => decimal(&price)?,
    };
    let rate = Rate::new(value, currency).map_err(text)?;
    Ok(OwnPrice::Price { rate })
}

/// `formula "= cost * 1.3" EUR`: a computed price, in list units.
pub(super) fn formula(words: &mut Words) -> Read<OwnPrice> {
    let typed = words.next("a formula")?;
    Ok(OwnPrice::Formula(PriceFormula {
        formula: Formula::parse(&typed).map_err(text)?,
        typed,
        currency: words.currency()?,
    }))
}

/// `when base`, `when context>200000`, `when processing=batch`: exactly these conditions.
pub(super) fn when(words: &mut Words) -> Read<PriceConditions> {
    let word = words.next("conditions")?;
    if word == "base" {
        return Ok(PriceConditions::default());
    }
    let mut conditions = PriceConditions::default();
    for part in word.split(',') {
        if let Some((key, value)) = part.split_once('=') {
            conditions.equals.insert(condition(key)?, value.to_owned());
        } else if let Some(tokens) = part.strip_prefix("context>") {
            conditions.context = Some(ContextThreshold {
                tokens: super::number(tokens)?,
                comparison: Comparison::Above,
            });
        } else {
            return Err(format!("\"{part}\" is no condition"));
        }
    }
    Ok(conditions)
}
