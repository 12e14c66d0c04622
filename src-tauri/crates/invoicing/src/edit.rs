//! What a person adds to a computed draft before it is final: lines by hand, a discount on the
//! whole, notes and references. It is an input like any other: frozen with the invoice.

use crate::{InvoiceError, InvoiceLine, TaxKey, TaxLine};
use ratebook_catalog::{Issue, PlanVersionId, SubscriptionId, TaxTreatment};
use ratebook_money::{Amount, Currency, Factor, Money, Quantity, Rate, allocate, mul_div_round};
use ratebook_rating::{Explanation, LineItem, RatedLine, ServiceDays, Step};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// All that was added to the draft of a customer's period.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct DraftEdit {
    /// Version of this stored shape.
    pub v: u32,
    /// Lines after those of the plans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<ManualLine>,
    /// Taken off the sum of all lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
    /// Printed on the invoice.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Number of the buyer's order.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purchase_order: String,
    /// Takes the place of the customer's reference.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub buyer_reference: String,
    /// Kept with the invoice and never printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub internal_note: String,
}

/// A line by hand.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ManualLine {
    /// What it is for, as printed.
    pub text: String,
    /// How many.
    pub quantity: Quantity,
    /// Price of one; below zero where something is given back.
    pub unit_price: Rate,
    /// How it is taxed; as the customer is when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<TaxTreatment>,
}

/// A discount on the whole invoice (EN 16931, BG-20).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Discount {
    /// How much.
    pub off: Off,
    /// Why, as printed.
    pub reason: String,
}

/// How much a discount takes off the sum of the lines.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// A part of it.
    Percent(Factor),
    /// An amount.
    Amount(Money),
}

/// A discount as it came to an amount.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Discounted {
    /// Why.
    pub reason: String,
    /// The percentage, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Factor>,
    /// What is taken off the sum of the lines, zero or more.
    pub amount: Money,
    /// The same by rate and category of the lines, by largest remainder.
    pub parts: Vec<DiscountPart>,
}

/// The part of a discount that lines of one rate and category have.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DiscountPart {
    /// Rate and category.
    pub key: TaxKey,
    /// What is taken off.
    pub amount: Money,
}

const MOST_LINES: usize = 100;
const MOST_TEXT: usize = 200;
const MOST_NOTE: usize = 2_000;
const MOST_REFERENCE: usize = 120;
/// A price that a person enters has at most so many places (six of them at a million).
const PRICE_PLACES: u32 = 12;

impl DraftEdit {
    /// Whether it adds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Self {
            v: 0,
            ..self.clone()
        } == Self::default()
    }

    /// Every fault of what was entered, each at its field.
    #[must_use]
    pub fn check(&self, currency: Currency) -> Vec<Issue> {
        let mut issues = Vec::new();
        if self.lines.len() > MOST_LINES {
            issues.push(Issue::new("lines", "too_long").with("most", MOST_LINES));
        }
        for (index, line) in self.lines.iter().enumerate() {
            line.check(&format!("lines[{index}]"), currency, &mut issues);
        }
        if let Some(discount) = &self.discount {
            discount.check(currency, &mut issues);
        }
        for (path, text, most) in [
            ("note", &self.note, MOST_NOTE),
            ("purchaseOrder", &self.purchase_order, MOST_REFERENCE),
            ("buyerReference", &self.buyer_reference, MOST_REFERENCE),
            ("internalNote", &self.internal_note, MOST_NOTE),
        ] {
            if text.chars().count() > most {
                issues.push(Issue::new(path, "too_long").with("most", most));
            }
        }
        for (path, text) in [
            ("purchaseOrder", &self.purchase_order),
            ("buyerReference", &self.buyer_reference),
        ] {
            if text.chars().any(char::is_control) {
                issues.push(Issue::new(path, "control_character"));
            }
        }
        issues
    }
}

