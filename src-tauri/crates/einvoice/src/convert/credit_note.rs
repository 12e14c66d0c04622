//! A credit note in the terms of EN 16931: what is taken back, above zero.

use super::{allowances, days, line, party, sums, taxes};
use crate::{Account, Einvoice, EinvoiceError, Kind, Preceding, Terms};
use ratebook_invoicing::document::{Row, Writer};
use ratebook_invoicing::{CreditNote, print};

impl Einvoice {
    /// A credit note as it was finalized, with the words of its paper. It names no account: the
    /// customer's is not known.
    ///
    /// # Errors
    /// [`EinvoiceError::Money`] when a sum does not fit, [`EinvoiceError::Invoice`] when a line
    /// cannot be put into words.
    pub fn of_credit_note(note: &CreditNote) -> Result<Self, EinvoiceError> {
        let writer = Writer::new(&note.customer().locale);
        let words = writer.words();
        let paper = print::credit_note(note)?;
        let groups = paper
            .table
            .sections
            .iter()
            .flat_map(|section| &section.groups);
        // The paper has a row for each line, in their order.
        let rows: Vec<&Row> = groups.flat_map(|group| &group.rows).collect();
        let mut lines = Vec::with_capacity(note.lines().len());
        for (each, row) in note.lines().iter().zip(rows) {
            lines.push(line::taken_back(each, row)?);
        }
        let mut notes = vec![note.reason().to_owned()];
        notes.extend(paper.notes);
        Ok(Self {
            kind: Kind::CreditNote(Preceding {
                number: note.invoice().to_owned(),
                issue_date: note.invoice_date(),
            }),
            number: note.number().to_owned(),
            issue_date: note.issue_date(),
            terms: Terms {
                due: None,
                text: format!("{}.", words.will_be_refunded),
            },
            currency: note.currency(),
            seller: party::seller(note.company()),
            buyer: party::buyer(note.customer()),
            buyer_reference: note.customer().reference.clone(),
            order_reference: note.customer().order_reference.clone(),
            days: days(note.service(), note.lines().iter().map(|line| &line.of)),
            lines,
            allowances: allowances(note.credits(), words)?,
            taxes: taxes(&note.totals().taxes, words)?,
            sums: sums(note.totals())?,
            account: Account::default(),
            notes,
        })
    }
}
