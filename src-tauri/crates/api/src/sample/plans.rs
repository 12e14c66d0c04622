use ratebook_catalog::{
    Aggregation, BuiltInMeter, Charge, ChargeKind, ExchangeRate, FeePer, FeeTiming, Markup,
    MarkupRule, MarkupRuleId, MarkupScope, Meter, MeterId, MeterRef, PriceModel, RuleBody,
    ScopeLevel, Tier,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Date, Factor, Money, MoneyError, Timestamp, parse_decimal};
use rust_decimal::Decimal;

/// A plan of the sample.
pub(crate) struct SamplePlan {
    /// What customers name it by.
    pub key: &'static str,
    /// Name on invoices.
    pub name: &'static str,
    /// One line.
    pub description: &'static str,
    /// Currency.
    pub currency: Currency,
    /// Charges.
    pub charges: Vec<Charge>,
}

/// One's own meters: runs of agents, counted from events of their own.
pub(crate) fn meters(ids: &mut IdSource) -> Vec<Meter> {
    vec![Meter {
        id: MeterId::new(ids),
        name: "Agent runs".to_owned(),
        event_name: "agent.run".to_owned(),
        aggregation: Aggregation::Count,
        unit: "run".to_owned(),
        filters: Vec::new(),
        group_by: Vec::new(),
        archived: false,
    }]
}

/// The plans; `runs` is the meter of agent runs.
pub(crate) fn plans(runs: MeterId) -> Result<Vec<SamplePlan>, MoneyError> {
    let mut plans = at_list_price(runs)?;
    plans.extend(by_quantity()?);
    Ok(plans)
}

fn plan(
    key: &'static str,
    name: &'static str,
    description: &'static str,
    code: &str,
    charges: Vec<Charge>,
) -> Result<SamplePlan, MoneyError> {
    Ok(SamplePlan {
        key,
        name,
        description,
        currency: Currency::parse(code)?,
        charges,
    })
}

fn model_usage(markup: Option<Markup>) -> Charge {
    usage("Model usage", calls(), PriceModel::CostPlus { markup })
}

/// Plans that sell models by cost and markup.
fn at_list_price(runs: MeterId) -> Result<Vec<SamplePlan>, MoneyError> {
    let pass_through = Markup {
        percent: Decimal::from(8),
        ..Markup::default()
    };
    let tiers = graduated(&[("1000", "0.042"), ("10000", "0.032"), ("", "0.025")])?;
    let runs = usage("Agent runs", MeterRef::Own(runs), tiers);
    let team = "Team platform fee";
    Ok(vec![
        plan(
            "team",
            "Team",
            "Small platform fee, models at list price",
            "EUR",
            vec![
                fee(team, "49", "EUR", FeeTiming::Advance)?,
                model_usage(None),
            ],
        )?,
        plan(
            "scale",
            "Scale",
            "Platform fee, models at list price, agent runs by tiers",
            "EUR",
            vec![
                fee("Scale platform fee", "490", "EUR", FeeTiming::Advance)?,
                model_usage(None),
                runs,
            ],
        )?,
        plan(
            "pass_through",
            "Pass-through",
            "Provider cost plus 8 %, no fee",
            "EUR",
            vec![model_usage(Some(pass_through))],
        )?,
        plan(
            "team_usd",
            "Team US",
            "Small platform fee, models at list price, in dollars",
            "USD",
            vec![
                fee(team, "55", "USD", FeeTiming::Advance)?,
                model_usage(None),
            ],
        )?,
    ])
}

/// Plans whose prices do not follow cost.
fn by_quantity() -> Result<Vec<SamplePlan>, MoneyError> {
    let all_tokens = MeterRef::BuiltIn(BuiltInMeter::TotalTokens);
    let tiers = [
        ("1000000", "0.000095"),
        ("10000000", "0.00007"),
        ("", "0.00005"),
    ];
    Ok(vec![
        plan(
            "tokens_gbp",
            "Flat tokens",
            "One price for every token",
            "GBP",
            vec![
                fee("Support", "120", "GBP", FeeTiming::Arrears)?,
                usage("Tokens", all_tokens, per_unit("0.0000068")?),
            ],
        )?,
        plan(
            "volume_sek",
            "Tiered tokens",
            "Tokens by tiers",
            "SEK",
            vec![usage("Tokens", all_tokens, graduated(&tiers)?)],
        )?,
        plan(
            "starter_jpy",
            "Starter",
            "Fee in arrears and a price per call",
            "JPY",
            vec![
                fee("Starter fee", "9800", "JPY", FeeTiming::Arrears)?,
                usage("Model calls", calls(), per_unit("1.2")?),
            ],
        )?,
    ])
}