impl ManualLine {
    fn check(&self, path: &str, currency: Currency, issues: &mut Vec<Issue>) {
        if self.text.trim().is_empty() {
            issues.push(Issue::new(format!("{path}.text"), "required"));
        }
        if self.text.chars().count() > MOST_TEXT {
            let issue = Issue::new(format!("{path}.text"), "too_long");
            issues.push(issue.with("most", MOST_TEXT));
        }
        if self.text.chars().any(char::is_control) {
            issues.push(Issue::new(format!("{path}.text"), "control_character"));
        }
        if self.quantity == Quantity::ZERO {
            issues.push(Issue::new(format!("{path}.quantity"), "zero"));
        }
        if self.unit_price.currency() != currency {
            let issue = Issue::new(format!("{path}.currency"), "other_currency");
            issues.push(issue.with("currency", currency));
        }
        let price = self.unit_price.per_unit();
        if price.scale() > PRICE_PLACES {
            let issue = Issue::new(format!("{path}.unitPrice"), "too_precise");
            let issue = issue.with("value", price);
            issues.push(issue.with("places", PRICE_PLACES));
        } else if self.amount().is_err() {
            issues.push(Issue::new(format!("{path}.unitPrice"), "too_large"));
        }
        let tax_path = format!("{path}.tax");
        match &self.tax {
            Some(TaxTreatment::Rate { percent }) => {
                let percent = percent.value();
                let code = match percent {
                    below if below.is_sign_negative() && !below.is_zero() => Some("negative"),
                    above if above > Decimal::ONE_HUNDRED => Some("too_large"),
                    fine if fine.normalize().scale() > 4 => Some("too_precise"),
                    _ => None,
                };
                let issue = code.map(|code| {
                    let issue = Issue::new(format!("{tax_path}.percent"), code);
                    issue.with("value", percent).with("places", 4)
                });
                issues.extend(issue);
            }
            Some(TaxTreatment::Exempt { reason }) if reason.trim().is_empty() => {
                issues.push(Issue::new(format!("{tax_path}.reason"), "required"));
            }
            Some(
                TaxTreatment::Exempt { .. }
                | TaxTreatment::ReverseCharge
                | TaxTreatment::IntraCommunity
                | TaxTreatment::Export
                | TaxTreatment::OutOfScope,
            )
            | None => {}
        }
    }

    /// Quantity × unit price, before rounding.
    fn exact(&self) -> Result<Amount, InvoiceError> {
        Ok(self.unit_price.times(self.quantity)?)
    }

    fn amount(&self) -> Result<Money, InvoiceError> {
        Ok(self.exact()?.round()?)
    }

    /// The line as it stands on an invoice.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when the amount does not fit.
    pub(crate) fn rated(
        &self,
        number: u32,
        usual: &TaxKey,
        service: ServiceDays,
    ) -> Result<InvoiceLine, InvoiceError> {
        let exact = self.exact()?;
        let rounded = exact.round()?;
        let steps = vec![
            Step::Manual {
                quantity: self.quantity,
                unit_price: self.unit_price,
            },
            Step::Rounding { exact, rounded },
        ];
        Ok(InvoiceLine {
            number,
            tax: self.tax.as_ref().map_or(usual.clone(), TaxKey::of),
            rated: RatedLine {
                subscription: SubscriptionId::NONE,
                plan_version: PlanVersionId::NONE,
                charge: 0,
                charge_name: self.text.clone(),
                item: LineItem::Manual,
                service,
                quantity: self.quantity,
                unit_price: Some(self.unit_price),
                tiers: Vec::new(),
                exact,
                share: None,
                amount: rounded,
                // Nobody else is paid for it: its cost is known, and is nothing.
                cost: Some(Amount::zero(rounded.currency())),
                usage: Vec::new(),
                explanation: Explanation { steps },
            },
        })
    }
}

