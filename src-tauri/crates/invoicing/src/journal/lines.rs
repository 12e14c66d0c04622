use super::{Chart, Entry};
use crate::InvoiceError;
use ratebook_usage::import::inert;

/// One line for each posting, debit and credit in columns of their own.
pub(super) fn write(entries: &[Entry], chart: &Chart) -> Result<String, InvoiceError> {
    let damaged = |error: csv::Error| InvoiceError::Damaged(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = [
        "entry",
        "date",
        "kind",
        "document",
        "customer_number",
        "customer",
        "account",
        "debit",
        "credit",
        "currency",
        "note",
    ];
    writer.write_record(head).map_err(damaged)?;
    for (index, entry) in (1_u64..).zip(entries) {
        for (role, amount) in entry.postings()? {
            let number = amount.number();
            let (debit, credit) = match number.strip_prefix('-') {
                None => (number.as_str(), ""),
                Some(credit) => ("", credit),
            };
            let record = [
                &index.to_string(),
                &entry.day.to_string(),
                entry.kind.word(),
                &inert(&entry.document),
                &inert(&entry.party.number),
                &inert(&entry.party.name),
                &inert(&chart.path(&role, "")),
                debit,
                credit,
                &amount.currency().to_string(),
                &inert(&entry.note),
            ];
            writer.write_record(record).map_err(damaged)?;
        }
    }
    let bytes = writer.into_inner();
    let bytes = bytes.map_err(|error| InvoiceError::Damaged(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| InvoiceError::Damaged(error.to_string()))
}
