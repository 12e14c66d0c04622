//! What customers paid and got back: entries that are only added.

use crate::codec::{Row, date_text};
use crate::{StoreError, StoreResult, audit};
use ratebook_catalog::{InvoiceId, PaymentId};
use ratebook_money::{Currency, Date, Money, Timestamp};
use sqlx::{SqliteConnection, query, query_as, query_scalar};
use std::collections::{HashMap, HashSet};

/// What an entry is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaymentKind {
    /// Money came in.
    Payment,
    /// Money went out.
    Refund,
    /// Takes back an entry that was a mistake.
    Reversal,
}

/// An entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payment {
    /// Id in the book.
    pub id: PaymentId,
    /// What it is.
    pub kind: PaymentKind,
    /// Above zero for what came in, below for what went out.
    pub amount: Money,
    /// The day on the bank statement.
    pub received_on: Date,
    /// The entry that it takes back, for a reversal.
    pub reverses: Option<PaymentId>,
    /// What the person or the bank wrote.
    pub reference: String,
}

/// Adds an entry.
///
/// # Errors
/// [`StoreError::Refused`] when the invoice is void, more would go out than came in, or an entry
/// would be reversed twice.
pub async fn add(
    connection: &mut SqliteConnection,
    invoice: InvoiceId,
    payment: &Payment,
    now: Timestamp,
) -> StoreResult<()> {
    let code = match payment.kind {
        PaymentKind::Payment => "payment_add",
        PaymentKind::Refund => "payment_refund",
        PaymentKind::Reversal => "payment_reverse",
    };
    // What the bank wrote is no reason; why an entry is taken back is.
    let reason = match payment.kind {
        PaymentKind::Payment | PaymentKind::Refund => "",
        PaymentKind::Reversal => payment.reference.as_str(),
    };
    audit::note(connection, (code, ""), reason, now).await?;
    let (id, invoice) = (payment.id.to_string(), invoice.to_string());
    let kind = match payment.kind {
        PaymentKind::Payment => "payment",
        PaymentKind::Refund => "refund",
        PaymentKind::Reversal => "reversal",
    };
    let (amount, day) = (payment.amount.minor(), date_text(payment.received_on));
    let reverses = payment.reverses.map(|id| id.to_string());
    let now = now.micros();
    query!(
        "INSERT INTO payment (id, invoice, kind, amount, received_on, reverses, reference,
            created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        id,
        invoice,
        kind,
        amount,
        day,
        reverses,
        payment.reference,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Says which line of a bank statement an entry comes from.
///
/// # Errors
/// [`StoreError::Refused`] when the line was entered for the invoice already.
pub async fn came_from(
    connection: &mut SqliteConnection,
    payment: PaymentId,
    bank_line: &str,
) -> StoreResult<()> {
    let payment = payment.to_string();
    query!(
        "INSERT INTO payment_bank_line (payment, bank_line) VALUES (?1, ?2)",
        payment,
        bank_line
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The lines of bank statements that were entered, and not taken back.
///
/// # Errors
/// When the database fails.
pub async fn bank_lines(connection: &mut SqliteConnection) -> StoreResult<HashSet<String>> {
    let lines = query_scalar!(
        "SELECT DISTINCT l.bank_line FROM payment_bank_line l
         WHERE NOT EXISTS (SELECT 1 FROM payment r WHERE r.reverses = l.payment)"
    )
    .fetch_all(connection)
    .await?;
    Ok(lines.into_iter().collect())
}

/// What was settled of an invoice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settled {
    /// What its credit notes take back of what was to be paid.
    pub credited: Money,
    /// What came in less what went out.
    pub paid: Money,
    /// What was given up.
    pub written_off: Money,
}

/// What was settled of each invoice that has a credit note, a payment or a write-off.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn settled(
    connection: &mut SqliteConnection,
) -> StoreResult<HashMap<InvoiceId, Settled>> {
    let rows = query!(
        r#"SELECT s.invoice AS "invoice!: String", i.currency AS "currency!: String",
            sum(s.credited) AS "credited!: i64", sum(s.paid) AS "paid!: i64",
            sum(s.given_up) AS "given_up!: i64"
         FROM (SELECT invoice, payable AS credited, 0 AS paid, 0 AS given_up FROM credit_note
               UNION ALL SELECT invoice, 0, amount, 0 FROM payment
               UNION ALL SELECT invoice, 0, 0, amount FROM invoice_write_off) s
         JOIN invoice i ON i.id = s.invoice GROUP BY s.invoice"#
    )
    .fetch_all(connection)
    .await?;
    let mut settled = HashMap::with_capacity(rows.len());
    for row in rows {
        let at = Row {
            table: "payment",
            id: &row.invoice,
        };
        let currency = at.currency("currency", &row.currency)?;
        let of = Settled {
            credited: Money::from_minor(row.credited, currency),
            paid: Money::from_minor(row.paid, currency),
            written_off: Money::from_minor(row.given_up, currency),
        };
        settled.insert(at.read("invoice", InvoiceId::parse(&row.invoice))?, of);
    }
    Ok(settled)
}

struct Stored {
    id: String,
    kind: String,
    amount: i64,
    currency: String,
    received_on: String,
    reverses: Option<String>,
    reference: String,
}

/// The entries of an invoice, in their order.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn of_invoice(
    connection: &mut SqliteConnection,
    invoice: InvoiceId,
) -> StoreResult<Vec<Payment>> {
    let invoice = invoice.to_string();
    query_as!(
        Stored,
        "SELECT p.id, p.kind, p.amount, i.currency, p.received_on, p.reverses, p.reference
         FROM payment p JOIN invoice i ON i.id = p.invoice WHERE p.invoice = ?1 ORDER BY p.seq",
        invoice
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// The invoice of an entry.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn invoice_of(
    connection: &mut SqliteConnection,
    id: PaymentId,
) -> StoreResult<InvoiceId> {
    let id = id.to_string();
    let row = query!("SELECT invoice FROM payment WHERE id = ?1", id)
        .fetch_optional(connection)
        .await?;
    let row = row.ok_or(StoreError::NotFound {
        table: "payment",
        id: id.clone(),
    })?;
    let at = Row {
        table: "payment",
        id: &id,
    };
    at.read("invoice", InvoiceId::parse(&row.invoice))
}

fn read(stored: &Stored) -> StoreResult<Payment> {
    let at = Row {
        table: "payment",
        id: &stored.id,
    };
    let currency: Currency = at.currency("currency", &stored.currency)?;
    let reverses = stored.reverses.as_deref().map(PaymentId::parse);
    Ok(Payment {
        id: at.read("id", PaymentId::parse(&stored.id))?,
        kind: match stored.kind.as_str() {
            "payment" => PaymentKind::Payment,
            "refund" => PaymentKind::Refund,
            "reversal" => PaymentKind::Reversal,
            _ => return Err(at.corrupt("kind")),
        },
        amount: Money::from_minor(stored.amount, currency),
        received_on: at.date("received_on", &stored.received_on)?,
        reverses: reverses.transpose().map_err(|_| at.corrupt("reverses"))?,
        reference: stored.reference.clone(),
    })
}