impl Discount {
    fn check(&self, currency: Currency, issues: &mut Vec<Issue>) {
        match &self.off {
            Off::Percent(percent) => {
                let value = percent.value();
                let issue = |code| Issue::new("discount.percent", code).with("value", value);
                if value <= Decimal::ZERO {
                    issues.push(issue("not_above_zero"));
                } else if value > Decimal::ONE_HUNDRED {
                    issues.push(issue("too_large").with("most", 100));
                } else if value.normalize().scale() > 4 {
                    issues.push(issue("too_precise").with("places", 4));
                }
            }
            Off::Amount(amount) if amount.currency() != currency => {
                let issue = Issue::new("discount.amount", "other_currency");
                issues.push(issue.with("currency", currency));
            }
            Off::Amount(amount) if amount.minor() <= 0 => {
                let issue = Issue::new("discount.amount", "not_above_zero");
                issues.push(issue.with("value", amount.number()));
            }
            Off::Amount(_) => {}
        }
        if self.reason.trim().is_empty() {
            issues.push(Issue::new("discount.reason", "required"));
        }
        if self.reason.chars().count() > MOST_TEXT {
            let issue = Issue::new("discount.reason", "too_long");
            issues.push(issue.with("most", MOST_TEXT));
        }
        if self.reason.chars().any(char::is_control) {
            issues.push(Issue::new("discount.reason", "control_character"));
        }
    }

    /// What it takes off `net`, the sum of the lines, and off the sum of each rate and category.
    /// A percentage is rounded once, on the sum; the parts are its largest remainder.
    ///
    /// # Errors
    /// [`InvoiceError::DiscountAboveSum`].
    pub(crate) fn of(&self, net: Money, groups: &[TaxLine]) -> Result<Discounted, InvoiceError> {
        let above = || InvoiceError::DiscountAboveSum { sum: net };
        let (amount, percent) = match &self.off {
            Off::Amount(amount) => (*amount, None),
            Off::Percent(percent) => (part_of(net, *percent)?, Some(*percent)),
        };
        if amount.minor() > net.minor() || net.minor() < 0 {
            return Err(above());
        }
        let weights: Vec<u128> = groups.iter().map(|group| weight(group.taxable)).collect();
        let shares = allocate(amount, &weights)?;
        let parts = groups.iter().zip(shares);
        let parts = parts.filter(|(_, share)| share.minor() != 0);
        let parts = parts.map(|(group, amount)| DiscountPart {
            key: group.key.clone(),
            amount,
        });
        Ok(Discounted {
            reason: self.reason.clone(),
            percent,
            amount,
            parts: parts.collect(),
        })
    }
}

impl Discounted {
    /// What is taken off each line: the part of its rate and category, by largest remainder over
    /// the lines that charge something.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when a sum does not fit.
    pub fn by_line(&self, lines: &[InvoiceLine]) -> Result<Vec<Money>, InvoiceError> {
        let mut shares = vec![Money::zero(self.amount.currency()); lines.len()];
        for part in &self.parts {
            let weights = lines.iter().map(|line| {
                let is_own = line.tax == part.key;
                if is_own { weight(line.rated.amount) } else { 0 }
            });
            let own = allocate(part.amount, &weights.collect::<Vec<_>>())?;
            for (share, own) in shares.iter_mut().zip(own) {
                *share = share.plus(own)?;
            }
        }
        Ok(shares)
    }
}

/// A percentage of an amount, rounded once, half away from zero.
fn part_of(sum: Money, percent: Factor) -> Result<Money, InvoiceError> {
    let value = percent.value();
    let fault = || InvoiceError::TaxRate(percent.to_string());
    let whole = 10_u64
        .checked_pow(value.scale())
        .and_then(|scale| scale.checked_mul(100));
    let part = u64::try_from(value.mantissa()).map_err(|_| fault())?;
    Ok(mul_div_round(
        sum.to_amount()?,
        part,
        whole.ok_or_else(fault)?,
    )?)
}

fn weight(amount: Money) -> u128 {
    u128::try_from(amount.minor()).unwrap_or(0)
}