fn calls() -> MeterRef {
    MeterRef::BuiltIn(BuiltInMeter::ModelCalls)
}

fn fee(name: &str, amount: &str, currency: &str, timing: FeeTiming) -> Result<Charge, MoneyError> {
    let amount = Money::parse(amount, Currency::parse(currency)?)?;
    Ok(Charge {
        name: name.to_owned(),
        kind: ChargeKind::RecurringFee {
            amount,
            timing,
            per: FeePer::Subscription,
        },
    })
}

fn usage(name: &str, meter: MeterRef, price: PriceModel) -> Charge {
    Charge {
        name: name.to_owned(),
        kind: ChargeKind::Usage { meter, price },
    }
}

fn per_unit(price: &str) -> Result<PriceModel, MoneyError> {
    Ok(PriceModel::PerUnit {
        unit_price: parse_decimal(price)?,
    })
}

/// Tiers as (last unit, price of one unit); an empty last unit is the open tier.
fn graduated(tiers: &[(&str, &str)]) -> Result<PriceModel, MoneyError> {
    let tiers = tiers.iter().map(|(up_to, price)| {
        let up_to = if up_to.is_empty() {
            None
        } else {
            Some(parse_decimal(up_to)?)
        };
        Ok(Tier {
            up_to,
            unit_price: parse_decimal(price)?,
            flat_fee: Decimal::ZERO,
        })
    });
    let tiers = tiers.collect::<Result<Vec<Tier>, MoneyError>>()?;
    Ok(PriceModel::Graduated {
        tiers,
        charge_flat_at_zero: true,
    })
}

/// The markup rules of the sample: 50 % for all, less where competition is strong.
pub(crate) fn markups(ids: &mut IdSource, recorded_at: Timestamp) -> Vec<MarkupRule> {
    let rules: &[(Option<&str>, Option<&str>, i64)] = &[
        (None, None, 50),
        (Some("openai"), None, 45),
        (Some("anthropic"), None, 45),
        (Some("gemini"), None, 60),
        (Some("anthropic"), Some("claude-haiku-4-5"), 30),
    ];
    rules
        .iter()
        .map(|(provider, model, percent)| MarkupRule {
            id: MarkupRuleId::new(ids),
            scope: MarkupScope {
                level: ScopeLevel::Book,
                provider: provider.map(str::to_owned),
                model: model.map(str::to_owned),
                dimension: None,
                conditions: None,
            },
            body: Some(RuleBody::Markup(Markup {
                percent: Decimal::from(*percent),
                ..Markup::default()
            })),
            valid_from: Timestamp::MIN,
            recorded_at,
            version: None,
        })
        .collect()
}

/// The exchange rates of the sample, from the providers' dollars. Invented round figures, and
/// labelled so.
pub(crate) fn exchange_rates(recorded_at: Timestamp) -> Result<Vec<ExchangeRate>, MoneyError> {
    let on = Date::from_ymd_opt(2026, 7, 31).ok_or(MoneyError::Overflow)?;
    [
        ("EUR", "0.86"),
        ("GBP", "0.74"),
        ("SEK", "9.42"),
        ("JPY", "148.5"),
    ]
    .iter()
    .map(|(quote, rate)| {
        Ok(ExchangeRate {
            base: Currency::parse("USD")?,
            quote: Currency::parse(quote)?,
            rate: Factor::parse(rate)?,
            source: "Sample rate".to_owned(),
            on,
            valid_from: Timestamp::MIN,
            recorded_at,
            version: None,
        })
    })
    .collect()
}
