//! Finalized invoices: written once, read for ever. Drafts are computed and never stored.
//!
//! A finalizing run is one transaction: [`begin_run`], then per invoice [`next_counter`] and
//! [`insert`], then commit. The epoch of the run separates the usage it billed from later usage.

use crate::codec::{Row, date_text, pack, to_json, unpack};
use crate::{StoreError, StoreResult, audit, undo};
use ratebook_catalog::{CustomerId, InvoiceId, NumberSeries};
use ratebook_invoicing::{FinalizedInvoice, Frozen, InvoiceStatus, series_key};
use ratebook_money::{Currency, Date, Money, Period, Timestamp};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

/// What lists show of an invoice, without its lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvoiceHead {
    /// Id in the book.
    pub id: InvoiceId,
    /// The number printed on it.
    pub number: String,
    /// The customer's id; name and address of then are in the invoice.
    pub customer: CustomerId,
    /// The billing period.
    pub period: Period,
    /// The date on it.
    pub issued_on: Date,
    /// The day until which it is to be paid.
    pub due_on: Date,
    /// Sum of the lines, less a discount on the whole.
    pub net: Money,
    /// Sum of the taxes.
    pub tax: Money,
    /// Net, less credit before tax, and tax.
    pub total: Money,
    /// What credit took off before tax.
    pub credit_before_tax: Money,
    /// What credit took off after tax: the total less this is to be paid.
    pub credit_after_tax: Money,
    /// What the book knew.
    pub as_of: Timestamp,
    /// The run: it billed usage of epochs up to and with this one; what came later is late usage.
    pub epoch: i64,
    /// When it was finalized.
    pub finalized_at: Timestamp,
    /// Finalized or void.
    pub status: InvoiceStatus,
}

/// An invoice as it was stored, with what it was computed from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredInvoice {
    /// What lists show.
    pub head: InvoiceHead,
    /// The invoice.
    pub invoice: FinalizedInvoice,
    /// The frozen inputs, byte for byte.
    pub inputs: String,
    /// SHA-256 of `inputs`, hexadecimal, as stored beside them.
    pub input_hash: String,
}

/// A number of a series, taken for good when the transaction commits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counter(u64);

impl Counter {
    /// The number, for [`ratebook_invoicing::number`].
    #[must_use]
    pub fn value(self) -> u64 {
        self.0
    }
}

/// A fault in the numbers of a series.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberFault {
    /// The series.
    pub series: String,
    /// Numbers that are missing between its first and its next.
    pub missing: i64,
}

/// Starts a finalizing run and says which: it bills usage of epochs up to and with the run's. The
/// book's epoch grows, so usage that is stored from now on is late for these invoices. What was
/// configured before cannot be undone any more.
///
/// # Errors
/// When the database fails.
pub async fn begin_run(connection: &mut SqliteConnection, now: Timestamp) -> StoreResult<i64> {
    audit::note(connection, ("invoice_finalize", ""), "", now).await?;
    let at = now.micros();
    let epoch = query_scalar!("UPDATE book_state SET epoch = epoch + 1 RETURNING epoch - 1")
        .fetch_one(&mut *connection)
        .await?;
    query!(
        "INSERT INTO finalize_run (epoch, finalized_at) VALUES (?1, ?2)",
        epoch,
        at
    )
    .execute(&mut *connection)
    .await?;
    undo::barrier(connection).await?;
    Ok(epoch)
}

/// Takes the next number of the series in a year. Dropping the transaction gives it back.
///
/// # Errors
/// When the database fails.
pub async fn next_counter(
    connection: &mut SqliteConnection,
    series: &NumberSeries,
    year: i32,
) -> StoreResult<Counter> {
    let name = series_key(series, year);
    let first = i64::try_from(series.first).unwrap_or(i64::MAX);
    query!(
        "INSERT INTO invoice_series (name, first, next) VALUES (?1, ?2, ?2)
         ON CONFLICT (name) DO NOTHING",
        name,
        first
    )
    .execute(&mut *connection)
    .await?;
    let taken = query_scalar!(
        "UPDATE invoice_series SET next = next + 1 WHERE name = ?1 RETURNING next - 1",
        name
    )
    .fetch_one(connection)
    .await?;
    let at = Row {
        table: "invoice_series",
        id: &name,
    };
    Ok(Counter(at.number("next", taken)?))
}

/// The number that the next invoice of the series would get, for showing it beforehand.
///
/// # Errors
/// When the database fails.
pub async fn peek_counter(
    connection: &mut SqliteConnection,
    series: &NumberSeries,
    year: i32,
) -> StoreResult<u64> {
    let name = series_key(series, year);
    let next = query_scalar!("SELECT next FROM invoice_series WHERE name = ?1", name)
        .fetch_optional(connection)
        .await?;
    let at = Row {
        table: "invoice_series",
        id: &name,
    };
    next.map_or(Ok(series.first), |next| at.number("next", next))
}

