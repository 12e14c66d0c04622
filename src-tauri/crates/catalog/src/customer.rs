use crate::CustomerId;
use ratebook_money::{Currency, Factor, Zone};
use serde::{Deserialize, Serialize};

/// Who is invoiced.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Customer {
    /// Id in the book.
    pub id: CustomerId,
    /// Number or code printed on invoices, unique in the book (`C-1027`).
    pub number: String,
    /// Name on lists and invoices.
    pub name: String,
    /// Where the invoice goes.
    pub address: Address,
    /// VAT or sales tax id.
    pub tax_id: String,
    /// E-mail for invoices.
    pub email: String,
    /// The buyer's reference or order number, printed when not empty.
    pub reference: String,
    /// Currency of the invoices.
    pub currency: Currency,
    /// Language and number format of the invoices, BCP 47.
    pub locale: String,
    /// Where the customer's billing periods begin.
    pub zone: Zone,
    /// How the customer is taxed.
    pub tax: TaxTreatment,
    /// Days until an invoice is due; the company's when absent.
    pub payment_days: Option<u16>,
    /// External ids seen in usage: a Stripe `cus_…`, an API key, a tag. Unique across customers.
    pub aliases: Vec<String>,
    /// Notes for the reader of the book; never printed.
    pub notes: String,
    /// No longer in use; kept because invoices name it.
    pub archived: bool,
}

/// A postal address.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Address {
    /// Street and whatever stands above the city.
    pub lines: Vec<String>,
    /// Post code.
    pub postcode: String,
    /// City.
    pub city: String,
    /// State or region, where the country writes it.
    pub region: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
}

/// How a customer's invoices are taxed; categories of EN 16931 (UNTDID 5305).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TaxTreatment {
    /// Standard or reduced rate (category S).
    Rate {
        /// Percent, for example 19.
        percent: Factor,
    },
    /// The buyer owes the tax (category AE).
    ReverseCharge,
    /// Exempt (category E), with the reason that is printed.
    Exempt {
        /// For example a section of the law.
        reason: String,
    },
    /// Outside the scope of the tax (category O), for example a buyer in another country.
    OutOfScope,
}
