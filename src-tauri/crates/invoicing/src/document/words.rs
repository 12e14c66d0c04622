//! The fixed words on the paper, in the languages that the embedded fonts can print.
//!
//! A language is one file. What is missing in a language does not compile.

mod de;
mod el;
mod en;
mod es;
mod fr;
mod it;
mod nl;
mod pl;
mod pt;
mod sv;
mod uk;

pub use en::ENGLISH;

/// Every fixed word and sentence. Templates hold `{names}`, filled by [`fill`].
#[derive(Debug)]
pub struct Words {
    pub invoice: &'static str,
    pub credit_note: &'static str,
    /// The watermark of a draft.
    pub draft: &'static str,
    /// The watermark of a void invoice.
    pub void: &'static str,

    pub invoice_number: &'static str,
    pub credit_note_number: &'static str,
    pub invoice_date: &'static str,
    /// The date of a paper that is no invoice.
    pub date: &'static str,
    pub service_period: &'static str,
    pub due: &'static str,
    pub customer: &'static str,
    /// Label of the number of the buyer's order.
    pub purchase_order: &'static str,
    pub your_reference: &'static str,
    pub your_tax_id: &'static str,
    /// Label of the number of the invoice that a credit note corrects.
    pub corrects_invoice: &'static str,
    /// Label of the number of the void invoice that another one takes the place of.
    pub replaces_invoice: &'static str,
    pub given_when_finalized: &'static str,

    pub description: &'static str,
    pub quantity: &'static str,
    /// Head of a column; the currency follows.
    pub unit_price: &'static str,
    pub amount: &'static str,
    /// Heading of the recurring fees.
    pub fees: &'static str,
    pub model_usage: &'static str,
    pub usage: &'static str,
    pub adjustments: &'static str,
    /// Beside "Model usage": what quantity and unit price mean there.
    pub tokens_per_million: &'static str,
    /// `{count}`: the unit price is for so many.
    pub price_per: &'static str,
    pub graduated: &'static str,
    /// `{from}`, `{to}`.
    pub tier: &'static str,
    /// `{from}`.
    pub last_tier: &'static str,
    /// `{count}`: so many units are free.
    pub included: &'static str,
    /// `{count}`, `{size}`, `{price}`: whole packages, however full.
    pub packages: &'static str,
    /// `{to}`: a tier from nothing on.
    pub up_to: &'static str,
    /// `{from}`, which is not part of the tier.
    pub above: &'static str,
    /// `{amount}`: what a charge comes to at least.
    pub at_least: &'static str,
    /// `{calls}`, `{events}`, `{least}`, `{measured}`: calls that used less than one is billed.
    pub short_calls: &'static str,
    /// `{amount}`.
    pub at_most: &'static str,
    /// `{amount}`: what was agreed to be used.
    pub committed: &'static str,
    /// `{from}`, `{to}`, `{rate}`, `{source}`, `{date}`.
    pub exchange_rate: &'static str,

    pub net_amount: &'static str,
    pub discount: &'static str,
    pub promotional_credit: &'static str,
    pub prepaid_credit: &'static str,
    pub taxable_amount: &'static str,
    /// "VAT".
    pub tax: &'static str,
    /// `{rate}`.
    pub tax_at: &'static str,
    pub total: &'static str,
    pub amount_due: &'static str,
    pub amount_credited: &'static str,

    pub standard_rate: &'static str,
    pub reduced_rate: &'static str,
    pub zero_rated: &'static str,
    pub exempt: &'static str,
    pub reverse_charge: &'static str,
    pub intra_community: &'static str,
    pub export: &'static str,
    pub outside_scope: &'static str,
    /// The sentence the law asks for.
    pub reverse_charge_note: &'static str,
    pub intra_community_note: &'static str,
    pub export_note: &'static str,

