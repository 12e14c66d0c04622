use crate::{Dimension, Formula, MarkupRuleId, PlanId, PriceConditions, SubscriptionId};
use ratebook_money::{Currency, Rate, Timestamp};
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

/// What a rule says of the price of a unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RuleBody {
    /// Made from cost.
    Markup(Markup),
    /// A price of one's own: the provider's price does not matter, and need not exist.
    Own(OwnPrice),
}

/// A price of one's own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OwnPrice {
    /// A list price.
    Price {
        /// Of one unit, in the currency of the price book.
        rate: Rate,
    },
    /// A computed price.
    Formula(PriceFormula),
}

/// A price that is computed, in list units: per million tokens, per unit of everything else.
///
/// Names: `cost` (effective cost), `list` (the imported price, whatever was negotiated), both in
/// `currency`, and `row(…)`: what another dimension of the same model sells for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PriceFormula {
    /// The formula. Of what was typed, `published` has been replaced by the price that it stood
    /// for when it was published.
    pub formula: Formula,
    /// As it was typed.
    pub typed: String,
    /// The currency it computes in: that of the price book.
    pub currency: Currency,
}

/// One rule as recorded at one time. Rules are only added: a newer row for the same scope replaces
/// the older, and one without a body ends it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct MarkupRule {
    /// Id of this row.
    pub id: MarkupRuleId,
    /// Where it holds.
    pub scope: MarkupScope,
    /// What it says, or nothing when the rule ends here.
    pub body: Option<RuleBody>,
    /// From when on calls are priced by it.
    pub valid_from: Timestamp,
    /// When this book learned it.
    pub recorded_at: Timestamp,
    /// The version of the price book that it was published in; absent for what is older than
    /// versions are.
    pub version: Option<u32>,
}

/// The stored shape, which is older than prices of one's own.
#[derive(Serialize, Deserialize)]
struct Stored {
    id: MarkupRuleId,
    scope: MarkupScope,
    markup: Option<Markup>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own: Option<OwnPrice>,
    valid_from: Timestamp,
    recorded_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
}

impl TryFrom<Stored> for MarkupRule {
    type Error = &'static str;
    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let body = match (stored.markup, stored.own) {
            (Some(markup), None) => Some(RuleBody::Markup(markup)),
            (None, Some(own)) => Some(RuleBody::Own(own)),
            (None, None) => None,
            (Some(_), Some(_)) => return Err("a rule is a markup or a price, not both"),
        };
        Ok(Self {
            id: stored.id,
            scope: stored.scope,
            body,
            valid_from: stored.valid_from,
            recorded_at: stored.recorded_at,
            version: stored.version,
        })
    }
}

impl From<MarkupRule> for Stored {
    fn from(rule: MarkupRule) -> Self {
        let (markup, own) = match rule.body {
            Some(RuleBody::Markup(markup)) => (Some(markup), None),
            Some(RuleBody::Own(own)) => (None, Some(own)),
            None => (None, None),
        };
        Self {
            id: rule.id,
            scope: rule.scope,
            markup,
            own,
            valid_from: rule.valid_from,
            recorded_at: rule.recorded_at,
            version: rule.version,
        }
    }
}

impl MarkupRule {
    /// The markup, where it is one.
    #[must_use]
    pub fn markup(&self) -> Option<&Markup> {
        match &self.body {
            Some(RuleBody::Markup(markup)) => Some(markup),
            Some(RuleBody::Own(_)) | None => None,
        }
    }

    /// The price of one's own, where it is one.
    #[must_use]
    pub fn own(&self) -> Option<&OwnPrice> {
        match &self.body {
            Some(RuleBody::Own(own)) => Some(own),
            Some(RuleBody::Markup(_)) | None => None,
        }
    }
}

/// Where a rule holds. Most specific wins: contract before plan before book; in each, model before
/// provider before all; and in the same place a rule for one dimension before one for all, and one
/// for stated conditions before one whatever the conditions.
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
    /// Exactly these conditions of the provider's price row (none at all where they are empty and
    /// where there is no row); absent: whatever they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<PriceConditions>,
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
