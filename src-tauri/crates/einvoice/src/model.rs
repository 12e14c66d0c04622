use ratebook_catalog::{Address, Bank, Endpoint};
use ratebook_invoicing::{TaxCategory, TaxKey};
use ratebook_money::{Currency, Date, Money};
use ratebook_rating::ServiceDays;
use rust_decimal::Decimal;

/// An invoice or credit note in the terms of EN 16931, before a syntax is chosen. `BT-…` and `BG-…`
/// are the standard's numbers. Texts that are empty are left out. All amounts are in `currency`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Einvoice {
    /// Invoice or credit note (BT-3).
    pub kind: Kind,
    /// Its number (BT-1).
    pub number: String,
    /// The date on it (BT-2).
    pub issue_date: Date,
    /// Until when it is to be paid.
    pub terms: Terms,
    /// Currency of all amounts (BT-5).
    pub currency: Currency,
    /// Who invoices (BG-4).
    pub seller: Party,
    /// Who is invoiced (BG-7).
    pub buyer: Party,
    /// What the buyer wants to find on it (BT-10); the routing id of German public buyers.
    pub buyer_reference: String,
    /// The buyer's order (BT-13).
    pub order_reference: String,
    /// The days that its lines are for (BG-14), from the earliest to the latest.
    pub days: ServiceDays,
    /// What is charged (BG-25).
    pub lines: Vec<Line>,
    /// What is taken off before tax (BG-20).
    pub allowances: Vec<Allowance>,
    /// Taxes, one for each category and rate (BG-23).
    pub taxes: Vec<Tax>,
    /// Totals (BG-22).
    pub sums: Sums,
    /// Where to pay (BG-17).
    pub account: Account,
    /// What the paper says besides (BG-1).
    pub notes: Vec<String>,
}

/// What the document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Commercial invoice (380).
    Invoice,
    /// Credit note (381): amounts are above zero where they lower what is owed.
    CreditNote(Preceding),
}

/// The invoice that a credit note corrects (BG-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preceding {
    /// Its number (BT-25).
    pub number: String,
    /// Its date (BT-26).
    pub issue_date: Date,
}

/// When it is to be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The last day (BT-9).
    pub due: Option<Date>,
    /// The same as a sentence (BT-20).
    pub text: String,
}

/// Seller or buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Full name (BT-27, BT-44).
    pub name: String,
    /// The name it goes by, where it is another (BT-28).
    pub trading_name: String,
    /// What the seller calls it by (BT-46).
    pub identifier: String,
    /// VAT id or tax number, as it was entered (BT-31, BT-32, BT-48).
    pub tax_id: String,
    /// Its entry in a register (BT-30, BT-47).
    pub registration: String,
    /// Where it sits (BG-5, BG-8).
    pub address: Address,
    /// Where e-invoices reach it (BT-34, BT-49).
    pub endpoint: Endpoint,
    /// Whom to ask (BG-6, BG-9).
    pub contact: Contact,
}

/// A person or desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name (BT-41, BT-56).
    pub name: String,
    /// Telephone (BT-42, BT-57).
    pub phone: String,
    /// E-mail (BT-43, BT-58).
    pub email: String,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 1, 2, 3, … (BT-126).
    pub number: u32,
    /// What is charged (BT-153).
    pub name: String,
    /// How its amount came about, where quantity and price do not say it all (BT-127).
    pub note: String,
    /// How much (BT-129), in units of one; below zero where something comes back.
    pub quantity: Decimal,
    /// Price (BT-146) of `per` units, never rounded and never below zero.
    pub price: Decimal,
    /// The price is for so many units (BT-149).
    pub per: u32,
    /// Quantity × price ÷ per, rounded once (BT-131).
    pub amount: Money,
    /// How it is taxed (BG-30).
    pub tax: TaxKey,
    /// The days that it is for (BG-26).
    pub days: ServiceDays,
}

/// Something taken off the whole document before tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Why (BT-97).
    pub reason: String,
    /// How much (BT-92).
    pub amount: Money,
    /// Of which lines, by their tax (BT-95, BT-96).
    pub tax: TaxKey,
}

/// The tax of one category and rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tax {
    /// Category (BT-118).
    pub category: TaxCategory,
    /// Rate in percent (BT-119).
    pub percent: String,
    /// Why no tax is charged (BT-120).
    pub reason: String,
    /// What is taxed (BT-116).
    pub taxable: Money,
    /// The tax (BT-117).
    pub tax: Money,
}

/// The totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Sum of the lines (BT-106).
    pub lines: Money,
    /// Sum of the allowances (BT-107).
    pub allowances: Money,
    /// Without tax (BT-109).
    pub net: Money,
    /// Sum of the taxes (BT-110).
    pub tax: Money,
    /// With tax (BT-112).
    pub gross: Money,
    /// Paid before, also by credit (BT-113).
    pub prepaid: Money,
    /// To be paid (BT-115).
    pub payable: Money,
}

/// Where to pay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Holder, number, bank (BT-84 to BT-86).
    pub bank: Bank,
    /// What the payer should name (BT-83).
    pub reference: String,
}
