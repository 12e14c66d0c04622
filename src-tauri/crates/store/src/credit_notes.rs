//! Credit notes: written once, read for ever, numbered like invoices.

use crate::codec::{Row, date_text, pack, to_json, unpack};
use crate::invoices::Counter;
use crate::{StoreError, StoreResult, audit, undo};
use ratebook_catalog::{CreditNoteId, InvoiceId, NumberSeries};
use ratebook_invoicing::{CreditNote, series_key};
use ratebook_money::Timestamp;
use sqlx::{SqliteConnection, query, query_scalar};

/// A credit note as it was stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredCreditNote {
    /// Id in the book.
    pub id: CreditNoteId,
    /// The invoice that it takes back.
    pub invoice: InvoiceId,
    /// The note.
    pub note: CreditNote,
}

/// What identifies a new credit note beside itself.
#[derive(Clone, Copy, Debug)]
pub struct NewCreditNote<'a> {
    /// A new id.
    pub id: CreditNoteId,
    /// The invoice that it takes back.
    pub invoice: InvoiceId,
    /// The series of its number.
    pub series: &'a NumberSeries,
    /// Its place in the series.
    pub counter: Counter,
    /// When.
    pub now: Timestamp,
}

/// Stores a credit note. What was configured before cannot be undone any more.
///
/// # Errors
/// [`StoreError::Refused`] when the number exists, the invoice is void, or all its credit notes
/// would take back more than it charged.
pub async fn insert(
    connection: &mut SqliteConnection,
    new: NewCreditNote<'_>,
    note: &CreditNote,
) -> StoreResult<()> {
    let (id, invoice) = (new.id.to_string(), new.invoice.to_string());
    let year = chrono::Datelike::year(&note.issue_date());
    let series = series_key(new.series, year);
    let counter = i64::try_from(new.counter.value()).unwrap_or(i64::MAX);
    let (number, issued_on) = (note.number(), date_text(note.issue_date()));
    let currency = note.currency();
    let currency = currency.code();
    let totals = note.totals();
    let (net, tax) = (totals.net.minor(), totals.tax.minor());
    let (total, payable) = (totals.total.minor(), totals.payable.minor());
    let reason = note.reason();
    audit::note(connection, ("credit_note_create", number), reason, new.now).await?;
    let now = new.now.micros();
    let body = pack(&to_json(note)?);
    query!(
        "INSERT INTO credit_note (id, series, counter, number, invoice, issued_on, currency, net,
            tax, total, payable, created_at, reason, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        id,
        series,
        counter,
        number,
        invoice,
        issued_on,
        currency,
        net,
        tax,
        total,
        payable,
        now,
        reason,
        body
    )
    .execute(&mut *connection)
    .await?;
    undo::barrier(connection).await
}

/// The credit notes of an invoice, in their order.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn of_invoice(
    connection: &mut SqliteConnection,
    invoice: InvoiceId,
) -> StoreResult<Vec<StoredCreditNote>> {
    let invoice = invoice.to_string();
    let rows = query!(
        "SELECT id, invoice, body FROM credit_note WHERE invoice = ?1 ORDER BY seq",
        invoice
    )
    .fetch_all(connection)
    .await?;
    let notes = rows
        .iter()
        .map(|row| read(&row.id, &row.invoice, &row.body));
    notes.collect()
}

/// One credit note.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] for what cannot be read back.
pub async fn get(
    connection: &mut SqliteConnection,
    id: CreditNoteId,
) -> StoreResult<StoredCreditNote> {
    let id = id.to_string();
    let row = query!(
        "SELECT id, invoice, body FROM credit_note WHERE id = ?1",
        id
    )
    .fetch_optional(connection)
    .await?;
    let row = row.ok_or(StoreError::NotFound {
        table: "credit_note",
        id,
    })?;
    read(&row.id, &row.invoice, &row.body)
}

/// Invoices that have credit notes, in the order of their first one.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn invoices(connection: &mut SqliteConnection) -> StoreResult<Vec<InvoiceId>> {
    let rows = query_scalar!(
        r#"SELECT invoice AS "invoice!" FROM credit_note GROUP BY invoice ORDER BY min(seq)"#
    )
    .fetch_all(connection)
    .await?;
    let at = |id| Row {
        table: "credit_note",
        id,
    };
    let ids = rows.iter();
    ids.map(|id| at(id).read("invoice", InvoiceId::parse(id)))
        .collect()
}

/// Credit notes whose columns for lists differ from the note itself; none in a sound book.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn column_faults(connection: &mut SqliteConnection) -> StoreResult<Vec<String>> {
    let rows = query!(
        "SELECT id, invoice, number, issued_on, currency, net, tax, total, payable, reason, body
         FROM credit_note ORDER BY seq"
    )
    .fetch_all(connection)
    .await?;
    let mut faults = Vec::new();
    for row in rows {
        let note = read(&row.id, &row.invoice, &row.body)?.note;
        let totals = note.totals();
        let same = row.number == note.number()
            && row.issued_on == date_text(note.issue_date())
            && row.currency == note.currency().code()
            && row.reason == note.reason()
            && (row.net, row.tax) == (totals.net.minor(), totals.tax.minor())
            && (row.total, row.payable) == (totals.total.minor(), totals.payable.minor());
        if !same {
            faults.push(row.number);
        }
    }
    Ok(faults)
}

fn read(id: &str, invoice: &str, body: &[u8]) -> StoreResult<StoredCreditNote> {
    let at = Row {
        table: "credit_note",
        id,
    };
    let text = unpack(body).ok_or_else(|| at.corrupt("body"))?;
    Ok(StoredCreditNote {
        id: at.read("id", CreditNoteId::parse(id))?,
        invoice: at.read("invoice", InvoiceId::parse(invoice))?,
        note: at.json("body", &text)?,
    })
}
