//! Grants of credit and their ledger. Entries are only added; each takes from one account of a
//! grant what it puts on another, and the database refuses what would leave an account below zero.

mod entries;
mod movements;

pub use entries::{CreditFault, LedgerAccount, LedgerEntry, LedgerInvoice, entries, faults};
pub use movements::{burn, expire, give_back, give_back_part, void};

use crate::codec::{Row, to_json};
use crate::{StoreError, StoreResult};
use ratebook_catalog::{CreditGrant, CreditScope, CreditTax, CustomerId, GrantId, GrantKind};
use ratebook_money::{Currency, Money, Timestamp};
use ratebook_rating::credits::UsableGrant;
use sqlx::{SqliteConnection, query, query_as, query_scalar};
use std::collections::HashSet;

/// A grant as the book keeps it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredGrant {
    /// Whose it is.
    pub customer: CustomerId,
    /// For the reader of the book; never printed.
    pub note: String,
    /// What was granted.
    pub grant: CreditGrant,
}

/// A grant and what became of it up to an instant. What was granted is the sum of the others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrantState {
    /// The grant.
    pub stored: StoredGrant,
    /// What is left; nothing before it takes effect.
    pub left: Money,
    /// What invoices have used.
    pub used: Money,
    /// What was left when it ended.
    pub expired: Money,
    /// What was taken back.
    pub voided: Money,
}

struct Stored {
    id: String,
    customer: String,
    currency: String,
    amount: i64,
    kind: String,
    priority: i64,
    effective_at: i64,
    expires_at: Option<i64>,
    created_at: i64,
    scope: Option<String>,
    tax: String,
    note: String,
    left: i64,
    used: i64,
    expired: i64,
    voided: i64,
}

/// Stores a grant and enters it into the ledger: from now on, or from the instant on at which it
/// takes effect when that is later.
///
/// # Errors
/// [`StoreError::Refused`] when it exists.
pub async fn add(
    connection: &mut SqliteConnection,
    stored: &StoredGrant,
    now: Timestamp,
) -> StoreResult<()> {
    let StoredGrant {
        customer,
        note,
        grant,
    } = stored;
    let (id, customer) = (grant.id.to_string(), customer.to_string());
    let currency = grant.amount.currency();
    let (currency, amount) = (currency.code(), grant.amount.minor());
    let kind = match grant.kind {
        GrantKind::Promotional => "promotional",
        GrantKind::Paid => "paid",
    };
    let tax = match grant.tax {
        CreditTax::PreTax => "pre_tax",
        CreditTax::PostTax => "post_tax",
    };
    let scope = match &grant.scope {
        CreditScope::Everything => None,
        CreditScope::Only(names) => Some(to_json(names)?),
    };
    let (effective_at, created_at) = (grant.effective_at.micros(), grant.created_at.micros());
    let expires_at = grant.expires_at.map(Timestamp::micros);
    query!(
        "INSERT INTO credit_grant (id, customer, currency, amount, kind, priority, effective_at,
            expires_at, created_at, scope, tax, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        id,
        customer,
        currency,
        amount,
        kind,
        grant.priority,
        effective_at,
        expires_at,
        created_at,
        scope,
        tax,
        note,
    )
    .execute(&mut *connection)
    .await?;
    let at = now.max(grant.effective_at).micros();
    query!(
        "INSERT INTO credit_entry (credit_grant, at, from_account, to_account, amount, note)
         VALUES (?1, ?2, 'issued', 'grant', ?3, '')",
        id,
        at,
        amount
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The grants of one customer, in the order in which they were granted, with what became of them
/// up to and with an instant.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn of_customer(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    until: Timestamp,
) -> StoreResult<Vec<GrantState>> {
    let (customer, until) = (customer.to_string(), until.micros());
    states(connection, Some(&customer), None, until).await
}

/// One grant as it is after all its entries.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] for what cannot be read back.
pub async fn get(connection: &mut SqliteConnection, id: GrantId) -> StoreResult<GrantState> {
    let id = id.to_string();
    let found = states(connection, None, Some(&id), i64::MAX).await?;
    found.into_iter().next().ok_or(StoreError::NotFound {
        table: "credit_grant",
        id,
    })
}

/// All grants of the book of which something can still be used, with the customer of each, in the
/// order in which they were granted. What was written off at their end counts: usage from before
/// may still be invoiced.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn usable(
    connection: &mut SqliteConnection,
) -> StoreResult<Vec<(CustomerId, UsableGrant)>> {
    let mut usable = Vec::new();
    for state in states(connection, None, None, i64::MAX).await? {
        let left = state.left.plus(state.expired);
        let left = left.map_err(|error| StoreError::Source(error.to_string()))?;
        if left.minor() > 0 {
            let StoredGrant {
                customer, grant, ..
            } = state.stored;
            usable.push((customer, UsableGrant { grant, left }));
        }
    }
    Ok(usable)
}

