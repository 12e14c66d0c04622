//! What proves an invoice without the book: its prices, its usage as a table, and its sums.

use crate::{FinalizedInvoice, Inputs, InvoiceError, sha256};
use ratebook_catalog::prices::{ModelPrices, PriceSource, PriceTable};
use ratebook_money::Money;
use ratebook_usage::import::inert;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The provider prices that an invoice was computed from: the models that it bills, with all rows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PriceSheet {
    /// Version of this stored shape.
    v: u32,
    sources: Vec<PriceSource>,
    models: Vec<ModelPrices>,
}

impl PriceSheet {
    /// The part of a table that the inputs of an invoice name.
    #[must_use]
    pub fn of(inputs: &Inputs, table: &PriceTable) -> Self {
        let classes = inputs.usage.iter();
        let classes = classes.map(|of| (of.class.provider.as_str(), of.class.model.as_str()));
        let steps = inputs.prices.iter();
        let steps = steps.map(|of| (of.provider.as_str(), of.model.as_str()));
        let names = inputs.names.iter().flatten();
        let names = names.map(|of| (of.to_provider.as_str(), of.to_model.as_str()));
        let wanted: BTreeSet<(&str, &str)> = classes.chain(steps).chain(names).collect();
        let models = table.models().iter();
        let of = models.filter(|of| wanted.contains(&(of.provider.as_str(), of.model.as_str())));
        Self::with(table, of.cloned().collect())
    }

    /// A whole table, where a part of it does not do.
    #[must_use]
    pub fn whole(table: &PriceTable) -> Self {
        Self::with(table, table.models().to_vec())
    }

    /// Only sources that some row names, in the order in which they are named first.
    fn with(table: &PriceTable, mut models: Vec<ModelPrices>) -> Self {
        models.sort_by(|a, b| (&a.provider, &a.model).cmp(&(&b.provider, &b.model)));
        let mut places: BTreeMap<u32, u32> = BTreeMap::new();
        let mut sources = Vec::new();
        for row in models.iter_mut().flat_map(|model| &mut model.prices) {
            let place = u32::try_from(sources.len()).unwrap_or(u32::MAX);
            let known = places.entry(row.source).or_insert(place);
            if *known == place {
                let index = usize::try_from(row.source).unwrap_or(usize::MAX);
                sources.extend(table.sources().get(index).cloned());
            }
            row.source = *known;
        }
        Self {
            v: 1,
            sources,
            models,
        }
    }

    /// The sheet as a table to price with.
    #[must_use]
    pub fn table(&self) -> PriceTable {
        PriceTable::new(self.sources.clone(), self.models.clone())
    }
}

/// A table as CSV. Whoever gets it opens it with a spreadsheet, and names are not ours.
fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<String, InvoiceError> {
    let damaged = |error: csv::Error| InvoiceError::Damaged(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head).map_err(damaged)?;
    for row in rows {
        let row = row.iter().map(|cell| inert(cell));
        writer
            .write_record(row.collect::<Vec<_>>())
            .map_err(damaged)?;
    }
    let bytes = writer.into_inner();
    let bytes = bytes.map_err(|error| InvoiceError::Damaged(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| InvoiceError::Damaged(error.to_string()))
}

/// The usage that was billed, one row for each kind of call, dimension and instant from which on
/// it is priced, each with the hash of what stands before it in the row.
///
/// # Errors
/// [`InvoiceError::Damaged`] when it cannot be written.
pub fn usage_csv(inputs: &Inputs) -> Result<String, InvoiceError> {
    let head = [
        "priced_from",
        "event",
        "provider",
        "model",
        "conditions",
        "dimension",
        "quantity",
        "events",
        "sha256",
    ];
    let rows = inputs.usage.iter().map(|bucket| {
        let class = &bucket.class;
        let conditions = serde_json::to_string(&class.conditions).unwrap_or(String::new());
        let mut row = vec![
            bucket.from.to_string(),
            inert(&class.event_name),
            inert(&class.provider),
            inert(&class.model),
            conditions,
            bucket.dimension.to_string(),
            bucket.quantity.to_string(),
            bucket.events.to_string(),
        ];
        row.push(sha256(&row.join("\n")));
        row
    });
    table(&head, rows)
}

/// Each provider price that the invoice uses, with its source.
///
/// # Errors
/// [`InvoiceError::Damaged`] when it cannot be written.
pub fn prices_csv(inputs: &Inputs) -> Result<String, InvoiceError> {
    let head = [
        "provider",
        "model",
        "dimension",
        "conditions",
        "price_per_unit",
        "currency",
        "cost_per_unit",
        "valid_from",
        "recorded_at",
        "source",
        "version",
        "address",
        "seen_on",
        "entered_by_hand",
    ];
    let rows = inputs.prices.iter().map(|step| {
        let conditions = serde_json::to_string(&step.conditions).unwrap_or(String::new());
        vec![
            step.provider.clone(),
            step.model.clone(),
            step.dimension.to_string(),
            conditions,
            step.rate.per_unit().to_string(),
            step.rate.currency().to_string(),
            step.cost.per_unit().to_string(),
            step.valid_from.to_string(),
            step.recorded_at.to_string(),
            step.source.name.clone(),
            step.source.version.clone(),
            step.source.address.clone(),
            step.source.seen_on.to_string(),
            step.manual.to_string(),
        ]
    });
    table(&head, rows)
}

/// Where the sums of an invoice do not follow from its lines; nothing in a sound one.
///
/// # Errors
/// [`InvoiceError::Money`] when a sum does not fit.
pub fn sum_faults(invoice: &FinalizedInvoice) -> Result<Vec<String>, InvoiceError> {
    let totals = invoice.totals();
    let zero = Money::zero(invoice.currency());
    let mut amounts = invoice.lines().iter().map(|line| line.rated.amount);
    let net = amounts.try_fold(zero, Money::plus)?;
    let (mut taxable, mut tax) = (zero, zero);
    let mut faults = Vec::new();
    let mut compare = |what: &str, stated: Money, computed: Money| {
        if stated != computed {
            faults.push(format!("{what}: {stated} stated, {computed} computed"));
        }
    };
    for line in &totals.taxes {
        compare("tax of a rate", line.tax, line.key.tax_on(line.taxable)?);
        taxable = taxable.plus(line.taxable)?;
        tax = tax.plus(line.tax)?;
    }
    if let Some(discount) = &totals.discount {
        let mut parts = discount.parts.iter().map(|part| part.amount);
        let parts = parts.try_fold(zero, Money::plus)?;
        compare("discount", discount.amount, parts);
    }
    let charged = net.minus(totals.discounted())?;
    let credited = charged.minus(totals.credit_before_tax())?;
    compare("sum of the lines", totals.net, net);
    compare("taxed", taxable, credited);
    compare("tax", totals.tax, tax);
    compare("total", totals.total, credited.plus(tax)?);
    let payable = totals.total.minus(totals.credit_after_tax())?;
    compare("payable", totals.payable, payable);
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_formula_in_the_spreadsheet_of_who_gets_the_pack() {
        let row = vec!["=HYPERLINK(\"x\")".to_owned(), "-0.5".to_owned()];
        let written = table(&["model", "quantity"], [row].into_iter());
        let expected = "model,quantity\n\"'=HYPERLINK(\"\"x\"\")\",-0.5\n";
        assert!(written.is_ok_and(|text| text == expected));
    }
}
