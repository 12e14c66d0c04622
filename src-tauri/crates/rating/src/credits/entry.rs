use ratebook_catalog::GrantId;
use ratebook_money::{Money, Timestamp};
use serde::{Deserialize, Serialize};

/// A place where credit is, comes from or goes to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "grant", rename_all = "snake_case")]
pub enum Account {
    /// Where grants come from; below zero by all that was ever granted.
    Issued,
    /// One grant.
    Grant(GrantId),
    /// What charges have used.
    Used,
    /// What was left when grants expired.
    Expired,
    /// What was left when grants were taken back.
    Voided,
}

/// One movement from one account to another; never changed, never deleted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// 1, 2, 3, …: the order of the entries.
    pub sequence: u64,
    /// When it takes effect.
    pub at: Timestamp,
    /// Where it is taken from.
    pub from: Account,
    /// Where it goes.
    pub to: Account,
    /// How much; above zero.
    pub amount: Money,
}
