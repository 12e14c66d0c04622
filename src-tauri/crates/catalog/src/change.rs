use crate::{Charge, ChargeKind, PlanCredit, PriceModel};
use ratebook_money::{Date, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What is different about one charge: in a phase of the plan, or for one customer. What is absent
/// stays as the plan says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeChange {
    /// Name of the charge.
    pub charge: String,
    /// It is not charged at all; usage is free.
    #[serde(default, skip_serializing_if = "is_false")]
    pub off: bool,
    /// For fees, minimums and credit: the amount instead, in the plan's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// For usage: the price instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<PriceModel>,
    /// For usage that is not sold from cost: so many units of a period cost nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub included: Option<Decimal>,
    /// For usage that is not sold from cost: the charge comes to at least this in a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Decimal>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

impl ChargeChange {
    /// The charge with this change. An amount is for what has one, a price for usage; anything
    /// else is a fault that `check` names and changes nothing.
    #[must_use]
    pub fn apply(&self, charge: &Charge) -> Charge {
        let mut charge = charge.clone();
        match &mut charge.kind {
            ChargeKind::RecurringFee { amount, .. }
            | ChargeKind::OneOffFee { amount }
            | ChargeKind::Minimum { amount }
            | ChargeKind::Credit(PlanCredit { amount, .. }) => {
                *amount = self.amount.unwrap_or(*amount);
            }
            ChargeKind::Usage { price, .. } => {
                if let Some(own) = &self.price {
                    *price = own.clone();
                }
                if self.included.is_some() || self.minimum.is_some() {
                    self.limit(price);
                }
            }
        }
        charge
    }

    fn limit(&self, model: &mut PriceModel) {
        let Some(mut price) = model.whole() else {
            return;
        };
        price.included = self.included.unwrap_or(price.included);
        price.minimum = self.minimum.or(price.minimum);
        *model = PriceModel::Document {
            price: Box::new(price),
        };
    }
}

/// A part of a subscription's time in which charges are different: a trial, a step of a ramp.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Phase {
    /// Name, in the explanation of its lines.
    pub name: String,
    /// When it is.
    pub span: PhaseSpan,
    /// What is different.
    pub changes: Vec<ChargeChange>,
}

/// When a phase is; both ends are inside.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum PhaseSpan {
    /// Billing periods of each subscription, counted from 1 for the one that it begins in.
    Periods {
        /// First.
        first: u32,
        /// Last.
        last: u32,
    },
    /// Days of the calendar, the same for all subscriptions.
    Days {
        /// First.
        first: Date,
        /// Last.
        last: Date,
    },
}
