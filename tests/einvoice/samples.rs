//! Invoices of all kinds, as e-invoices.

use crate::cases::{invoice_of, scripts};
use ratebook_einvoice::{Einvoice, Endpoint, Tax};
use ratebook_invoicing::{CreditNoteFault, FinalizedInvoice, TakeBack, TaxCategory, TaxKey};
use ratebook_invoicing::{draft_credit_note, finalize_credit_note};
use ratebook_money::Money;
use std::fmt::Write;

/// All that can be written, with their names.
pub fn all() -> Vec<(String, Einvoice)> {
    let mut samples: Vec<(String, Einvoice)> = ["tests/invoices", "tests/einvoice"]
        .iter()
        .flat_map(|folder| scripts(folder))
        .filter_map(|(name, text)| Some((name, whole(&text)?)))
        .collect();
    samples.push(("many_lines".to_owned(), many_lines()));
    samples.push(("several_rates".to_owned(), several_rates()));
    let all_scripts = ["tests/invoices", "tests/einvoice"].map(scripts).concat();
    for (name, text) in all_scripts {
        let Some(invoice) = invoice_of(&text) else {
            continue;
        };
        for (how, asked) in [
            ("all", TakeBack::All),
            (
                "part",
                TakeBack::Amount(Money::from_minor(777, invoice.currency())),
            ),
        ] {
            if let Some(note) = taken_back(&invoice, &asked) {
                samples.push((format!("{name}_{how}_back"), note));
            }
        }
    }
    samples
}

/// The case of a name, with all that any format asks for.
pub fn named(name: &str) -> (String, Einvoice) {
    let text = ["tests/invoices", "tests/einvoice"]
        .iter()
        .flat_map(|folder| scripts(folder))
        .find(|(known, _)| known == name)
        .map(|(_, text)| text);
    let text = text.unwrap_or_else(|| panic!("no case {name}"));
    let invoice = whole(&text).unwrap_or_else(|| panic!("{name} is no invoice"));
    (name.to_owned(), invoice)
}

/// An invoice of a company and a customer that say no more than they must.
pub fn bare() -> (String, Einvoice) {
    let text = scripts("tests/invoices")
        .into_iter()
        .find(|(name, _)| name == "tax_on_the_sum");
    let (name, text) = text.expect("the case");
    let invoice = invoice_of(&text).expect("an invoice");
    (name, Einvoice::of(&invoice).expect("an e-invoice"))
}

/// An invoice in a currency with three decimals.
pub fn dinar() -> Einvoice {
    whole(
        "customer KWD Asia/Kuwait en-GB tax 5\nplan Base KWD\nfee Platform 12.345 arrears\n\
         subscribe 2026-01-01\nissued HS-2026-0001 2026-11-03\n",
    )
    .expect("an invoice")
}

fn whole(text: &str) -> Option<Einvoice> {
    let invoice = invoice_of(text)?;
    Some(said(
        Einvoice::of(&invoice).unwrap_or_else(|error| panic!("{error}")),
    ))
}

/// With all that any format asks for.
fn said(mut invoice: Einvoice) -> Einvoice {
    invoice.buyer_reference = "04011000-12345-67".to_owned();
    invoice.seller.endpoint = endpoint("9930", "DE301884752");
    invoice.buyer.endpoint = endpoint("9930", "DE298117406");
    invoice.seller.contact.name = "Billing desk".to_owned();
    invoice.seller.contact.phone = "+49 30 5550 0".to_owned();
    invoice
}

fn endpoint(scheme: &str, id: &str) -> Endpoint {
    Endpoint {
        scheme: scheme.to_owned(),
        id: id.to_owned(),
    }
}

fn many_lines() -> Einvoice {
    let mut text = "customer EUR Europe/Berlin de-DE tax 19\nplan Base EUR\n".to_owned();
    for number in 1..=400 {
        let _ = writeln!(
            text,
            "fee \"Seat {number}\" {}.{:02} arrears",
            number,
            number % 100
        );
    }
    text.push_str("subscribe 2026-01-01\nissued HS-2026-0001 2026-11-03\n");
    whole(&text).expect("an invoice")
}

/// The second line at another rate: the taxes anew, per rate on the sum.
fn several_rates() -> Einvoice {
    let (_, mut invoice) = named("tax_on_the_sum");
    let reduced = TaxKey {
        category: TaxCategory::S,
        percent: "7".to_owned(),
        reason: String::new(),
    };
    let exempt = TaxKey {
        category: TaxCategory::E,
        percent: "0".to_owned(),
        reason: "§ 4 Nr. 8 UStG".to_owned(),
    };
    invoice.lines[1].tax = reduced;
    invoice.lines[2].tax = exempt;
    let mut tax = Money::zero(invoice.currency);
    invoice.taxes.clear();
    for line in &invoice.lines {
        let own = line.tax.tax_on(line.amount).expect("a tax");
        tax = tax.plus(own).expect("a sum");
        invoice.taxes.push(Tax {
            category: line.tax.category,
            percent: line.tax.percent.clone(),
            reason: line.tax.reason.clone(),
            taxable: line.amount,
            tax: own,
        });
    }
    let gross = invoice.sums.net.plus(tax).expect("a sum");
    invoice.sums.tax = tax;
    invoice.sums.gross = gross;
    invoice.sums.payable = gross;
    invoice
}

/// What a credit note takes back; nothing where the invoice came to less.
fn taken_back(invoice: &FinalizedInvoice, asked: &TakeBack) -> Option<Einvoice> {
    let draft = match draft_credit_note(invoice, &[], asked) {
        Ok(draft) => draft,
        Err(CreditNoteFault::TooMuch { .. }) => return None,
        Err(error) => panic!("{}: {error}", invoice.number()),
    };
    let day = invoice.due_date();
    let number = "CN-2026-0001".to_owned();
    let note = finalize_credit_note(draft, invoice, number, day, "As agreed".to_owned());
    let note = Einvoice::of_credit_note(&note).unwrap_or_else(|error| panic!("{error}"));
    Some(said(note))
}
