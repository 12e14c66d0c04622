//! Writes the printed words and figures of a case's invoice.

use super::book::Book;
use super::written::finalized;
use ratebook_invoicing::document::{Document, Row, Section};
use ratebook_invoicing::{InvoiceStatus, print};
use std::fmt::Write;

/// The document of the finalized invoice.
pub fn printed(book: &Book) -> String {
    let invoice = match finalized(book) {
        Ok(invoice) => invoice,
        Err(error) => return format!("error     {error}\n"),
    };
    let document = print::finalized(&invoice, InvoiceStatus::Finalized).expect("a document");
    let mut out = String::new();
    head(&mut out, &document);
    let columns = &document.table.columns;
    let names = [
        &columns.description,
        &columns.quantity,
        &columns.unit_price,
        &columns.amount,
    ];
    let _ = writeln!(out, "\n{}", names.map(String::as_str).join(" | "));
    for section in &document.table.sections {
        of_section(&mut out, section);
    }
    end(&mut out, &document);
    out
}

fn head(out: &mut String, document: &Document) {
    let _ = writeln!(out, "{} ({})", document.title, document.locale);
    let _ = writeln!(out, "from  {}", document.seller.sender_line);
    let _ = writeln!(out, "to    {}", document.buyer.join(" / "));
    for row in &document.meta {
        let _ = writeln!(out, "      {}: {}", row.label, row.value);
    }
}

fn of_section(out: &mut String, section: &Section) {
    let subtotal = section.subtotal.as_deref().unwrap_or("");
    let heading = join(&[&section.heading, &section.qualifier]);
    let _ = writeln!(out, "\n{}", join_figures(&heading, &[subtotal]));
    for group in &section.groups {
        if let Some(head) = &group.head {
            row(out, "", head);
        }
        for part in &group.rows {
            row(out, "  ", part);
        }
    }
}

fn row(out: &mut String, indent: &str, row: &Row) {
    let words = join(&[&row.description, &row.qualifier]);
    let figures = [row.quantity.as_str(), &row.unit_price, &row.amount];
    let running = if row.running.is_empty() { "" } else { " -> " };
    let line = join_figures(&words, &figures);
    let _ = writeln!(out, "{indent}{line}{running}{}", row.running);
    for note in &row.notes {
        let _ = writeln!(out, "{indent}  ({note})");
    }
}

fn end(out: &mut String, document: &Document) {
    out.push('\n');
    for tax in document.tax.iter().flat_map(|table| &table.rows) {
        let _ = writeln!(
            out,
            "{}",
            join_figures(&tax.label, &[&tax.taxable, &tax.tax])
        );
    }
    for total in &document.totals {
        let _ = writeln!(out, "{}", join_figures(&total.label, &[&total.amount]));
    }
    for note in &document.notes {
        let _ = writeln!(out, "{note}");
    }
    if let Some(payment) = &document.payment {
        let _ = writeln!(out, "{}", payment.heading);
        for (label, value) in &payment.rows {
            let _ = writeln!(out, "      {label}: {value}");
        }
        let lines = payment.code.iter().flat_map(|code| code.lines());
        let code: Vec<&str> = lines.collect();
        if !code.is_empty() {
            let _ = writeln!(out, "      QR {}", code.join("|"));
        }
    }
}

fn join(words: &[&String]) -> String {
    let words = words.iter().filter(|word| !word.is_empty());
    words
        .map(|word| word.as_str())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn join_figures(words: &str, figures: &[&str]) -> String {
    let figures = figures.iter().filter(|figure| !figure.is_empty());
    let mut parts = vec![words];
    parts.extend(figures);
    parts.join(" | ")
}
