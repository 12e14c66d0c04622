//! A random customer's month, in plain numbers, and the same as the real engine takes it.

use ratebook_catalog::prices::{ModelPrices, PriceSource, PriceTable, ProviderPrice, RuleSet};
use ratebook_catalog::{
    BuiltInMeter, CallConditions, Charge, ChargeKind, CustomerId, Dimension, ExchangeRate, FeePer,
    FeeTiming, Markup, MarkupRule, MarkupRuleId, MarkupRules, MarkupScope, MeterRef, Plan, PlanId,
    PlanTerms, PlanVersion, PlanVersionId, PriceConditions, PriceModel, RuleBody, ScopeLevel,
    Subscription, SubscriptionId, Tier,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Date, Factor, Money, Quantity, Rate, Timestamp, Zone};
use ratebook_rating::{Rated, RatingInput, Standing, SubscribedPlan, rate};
use ratebook_usage::{CallClass, MODEL_CALL, UsageSum};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Small, fast, the same everywhere (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// `0..below`
    pub fn below(&mut self, below: u64) -> u64 {
        self.next() % below
    }

    pub fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }
}

pub const DIMENSIONS: [Dimension; 4] = [
    Dimension::INPUT,
    Dimension::CACHE_READ,
    Dimension::OUTPUT,
    Dimension::REQUESTS,
];
const HOUR: i64 = 3_600_000_000;

#[derive(Clone, Copy, Debug)]
pub struct Price {
    pub model: usize,
    pub dimension: usize,
    /// In 10⁻¹² per unit.
    pub e12: u64,
    pub from: Timestamp,
    pub recorded: Timestamp,
}

#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// 0 book, 1 plan, 2 contract.
    pub level: u8,
    pub provider: bool,
    pub model: Option<usize>,
    pub dimension: Option<usize>,
    /// Hundredths of a percent; absent when the rule ends.
    pub percent: Option<i64>,
    pub fixed_e12: u64,
    pub request_e12: u64,
    pub margin: Option<u64>,
    /// Hundredths per million (per unit for requests).
    pub step: Option<u64>,
    pub from: Timestamp,
}

#[derive(Clone, Debug)]
pub enum Terms {
    /// Cents; in advance or not.
    Fee(u64, bool),
    PerUnit(BuiltInMeter, u64),
    /// (up to, price in 10⁻¹², fee in cents)
    Graduated(BuiltInMeter, Vec<(Option<u64>, u64, u64)>, bool),
    CostPlus,
}

#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// A model, or the number of models for an unknown one.
    pub model: usize,
    pub dimension: usize,
    pub at: Timestamp,
    pub units: u64,
}

#[derive(Clone, Debug)]
pub struct Scenario {
    pub zone: Zone,
    pub month: (i32, u32),
    pub models: usize,
    /// Ten-thousandths of a euro for a dollar; absent when no rate is known.
    pub dollar: Option<u64>,
    pub prices: Vec<Price>,
    pub rules: Vec<Rule>,
    pub charges: Vec<Terms>,
    pub starts: Date,
    pub ends: Option<Date>,
    pub uses: Vec<Use>,
    pub as_of: Timestamp,
}

impl Scenario {
    pub fn random(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let dice = &mut dice;
        let zone = dice.pick(&["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"]);
        let zone = Zone::parse(zone).unwrap();
        let month = dice.pick(&[(2026, 10), (2026, 3), (2028, 2), (2026, 11)]);
        let period = zone.month(month.0, month.1).unwrap();
        let hours = (period.to.micros() - period.from.micros()) / HOUR;
        let at = |dice: &mut Dice| {
            let hour = i64::try_from(dice.below(hours as u64)).unwrap();
            Timestamp::from_micros(period.from.micros() + hour * HOUR)
        };
        let models = 1 + dice.below(3) as usize;
        let as_of = period.to;
        let prices = prices(dice, models, at);
        let rules = (0..dice.below(7)).map(|_| {
            let from = if dice.one_in(2) {
                Timestamp::MIN
            } else {
                at(dice)
            };
            rule(dice, models, from)
        });
        let rules = rules.collect();
        let starts = day(dice, month, -8);
        let ends = dice.one_in(3).then(|| day(dice, month, -4).max(starts));
        let unknown = u64::from(dice.one_in(2));
        let uses = (0..dice.below(14)).map(|_| Use {
            model: dice.below(models as u64 + unknown) as usize,
            dimension: dice.below(4) as usize,
            at: at(dice),
            units: dice.below(3_000) * dice.pick(&[1, 1_000, 333]),
        });
        let uses = uses.collect();
        let charges = (0..1 + dice.below(3)).map(|_| terms(dice)).collect();
        let dollar = (!dice.one_in(10)).then(|| 1 + dice.below(20_000));
        Self {
            zone,
            month,
            models,
            dollar,
            prices,
            rules,
            charges,
            starts,
            ends,
            uses,
            as_of,
        }
    }
}