    /// `{period}`.
    pub usage_per_day: &'static str,
    /// `{date}`.
    pub pay_by: &'static str,
    /// Heading of the payment box of a credit note.
    pub will_be_refunded: &'static str,
    pub nothing_to_pay: &'static str,
    pub account_holder: &'static str,
    pub bank: &'static str,
    pub payment_reference: &'static str,
    pub scan_to_pay: &'static str,
    pub sepa_transfer: &'static str,
    pub tax_id: &'static str,
    pub tax_number: &'static str,

    /// `{page}`, `{pages}`.
    pub page_of: &'static str,
    pub carried_over: &'static str,
    pub brought_forward: &'static str,

    pub usage_statement: &'static str,
    pub day: &'static str,
    pub requests: &'static str,
    pub tokens_million: &'static str,
    pub sum: &'static str,

    pub account: AccountWords,

    /// Names of price dimensions; those not listed are looked up in English.
    pub dimensions: &'static [(&'static str, &'static str)],

    /// As they stand in a date (genitive where the language has one).
    pub months: [&'static str; 12],
    /// As they stand alone with the year.
    pub months_alone: [&'static str; 12],
    pub months_short: [&'static str; 12],
    /// From Monday.
    pub weekdays_short: [&'static str; 7],
    /// "1er": how the first day of a month is written when not as a plain figure.
    pub first_of_month: Option<&'static str>,
    /// `{day}`, `{month}`, `{year}`.
    pub date_pattern: &'static str,
    /// `{month}`, `{year}`.
    pub month_pattern: &'static str,
    /// `{day}`, `{month}`.
    pub short_day_pattern: &'static str,
    /// `{first}`, `{day}`, `{month}`, `{year}`: both days in one month.
    pub period_in_month: &'static str,
    /// `{from}`, `{to}`.
    pub period: &'static str,
}

/// The words of a statement of account.
#[derive(Debug)]
pub struct AccountWords {
    pub title: &'static str,
    pub opening: &'static str,
    pub closing: &'static str,
    pub payments: &'static str,
    pub payment: &'static str,
    pub refund: &'static str,
    /// A payment that was entered by mistake.
    pub reversal: &'static str,
    pub voided: &'static str,
    /// Heads of columns; the currency follows.
    pub debit: &'static str,
    pub credit: &'static str,
    pub balance: &'static str,
    pub by_age: &'static str,
    pub invoices: &'static str,
    pub not_due: &'static str,
    /// `{from}`, `{to}`.
    pub days: &'static str,
    /// `{days}`.
    pub over: &'static str,
    pub open_invoices: &'static str,
    pub overdue: &'static str,
}

impl Words {
    /// The name of a price dimension; `None` when it is an own one without words of ours.
    pub fn dimension(&self, name: &str) -> Option<&'static str> {
        let find = |list: &'static [(&'static str, &'static str)]| {
            list.iter()
                .find(|(known, _)| *known == name)
                .map(|(_, word)| *word)
        };
        find(self.dimensions).or_else(|| find(ENGLISH.dimensions))
    }
}

/// Languages that have words.
pub const LANGUAGES: [&str; 11] = [
    "en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "el", "uk",
];

/// The words of a language; in the United States tax is not called VAT.
pub fn of(language: &str, region: &str) -> Option<&'static Words> {
    Some(match (language, region) {
        ("en", "US" | "PR") => &en::AMERICAN,
        ("en", _) => &en::ENGLISH,
        ("de", _) => &de::GERMAN,
        ("fr", _) => &fr::FRENCH,
        ("es", _) => &es::SPANISH,
        ("it", _) => &it::ITALIAN,
        ("nl", _) => &nl::DUTCH,
        ("pl", _) => &pl::POLISH,
        ("pt", _) => &pt::PORTUGUESE,
        ("sv", _) => &sv::SWEDISH,
        ("el", _) => &el::GREEK,
        ("uk", _) => &uk::UKRAINIAN,
        _ => return None,
    })
}

/// Replaces each `{name}` of a template. A value is never looked into, so a customer called
/// "{page}" stays as it is.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => text.push_str(value),
            None => text.push_str(&format!("{{{name}}}")),
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}
