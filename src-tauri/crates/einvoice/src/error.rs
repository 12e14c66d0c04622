use ratebook_catalog::Issue;
use ratebook_invoicing::InvoiceError;
use ratebook_money::MoneyError;
use thiserror::Error;

/// Why there is no e-invoice.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EinvoiceError {
    /// What the format demands and the invoice does not have, each at its field.
    #[error("the invoice lacks what an e-invoice needs: {}", list(.0))]
    Faults(Vec<Issue>),
    /// A figure does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A line cannot be put into words.
    #[error(transparent)]
    Invoice(#[from] InvoiceError),
    /// The text could not be written.
    #[error("writing the XML failed: {0}")]
    Xml(String),
}

fn list(issues: &[Issue]) -> String {
    let each = issues
        .iter()
        .map(|issue| format!("{} {}", issue.path, issue.code));
    each.collect::<Vec<_>>().join(", ")
}