fn prices(dice: &mut Dice, models: usize, at: impl Fn(&mut Dice) -> Timestamp) -> Vec<Price> {
    let mut prices = Vec::new();
    for (model, dimension) in (0..models).flat_map(|m| (0..4).map(move |d| (m, d))) {
        let versions = if dimension == 3 {
            dice.below(2)
        } else {
            dice.below(4)
        };
        for version in 0..versions {
            let from = if version == 0 {
                Timestamp::MIN
            } else {
                at(dice)
            };
            let late = dice.one_in(8);
            let recorded = if late { Timestamp::MAX } else { Timestamp::MIN };
            let e12 = dice.below(40) * dice.pick(&[25_000, 10_000, 1, 0, 333]);
            prices.push(Price {
                model,
                dimension,
                e12,
                from,
                recorded,
            });
        }
    }
    prices
}

fn rule(dice: &mut Dice, models: usize, from: Timestamp) -> Rule {
    let provider = dice.one_in(2);
    Rule {
        level: dice.pick(&[0, 0, 1, 2]),
        provider,
        model: (provider && dice.one_in(2)).then(|| dice.below(models as u64) as usize),
        dimension: dice.one_in(3).then(|| dice.below(4) as usize),
        percent: (!dice.one_in(6)).then(|| i64::try_from(dice.below(9_000)).unwrap() - 1_000),
        fixed_e12: if dice.one_in(4) {
            dice.below(90_000)
        } else {
            0
        },
        request_e12: if dice.one_in(4) {
            dice.below(9_000_000_000)
        } else {
            0
        },
        margin: dice.one_in(5).then(|| dice.below(60)),
        step: dice.one_in(5).then(|| 1 + dice.below(50)),
        from,
    }
}

fn terms(dice: &mut Dice) -> Terms {
    let meter = dice.pick(&[
        BuiltInMeter::ModelCalls,
        BuiltInMeter::InputTokens,
        BuiltInMeter::OutputTokens,
        BuiltInMeter::TotalTokens,
    ]);
    match dice.below(5) {
        0 => Terms::Fee(dice.below(100_000), dice.one_in(2)),
        1 => Terms::PerUnit(meter, dice.below(9_000_000)),
        2 => {
            let mut up_to = 0;
            let count = dice.below(4);
            let mut tiers: Vec<(Option<u64>, u64, u64)> = Vec::new();
            for _ in 0..count {
                up_to += 1 + dice.below(1_000_000);
                let fee = if dice.one_in(3) { dice.below(900) } else { 0 };
                tiers.push((Some(up_to), dice.below(9_000_000), fee));
            }
            tiers.push((None, dice.below(9_000_000), dice.below(3) * 100));
            Terms::Graduated(meter, tiers, dice.one_in(2))
        }
        _ => Terms::CostPlus,
    }
}

fn day(dice: &mut Dice, (year, month): (i32, u32), shift: i64) -> Date {
    let first = Date::from_ymd_opt(year, month, 1).unwrap();
    let days = i64::try_from(dice.below(40)).unwrap() + shift;
    first + chrono::TimeDelta::days(days)
}