/// The ids of all grants of the book.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn ids(connection: &mut SqliteConnection) -> StoreResult<HashSet<GrantId>> {
    let ids = query_scalar!("SELECT id FROM credit_grant")
        .fetch_all(connection)
        .await?;
    ids.iter()
        .map(|id| {
            let at = Row {
                table: "credit_grant",
                id,
            };
            at.read("id", GrantId::parse(id))
        })
        .collect()
}

/// Those of a customer, or the one with an id, each found by its index; all where neither is named.
async fn states(
    connection: &mut SqliteConnection,
    customer: Option<&str>,
    id: Option<&str>,
    until: i64,
) -> StoreResult<Vec<GrantState>> {
    query_as!(
        Stored,
        r#"SELECT g.id, g.customer, g.currency, g.amount, g.kind, g.priority, g.effective_at,
            g.expires_at, g.created_at, g.scope, g.tax, g.note,
            coalesce(sum(CASE 'grant' WHEN e.to_account THEN e.amount
                WHEN e.from_account THEN -e.amount END), 0) AS "left!: i64",
            coalesce(sum(CASE 'used' WHEN e.to_account THEN e.amount
                WHEN e.from_account THEN -e.amount END), 0) AS "used!: i64",
            coalesce(sum(CASE 'expired' WHEN e.to_account THEN e.amount
                WHEN e.from_account THEN -e.amount END), 0) AS "expired!: i64",
            coalesce(sum(CASE 'voided' WHEN e.to_account THEN e.amount
                WHEN e.from_account THEN -e.amount END), 0) AS "voided!: i64"
         FROM credit_grant g
         LEFT JOIN credit_entry e ON e.credit_grant = g.id AND e.at <= ?3
         WHERE g.seq IN (SELECT seq FROM credit_grant WHERE customer = ?1
            UNION ALL SELECT seq FROM credit_grant WHERE id = ?2
            UNION ALL SELECT seq FROM credit_grant WHERE ?1 IS NULL AND ?2 IS NULL)
         GROUP BY g.seq ORDER BY g.seq"#,
        customer,
        id,
        until
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(read)
    .collect()
}

fn read(stored: Stored) -> StoreResult<GrantState> {
    let at = Row {
        table: "credit_grant",
        id: &stored.id,
    };
    let currency: Currency = at.currency("currency", &stored.currency)?;
    let money = |minor| Money::from_minor(minor, currency);
    let expires_at = stored.expires_at.map(|end| at.at("expires_at", end));
    let scope = match &stored.scope {
        None => CreditScope::Everything,
        Some(names) => CreditScope::Only(at.json("scope", names)?),
    };
    Ok(GrantState {
        left: money(stored.left),
        used: money(stored.used),
        expired: money(stored.expired),
        voided: money(stored.voided),
        stored: StoredGrant {
            customer: at.read("customer", CustomerId::parse(&stored.customer))?,
            note: stored.note.clone(),
            grant: CreditGrant {
                id: at.read("id", GrantId::parse(&stored.id))?,
                amount: money(stored.amount),
                kind: match stored.kind.as_str() {
                    "promotional" => GrantKind::Promotional,
                    "paid" => GrantKind::Paid,
                    _ => return Err(at.corrupt("kind")),
                },
                priority: at.number("priority", stored.priority)?,
                effective_at: at.at("effective_at", stored.effective_at)?,
                expires_at: expires_at.transpose()?,
                created_at: at.at("created_at", stored.created_at)?,
                scope,
                tax: match stored.tax.as_str() {
                    "pre_tax" => CreditTax::PreTax,
                    "post_tax" => CreditTax::PostTax,
                    _ => return Err(at.corrupt("tax")),
                },
            },
        },
    })
}
