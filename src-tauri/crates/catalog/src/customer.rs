use crate::{CustomerId, EinvoiceFormat, Endpoint};
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
    /// The buyer's reference, printed when not empty; the routing id of German public buyers.
    pub reference: String,
    /// The buyer's order that invoices name, printed when not empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub order_reference: String,
    /// Where e-invoices reach the customer; the e-mail address where there is none.
    #[serde(default, skip_serializing_if = "Endpoint::is_empty")]
    pub endpoint: Endpoint,
    /// The e-invoice that the customer wants; nothing but paper where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub einvoice: Option<EinvoiceFormat>,
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
    /// An intra-Community supply (category K): exempt, as the buyer pays tax in another member
    /// state on what arrives there.
    IntraCommunity,
    /// An export out of the tax area (category G): exempt.
    Export,
    /// Outside the scope of the tax (category O), for example a buyer in another country.
    OutOfScope,
}