/// What identifies a new invoice beside itself.
#[derive(Clone, Copy, Debug)]
pub struct NewInvoice<'a> {
    /// A new id.
    pub id: InvoiceId,
    /// The series of its number.
    pub series: &'a NumberSeries,
    /// Its place in the series.
    pub counter: Counter,
    /// The run it belongs to.
    pub epoch: i64,
    /// When.
    pub finalized_at: Timestamp,
    /// Why it was finalized all the same, where something spoke against it; empty otherwise.
    pub reason: &'a str,
}

/// Stores a finalized invoice, its lines, its taxes and all it was computed from.
///
/// # Errors
/// [`StoreError::Refused`] when the id or the number exists.
pub async fn insert(
    connection: &mut SqliteConnection,
    new: NewInvoice<'_>,
    invoice: &FinalizedInvoice,
    inputs: &Frozen,
) -> StoreResult<()> {
    let id = new.id.to_string();
    let totals = invoice.totals();
    let series = series_key(new.series, chrono::Datelike::year(&invoice.issue_date()));
    let counter = i64::try_from(new.counter.0).unwrap_or(i64::MAX);
    let (number, customer) = (invoice.number(), invoice.customer().id.to_string());
    let (from, to) = (invoice.period().from.micros(), invoice.period().to.micros());
    let (issued_on, due_on) = (
        date_text(invoice.issue_date()),
        date_text(invoice.due_date()),
    );
    let currency = invoice.currency();
    let currency = currency.code();
    let (tax, total) = (totals.tax.minor(), totals.total.minor());
    let charged = totals.charged();
    let charged = charged.map_err(|error| StoreError::Source(error.to_string()))?;
    let taxable = charged.minus(totals.credit_before_tax());
    let taxable = taxable.map_err(|error| StoreError::Source(error.to_string()))?;
    let (net, before_tax) = (taxable.minor(), totals.credit_before_tax().minor());
    let after_tax = totals.credit_after_tax().minor();
    let (as_of, finalized_at) = (invoice.as_of().micros(), new.finalized_at.micros());
    let hash = inputs.hash();
    let (inputs, body) = (pack(inputs.json()), pack(&to_json(invoice)?));
    query!(
        "INSERT INTO invoice (id, series, counter, number, customer, period_from, period_to,
            issued_on, due_on, currency, net, tax, total, as_of, epoch, finalized_at, input_hash,
            inputs, body, credit_before_tax, credit_after_tax)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
            ?19, ?20, ?21)",
        id,
        series,
        counter,
        number,
        customer,
        from,
        to,
        issued_on,
        due_on,
        currency,
        net,
        tax,
        total,
        as_of,
        new.epoch,
        finalized_at,
        hash,
        inputs,
        body,
        before_tax,
        after_tax,
    )
    .execute(&mut *connection)
    .await?;
    insert_lines(connection, &id, invoice).await?;
    insert_taxes(connection, &id, invoice).await?;
    set_status(connection, &id, "finalized", new.finalized_at, new.reason).await
}

