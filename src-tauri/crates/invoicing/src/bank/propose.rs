use super::read::BankLine;
use crate::InvoiceError;
use ratebook_catalog::InvoiceId;
use ratebook_money::{Date, Money};
use std::collections::BTreeSet;

/// An invoice that can be paid, or once could.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenInvoice {
    /// Id in the book.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// What the customer is called.
    pub customer: String,
    /// The day on it.
    pub issued_on: Date,
    /// What is owed; zero or below for one that is paid.
    pub open: Money,
}

/// How sure it is which invoices a line pays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Confidence {
    /// The number stands in the reference and the amount is what is open, to the cent.
    Sure,
    /// Something speaks for it; a person should look.
    Likely,
    /// Nothing does.
    None,
}

/// Why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Number and open amount.
    NumberAndAmount,
    /// Several numbers, and their open amounts together.
    NumbersAndAmount,
    /// The number; less than is open came in.
    NumberPartly,
    /// The number; more than is open came in.
    NumberAbove,
    /// The open amount and the customer's name.
    AmountAndName,
    /// All that the customer of this name owes, together.
    AllOfName,
    /// The open amount, of one invoice only.
    AmountOnly,
    /// Several invoices have this amount open.
    AmountOfSeveral,
    /// The number is of an invoice that is paid or void.
    NothingOpen,
    /// The number is of an invoice in another currency.
    OtherCurrency,
    /// The customer's name; no amount fits.
    NameOnly,
    /// The money went out.
    WentOut,
    /// Nothing fits.
    Nothing,
}

/// A part of a line's amount for an invoice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allocation {
    /// The invoice.
    pub invoice: InvoiceId,
    /// How much of it.
    pub amount: Money,
}

/// What a line is thought to pay.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub reason: Reason,
    /// Empty where nothing is proposed.
    pub allocations: Vec<Allocation>,
}

/// Which invoices each line pays, in the order of the lines: what an earlier one pays is not open
/// for a later one.
///
/// # Errors
/// [`InvoiceError::Money`] when a sum does not fit.
pub fn propose(
    lines: &[BankLine],
    invoices: &[OpenInvoice],
) -> Result<Vec<Proposal>, InvoiceError> {
    let mut left: Vec<OpenInvoice> = invoices.to_vec();
    let mut proposals = Vec::with_capacity(lines.len());
    for line in lines {
        let proposal = of_line(line, &left)?;
        for part in &proposal.allocations {
            for invoice in left.iter_mut().filter(|invoice| invoice.id == part.invoice) {
                invoice.open = invoice.open.minus(part.amount)?;
            }
        }
        proposals.push(proposal);
    }
    Ok(proposals)
}

fn of_line(line: &BankLine, invoices: &[OpenInvoice]) -> Result<Proposal, InvoiceError> {
    let none = |reason| Proposal {
        confidence: Confidence::None,
        reason,
        allocations: Vec::new(),
    };
    if line.amount.minor() <= 0 {
        return Ok(none(Reason::WentOut));
    }
    let same = |invoice: &&OpenInvoice| invoice.open.currency() == line.amount.currency();
    let is_open = |invoice: &&OpenInvoice| same(invoice) && invoice.open.minor() > 0;
    let text = letters(&line.reference);
    let named = invoices
        .iter()
        .filter(|invoice| stands_in(&invoice.number, &text));
    let named: Vec<&OpenInvoice> = named.collect();
    let payable: Vec<&OpenInvoice> = named.iter().copied().filter(is_open).collect();
    if !payable.is_empty() {
        return by_number(line, &payable);
    }
    if named.iter().any(|invoice| !same(invoice)) {
        return Ok(none(Reason::OtherCurrency));
    }
    if !named.is_empty() {
        return Ok(none(Reason::NothingOpen));
    }
    let open: Vec<&OpenInvoice> = invoices.iter().filter(is_open).collect();
    by_amount(line, &open)
}

/// The number of one or several open invoices stands in the reference.
fn by_number(line: &BankLine, named: &[&OpenInvoice]) -> Result<Proposal, InvoiceError> {
    let zero = Money::zero(line.amount.currency());
    let sum = named
        .iter()
        .map(|invoice| invoice.open)
        .try_fold(zero, Money::plus)?;
    if sum == line.amount {
        let reason = match named.len() {
            1 => Reason::NumberAndAmount,
            _ => Reason::NumbersAndAmount,
        };
        return Ok(proposal(Confidence::Sure, reason, whole(named)));
    }
    // The oldest is paid first; what is above all of them goes to the last.
    let mut ordered: Vec<&OpenInvoice> = named.to_vec();
    ordered.sort_by(|a, b| (a.issued_on, &a.number).cmp(&(b.issued_on, &b.number)));
    let mut rest = line.amount;
    let mut parts = Vec::new();
    for invoice in &ordered {
        let amount = match invoice.open.minor() < rest.minor() {
            true => invoice.open,
            false => rest,
        };
        rest = rest.minus(amount)?;
        parts.push(Allocation {
            invoice: invoice.id,
            amount,
        });
    }
    if let Some(last) = parts.last_mut() {
        last.amount = last.amount.plus(rest)?;
    }
    parts.retain(|part| part.amount.minor() > 0);
    let reason = match line.amount.minor() < sum.minor() {
        true => Reason::NumberPartly,
        false => Reason::NumberAbove,
    };
    Ok(proposal(Confidence::Likely, reason, parts))
}

