//! Price documents, a JSON line each: what `ratebook quote --jsonl` answers.
//!
//! `{"id", "currency", "price": {…}, "usage": {…}}` becomes
//! `{"id", "amount", "rounded", "explain": […]}`, or `{"id", "error", "faults": […]}` with
//! everything that is wrong, each at its field. Numbers are read and written as text.

mod usage;

use super::{Explain, PricedUsage, apply};
use ratebook_catalog::Issue;
use ratebook_catalog::json::Json;
use ratebook_catalog::pricing::{Fields, Price, price, sentence};
use ratebook_money::Currency;
use serde::Serialize;

/// A price, and what was used under it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceDocument {
    /// Currency of every amount in it.
    pub currency: Currency,
    /// The price.
    pub price: Price,
    /// What was used.
    pub usage: PricedUsage,
}

impl PriceDocument {
    /// Reads a document; unknown fields are faults. The field `id` may be anything.
    ///
    /// # Errors
    /// All faults at once, each with the path of its field.
    pub fn read(json: &Json) -> Result<Self, Vec<Issue>> {
        let mut issues = Vec::new();
        let read = Self::fields(json, &mut issues);
        read.filter(|_| issues.is_empty()).ok_or(issues)
    }

    fn fields(json: &Json, issues: &mut Vec<Issue>) -> Option<Self> {
        let mut fields = Fields::of(json, "", issues)?;
        fields.get("id");
        let currency = match fields.get("currency").map(|code| (code, code.text())) {
            None => {
                issues.push(Issue::new("currency", "required"));
                None
            }
            Some((_, code)) => {
                let code = code.unwrap_or("");
                let currency = Currency::parse(code).ok();
                if currency.is_none() {
                    let shown: String = code.chars().take(20).collect();
                    issues.push(Issue::new("currency", "unknown_currency").with("value", shown));
                }
                currency
            }
        };
        let read = match fields.get("price") {
            Some(json) => price(json, "price", issues),
            None => {
                issues.push(Issue::new("price", "required"));
                None
            }
        };
        let used = fields.get("usage");
        // Without a price nobody knows what its usage must look like.
        let usage = read
            .as_ref()
            .and_then(|price| usage::read(price, used, currency, issues));
        fields.finish(issues);
        Some(Self {
            currency: currency?,
            price: read?,
            usage: usage?,
        })
    }
}

/// Reads the `usage` of a document whose price is known.
///
/// # Errors
/// All faults at once, each with the path of its field below `usage`.
pub fn read_usage(
    price: &Price,
    json: &Json,
    currency: Currency,
) -> Result<PricedUsage, Vec<Issue>> {
    let mut issues = Vec::new();
    let read = usage::read(price, Some(json), Some(currency), &mut issues);
    read.filter(|_| issues.is_empty()).ok_or(issues)
}

/// The answer to a line with an amount.
#[derive(Serialize)]
struct Answer<'a> {
    amount: String,
    rounded: String,
    explain: &'a [super::PriceStep],
}

/// The answer to a line without one.
#[derive(Serialize)]
struct Refusal {
    error: String,
    faults: Vec<Fault>,
}

#[derive(Serialize)]
struct Fault {
    field: String,
    code: String,
}

/// Answers one line, and says whether it has an amount.
pub fn reply(line: &str, out: &mut String) -> bool {
    let json = match Json::parse(line) {
        Ok(json) => json,
        Err(error) => {
            let error = format!("not JSON: {error}");
            write(&Json::Null, &Refusal::of(error), out);
            return false;
        }
    };
    let id = json.get("id").unwrap_or(&Json::Null);
    match answered(&json, id, out) {
        Ok(()) => true,
        Err(refusal) => {
            write(id, &refusal, out);
            false
        }
    }
}

fn answered(json: &Json, id: &Json, out: &mut String) -> Result<(), Refusal> {
    let document = PriceDocument::read(json).map_err(|issues| Refusal::at(&issues))?;
    let priced = apply(
        &document.price,
        &document.usage,
        document.currency,
        Explain::Steps,
    );
    let priced = priced.map_err(|error| Refusal::of(error.to_string()))?;
    let answer = Answer {
        amount: priced.exact.to_exact_string(),
        rounded: priced.rounded.number(),
        explain: &priced.steps,
    };
    write(id, &answer, out);
    Ok(())
}

impl Refusal {
    fn of(error: String) -> Self {
        Self {
            error,
            faults: Vec::new(),
        }
    }

    fn at(issues: &[Issue]) -> Self {
        let sentences: Vec<String> = issues.iter().map(sentence).collect();
        let fault = |issue: &Issue| Fault {
            field: issue.path.clone(),
            code: issue.code.clone(),
        };
        Self {
            error: sentences.join("; "),
            faults: issues.iter().map(fault).collect(),
        }
    }
}

/// A line that is no text at all.
pub fn refused(error: &str, out: &mut String) {
    write(&Json::Null, &Refusal::of(error.to_owned()), out);
}

/// `{"id": …, …}` and the end of the line.
fn write(id: &Json, answer: &impl Serialize, out: &mut String) {
    out.push_str("{\"id\":");
    value(id, out);
    let rest = serde_json::to_string(answer).unwrap_or_else(|_| "{}".to_owned());
    match rest.strip_prefix('{') {
        Some("}") | None => out.push('}'),
        Some(rest) => {
            out.push(',');
            out.push_str(rest);
        }
    }
    out.push('\n');
}

/// An id as it came; numbers keep their digits.
fn value(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(number) => out.push_str(number),
        Json::Text(text) => {
            let text = serde_json::Value::String(text.clone().into_owned());
            out.push_str(&text.to_string());
        }
        Json::List(list) => {
            out.push('[');
            for (index, one) in list.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                value(one, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (index, (key, one)) in members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                value(&Json::Text(key.clone()), out);
                out.push(':');
                value(one, out);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests;
