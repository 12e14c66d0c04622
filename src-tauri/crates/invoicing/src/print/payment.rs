//! How to pay.

use super::Printed;
use crate::document::words::fill;
use crate::document::{CreditTransfer, PaymentBox, Writer};
use std::cmp::Ordering;

/// The box at the end of the invoice; without an amount to pay it says only that.
pub(super) fn payment(invoice: &Printed, writer: &Writer) -> Option<PaymentBox> {
    let words = writer.words();
    let bare = |heading: String| PaymentBox {
        heading,
        rows: Vec::new(),
        notes: Vec::new(),
        code: None,
        code_caption: Vec::new(),
    };
    match invoice.totals.payable.minor().cmp(&0) {
        Ordering::Less => return Some(bare(words.will_be_refunded.to_owned())),
        Ordering::Equal => return Some(bare(words.nothing_to_pay.to_owned())),
        Ordering::Greater => {}
    }
    let bank = &invoice.company.bank;
    let iban = is_iban(&bank.account);
    let (label, account) = if iban {
        ("IBAN", in_fours(&bank.account))
    } else {
        ("№", bank.account.clone())
    };
    let rows = [
        (words.account_holder, bank.holder.clone()),
        (words.bank, bank.bank_name.clone()),
        (label, account),
        ("BIC", bank.bic.clone()),
        (
            words.payment_reference,
            invoice.number.unwrap_or("").to_owned(),
        ),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let code = code(invoice).filter(|_| iban);
    let caption = [words.scan_to_pay, words.sepa_transfer];
    Some(PaymentBox {
        rows: filled
            .map(|(label, value)| (label.to_owned(), value))
            .collect(),
        code_caption: match code {
            Some(_) => caption.iter().map(|line| (*line).to_owned()).collect(),
            None => Vec::new(),
        },
        code,
        ..bare(fill(words.pay_by, &[("date", &writer.date(invoice.due))]))
    })
}

/// The text of the code; none for a draft, another currency than euro, or a missing holder.
fn code(invoice: &Printed) -> Option<String> {
    let bank = &invoice.company.bank;
    let transfer = CreditTransfer {
        account_holder: bank.holder.clone(),
        iban: bank.account.clone(),
        bic: bank.bic.clone(),
        amount: invoice.totals.payable,
        reference: invoice.number?.to_owned(),
    };
    transfer.code().ok()
}

/// Two letters, two digits, then letters and digits (ISO 13616).
fn is_iban(account: &str) -> bool {
    let plain: Vec<char> = account.chars().filter(|c| !c.is_whitespace()).collect();
    let (country, rest) = plain.split_at(plain.len().min(2));
    (15..=34).contains(&plain.len())
        && country.iter().all(char::is_ascii_uppercase)
        && rest.iter().take(2).all(char::is_ascii_digit)
        && rest.iter().all(char::is_ascii_alphanumeric)
}

fn in_fours(account: &str) -> String {
    let plain = account.chars().filter(|c| !c.is_whitespace());
    let mut text = String::new();
    for (index, letter) in plain.enumerate() {
        if index > 0 && index.is_multiple_of(4) {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}
