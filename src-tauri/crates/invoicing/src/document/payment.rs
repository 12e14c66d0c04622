//! Text of the QR code that a banking app reads to fill in a SEPA credit transfer.
//!
//! Format: EPC069-12, "Quick Response Code: Guidelines to enable data capture for the initiation
//! of a SEPA credit transfer", version 002 (BIC optional), UTF-8.

use ratebook_money::Money;
use thiserror::Error;

/// A transfer that the code asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditTransfer {
    pub account_holder: String,
    pub iban: String,
    /// May be empty inside the European Economic Area.
    pub bic: String,
    /// 0.01 to 999,999,999.99 euro.
    pub amount: Money,
    /// What the bank statement shows; the invoice number.
    pub reference: String,
}

/// Why there can be no code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PaymentError {
    #[error("only amounts in euro can be asked for, not in {0}")]
    NotEuro(String),
    #[error("the amount must be between 0.01 and 999,999,999.99")]
    AmountOutOfRange,
    #[error("{0} is empty, too long or holds a line break")]
    Field(&'static str),
}

impl CreditTransfer {
    /// The text of the code.
    pub fn code(&self) -> Result<String, PaymentError> {
        let currency = self.amount.currency();
        if currency.code() != "EUR" {
            return Err(PaymentError::NotEuro(currency.code().to_owned()));
        }
        if !(1..=99_999_999_999).contains(&self.amount.minor()) {
            return Err(PaymentError::AmountOutOfRange);
        }
        let name = field(&self.account_holder, 1, 70, "account holder")?;
        let iban: String = self.iban.chars().filter(|c| !c.is_whitespace()).collect();
        let iban = field(&iban, 15, 34, "IBAN")?;
        let bic = field(&self.bic, 0, 11, "BIC")?;
        let reference = field(&self.reference, 0, 140, "reference")?;
        let amount = self.amount.number();
        Ok(format!(
            "BCD\n002\n1\nSCT\n{bic}\n{name}\n{iban}\nEUR{amount}\n\n\n{reference}"
        ))
    }
}

fn field<'a>(
    text: &'a str,
    at_least: usize,
    at_most: usize,
    name: &'static str,
) -> Result<&'a str, PaymentError> {
    let text = text.trim();
    let length = text.chars().count();
    if length < at_least || length > at_most || text.chars().any(char::is_control) {
        return Err(PaymentError::Field(name));
    }
    Ok(text)
}
