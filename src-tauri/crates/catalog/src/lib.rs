//! What is sold and to whom: price dimensions and conditions, provider price tables, markup rules,
//! meters, plans, customers, subscriptions, the company itself.
//!
//! It owns the shape of these things, the checks of what a person enters ([`Issue`]), and which
//! version is in force at an instant. It does **not** own amounts (crate `rating`), usage (crate
//! `usage`) or where things are stored (crate `store`).
//!
//! Invariants:
//! - there is no "current price": every look-up names the event's time and `as_of`;
//! - prices, markup rules and exchange rates are only ever added; a newer row wins;
//! - a published plan version never changes.

mod change;
pub mod check;
mod company;
mod conditions;
mod customer;
mod dimension;
mod einvoice;
mod exchange;
mod formula;
mod grant;
mod ids;
mod interval;
mod issue;
pub mod json;
mod markup;
mod meter;
mod plan;
mod plan_test;
pub mod prices;
pub mod pricing;
mod rules;
mod series;
mod staged;
mod subscription;
pub mod tax_rule;
pub mod vat;

pub use change::{ChargeChange, Phase, PhaseSpan};
pub use company::{Bank, Company, CompanyContact, NumberSeries, Paper};
pub use conditions::{CallConditions, Comparison, ConditionKey, ContextThreshold, PriceConditions};
pub use conditions::{TimeWindow, Weekdays};
pub use customer::{Address, Customer, TaxTreatment};
pub use dimension::Dimension;
pub use einvoice::{EinvoiceFormat, Endpoint, endpoint_schemes};
pub use exchange::{ExchangeRate, supposing_rates};
pub use formula::{Formula, FormulaCode, FormulaFault, Term};
pub use grant::{CreditGrant, CreditScope, CreditTax, GrantKind, PlanCredit, Rollover};
pub use ids::{
    CreditNoteId, CustomerId, GrantId, InvoiceId, MarkupRuleId, MeterId, PaymentId, PlanId,
    PlanVersionId, SubscriptionId, WriteOffId,
};
pub use interval::{Anchor, Interval, IntervalUnit, Proration};
pub use issue::Issue;
pub use markup::{Markup, MarkupRule, MarkupScope, OwnPrice, PriceFormula, RuleBody, ScopeLevel};
pub use meter::{Aggregation, BuiltInMeter, EventValue, Filter, Meter, MeterRef};
pub use plan::{
    Charge, ChargeKind, FeePer, FeeTiming, Plan, PlanTerms, PlanVersion, PriceModel, Tier,
};
pub use plan_test::PlanTest;
pub use rules::{MarkupRules, Standing};
pub use series::{NumberTemplate, number_series};
pub use staged::{FixedRate, Staged, StagedBody, StagedChange, StagedRate, StagedStep, StagedWhat};
pub use subscription::{Agreed, SeatCount, Subscription};