impl Scenario {
    /// Rates it with the real engine.
    pub fn rate<T>(&self, with: impl FnOnce(&Rated) -> T) -> T {
        self.rate_sums(self.sums(), with)
    }

    /// Rates it and hands on the input too.
    #[allow(dead_code, reason = "each test takes what it needs of these parts")]
    pub fn rate_input(&self, with: impl FnOnce(&RatingInput, &Rated)) {
        self.rate_all(self.sums(), with);
    }

    /// Rates other sums under the same terms.
    pub fn rate_sums<T>(&self, sums: Vec<UsageSum>, with: impl FnOnce(&Rated) -> T) -> T {
        self.rate_all(sums, |_, rated| with(rated))
    }

    fn rate_all<T>(&self, sums: Vec<UsageSum>, with: impl FnOnce(&RatingInput, &Rated) -> T) -> T {
        let mut ids = IdSource::new(Timestamp::from_micros(0), 0);
        let plan = Plan {
            id: PlanId::new(&mut ids),
            name: "Plan".to_owned(),
            description: String::new(),
            archived: false,
        };
        let version = PlanVersion {
            id: PlanVersionId::new(&mut ids),
            plan: plan.id,
            number: 1,
            terms: self.terms(),
            published_at: None,
        };
        let subscription = Subscription {
            id: SubscriptionId::new(&mut ids),
            customer: CustomerId::new(&mut ids),
            plan_version: version.id,
            starts_on: self.starts,
            ends_on: self.ends,
            agreed: ratebook_catalog::Agreed::default(),
        };
        let subscribed = [SubscribedPlan {
            subscription: &subscription,
            plan: &plan,
            version: &version,
            standing: Standing::Billed,
        }];
        let rules = self.rules.iter();
        let rules = rules.map(|rule| self.rule(rule, &plan, &subscription, &mut ids));
        let rules = MarkupRules::new(rules.collect());
        let (prices, exchange) = (self.prices(), self.exchange());
        let input = RatingInput {
            zone: self.zone,
            currency: euro(),
            period: self.zone.month(self.month.0, self.month.1).unwrap(),
            subscriptions: &subscribed,
            sums: &sums,
            readings: &[],
            prices: &prices,
            names: None,
            rules: &rules,
            exchange: &exchange,
            meters: &[],
            as_of: self.as_of,
            paid: &[],
            credits: &[],
        };
        with(&input, &rate(&input).unwrap())
    }

    pub fn sums(&self) -> Vec<UsageSum> {
        let class = |model: usize| {
            Arc::new(CallClass {
                event_name: MODEL_CALL.to_owned(),
                provider: "provider".to_owned(),
                model: format!("model-{model}"),
                conditions: CallConditions::default(),
                context_tokens: 0,
                minute_of_day: 0,
                dims: BTreeMap::new(),
            })
        };
        let classes: Vec<Arc<CallClass>> = (0..=self.models).map(class).collect();
        let uses = self.uses.iter();
        uses.map(|usage| UsageSum {
            short: None,
            class: Arc::clone(&classes[usage.model]),
            at: usage.at,
            dimension: DIMENSIONS[usage.dimension].clone(),
            quantity: Quantity::from_units(i64::try_from(usage.units).unwrap()).unwrap(),
            events: 1,
        })
        .collect()
    }

    fn prices(&self) -> PriceTable {
        let source = PriceSource {
            name: "oracle".to_owned(),
            version: "1".to_owned(),
            address: String::new(),
            seen_on: self.starts,
        };
        let dollar = Currency::parse("USD").unwrap();
        let models = (0..self.models).map(|model| ModelPrices {
            provider: "provider".to_owned(),
            model: format!("model-{model}"),
            prices: self
                .prices
                .iter()
                .filter(|price| price.model == model)
                .map(|price| ProviderPrice {
                    dimension: DIMENSIONS[price.dimension].clone(),
                    conditions: PriceConditions::default(),
                    rate: Some(Rate::new(e12(price.e12), dollar).unwrap()),
                    valid_from: price.from,
                    recorded_at: price.recorded,
                    source: 0,
                    manual: false,
                    original: None,
                })
                .collect(),
            fallbacks: Vec::new(),
            rules: RuleSet::default(),
            multipliers: Vec::new(),
            matches: Vec::new(),
            minimums: Vec::new(),
        });
        PriceTable::new(vec![source], models.collect())
    }

