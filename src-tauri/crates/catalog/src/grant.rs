use crate::GrantId;
use ratebook_money::{Money, MoneyError, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Prepaid or promotional credit of one customer. Its balance is the sum of its ledger entries.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CreditGrant {
    /// Id in the book.
    pub id: GrantId,
    /// What it is worth; above zero.
    pub amount: Money,
    /// Whether somebody paid for it.
    pub kind: GrantKind,
    /// 0 to 100, the lower the sooner it is used; 50 where nobody says.
    pub priority: u8,
    /// It pays for usage from this instant on …
    pub effective_at: Timestamp,
    /// … until before this one; never expires when absent.
    pub expires_at: Option<Timestamp>,
    /// When it was granted.
    pub created_at: Timestamp,
    /// What it pays for.
    pub scope: CreditScope,
    /// Whether it is taken off before or after tax.
    pub tax: CreditTax,
}

/// Whether somebody paid for a grant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    /// Given; used before what was paid for.
    Promotional,
    /// Bought.
    Paid,
}

/// What a grant pays for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "names", rename_all = "snake_case")]
pub enum CreditScope {
    /// Everything.
    Everything,
    /// Only charges for one of these meters or models.
    Only(BTreeSet<String>),
}

/// Where on the invoice a grant is taken off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditTax {
    /// Before tax: prepaid credit that was taxed when it was sold reduces what is taxed.
    PreTax,
    /// After tax: a voucher pays the gross amount.
    PostTax,
}

/// Credit that a plan includes in every billing period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlanCredit {
    /// Of a full period; above zero.
    pub amount: Money,
    /// 0 to 100, the lower the sooner it is used.
    pub priority: u8,
    /// Whether it is taken off before or after tax.
    pub tax: CreditTax,
    /// What is left at the end of a period is carried into the next one; lost when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollover: Option<Rollover>,
}

/// How much of a recurring grant is carried into the next period, as a new grant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rollover {
    /// At least this much, whatever is left.
    pub least: Money,
    /// At most this much.
    pub most: Money,
}

impl Rollover {
    /// `min(most, max(least, balance))`.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] when they are not of one currency.
    pub fn carried(self, balance: Money) -> Result<Money, MoneyError> {
        // Subtracting is what tells currencies apart.
        self.most.minus(self.least)?.minus(balance)?;
        let carried = balance.minor().max(self.least.minor());
        let carried = carried.min(self.most.minor());
        Ok(Money::from_minor(carried, balance.currency()))
    }
}
