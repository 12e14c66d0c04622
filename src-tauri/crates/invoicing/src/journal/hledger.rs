use super::{Chart, Entry, plain};
use crate::InvoiceError;
use std::collections::BTreeSet;

/// A journal of hledger: <https://hledger.org/hledger.html#journal>.
pub(super) fn write(entries: &[Entry], chart: &Chart) -> Result<String, InvoiceError> {
    let mut body = String::new();
    let (mut accounts, mut commodities) = (BTreeSet::new(), BTreeSet::new());
    for entry in entries {
        let code = plain(&entry.document, &['(', ')', ';']);
        let code = if code.is_empty() {
            code
        } else {
            format!("({code}) ")
        };
        let name = plain(&entry.party.name, &['|', ';']);
        let kind = entry.kind.word();
        body.push_str(&format!("{} * {code}{name} | {kind}\n", entry.day));
        let note = plain(&entry.note, &[]);
        if !note.is_empty() {
            body.push_str(&format!("    ; {note}\n"));
        }
        for (role, amount) in entry.postings()? {
            let customer = plain(&entry.party.number, &[':', ';', '(', ')', '[', ']']);
            let account = chart.path(&role, &customer);
            let currency = amount.currency().to_string();
            body.push_str(&format!("    {account}  {} {currency}\n", amount.number()));
            commodities.insert(zero(&amount.number(), &currency));
            accounts.insert(account);
        }
        body.push('\n');
    }
    let mut text = String::new();
    for commodity in commodities {
        text.push_str(&format!("commodity {commodity}\n"));
    }
    for account in accounts {
        text.push_str(&format!("account {account}\n"));
    }
    text.push('\n');
    Ok(text + &body)
}

/// A thousand of a currency with its places, by which hledger learns how it is written.
fn zero(number: &str, currency: &str) -> String {
    let places = number.split_once('.').map_or(0, |(_, places)| places.len());
    match places {
        0 => format!("1000. {currency}"),
        _ => format!("1000.{} {currency}", "0".repeat(places)),
    }
}
