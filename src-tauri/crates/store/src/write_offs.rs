//! What was given up of invoices that will not be paid: entries that are only added.

use crate::StoreResult;
use crate::audit;
use crate::codec::{Row, date_text};
use ratebook_catalog::{InvoiceId, WriteOffId};
use ratebook_money::{Currency, Date, Money, Timestamp};
use sqlx::{SqliteConnection, query, query_as};

/// The rule of the book that keeps payments, credit notes and a void off an invoice that was given
/// up, as migration 19 says it.
pub const WRITTEN_OFF: &str = "the invoice is written off";

/// An entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WriteOff {
    /// Id in the book.
    pub id: WriteOffId,
    /// Above zero; below zero where it takes back another entry.
    pub amount: Money,
    /// The day of the decision.
    pub decided_on: Date,
    /// The entry that it takes back.
    pub reverses: Option<WriteOffId>,
    /// Why.
    pub reason: String,
}

/// Adds an entry.
///
/// # Errors
/// [`crate::StoreError::Refused`] when the invoice is void or written off already, or an entry
/// would be reversed twice.
pub async fn add(
    connection: &mut SqliteConnection,
    invoice: InvoiceId,
    entry: &WriteOff,
    now: Timestamp,
) -> StoreResult<()> {
    let code = match entry.reverses {
        None => "invoice_write_off",
        Some(_) => "invoice_write_off_reverse",
    };
    audit::note(connection, (code, ""), &entry.reason, now).await?;
    let (id, invoice) = (entry.id.to_string(), invoice.to_string());
    let (amount, day) = (entry.amount.minor(), date_text(entry.decided_on));
    let reverses = entry.reverses.map(|id| id.to_string());
    let now = now.micros();
    query!(
        "INSERT INTO invoice_write_off (id, invoice, amount, decided_on, reverses, reason,
            created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        id,
        invoice,
        amount,
        day,
        reverses,
        entry.reason,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

struct Stored {
    id: String,
    amount: i64,
    currency: String,
    decided_on: String,
    reverses: Option<String>,
    reason: String,
}

/// The entries of an invoice, in their order.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn of_invoice(
    connection: &mut SqliteConnection,
    invoice: InvoiceId,
) -> StoreResult<Vec<WriteOff>> {
    let invoice = invoice.to_string();
    query_as!(
        Stored,
        "SELECT w.id, w.amount, i.currency, w.decided_on, w.reverses, w.reason
         FROM invoice_write_off w JOIN invoice i ON i.id = w.invoice
         WHERE w.invoice = ?1 ORDER BY w.seq",
        invoice
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

fn read(stored: &Stored) -> StoreResult<WriteOff> {
    let at = Row {
        table: "invoice_write_off",
        id: &stored.id,
    };
    let currency: Currency = at.currency("currency", &stored.currency)?;
    let reverses = stored.reverses.as_deref().map(WriteOffId::parse);
    Ok(WriteOff {
        id: at.read("id", WriteOffId::parse(&stored.id))?,
        amount: Money::from_minor(stored.amount, currency),
        decided_on: at.date("decided_on", &stored.decided_on)?,
        reverses: reverses.transpose().map_err(|_| at.corrupt("reverses"))?,
        reason: stored.reason.clone(),
    })
}
