//! Credit around a final invoice: what its plans grant with it, what it uses, what has ended with
//! its period, and what is carried into the next one.

use crate::error::ApiResult;
use crate::snapshot::Snapshot;
use ratebook_catalog::{CreditGrant, CustomerId, GrantId, InvoiceId};
use ratebook_invoicing::{FinalizedInvoice, uses_of};
use ratebook_money::{Money, Timestamp};
use ratebook_rating::credits::IncludedCredit;
use ratebook_store::credits::{self, StoredGrant};
use ratebook_store::{SqliteConnection, StoreResult};

/// Enters all that an invoice does to credit. Most customers have none, which is known without
/// asking the book.
pub(crate) async fn settle(
    write: &mut SqliteConnection,
    snapshot: &Snapshot,
    (invoice, included): (&FinalizedInvoice, &[IncludedCredit]),
    (id, now): (InvoiceId, Timestamp),
) -> ApiResult<()> {
    let customer = invoice.customer().id;
    if snapshot.credits_of(customer).is_empty() && included.is_empty() {
        return Ok(());
    }
    for credit in included {
        let grant = credit.grant.clone();
        add(write, snapshot, (customer, &credit.charge, grant), now).await?;
    }
    let uses = uses_of(invoice.credits())?;
    let carried = carried(write, customer, included, &uses).await?;
    credits::expire(write, customer, invoice.period().to, &uses).await?;
    credits::burn(write, id, &uses, now).await?;
    for (charge, grant) in carried {
        add(write, snapshot, (customer, charge, grant), now).await?;
    }
    Ok(())
}

/// Stores a grant of a plan, once: an invoice that was voided and is made anew finds it there.
async fn add(
    write: &mut SqliteConnection,
    snapshot: &Snapshot,
    (customer, charge, grant): (CustomerId, &str, CreditGrant),
    now: Timestamp,
) -> StoreResult<()> {
    if snapshot.has_grant(grant.id) {
        return Ok(());
    }
    let stored = StoredGrant {
        customer,
        note: charge.to_owned(),
        grant,
    };
    credits::add(write, &stored, now).await
}

/// What is carried into the next periods: of what the invoice leaves of the period's grant and of
/// what was carried into it.
async fn carried<'a>(
    write: &mut SqliteConnection,
    customer: CustomerId,
    included: &'a [IncludedCredit],
    uses: &[(GrantId, Money)],
) -> ApiResult<Vec<(&'a str, CreditGrant)>> {
    let mut all = Vec::new();
    if !included.iter().any(|credit| credit.carried.is_some()) {
        return Ok(all);
    }
    let states = credits::of_customer(write, customer, Timestamp::MAX).await?;
    for credit in included {
        let Some(carried) = &credit.carried else {
            continue;
        };
        let mut balance = Money::zero(credit.grant.amount.currency());
        for state in &states {
            let grant = state.stored.grant.id;
            if grant == credit.grant.id || grant == carried.before {
                balance = balance.plus(state.left)?;
                let used = uses.iter().find(|(id, _)| *id == grant);
                // What it takes of credit that was written off before is not among what is left.
                let used = used.map_or(0, |(_, used)| used.minor().min(state.left.minor()));
                balance = balance.minus(Money::from_minor(used, balance.currency()))?;
            }
        }
        let amount = carried.rollover.carried(balance)?;
        if amount.minor() > 0 {
            let next = carried.next.clone();
            all.push((credit.charge.as_str(), CreditGrant { amount, ..next }));
        }
    }
    Ok(all)
}
