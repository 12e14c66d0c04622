use crate::{Dimension, MarkupRuleId, PlanId, SubscriptionId};
use ratebook_money::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How a provider price becomes a sell price:
/// `cost × (1 + percent/100) + fixed_per_unit`, and `fixed_per_request` once per request.
/// Markup is not margin: 30 % on 1.00 sells at 1.30, a margin of 23.08 %.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Markup {
    /// Percent on top of cost; may be negative. At most 4 places.
    pub percent: Decimal,
    /// Added to the price of each unit, in the sell currency.
    pub fixed_per_unit: Option<Decimal>,
    /// Added once per request, in the sell currency.
    pub fixed_per_request: Option<Decimal>,
    /// Least margin in percent of the sell price; raises the price when it would be lower.
    pub minimum_margin: Option<Decimal>,
    /// Step that the list price per million (per unit, where not tokens) is rounded to.
    pub round_to: Option<Decimal>,
}

/// One markup rule as recorded at one time. Rules are only added: a newer row for the same scope
/// replaces the older, and one without a markup ends it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MarkupRule {
    /// Id of this row.
    pub id: MarkupRuleId,
    /// Where it holds.
    pub scope: MarkupScope,
    /// The markup, or nothing when the rule ends here.
    pub markup: Option<Markup>,
    /// From when on calls are priced by it.
    pub valid_from: Timestamp,
    /// When this book learned it.
    pub recorded_at: Timestamp,
}

/// Where a rule holds. Most specific wins: contract before plan before book; in each, model before
/// provider before all; and in the same place a rule for one dimension before one for all.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct MarkupScope {
    /// Book, plan or contract.
    pub level: ScopeLevel,
    /// One provider, or all.
    pub provider: Option<String>,
    /// One model of that provider, or all.
    pub model: Option<String>,
    /// One dimension, or all.
    pub dimension: Option<Dimension>,
}

/// The level of a rule; later ones are more specific.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum ScopeLevel {
    /// Everybody.
    Book,
    /// Customers on a plan.
    Plan(PlanId),
    /// One subscription.
    Contract(SubscriptionId),
}
