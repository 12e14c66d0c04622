use super::{Chart, Entry, plain};
use crate::InvoiceError;
use ratebook_money::Date;
use std::collections::BTreeMap;

/// A journal of beancount: <https://beancount.github.io/docs/beancount_language_syntax.html>.
pub(super) fn write(entries: &[Entry], chart: &Chart) -> Result<String, InvoiceError> {
    let mut body = String::new();
    let mut opened: BTreeMap<String, Date> = BTreeMap::new();
    for entry in entries {
        let payee = quoted(&entry.party.name);
        let words = [
            entry.kind.word(),
            entry.document.as_str(),
            entry.note.as_str(),
        ];
        let words = words.into_iter().filter(|word| !word.is_empty());
        let narration = quoted(&words.collect::<Vec<_>>().join(", "));
        body.push_str(&format!("{} * {payee} {narration}\n", entry.day));
        for (role, amount) in entry.postings()? {
            let account = account(&chart.path(&role, &entry.party.number));
            let currency = amount.currency();
            body.push_str(&format!("  {account}  {} {currency}\n", amount.number()));
            let first = opened.entry(account).or_insert(entry.day);
            *first = entry.day.min(*first);
        }
        body.push('\n');
    }
    let mut text = String::new();
    for (account, day) in opened {
        text.push_str(&format!("{day} open {account}\n"));
    }
    text.push('\n');
    Ok(text + &body)
}

fn quoted(text: &str) -> String {
    let plain = plain(text, &[]);
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Parts of an account begin with a capital or a figure and have letters, figures and dashes only.
fn account(path: &str) -> String {
    let parts = path.split(':').map(|part| {
        let kept = part
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' });
        let kept: String = kept.collect();
        let mut signs = kept.trim_matches('-').chars();
        match signs.next() {
            Some(first) => first.to_uppercase().chain(signs).collect(),
            None => "X".to_owned(),
        }
    });
    parts.collect::<Vec<String>>().join(":")
}
