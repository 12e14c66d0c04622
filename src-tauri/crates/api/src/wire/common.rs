use ratebook_money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// An exact decimal as text: `"0.0000025"`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(
    export,
    export_to = "types.ts",
    type = "string & { readonly __decimal: true }"
)]
pub struct DecimalString(pub String);

impl<T: std::fmt::Display> From<&T> for DecimalString {
    fn from(value: &T) -> Self {
        Self(value.to_string())
    }
}

/// A number of things. Exact up to 2⁵³.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export, export_to = "types.ts", type = "number")]
pub struct Count(pub u64);

wire! {
    /// Money: an exact amount with the currency's places.
    struct MoneyText {
        /// `91.00`
        amount: DecimalString,
        /// ISO 4217.
        currency: String,
    }

    /// A request without parameters.
    struct Nothing {}

    /// One fault of what was entered; `path` names the field.
    struct IssueText {
        /// The field: `address.country`, `charges[2].tiers[0].upTo`.
        path: String,
        /// A stable word: `required`, `not_a_number`.
        code: String,
        /// Values for the message.
        params: BTreeMap<String, String>,
    }

    /// How far a long work has come.
    struct Progress {
        /// What is being done now, as a stable word.
        stage: String,
        /// Parts done.
        done: Count,
        /// Parts in all, when known.
        total: Option<Count>,
        /// A count to show beside it, for example rows.
        note: Option<Count>,
    }

    /// Ends a running job.
    struct JobCancelRequest {
        /// As given when the job was started.
        job_id: String,
    }

    /// A row of the command palette.
    struct SearchHit {
        /// `model`, `customer`, `invoice` or `plan`.
        kind: String,
        /// Id for the address.
        id: String,
        /// Main text.
        title: String,
        /// Second text.
        detail: String,
    }

    /// A search over models, customers, invoices and plans.
    struct SearchRequest {
        /// What was typed.
        text: String,
        /// Most hits of each kind.
        limit: u32,
    }

    /// What a search found, best first.
    struct SearchReply {
        /// Hits of all kinds.
        hits: Vec<SearchHit>,
    }
}

impl From<Money> for MoneyText {
    fn from(money: Money) -> Self {
        Self {
            amount: DecimalString(money.number()),
            currency: money.currency().to_string(),
        }
    }
}

impl From<ratebook_catalog::Issue> for IssueText {
    fn from(issue: ratebook_catalog::Issue) -> Self {
        Self {
            path: issue.path,
            code: issue.code,
            params: issue.params,
        }
    }
}
