//! Invoices of all kinds, as e-invoices.

use crate::cases::{invoice_of, scripts};
use ratebook_einvoice::{Einvoice, Endpoint, Kind, Preceding, Tax};
use ratebook_invoicing::{TaxCategory, TaxKey};
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
    let noted: Vec<(String, Einvoice)> = ["fee_usage_and_runs", "reverse_charge", "out_of_scope"]
        .iter()
        .map(|name| named(name))
        .map(|(name, invoice)| (format!("{name}_credited"), credited(invoice)))
        .collect();
    samples.extend(noted);
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
    let mut invoice = Einvoice::of(&invoice).unwrap_or_else(|error| panic!("{error}"));
    invoice.buyer_reference = "04011000-12345-67".to_owned();
    invoice.seller.endpoint = endpoint("9930", "DE301884752");
    invoice.buyer.endpoint = endpoint("9930", "DE298117406");
    invoice.seller.contact.name = "Billing desk".to_owned();
    invoice.seller.contact.phone = "+49 30 5550 0".to_owned();
    Some(invoice)
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

/// All of an invoice given back.
fn credited(invoice: Einvoice) -> Einvoice {
    let preceding = Preceding {
        number: invoice.number.clone(),
        issue_date: invoice.issue_date,
    };
    Einvoice {
        kind: Kind::CreditNote(preceding),
        number: "GS-2026-0001".to_owned(),
        ..invoice
    }
}
