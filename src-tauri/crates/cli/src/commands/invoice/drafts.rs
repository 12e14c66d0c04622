use super::credit::print;
use crate::failure::Failure;
use crate::output::{money, runtime};
use crate::places::Places;
use clap::Args;
use ratebook_api::App;
use ratebook_api::wire::{
    CustomerTax, DecimalString, DraftDiscountText, DraftEditText, DraftMark,
    InvoiceDraftMarkRequest, InvoiceDraftRequest, InvoiceDraftSaveRequest, ManualLineText, Nothing,
    TaxKind,
};
use std::process::ExitCode;

/// One draft.
#[derive(Args)]
pub struct Draft {
    /// Number or name of the customer.
    customer: String,
    /// The month, as 2026-10.
    #[arg(long, value_name = "MONTH")]
    period: String,
}

#[derive(Args)]
pub struct HoldArguments {
    #[command(flatten)]
    draft: Draft,
    /// Why; shown wherever the draft is.
    #[arg(long)]
    reason: String,
}

#[derive(Args)]
pub struct MarkArguments {
    #[command(flatten)]
    draft: Draft,
}

/// Additions take the place of those of the same kind; the others stay.
#[derive(Args)]
pub struct AdjustArguments {
    #[command(flatten)]
    draft: Draft,
    /// A line: `TEXT=AMOUNT`, or `TEXT=QUANTITY x PRICE`; below zero gives back. Several times.
    #[arg(long, value_name = "LINE", allow_hyphen_values = true)]
    line: Vec<String>,
    /// The tax of the lines in percent; as the customer is taxed without it.
    #[arg(long, value_name = "PERCENT", requires = "line")]
    line_tax: Option<String>,
    /// Takes all lines away.
    #[arg(long, conflicts_with = "line")]
    no_lines: bool,
    /// A discount on the whole, as `10%` or `25.00`.
    #[arg(long, requires = "discount_reason")]
    discount: Option<String>,
    /// Why there is a discount, as printed.
    #[arg(long, value_name = "TEXT")]
    discount_reason: Option<String>,
    /// Takes the discount away.
    #[arg(long, conflicts_with = "discount")]
    no_discount: bool,
    /// Printed on the invoice.
    #[arg(long)]
    note: Option<String>,
    /// Number of the buyer's order.
    #[arg(long)]
    purchase_order: Option<String>,
    /// In place of the customer's reference.
    #[arg(long)]
    buyer_reference: Option<String>,
    /// Kept with the invoice and never printed.
    #[arg(long)]
    internal_note: Option<String>,
    /// The currency of the figures, which must be the customer's.
    #[arg(long)]
    currency: Option<String>,
    /// Says what the draft would come to, and stores nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Holds a draft: batches leave it out.
pub fn hold(places: &Places, arguments: &HoldArguments) -> Result<ExitCode, Failure> {
    mark(places, &arguments.draft, DraftMark::Hold, &arguments.reason)
}

/// Approves a draft as it is.
pub fn approve(places: &Places, arguments: &MarkArguments) -> Result<ExitCode, Failure> {
    mark(places, &arguments.draft, DraftMark::Approve, "")
}

/// Lets a held draft go.
pub fn release(places: &Places, arguments: &MarkArguments) -> Result<ExitCode, Failure> {
    mark(places, &arguments.draft, DraftMark::Release, "")
}

fn mark(
    places: &Places,
    draft: &Draft,
    mark: DraftMark,
    reason: &str,
) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let (id, name) = customer(&app, &draft.customer).await?;
        let request = InvoiceDraftMarkRequest {
            customer_ids: vec![id.clone()],
            month: draft.period.clone(),
            mark,
            reason: reason.to_owned(),
        };
        app.invoice_draft_mark(request).await?;
        let request = InvoiceDraftRequest {
            customer_id: id,
            month: draft.period.clone(),
        };
        let reply = app.invoice_draft_get(request).await?;
        print(places, &reply, || {
            let month = &draft.period;
            match (&reply.hold, &reply.approved) {
                (Some(reason), _) => format!("{name}, {month}: held: {reason}"),
                (None, Some(total)) => format!("{name}, {month}: approved at {}", money(total)),
                (None, None) => format!("{name}, {month}: not held"),
            }
        })?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Adds lines, a discount, notes and references to a draft.
pub fn adjust(places: &Places, arguments: &AdjustArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let (customer_id, name) = customer(&app, &arguments.draft.customer).await?;
        let month = arguments.draft.period.clone();
        let request = InvoiceDraftRequest {
            customer_id: customer_id.clone(),
            month: month.clone(),
        };
        let before = app.invoice_draft_get(request).await?.edit;
        let request = InvoiceDraftSaveRequest {
            customer_id,
            month: month.clone(),
            edit: changed(before, arguments)?,
        };
        let would = app.invoice_draft_try(request.clone()).await?;
        if !arguments.dry_run {
            app.invoice_draft_save(request).await?;
        }
        print(places, &would, || {
            let discount = would.discount.as_ref();
            let discount = discount.map_or(String::new(), |discount| {
                format!(", discount {}", money(&discount.amount))
            });
            format!(
                "{name}, {month}: lines {}{discount}, tax {}, total {}",
                money(&would.lines),
                money(&would.tax),
                money(&would.total)
            )
        })?;
        Ok(ExitCode::SUCCESS)
    })
}

