//! What happens to grants: each function adds entries, none changes one.

use super::get;
use crate::StoreResult;
use ratebook_catalog::{CustomerId, GrantId, InvoiceId};
use ratebook_money::{Money, Timestamp};
use sqlx::{SqliteConnection, query, query_scalar};

/// An entry to add.
struct New<'a> {
    grant: &'a str,
    /// Not before the grant's last entry: a clock that was set back does not change the order.
    at: Timestamp,
    from: &'static str,
    to: &'static str,
    amount: i64,
    invoice: Option<&'a str>,
    note: &'a str,
}

/// Takes what an invoice uses from its grants: one entry for each, or two where some of it had been
/// written off already when the grant ended.
///
/// # Errors
/// [`crate::StoreError::Refused`] when a grant has less; then roll the transaction back.
pub async fn burn(
    connection: &mut SqliteConnection,
    invoice: InvoiceId,
    uses: &[(GrantId, Money)],
    now: Timestamp,
) -> StoreResult<()> {
    let invoice = invoice.to_string();
    for (grant, amount) in uses {
        let state = get(connection, *grant).await?;
        let from_grant = amount.minor().min(state.left.minor());
        // More than there is left to take is refused by the database.
        let from_expired = amount.minor().saturating_sub(from_grant);
        let grant = grant.to_string();
        for (from, amount) in [("grant", from_grant), ("expired", from_expired)] {
            if amount > 0 {
                let new = New {
                    grant: &grant,
                    at: now,
                    from,
                    to: "used",
                    amount,
                    invoice: Some(&invoice),
                    note: "",
                };
                insert(connection, new).await?;
            }
        }
    }
    Ok(())
}

/// Writes off what is left of a customer's grants that ended at an instant or before, but for what
/// is about to be used. Usage from before their end that comes later may still use it.
///
/// # Errors
/// When the database fails.
pub async fn expire(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    until: Timestamp,
    uses: &[(GrantId, Money)],
) -> StoreResult<()> {
    for state in super::of_customer(connection, customer, Timestamp::MAX).await? {
        let grant = &state.stored.grant;
        let ended = grant.expires_at.filter(|end| *end <= until);
        let used = uses.iter().find(|(id, _)| *id == grant.id);
        let used = used.map_or(0, |(_, amount)| amount.minor());
        let rest = state.left.minor().saturating_sub(used);
        if let (Some(at), true) = (ended, rest > 0) {
            let new = New {
                grant: &grant.id.to_string(),
                at,
                from: "grant",
                to: "expired",
                amount: rest,
                invoice: None,
                note: "",
            };
            insert(connection, new).await?;
        }
    }
    Ok(())
}

/// Gives back what an invoice used, to where it was taken from. Nothing when it used none.
///
/// # Errors
/// When the database fails.
pub async fn give_back(
    connection: &mut SqliteConnection,
    invoice: InvoiceId,
    now: Timestamp,
) -> StoreResult<()> {
    let invoice = invoice.to_string();
    let used = query!(
        r#"SELECT credit_grant, from_account, amount FROM credit_entry
         WHERE invoice = ?1 AND to_account = 'used' ORDER BY seq"#,
        invoice
    )
    .fetch_all(&mut *connection)
    .await?;
    for entry in used {
        let new = New {
            grant: &entry.credit_grant,
            at: now,
            from: "used",
            to: if entry.from_account == "expired" {
                "expired"
            } else {
                "grant"
            },
            amount: entry.amount,
            invoice: Some(&invoice),
            note: "",
        };
        insert(connection, new).await?;
    }
    Ok(())
}

/// Gives back a part of what an invoice used: to where it was taken from, the last taken first.
///
/// # Errors
/// [`crate::StoreError::Refused`] when the invoice used less of a grant; then roll the transaction
/// back.
pub async fn give_back_part(
    connection: &mut SqliteConnection,
    invoice: InvoiceId,
    uses: &[(GrantId, Money)],
    now: Timestamp,
    note: &str,
) -> StoreResult<()> {
    let invoice = invoice.to_string();
    for (grant, amount) in uses {
        let grant = grant.to_string();
        // What had been written off already goes back there: it stays written off.
        let expired = query_scalar!(
            r#"SELECT coalesce(sum(CASE WHEN from_account = 'expired' THEN amount
                WHEN to_account = 'expired' THEN -amount ELSE 0 END), 0) AS "left!: i64"
             FROM credit_entry WHERE invoice = ?1 AND credit_grant = ?2"#,
            invoice,
            grant
        )
        .fetch_one(&mut *connection)
        .await?;
        let to_expired = amount.minor().min(expired);
        let to_grant = amount.minor().saturating_sub(to_expired);
        for (to, amount) in [("expired", to_expired), ("grant", to_grant)] {
            if amount > 0 {
                let new = New {
                    grant: &grant,
                    at: now,
                    from: "used",
                    to,
                    amount,
                    invoice: Some(&invoice),
                    note,
                };
                insert(connection, new).await?;
            }
        }
    }
    Ok(())
}

/// Takes back what is left of a grant, at its start when it has not taken effect yet. Says how
/// much that was; nothing is entered when nothing is left.
///
/// # Errors
/// [`crate::StoreError::NotFound`].
pub async fn void(
    connection: &mut SqliteConnection,
    grant: GrantId,
    now: Timestamp,
    note: &str,
) -> StoreResult<Money> {
    let state = get(connection, grant).await?;
    if state.left.minor() > 0 {
        let new = New {
            grant: &grant.to_string(),
            at: now,
            from: "grant",
            to: "voided",
            amount: state.left.minor(),
            invoice: None,
            note,
        };
        insert(connection, new).await?;
    }
    Ok(state.left)
}

async fn insert(connection: &mut SqliteConnection, new: New<'_>) -> StoreResult<()> {
    let last = query_scalar!(
        r#"SELECT max(at) AS "at: i64" FROM credit_entry WHERE credit_grant = ?1"#,
        new.grant
    )
    .fetch_one(&mut *connection)
    .await?;
    let at = new.at.micros().max(last.unwrap_or(i64::MIN));
    query!(
        "INSERT INTO credit_entry (credit_grant, at, from_account, to_account, amount, invoice,
            note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        new.grant,
        at,
        new.from,
        new.to,
        new.amount,
        new.invoice,
        new.note
    )
    .execute(connection)
    .await?;
    Ok(())
}
