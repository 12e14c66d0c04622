use crate::app::App;
use crate::convert::{Reader, read_price_model};
use crate::error::{ApiError, ApiResult};
use crate::wire::{
    ChargeCompareReply, ChargeCompareRequest, ComparedText, Count, DecimalString, MovedText,
    UsedText,
};
use ratebook_catalog::pricing::Model;
use ratebook_catalog::{PriceModel, check};
use ratebook_money::{Amount, Currency, Money, Quantity, Rate};
use ratebook_rating::{Compared, Comparison, Moved, Used, compare, margin};
use rust_decimal::Decimal;

/// A request that was read.
struct Asked {
    before: Option<PriceModel>,
    after: PriceModel,
    customers: Vec<Used>,
    tried: Vec<Used>,
    currency: Currency,
    unit_cost: Option<Rate>,
}

impl App {
    /// What a change of a charge would mean for what customers used, and for quantities beside.
    pub async fn charge_compare(
        &self,
        request: ChargeCompareRequest,
    ) -> ApiResult<ChargeCompareReply> {
        let asked = read(&request)?;
        let Asked {
            before, currency, ..
        } = &asked;
        let compared = |used: &[Used]| compare(before.as_ref(), &asked.after, used, *currency);
        let tried = compared(&asked.tried)?;
        let found = compared(&asked.customers)?;
        write(&found, &tried, tier_margins(&asked))
    }
}

fn read(request: &ChargeCompareRequest) -> ApiResult<Asked> {
    let mut reader = Reader::default();
    let currency = reader.currency("currency", &request.currency);
    let after = read_price_model(&mut reader, "charge", &request.charge);
    if let Some(price) = &after {
        reader.faults(check::price(price, "charge"));
    }
    let before = request
        .before
        .as_ref()
        .and_then(|charge| read_price_model(&mut reader, "before", charge));
    if let Some(price) = &before {
        reader.faults(check::price(price, "before"));
    }
    let (Some(after), Some(currency)) = reader.done((after, currency))? else {
        return Err(ApiError::field("charge.model", "required"));
    };
    let mut reader = Reader::default();
    let unit_cost = request.unit_cost.as_ref();
    let unit_cost =
        unit_cost.and_then(|text| reader.keep("unitCost", Rate::parse(text.0.trim(), currency)));
    let customers = request.customers.iter().enumerate();
    let customers = customers
        .filter_map(|(index, used)| {
            read_used(&mut reader, &format!("customers[{index}]"), used, currency)
        })
        .collect();
    let mut tried = Vec::with_capacity(request.quantities.len());
    for (index, text) in request.quantities.iter().enumerate() {
        let path = format!("quantities[{index}]");
        let Some(quantity) = reader.keep(&path, Quantity::parse(text.0.trim())) else {
            continue;
        };
        let cost = unit_cost.map(|rate| rate.times(quantity)).transpose()?;
        tried.push(Used { quantity, cost });
    }
    reader.done(Asked {
        before,
        after,
        customers,
        tried,
        currency,
        unit_cost,
    })
}

fn read_used(reader: &mut Reader, path: &str, used: &UsedText, currency: Currency) -> Option<Used> {
    let quantity = reader.keep(
        &format!("{path}.quantity"),
        Quantity::parse(used.quantity.0.trim()),
    )?;
    let cost = used.cost.as_ref().map(|cost| {
        let amount = Amount::parse(cost.0.trim(), currency);
        reader.keep(&format!("{path}.cost"), amount)
    });
    Some(Used {
        quantity,
        cost: cost.flatten(),
    })
}

/// The margin that the price of each tier leaves at what a unit costs on average.
fn tier_margins(asked: &Asked) -> Vec<Option<DecimalString>> {
    let prices: Vec<Decimal> = match &asked.after {
        PriceModel::Graduated { tiers, .. } => tiers.iter().map(|tier| tier.unit_price).collect(),
        PriceModel::Document { price } => match &price.model {
            Model::Graduated { tiers, .. } | Model::Volume { tiers, .. } => {
                tiers.iter().map(|tier| tier.unit_price).collect()
            }
            _ => Vec::new(),
        },
        PriceModel::PerUnit { .. } | PriceModel::CostPlus { .. } => Vec::new(),
    };
    let margin_of = |price| {
        let sell = Rate::new(price, asked.currency).ok()?;
        margin::of_price(sell, asked.unit_cost?)
    };
    let margins = prices.into_iter().map(margin_of);
    margins
        .map(|percent| percent.map(|p| (&p).into()))
        .collect()
}

fn write(
    found: &Comparison,
    tried: &Comparison,
    tier_margins: Vec<Option<DecimalString>>,
) -> ApiResult<ChargeCompareReply> {
    let count = |count: u32| Count(u64::from(count));
    let rows = |of: &Comparison| -> ApiResult<Vec<ComparedText>> {
        of.rows.iter().map(write_compared).collect()
    };
    Ok(ChargeCompareReply {
        rows: rows(found)?,
        total: write_compared(&found.total)?,
        less: write_moved(found.less),
        more: write_moved(found.more),
        below_cost_before: found.below_cost_before.map(count),
        below_cost: found.below_cost.map(count),
        tried: rows(tried)?,
        tier_margins,
    })
}

fn write_compared(row: &Compared) -> ApiResult<ComparedText> {
    let cost = row.cost.map(Amount::round).transpose()?;
    Ok(ComparedText {
        before: row.before.map(Money::into),
        after: row.after.into(),
        change: row.change.map(Money::into),
        cost: cost.map(Money::into),
        margin_before: row.margin_before.as_ref().map(Into::into),
        margin: row.margin.as_ref().map(Into::into),
    })
}

fn write_moved(moved: Moved) -> MovedText {
    MovedText {
        count: Count(u64::from(moved.count)),
        median: moved.median.map(Money::into),
    }
}
