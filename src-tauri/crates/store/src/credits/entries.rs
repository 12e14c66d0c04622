//! Reading and checking the ledger.

use crate::StoreResult;
use crate::codec::Row;
use ratebook_catalog::{CustomerId, GrantId, InvoiceId};
use ratebook_money::{Money, Timestamp};
use sqlx::{SqliteConnection, query};

/// Where credit is, comes from or goes to, within one grant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LedgerAccount {
    /// Where grants come from; below zero by what was granted.
    Issued,
    /// What is left.
    Grant,
    /// What invoices have used.
    Used,
    /// What was left at the end.
    Expired,
    /// What was taken back.
    Voided,
}

/// An entry as it is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerEntry {
    /// Grows with every entry of the book; there may be gaps.
    pub sequence: i64,
    /// When it takes effect.
    pub at: Timestamp,
    /// The grant.
    pub grant: GrantId,
    /// Taken from here …
    pub from: LedgerAccount,
    /// … and put there.
    pub to: LedgerAccount,
    /// How much; above zero.
    pub amount: Money,
    /// The invoice that used it or gave it back.
    pub invoice: Option<LedgerInvoice>,
    /// Why, where somebody said so.
    pub note: String,
    /// What the customer has left in this currency after it, of all grants.
    pub balance: Money,
}

/// The invoice of an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerInvoice {
    /// Id in the book.
    pub id: InvoiceId,
    /// The number printed on it.
    pub number: String,
    /// The begin of its billing period.
    pub from: Timestamp,
}

/// A fault of the ledger; none in a sound book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CreditFault {
    /// A grant, or the number of an invoice.
    pub subject: String,
    /// What differs.
    pub detail: String,
}

/// The entries of a customer, newest first.
///
/// # Errors
/// [`crate::StoreError::Corrupt`] for what cannot be read back.
pub async fn entries(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> StoreResult<Vec<LedgerEntry>> {
    let customer = customer.to_string();
    let rows = query!(
        r#"SELECT e.seq, e.credit_grant, e.at, e.from_account, e.to_account, e.amount, e.note,
            e.invoice, i.number AS "number?", i.period_from AS "period_from?", g.currency,
            sum(CASE 'grant' WHEN e.to_account THEN e.amount WHEN e.from_account THEN -e.amount
                ELSE 0 END) OVER (PARTITION BY g.currency ORDER BY e.seq) AS "balance!: i64"
         FROM credit_grant g JOIN credit_entry e ON e.credit_grant = g.id
         LEFT JOIN invoice i ON i.id = e.invoice
         WHERE g.customer = ?1 ORDER BY e.seq DESC"#,
        customer
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let id = row.seq.to_string();
            let place = Row {
                table: "credit_entry",
                id: &id,
            };
            let currency = place.currency("currency", &row.currency)?;
            let invoice = match (row.invoice, row.number, row.period_from) {
                (Some(id), Some(number), Some(from)) => Some(LedgerInvoice {
                    id: place.read("invoice", InvoiceId::parse(&id))?,
                    number,
                    from: place.at("invoice", from)?,
                }),
                (None, _, _) => None,
                (Some(_), _, _) => return Err(place.corrupt("invoice")),
            };
            Ok(LedgerEntry {
                sequence: row.seq,
                at: place.at("at", row.at)?,
                grant: place.read("credit_grant", GrantId::parse(&row.credit_grant))?,
                from: account(place, "from_account", &row.from_account)?,
                to: account(place, "to_account", &row.to_account)?,
                amount: Money::from_minor(row.amount, currency),
                invoice,
                note: row.note,
                balance: Money::from_minor(row.balance, currency),
            })
        })
        .collect()
}

fn account(place: Row<'_>, column: &'static str, word: &str) -> StoreResult<LedgerAccount> {
    Ok(match word {
        "issued" => LedgerAccount::Issued,
        "grant" => LedgerAccount::Grant,
        "used" => LedgerAccount::Used,
        "expired" => LedgerAccount::Expired,
        "voided" => LedgerAccount::Voided,
        _ => return Err(place.corrupt(column)),
    })
}

/// Grants whose accounts do not add up to what was granted or are below zero, and invoices that
/// used another amount of credit than they say; none in a sound book.
///
/// # Errors
/// When the database fails.
pub async fn faults(connection: &mut SqliteConnection) -> StoreResult<Vec<CreditFault>> {
    let grants = query!(
        r#"WITH account AS (
            SELECT credit_grant, to_account AS account, amount FROM credit_entry
            UNION ALL SELECT credit_grant, from_account, -amount FROM credit_entry
        ), balance AS (
            SELECT credit_grant, account, sum(amount) AS amount FROM account GROUP BY 1, 2
        )
        SELECT g.id AS "id!", g.amount AS "granted!: i64",
            coalesce(sum(b.amount) FILTER (WHERE b.account <> 'issued'), 0) AS "sum!: i64",
            coalesce(min(b.amount) FILTER (WHERE b.account <> 'issued'), 0) AS "least!: i64"
         FROM credit_grant g LEFT JOIN balance b ON b.credit_grant = g.id GROUP BY g.seq"#
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut faults: Vec<CreditFault> = grants
        .into_iter()
        .filter(|row| row.granted != row.sum || row.least < 0)
        .map(|row| CreditFault {
            subject: row.id,
            detail: format!(
                "{} granted, {} in its accounts, the least of them {}",
                row.granted, row.sum, row.least
            ),
        })
        .collect();
    // A void invoice has given back all that it used, a credit note what it did not pay back.
    let invoices = query!(
        r#"SELECT i.number AS "number!",
            CASE (SELECT s.status FROM invoice_status s WHERE s.invoice = i.id
                  ORDER BY s.seq DESC LIMIT 1)
                WHEN 'void' THEN 0 ELSE i.credit_before_tax + i.credit_after_tax
                - coalesce((SELECT sum(c.net + c.tax - c.payable) FROM credit_note c
                            WHERE c.invoice = i.id), 0) END
                AS "named!: i64",
            coalesce((SELECT sum(CASE e.to_account WHEN 'used' THEN e.amount ELSE -e.amount END)
                FROM credit_entry e WHERE e.invoice = i.id), 0) AS "used!: i64"
         FROM invoice i"#
    )
    .fetch_all(connection)
    .await?;
    let differing = invoices.into_iter().filter(|row| row.named != row.used);
    faults.extend(differing.map(|row| CreditFault {
        subject: row.number,
        detail: format!("{} on the invoice, {} in the ledger", row.named, row.used),
    }));
    Ok(faults)
}
