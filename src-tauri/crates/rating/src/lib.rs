//! Usage and terms in, explained and rounded lines out: the heart of the program. Pure functions.
//!
//! [`rate`] is a pipeline of plain functions. Its stages, and why they stand in this order:
//!
//! 1. **buckets**: what chooses a price was decided per call when the usage was stored (context,
//!    batch, region, …), so calls of one class may be summed. They are summed between the instants
//!    at which a price changes: first of all, because everything after works on few numbers.
//!    The few meters that need single events have **readings**, folded in the same way.
//! 2. **cost price**: provider price row, its factors, exchange rate. Before any charge, because
//!    the margin of every line needs it, also where the price does not depend on cost.
//! 3. **charges**, one file per kind and price model: counting, then **markup** (only where the
//!    price is made from cost), then the price model, then **rounding**, once per line and last,
//!    because nothing may be computed from a rounded number.
//! 4. **settle**: what is held or excluded, and the check that received = rated + waiting +
//!    excluded. At the end, because it looks at the result and not at how it came about. It stays
//!    on in release builds: stopping is better than billing wrong.
//! 5. **credits**: which parts of the lines credit may pay, by when and what was used. After the
//!    lines, because credit pays rounded amounts; what it pays is settled with the taxes.
//!
//! Invariants: no clock, no floats; same input, same result; the order of the sums does not
//! matter; usage that cannot be priced is held with its reason and never billed at zero.
//!
//! It does **not** own prices, rules and plans (crate `catalog`), usage (crate `usage`), taxes and
//! numbers (crate `invoicing`).
//!
//! ```
//! use ratebook_catalog::{PriceModel, Tier};
//! use ratebook_money::{Currency, Quantity, parse_decimal};
//!
//! let tier = |up_to: Option<&str>, price: &str| -> Result<Tier, ratebook_money::MoneyError> {
//!     Ok(Tier {
//!         up_to: up_to.map(parse_decimal).transpose()?,
//!         unit_price: parse_decimal(price)?,
//!         flat_fee: parse_decimal("0")?,
//!     })
//! };
//! // Up to 1 M at 3.00 per million, up to 10 M at 2.50, then 2.00: 12 M are 29.50.
//! let tiers = vec![
//!     tier(Some("1000000"), "0.000003")?,
//!     tier(Some("10000000"), "0.0000025")?,
//!     tier(None, "0.000002")?,
//! ];
//! let price = PriceModel::Graduated { tiers, charge_flat_at_zero: true };
//! let quantity = Quantity::from_units(12_000_000)?;
//! let (euro, explain) = (Currency::parse("EUR")?, ratebook_rating::price::Explain::Nothing);
//! let quoted = ratebook_rating::quote(&price, quantity, euro, explain)?;
//! assert_eq!(quoted.amount.to_string(), "29.50 EUR");
//! # Ok::<(), ratebook_rating::RatingError>(())
//! ```
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

mod agreed;
mod billing;
mod buckets;
mod candidates;
mod charge;
mod compare;
pub mod cost;
mod cost_price;
mod counter;
pub mod credits;
mod error;
mod explanation;
mod input;
mod instants;
pub mod margin;
mod markup;
mod measure;
pub mod period;
pub mod price;
mod price_view;
pub mod proration;
mod quote;
mod rate;
mod rated;
mod readings;
mod sell;
mod settle;
mod shape;
mod window;

pub use billing::{is_before, usage_span};
pub use candidates::{Candidate, Outcome, candidates};
pub use compare::{Compared, Comparison, Moved, Used, compare};
pub use cost_price::exchange_rate;
pub use counter::{MeterUse, measured};
pub use error::RatingError;
pub use explanation::{
    AggregatedStep, AppliedFactor, BeatenRule, Explanation, MarkupOrigin, MarkupStep, OwnStep,
    ProviderStep, SeatStep, Step,
};
pub use input::{PaidFee, RatingInput, Standing, SubscribedPlan};
pub use instants::{boundaries, day_borders, has_weekdays, looks_at_hours};
pub use markup::{ChosenRule, HowSold, MarkupTarget, SellPrice, choose};
pub use price_view::{Buyer, PriceBook, PriceView, price_view, try_formula, unit_cost};
pub use quote::{Quote, quote, quote_usage};
pub use rate::rate;
pub use rated::{
    ExcludedReason, ExcludedUsage, HeldReason, HeldUsage, LineItem, Rated, RatedLine, ServiceDays,
    Share, TierPart, UsageBucket,
};
pub use readings::{MeterReadings, Reading, UsageFact, Wanted, wanted};
pub use sell::{FORMULA_PLACES, FormulaInput, dimension, listed, per_unit};