/// No number: the amount and the name may tell.
fn by_amount(line: &BankLine, open: &[&OpenInvoice]) -> Result<Proposal, InvoiceError> {
    let is_of_name = |invoice: &OpenInvoice| alike(&invoice.customer, &line.name);
    let fitting = open.iter().filter(|invoice| invoice.open == line.amount);
    let fitting: Vec<&OpenInvoice> = fitting.copied().collect();
    let of_name: Vec<&OpenInvoice> = fitting.iter().copied().filter(|i| is_of_name(i)).collect();
    let likely =
        |reason, invoice: &OpenInvoice| proposal(Confidence::Likely, reason, whole(&[invoice]));
    match (of_name.as_slice(), fitting.as_slice()) {
        ([one], _) => return Ok(likely(Reason::AmountAndName, one)),
        ([_, ..], _) => {
            return Ok(proposal(
                Confidence::None,
                Reason::AmountOfSeveral,
                Vec::new(),
            ));
        }
        ([], _) => {}
    }
    let owed: Vec<&OpenInvoice> = open.iter().copied().filter(|i| is_of_name(i)).collect();
    let zero = Money::zero(line.amount.currency());
    let sum = owed
        .iter()
        .map(|invoice| invoice.open)
        .try_fold(zero, Money::plus)?;
    if owed.len() > 1 && sum == line.amount {
        return Ok(proposal(
            Confidence::Likely,
            Reason::AllOfName,
            whole(&owed),
        ));
    }
    if !owed.is_empty() {
        return Ok(proposal(Confidence::None, Reason::NameOnly, Vec::new()));
    }
    Ok(match fitting.as_slice() {
        [] => proposal(Confidence::None, Reason::Nothing, Vec::new()),
        [one] => likely(Reason::AmountOnly, one),
        [_, ..] => proposal(Confidence::None, Reason::AmountOfSeveral, Vec::new()),
    })
}

fn proposal(confidence: Confidence, reason: Reason, allocations: Vec<Allocation>) -> Proposal {
    Proposal {
        confidence,
        reason,
        allocations,
    }
}

fn whole(invoices: &[&OpenInvoice]) -> Vec<Allocation> {
    let parts = invoices.iter().map(|invoice| Allocation {
        invoice: invoice.id,
        amount: invoice.open,
    });
    parts.collect()
}

/// A text as its letters and figures, each with whether something else stood before it: banks
/// break long references wherever their line ends.
fn letters(text: &str) -> Vec<(char, bool)> {
    let mut letters = Vec::new();
    let mut apart = true;
    for sign in text.chars() {
        if sign.is_alphanumeric() {
            letters.extend(sign.to_uppercase().map(|sign| (sign, apart)));
            apart = false;
        } else {
            apart = true;
        }
    }
    letters
}

/// Whether a number stands in a text, by itself: `2026-1` does not stand in `2026-15`.
fn stands_in(number: &str, text: &[(char, bool)]) -> bool {
    let wanted: Vec<char> = letters(number).into_iter().map(|(sign, _)| sign).collect();
    if wanted.is_empty() {
        return false;
    }
    text.windows(wanted.len())
        .enumerate()
        .any(|(start, window)| {
            let same = window.iter().map(|(sign, _)| sign).eq(wanted.iter());
            let begins = window.first().is_some_and(|(_, apart)| *apart);
            let after = text.get(start.saturating_add(wanted.len()));
            same && begins && after.is_none_or(|(_, apart)| *apart)
        })
}

/// Words that say nothing about who somebody is.
const FORMS: [&str; 22] = [
    "GMBH", "AG", "KG", "UG", "SE", "LTD", "LIMITED", "INC", "LLC", "CORP", "SAS", "SARL", "SA",
    "SL", "SRL", "SPA", "BV", "NV", "AB", "OY", "CO", "UND",
];

/// Whether two names may be of the same: all words of the shorter one are in the other.
fn alike(left: &str, right: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        let upper = name.to_uppercase().replace('.', "");
        let words = upper.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| word.chars().count() > 1 && !FORMS.contains(word));
        words.map(str::to_owned).collect()
    };
    let (left, right) = (words(left), words(right));
    let (few, many) = if left.len() <= right.len() {
        (&left, &right)
    } else {
        (&right, &left)
    };
    !few.is_empty() && few.is_subset(many)
}
