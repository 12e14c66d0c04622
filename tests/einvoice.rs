//! E-invoices, judged by others: the schemas and rules of Factur-X, EN 16931 and Peppol.
//!
//! Every case of `tests/invoices` is written in every format, besides what is only here. A rule set
//! that fires no rule has looked at nothing, and fails the test like a broken rule.

#[path = "einvoice/broken.rs"]
mod broken;
#[path = "einvoice/hybrid.rs"]
mod hybrid;
#[path = "einvoice/person.rs"]
mod person;
#[path = "einvoice/samples.rs"]
mod samples;
#[path = "einvoice/validator.rs"]
mod validator;

use ratebook_einvoice::{EinvoiceError, Format, faults, write};
use std::fs;
use suite::repository::root;
use validator::{Folder, Verdict};

/// Rules that know only their own specification. XRechnung is judged by the others; what it asks
/// for itself no package judges, so the crate's own list is held against it below.
const OTHER_SPECIFICATION: [&str; 2] = ["PEPPOL-EN16931-R004", "FX-SCH-A-000556"];

/// The file inside of a hybrid PDF is that of CII, as its own test says.
fn xml_formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| !format.is_hybrid())
}

#[test]
fn every_invoice_passes_the_rules_of_every_format() {
    let folder = Folder::new();
    let samples = samples::all();
    assert!(samples.len() >= 20, "only {} invoices", samples.len());
    for (name, invoice) in &samples {
        for format in xml_formats() {
            let text = write(invoice, format)
                .unwrap_or_else(|error| panic!("{name} as {}: {error}", format.name()));
            folder.add(name, format, &text);
        }
    }
    let verdicts = folder.judge();
    assert_eq!(verdicts.len(), samples.len() * xml_formats().count());
    let wrong: Vec<String> = verdicts.iter().flat_map(complaints).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn complaints(verdict: &Verdict) -> Vec<String> {
    let mut found = verdict.schema.clone();
    for (set, rules) in &verdict.rules {
        if rules.fired == 0 {
            found.push(format!("{set} looked at nothing"));
        }
        let failed = rules.failed.iter();
        let is_other = verdict.file.contains(".xrechnung");
        let is_own = |rule: &str| !(is_other && OTHER_SPECIFICATION.contains(&rule));
        found.extend(
            failed
                .filter(|fault| is_own(&fault.rule))
                .map(|fault| format!("{} {}", fault.rule, fault.text)),
        );
    }
    let named = |complaint: String| format!("{}: {complaint}", verdict.file);
    found.into_iter().map(named).collect()
}

#[test]
fn broken_copies_fail_by_the_rule_that_they_break() {
    let folder = Folder::new();
    let (_, invoice) = samples::named("fee_usage_and_runs");
    for (index, broken) in broken::ALL.iter().enumerate() {
        let text = write(&invoice, broken.format).expect("a whole one");
        let text = broken.make(&text);
        folder.add(&format!("{index:02}"), broken.format, &text);
    }
    let verdicts = folder.judge();
    assert_eq!(verdicts.len(), broken::ALL.len());
    for (index, broken) in broken::ALL.iter().enumerate() {
        let name = format!("{index:02}.{}.xml", broken.format.name());
        let verdict = verdicts.iter().find(|verdict| verdict.file == name);
        let verdict = verdict.unwrap_or_else(|| panic!("{name} was not judged"));
        let failed = verdict.failed();
        let fails = match broken.rule {
            "schema" => !verdict.schema.is_empty(),
            rule => failed.iter().any(|failed| failed == rule),
        };
        assert!(
            fails,
            "{} -> {}: wants {}, has {failed:?} {:?}",
            broken.from, broken.to, broken.rule, verdict.schema
        );
    }
}

#[test]
fn a_file_is_written_as_it_was() {
    let (_, invoice) = samples::named("fee_usage_and_runs");
    for format in [Format::Cii, Format::Peppol] {
        let text = write(&invoice, format).expect("a whole one");
        let path = root().join(format!(
            "tests/einvoice/fee_usage_and_runs.{}.xml",
            format.name()
        ));
        if std::env::var_os("RATEBOOK_BLESS").is_some() {
            fs::write(&path, &text).expect("the file is written");
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            known,
            text,
            "RATEBOOK_BLESS=1 accepts it: {}",
            path.display()
        );
    }
}

#[test]
fn quantity_and_price_make_the_amount_of_every_line() {
    for (name, invoice) in samples::all() {
        for line in &invoice.lines {
            let per = rust_decimal::Decimal::from(line.per);
            let exact = line.quantity * (line.price / per);
            let off = (exact - line.amount.to_decimal()).abs();
            let half = rust_decimal::Decimal::new(5, invoice.currency.minor_digits() + 1);
            assert!(off <= half, "{name}, line {}: {exact}", line.number);
            assert!(
                !line.price.is_sign_negative(),
                "{name}, line {}",
                line.number
            );
        }
    }
}

#[test]
fn three_decimals_are_refused_with_the_reason() {
    let invoice = samples::dinar();
    let found = faults(&invoice, Format::Cii);
    let codes: Vec<&str> = found.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["einvoice_decimals"]);
    assert_eq!(found[0].params["currency"], "KWD");
    assert_eq!(
        write(&invoice, Format::Cii),
        Err(EinvoiceError::Faults(found))
    );
}

#[test]
fn each_format_names_what_it_misses() {
    let (_, bare) = samples::bare();
    let missing = |format| {
        let found = faults(&bare, format);
        let each = found
            .iter()
            .map(|issue| format!("{} {}", issue.path, issue.code));
        each.collect::<Vec<_>>()
    };
    assert_eq!(missing(Format::Cii), Vec::<String>::new());
    assert_eq!(missing(Format::Ubl), Vec::<String>::new());
    assert_eq!(
        missing(Format::Peppol),
        ["customer.reference required", "customer.endpoint required"]
    );
    assert_eq!(
        missing(Format::Xrechnung),
        [
            "customer.reference required",
            "company.contact.name required",
            "company.contact.phone required",
            "customer.endpoint required",
        ]
    );
}

#[test]
fn names_are_escaped_and_what_xml_cannot_write_is_named() {
    let (_, mut invoice) = samples::named("tax_on_the_sum");
    invoice.buyer.name = "<Acme> & \"Söhne\" ]]> 漢字".to_owned();
    let text = write(&invoice, Format::Peppol).expect("a whole one");
    assert!(text.contains("&lt;Acme&gt; &amp;"), "{text}");
    invoice.buyer.name = "Acme\u{1}".to_owned();
    invoice.lines[1].name = "One\u{FFFF}".to_owned();
    let found = faults(&invoice, Format::Peppol);
    let named: Vec<String> = found
        .iter()
        .map(|issue| format!("{} {} {}", issue.path, issue.code, issue.params["value"]))
        .collect();
    let expected = [
        "customer.name forbidden_character U+0001",
        "lines[1].name forbidden_character U+FFFF",
    ];
    assert_eq!(named, expected);
}
