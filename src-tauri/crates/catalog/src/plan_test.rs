use ratebook_money::{Money, Quantity};
use serde::{Deserialize, Serialize};

/// A billing test: what a charge of a plan must come to. Kept with the plan, run on every edit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanTest {
    /// What is tested, in a few words; differs from the plan's other tests.
    pub name: String,
    /// Name of the charge.
    pub charge: String,
    /// How much is used, or how many seats; without effect for a fee of another kind.
    pub quantity: Quantity,
    /// What is used instead, for prices that look at more than a quantity: the `usage` of a price
    /// document, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// What it must come to, rounded once, for a full period.
    pub amount: Money,
}
