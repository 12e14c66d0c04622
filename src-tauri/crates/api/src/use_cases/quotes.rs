//! What usage costs under a charge, apart from any customer.

use crate::app::App;
use crate::convert::{Reader, read_price_model};
use crate::error::{ApiError, ApiResult};
use crate::figures;
use crate::wire::{ChargeQuoteReply, ChargeQuoteRequest, DecimalString, QuoteText, QuoteTier};
use ratebook_catalog::json::Json;
use ratebook_catalog::{Issue, PriceModel, check};
use ratebook_money::{Currency, Quantity};
use ratebook_rating::price::document::read_usage;
use ratebook_rating::price::{Explain, PricedUsage};
use ratebook_rating::{Quote, Step, quote, quote_usage};

impl App {
    /// What quantities, or one usage of any other form, cost under a usage charge.
    pub async fn charge_quote(&self, request: ChargeQuoteRequest) -> ApiResult<ChargeQuoteReply> {
        let mut reader = Reader::default();
        let currency = reader.currency("currency", &request.currency);
        let price = read_price_model(&mut reader, "charge", &request.charge);
        let mut quantities = Vec::with_capacity(request.quantities.len());
        for (index, text) in request.quantities.iter().enumerate() {
            let path = format!("quantities[{index}]");
            quantities.extend(reader.keep(&path, Quantity::parse(text.0.trim())));
        }
        if let Some(price) = &price {
            // Whether the charge's meter can count such usage is asked when the plan is saved.
            let faults = check::price(price, "charge").into_iter();
            reader.faults(
                faults
                    .filter(|issue| issue.code != "not_for_meter")
                    .collect(),
            );
        }
        let usage = request.usage.as_deref();
        let usage = usage.and_then(|text| read_text(&mut reader, price.as_ref(), text, currency));
        let (Some(price), Some(currency)) = reader.done((price, currency))? else {
            return Err(ApiError::field("charge.model", "required"));
        };
        let quotes = match usage {
            Some(usage) => vec![of_usage(&price, &usage, currency)?],
            None => of_quantities(&price, quantities, currency)?,
        };
        Ok(ChargeQuoteReply { quotes })
    }
}

/// Reads the `usage` of a price document; faults go to the reader.
fn read_text(
    reader: &mut Reader,
    price: Option<&PriceModel>,
    text: &str,
    currency: Option<Currency>,
) -> Option<PricedUsage> {
    let json = match Json::parse(text) {
        Ok(json) => json,
        Err(error) => {
            reader.fault(Issue::new("usage", "not_json").with("detail", error));
            return None;
        }
    };
    match price? {
        PriceModel::Document { price } => match read_usage(price, &json, currency?) {
            Ok(usage) => Some(usage),
            Err(issues) => {
                reader.faults(issues);
                None
            }
        },
        PriceModel::PerUnit { .. } | PriceModel::Graduated { .. } | PriceModel::CostPlus { .. } => {
            reader.fault(Issue::new("usage", "one_of").with("other", "quantities"));
            None
        }
    }
}

fn of_quantities(
    price: &PriceModel,
    quantities: Vec<Quantity>,
    currency: Currency,
) -> ApiResult<Vec<QuoteText>> {
    let explain = match quantities.len() {
        1 => Explain::Steps,
        _ => Explain::Nothing,
    };
    let quotes = quantities.into_iter().map(|quantity| {
        let quoted = quote(price, quantity, currency, explain)?;
        Ok(text(&quoted, (&quantity).into()))
    });
    quotes.collect()
}

fn of_usage(price: &PriceModel, usage: &PricedUsage, currency: Currency) -> ApiResult<QuoteText> {
    let quoted = quote_usage(price, usage, currency)?;
    Ok(text(&quoted, DecimalString("0".to_owned())))
}

fn text(quoted: &Quote, quantity: DecimalString) -> QuoteText {
    let steps = quoted.steps.iter().cloned();
    let steps: Vec<Step> = steps.map(|step| Step::Price { step }).collect();
    QuoteText {
        steps: figures::steps(&steps),
        quantity,
        exact: DecimalString(quoted.exact.to_exact_string()),
        amount: quoted.amount.into(),
        tiers: quoted
            .tiers
            .iter()
            .map(|part| QuoteTier {
                tier: part.tier,
                quantity: (&part.quantity).into(),
                unit_price: (&part.unit_price.per_unit()).into(),
                flat_fee: DecimalString(part.flat_fee.to_exact_string()),
                amount: part.amount.into(),
            })
            .collect(),
    }
}
