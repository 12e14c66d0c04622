//! Usage and terms in, explained and rounded lines out: the heart of the program. Pure functions.
#![deny(clippy::float_arithmetic)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::wildcard_enum_match_arm,
        clippy::as_conversions
    )
)]

mod error;
mod explanation;
mod input;
mod rated;

pub use error::RatingError;
pub use explanation::{
    AppliedFactor, BeatenRule, Explanation, MarkupOrigin, MarkupStep, ProviderStep, Step,
};
pub use input::{RatingInput, SubscribedPlan};
pub use rated::{
    ExcludedReason, ExcludedUsage, HeldReason, HeldUsage, LineItem, Rated, RatedLine, ServiceDays,
    Share, TierPart, UsageBucket,
};