fn changed(before: DraftEditText, wanted: &AdjustArguments) -> Result<DraftEditText, Failure> {
    let mut edit = before;
    if wanted.no_lines || !wanted.line.is_empty() {
        let lines = wanted.line.iter();
        let lines = lines.map(|text| line(text, wanted.line_tax.as_deref()));
        edit.lines = lines.collect::<Result<_, _>>()?;
    }
    if wanted.no_discount {
        edit.discount = None;
    }
    if let Some(text) = &wanted.discount {
        let percent = text.strip_suffix('%');
        edit.discount = Some(DraftDiscountText {
            percent: percent.map(|percent| DecimalString(percent.trim().to_owned())),
            amount: match percent {
                Some(_) => None,
                None => Some(DecimalString(text.clone())),
            },
            reason: wanted.discount_reason.clone().unwrap_or_default(),
        });
    }
    for (field, value) in [
        (&mut edit.note, &wanted.note),
        (&mut edit.purchase_order, &wanted.purchase_order),
        (&mut edit.buyer_reference, &wanted.buyer_reference),
        (&mut edit.internal_note, &wanted.internal_note),
        (&mut edit.currency, &wanted.currency),
    ] {
        if let Some(value) = value {
            field.clone_from(value);
        }
    }
    Ok(edit)
}

/// `TEXT=AMOUNT` or `TEXT=QUANTITY x PRICE`.
fn line(text: &str, tax: Option<&str>) -> Result<ManualLineText, Failure> {
    let Some((words, figures)) = text.rsplit_once('=') else {
        let fault = format!("--line \"{text}\": write TEXT=AMOUNT or TEXT=QUANTITY x PRICE");
        return Err(Failure::plain(fault));
    };
    let (quantity, price) = figures.split_once('x').unwrap_or(("", figures));
    Ok(ManualLineText {
        text: words.trim().to_owned(),
        quantity: DecimalString(quantity.trim().to_owned()),
        unit_price: DecimalString(price.trim().to_owned()),
        tax: tax.map(|percent| CustomerTax {
            kind: TaxKind::Rate,
            percent: Some(DecimalString(percent.to_owned())),
            reason: None,
        }),
    })
}

/// Id and name of the customer with this number, name or id.
pub(super) async fn customer(app: &App, wanted: &str) -> Result<(String, String), Failure> {
    let rows = app.customer_names(Nothing {}).await?.rows;
    let same = |text: &str| text.to_lowercase() == wanted.trim().to_lowercase();
    let mut found = rows
        .iter()
        .filter(|row| row.id == wanted || same(&row.number) || same(&row.name));
    match (found.next(), found.next()) {
        (Some(only), None) => Ok((only.id.clone(), only.name.clone())),
        (Some(_), Some(_)) => Err(Failure::plain(format!(
            "several customers are called {wanted}; name one by its number"
        ))),
        (None, _) => Err(Failure::plain(format!(
            "no customer has the number or name {wanted}"
        ))),
    }
}