    fn exchange(&self) -> Vec<ExchangeRate> {
        let rate = |dollar: u64| ExchangeRate {
            base: Currency::parse("USD").unwrap(),
            quote: euro(),
            rate: Factor::new(Decimal::new(i64::try_from(dollar).unwrap(), 4)).unwrap(),
            source: "oracle".to_owned(),
            on: self.starts,
            valid_from: Timestamp::MIN,
            recorded_at: Timestamp::MIN,
            version: None,
        };
        self.dollar.map(rate).into_iter().collect()
    }

    fn rule(
        &self,
        rule: &Rule,
        plan: &Plan,
        subscription: &Subscription,
        ids: &mut IdSource,
    ) -> MarkupRule {
        let cents = |value: u64| Decimal::new(i64::try_from(value).unwrap(), 2);
        MarkupRule {
            id: MarkupRuleId::new(ids),
            scope: MarkupScope {
                level: match rule.level {
                    0 => ScopeLevel::Book,
                    1 => ScopeLevel::Plan(plan.id),
                    _ => ScopeLevel::Contract(subscription.id),
                },
                provider: rule.provider.then(|| "provider".to_owned()),
                model: rule.model.map(|model| format!("model-{model}")),
                dimension: rule.dimension.map(|index| DIMENSIONS[index].clone()),
                conditions: None,
            },
            body: rule.percent.map(|percent| {
                RuleBody::Markup(Markup {
                    percent: Decimal::new(percent, 2),
                    fixed_per_unit: (rule.fixed_e12 > 0).then(|| e12(rule.fixed_e12)),
                    fixed_per_request: (rule.request_e12 > 0).then(|| e12(rule.request_e12)),
                    minimum_margin: rule.margin.map(Decimal::from),
                    round_to: rule.step.map(cents),
                })
            }),
            valid_from: rule.from,
            recorded_at: Timestamp::MIN,
            version: None,
        }
    }

    fn terms(&self) -> PlanTerms {
        let charges = self
            .charges
            .iter()
            .enumerate()
            .map(|(index, terms)| Charge {
                name: format!("Charge {index}"),
                kind: charge(terms),
            });
        PlanTerms::monthly(euro(), charges.collect())
    }
}

fn charge(terms: &Terms) -> ChargeKind {
    let usage = |meter, price| ChargeKind::Usage {
        meter: MeterRef::BuiltIn(meter),
        price,
    };
    match terms {
        Terms::Fee(cents, advance) => ChargeKind::RecurringFee {
            amount: Money::from_minor(i64::try_from(*cents).unwrap(), euro()),
            timing: if *advance {
                FeeTiming::Advance
            } else {
                FeeTiming::Arrears
            },
            per: FeePer::Subscription,
        },
        Terms::PerUnit(meter, price) => usage(
            *meter,
            PriceModel::PerUnit {
                unit_price: e12(*price),
            },
        ),
        Terms::Graduated(meter, tiers, charge_flat_at_zero) => {
            let tiers = tiers.iter().map(|(up_to, price, fee)| Tier {
                up_to: up_to.map(Decimal::from),
                unit_price: e12(*price),
                flat_fee: Decimal::new(i64::try_from(*fee).unwrap(), 2),
            });
            let charge_flat_at_zero = *charge_flat_at_zero;
            let tiers = tiers.collect();
            usage(
                *meter,
                PriceModel::Graduated {
                    tiers,
                    charge_flat_at_zero,
                },
            )
        }
        Terms::CostPlus => usage(
            BuiltInMeter::ModelCalls,
            PriceModel::CostPlus { markup: None },
        ),
    }
}

fn e12(value: u64) -> Decimal {
    Decimal::new(i64::try_from(value).unwrap(), 12)
}

fn euro() -> Currency {
    Currency::parse("EUR").unwrap()
}