/// All lines in one statement: a run of a thousand invoices has tens of thousands of them, and each
/// statement is a message to the database's thread.
async fn insert_lines(
    connection: &mut SqliteConnection,
    id: &str,
    invoice: &FinalizedInvoice,
) -> StoreResult<()> {
    let lines = invoice.lines().iter().map(|line| {
        let rated = &line.rated;
        let quantity = rated.quantity.to_string();
        let net = rated.amount.minor();
        (line.number, &rated.charge_name, quantity, net)
    });
    let lines = to_json(&lines.collect::<Vec<_>>())?;
    query!(
        "INSERT INTO invoice_line (invoice, position, label, quantity, net)
         SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?2)",
        id,
        lines
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_taxes(
    connection: &mut SqliteConnection,
    id: &str,
    invoice: &FinalizedInvoice,
) -> StoreResult<()> {
    for (position, line) in (1_i64..).zip(&invoice.totals().taxes) {
        let category = format!("{:?}", line.key.category);
        let (base, tax) = (line.taxable.minor(), line.tax.minor());
        query!(
            "INSERT INTO invoice_tax (invoice, position, category, percent, reason, base, tax)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            id,
            position,
            category,
            line.key.percent,
            line.key.reason,
            base,
            tax
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn set_status(
    connection: &mut SqliteConnection,
    id: &str,
    status: &str,
    at: Timestamp,
    reason: &str,
) -> StoreResult<()> {
    let at = at.micros();
    query!(
        "INSERT INTO invoice_status (invoice, status, at, reason) VALUES (?1, ?2, ?3, ?4)",
        id,
        status,
        at,
        reason
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes an invoice back. It keeps its number.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Refused`] when it is void already.
pub async fn void(
    connection: &mut SqliteConnection,
    id: InvoiceId,
    now: Timestamp,
    reason: &str,
) -> StoreResult<()> {
    let found = head(connection, id).await?;
    if found.status == InvoiceStatus::Void {
        return Err(StoreError::Refused {
            rule: "the invoice is void already".to_owned(),
        });
    }
    audit::note(connection, ("invoice_void", &found.number), reason, now).await?;
    set_status(connection, &id.to_string(), "void", now, reason).await
}

/// When an invoice was voided, and why.
///
/// # Errors
/// [`StoreError::NotFound`] when it was not.
pub async fn voided(
    connection: &mut SqliteConnection,
    id: InvoiceId,
) -> StoreResult<(Timestamp, String)> {
    let id = id.to_string();
    let row = query!(
        "SELECT at, reason FROM invoice_status WHERE invoice = ?1 AND status = 'void'
         ORDER BY seq DESC LIMIT 1",
        id
    )
    .fetch_optional(connection)
    .await?;
    let at = Row {
        table: "invoice_status",
        id: &id,
    };
    match row {
        Some(row) => Ok((at.at("at", row.at)?, row.reason)),
        None => Err(StoreError::NotFound {
            table: "invoice_status",
            id,
        }),
    }
}

struct Stored {
    id: String,
    number: String,
    customer: String,
    period_from: i64,
    period_to: i64,
    issued_on: String,
    due_on: String,
    currency: String,
    net: i64,
    tax: i64,
    total: i64,
    credit_before_tax: i64,
    credit_after_tax: i64,
    as_of: i64,
    epoch: i64,
    finalized_at: i64,
    status: String,
}

/// All invoices, newest first; those of one customer when one is named.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn list(
    connection: &mut SqliteConnection,
    customer: Option<CustomerId>,
) -> StoreResult<Vec<InvoiceHead>> {
    let customer = customer.map(|id| id.to_string());
    query_as!(
        Stored,
        r#"SELECT id, number, customer, period_from, period_to, issued_on, due_on, currency, net,
            tax, total, credit_before_tax, credit_after_tax, as_of, epoch, finalized_at,
            (SELECT s.status FROM invoice_status s WHERE s.invoice = i.id
             ORDER BY s.seq DESC LIMIT 1) AS "status!: String"
         FROM invoice i WHERE (?1 IS NULL OR customer = ?1) ORDER BY seq DESC"#,
        customer
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// The invoice of a customer for a period that is not void, if there is one.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn of_period(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    period: Period,
) -> StoreResult<Option<InvoiceHead>> {
    let heads = list(connection, Some(customer)).await?;
    Ok(heads
        .into_iter()
        .find(|head| head.period == period && head.status != InvoiceStatus::Void))
}

/// What lists show of one invoice.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] for what cannot be read back.
pub async fn head(connection: &mut SqliteConnection, id: InvoiceId) -> StoreResult<InvoiceHead> {
    let id = id.to_string();
    let stored = query_as!(
        Stored,
        r#"SELECT id, number, customer, period_from, period_to, issued_on, due_on, currency, net,
            tax, total, credit_before_tax, credit_after_tax, as_of, epoch, finalized_at,
            (SELECT s.status FROM invoice_status s WHERE s.invoice = i.id
             ORDER BY s.seq DESC LIMIT 1) AS "status!: String"
         FROM invoice i WHERE id = ?1"#,
        id
    )
    .fetch_optional(connection)
    .await?;
    match stored {
        Some(stored) => read(&stored),
        None => Err(StoreError::NotFound {
            table: "invoice",
            id,
        }),
    }
}

/// One invoice with everything.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] for what cannot be read back.
pub async fn get(connection: &mut SqliteConnection, id: InvoiceId) -> StoreResult<StoredInvoice> {
    let head = head(connection, id).await?;
    let id = id.to_string();
    let at = Row {
        table: "invoice",
        id: &id,
    };
    let row = query!(
        "SELECT input_hash, inputs, body FROM invoice WHERE id = ?1",
        id
    )
    .fetch_one(connection)
    .await?;
    let body = unpack(&row.body).ok_or_else(|| at.corrupt("body"))?;
    Ok(StoredInvoice {
        head,
        invoice: at.json("body", &body)?,
        inputs: unpack(&row.inputs).ok_or_else(|| at.corrupt("inputs"))?,
        input_hash: row.input_hash,
    })
}

/// Why an invoice was finalized although something spoke against it; empty for most.
///
/// # Errors
/// When the database fails.
pub async fn finalized_reason(
    connection: &mut SqliteConnection,
    id: InvoiceId,
) -> StoreResult<String> {
    let id = id.to_string();
    let found = query_scalar!(
        "SELECT reason FROM invoice_status WHERE invoice = ?1 AND status = 'finalized'",
        id
    )
    .fetch_optional(connection)
    .await?;
    found.ok_or(StoreError::NotFound {
        table: "invoice",
        id,
    })
}

/// Series whose numbers have gaps; none in a sound book.
///
/// # Errors
/// When the database fails.
pub async fn number_faults(connection: &mut SqliteConnection) -> StoreResult<Vec<NumberFault>> {
    let rows = query!(
        r#"WITH numbered AS (SELECT series, counter FROM invoice
            UNION ALL SELECT series, counter FROM credit_note)
         SELECT s.name AS "name!", s.next - s.first - count(i.counter) AS "missing!: i64",
            coalesce(min(i.counter) = s.first AND max(i.counter) = s.next - 1, s.next = s.first)
                AS "whole!: bool"
         FROM invoice_series s LEFT JOIN numbered i ON i.series = s.name GROUP BY s.name"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.missing != 0 || !row.whole)
        .map(|row| NumberFault {
            series: row.name,
            missing: row.missing,
        })
        .collect())
}

/// Invoices whose columns for lists differ from the invoice itself; none in a sound book.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn column_faults(connection: &mut SqliteConnection) -> StoreResult<Vec<InvoiceId>> {
    let mut faults = Vec::new();
    for head in list(connection, None).await? {
        let stored = get(connection, head.id).await?;
        let (invoice, totals) = (&stored.invoice, stored.invoice.totals());
        let id = head.id.to_string();
        let lines = query_scalar!(
            r#"SELECT coalesce(sum(net), 0) AS "net!: i64" FROM invoice_line WHERE invoice = ?1"#,
            id
        )
        .fetch_one(&mut *connection)
        .await?;
        let taxes = query_scalar!(
            r#"SELECT coalesce(sum(tax), 0) AS "tax!: i64" FROM invoice_tax WHERE invoice = ?1"#,
            id
        )
        .fetch_one(&mut *connection)
        .await?;
        let same = head.number == invoice.number()
            && head.customer == invoice.customer().id
            && head.period == invoice.period()
            && head.issued_on == invoice.issue_date()
            && head.due_on == invoice.due_date()
            && totals.charged() == Ok(head.net)
            && (head.tax, head.total) == (totals.tax, totals.total)
            && head.credit_before_tax == totals.credit_before_tax()
            && head.credit_after_tax == totals.credit_after_tax()
            && head.as_of == invoice.as_of()
            && lines == totals.net.minor()
            && taxes == totals.tax.minor()
            && stored.input_hash == invoice.input_hash()
            && stored.input_hash == ratebook_invoicing::sha256(&stored.inputs);
        if !same {
            faults.push(head.id);
        }
    }
    Ok(faults)
}

fn read(stored: &Stored) -> StoreResult<InvoiceHead> {
    let at = Row {
        table: "invoice",
        id: &stored.id,
    };
    let currency: Currency = at.currency("currency", &stored.currency)?;
    let money = |minor| Money::from_minor(minor, currency);
    // The column has what is taxed; what is charged is before credit.
    let net = money(stored.net).plus(money(stored.credit_before_tax));
    Ok(InvoiceHead {
        id: at.read("id", InvoiceId::parse(&stored.id))?,
        number: stored.number.clone(),
        customer: at.read("customer", CustomerId::parse(&stored.customer))?,
        period: Period {
            from: at.at("period_from", stored.period_from)?,
            to: at.at("period_to", stored.period_to)?,
        },
        issued_on: at.date("issued_on", &stored.issued_on)?,
        due_on: at.date("due_on", &stored.due_on)?,
        net: at.read("net", net)?,
        tax: money(stored.tax),
        total: money(stored.total),
        credit_before_tax: money(stored.credit_before_tax),
        credit_after_tax: money(stored.credit_after_tax),
        as_of: at.at("as_of", stored.as_of)?,
        epoch: stored.epoch,
        finalized_at: at.at("finalized_at", stored.finalized_at)?,
        status: match stored.status.as_str() {
            "finalized" => InvoiceStatus::Finalized,
            "void" => InvoiceStatus::Void,
            _ => return Err(at.corrupt("status")),
        },
    })
}
