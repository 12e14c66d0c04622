//! What a person configures reads back as it was written.

use crate::common::{at, book, company, customer, ids, now};
use ratebook_catalog::{
    Aggregation, Agreed, Charge, ChargeChange, ChargeKind, Dimension, EventValue, ExchangeRate,
    FeePer, FeeTiming, Filter, Markup, MarkupRule, MarkupRuleId, MarkupScope, Meter, MeterId,
    MeterRef, Plan, PlanId, PlanTerms, PlanVersion, PlanVersionId, PriceModel, RuleBody,
    ScopeLevel, SeatCount, Subscription, SubscriptionId, TaxTreatment, Tier,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Date, Factor, Money, Timestamp};
use ratebook_store::{
    StoreError, company as companies, customers, exchange, markups, meters, plans, settings,
    subscriptions,
};

pub fn decimal(text: &str) -> rust_decimal::Decimal {
    ratebook_money::parse_decimal(text).unwrap()
}

pub fn plan(ids: &mut IdSource) -> (Plan, PlanVersion) {
    let plan = Plan {
        id: PlanId::new(ids),
        name: "Team".to_owned(),
        description: "For teams".to_owned(),
        archived: false,
    };
    let eur = Currency::parse("EUR").unwrap();
    let tier = |up_to: Option<&str>, price: &str| Tier {
        up_to: up_to.map(decimal),
        unit_price: decimal(price),
        flat_fee: decimal("0"),
    };
    let usage = |price| ChargeKind::Usage {
        meter: MeterRef::BuiltIn(ratebook_catalog::BuiltInMeter::ModelCalls),
        price,
    };
    let markup = Markup {
        percent: decimal("30"),
        ..Markup::default()
    };
    let charges = vec![
        ChargeKind::RecurringFee {
            amount: Money::parse("99.00", eur).unwrap(),
            timing: FeeTiming::Advance,
            per: FeePer::Subscription,
        },
        usage(PriceModel::CostPlus {
            markup: Some(markup),
        }),
        usage(PriceModel::Graduated {
            tiers: vec![tier(Some("1000000"), "0.000003"), tier(None, "0.0000025")],
            charge_flat_at_zero: true,
        }),
        usage(PriceModel::Document {
            price: Box::new(
                ratebook_catalog::pricing::parse(
                    r#"{"model": "package", "package_size": "1000", "package_price": "0.04",
                        "minimum": "20"}"#,
                )
                .unwrap(),
            ),
        }),
        usage(PriceModel::PerUnit {
            unit_price: decimal("0.000000000001"),
        }),
    ];
    let charges = charges
        .into_iter()
        .map(|kind| Charge {
            name: "Charge".to_owned(),
            kind,
        })
        .collect();
    let version = PlanVersion {
        id: PlanVersionId::new(ids),
        plan: plan.id,
        number: 1,
        terms: PlanTerms::monthly(eur, charges),
        published_at: None,
    };
    (plan, version)
}

pub fn markup_rule(ids: &mut IdSource, percent: Option<&str>) -> MarkupRule {
    MarkupRule {
        id: MarkupRuleId::new(ids),
        scope: MarkupScope {
            level: ScopeLevel::Book,
            provider: Some("openai".to_owned()),
            model: None,
            dimension: Some(Dimension::OUTPUT),
            conditions: None,
        },
        body: percent.map(|percent| {
            RuleBody::Markup(Markup {
                percent: decimal(percent),
                fixed_per_unit: Some(decimal("0.0000001")),
                fixed_per_request: None,
                minimum_margin: Some(decimal("10.5")),
                round_to: Some(decimal("0.05")),
            })
        }),
        valid_from: at("2026-09-01T00:00:00Z"),
        recorded_at: now(),
        version: None,
    }
}

pub fn exchange_rate() -> ExchangeRate {
    ExchangeRate {
        base: Currency::parse("USD").unwrap(),
        quote: Currency::parse("EUR").unwrap(),
        rate: Factor::parse("0.86").unwrap(),
        source: "ECB".to_owned(),
        on: Date::from_ymd_opt(2026, 10, 30).unwrap(),
        valid_from: Timestamp::MIN,
        recorded_at: now(),
        version: None,
    }
}

pub fn meter(ids: &mut IdSource) -> Meter {
    Meter {
        id: MeterId::new(ids),
        name: "Agent runs".to_owned(),
        event_name: "agent.run".to_owned(),
        aggregation: Aggregation::Sum(EventValue::Quantity(Dimension::Custom("steps".to_owned()))),
        unit: "step".to_owned(),
        filters: vec![Filter {
            key: "team".to_owned(),
            any_of: vec!["t1".to_owned()],
        }],
        group_by: Vec::new(),
        archived: false,
    }
}

/// One of each kind, some with what only they have.
fn meters_of_every_kind(ids: &mut IdSource) -> Vec<Meter> {
    let size = || EventValue::Quantity(Dimension::Custom("size".to_owned()));
    let kinds = [
        Aggregation::Count,
        Aggregation::Sum(EventValue::Formula(
            "custom:cpu * custom:hours".parse().unwrap(),
        )),
        Aggregation::Max(size()),
        Aggregation::Min(size()),
        Aggregation::Average(size()),
        Aggregation::Latest(size()),
        Aggregation::WeightedSum(size()),
        Aggregation::UniqueCount {
            key: "user".to_owned(),
        },
    ];
    let kinds = kinds.into_iter().enumerate();
    let of = |(number, aggregation)| Meter {
        name: format!("Meter {number}"),
        aggregation,
        group_by: vec!["region".to_owned(), "tier".to_owned()],
        ..meter(ids)
    };
    kinds.map(of).collect()
}

#[tokio::test]
async fn meters_of_every_kind_read_back_and_say_what_they_look_at() {
    let (_folder, book) = book().await;
    let all = meters_of_every_kind(&mut ids(1));
    let mut write = book.write().await.unwrap();
    for meter in &all {
        meters::save(&mut write, meter).await.unwrap();
    }
    write.commit().await.unwrap();
    let mut read = book.read().await.unwrap();
    assert_eq!(meters::list(&mut read).await.unwrap(), all);
    let keys = meters::looked_at(&mut read).await.unwrap();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    assert_eq!(keys, ["region", "team", "tier", "user"]);
}

fn agreed() -> Agreed {
    Agreed {
        since: Some(Date::from_ymd_opt(2026, 1, 31).unwrap()),
        seats: vec![SeatCount {
            from: Date::from_ymd_opt(2026, 8, 1).unwrap(),
            count: 5,
        }],
        phases_from: Some(Date::from_ymd_opt(2026, 9, 1).unwrap()),
        overrides: vec![ChargeChange {
            charge: "Charge".to_owned(),
            off: false,
            amount: None,
            price: Some(PriceModel::PerUnit {
                unit_price: decimal("0.000000000002"),
            }),
            included: Some(decimal("1000")),
            minimum: Some(decimal("20")),
        }],
    }
}

/// Each rule and each rate is a version of its own.
fn numbered(rules: [MarkupRule; 2], rate: ExchangeRate) -> ([MarkupRule; 2], ExchangeRate) {
    let [first, second] = rules;
    let of = |rule, number| MarkupRule {
        version: Some(number),
        ..rule
    };
    let version = Some(3);
    let rate = ExchangeRate { version, ..rate };
    ([of(first, 1), of(second, 2)], rate)
}

#[tokio::test]
async fn everything_reads_back_as_it_was_written() {
    let (_folder, book) = book().await;
    let mut ids = ids(1);
    let mut write = book.write().await.unwrap();
    let company = company();
    companies::save(&mut write, &company).await.unwrap();
    let mut first = customer(&mut ids, "C-1", &["cus_1", "key 2"]);
    customers::save(&mut write, &first).await.unwrap();
    first.tax = TaxTreatment::Exempt {
        reason: "§ 4".to_owned(),
    };
    first.aliases = vec!["key 2".to_owned(), "tag".to_owned()];
    customers::save(&mut write, &first).await.unwrap();
    let meter = meter(&mut ids);
    meters::save(&mut write, &meter).await.unwrap();
    let rules = [
        markup_rule(&mut ids, Some("30")),
        markup_rule(&mut ids, None),
    ];
    for rule in &rules {
        markups::add(&mut write, rule).await.unwrap();
    }
    let rate = exchange_rate();
    exchange::add(&mut write, &rate).await.unwrap();
    let (plan, mut version) = plan(&mut ids);
    plans::save(&mut write, &plan).await.unwrap();
    plans::save_version(&mut write, &version).await.unwrap();
    version.published_at = Some(now());
    plans::save_version(&mut write, &version).await.unwrap();
    let subscription = Subscription {
        id: SubscriptionId::new(&mut ids),
        customer: first.id,
        plan_version: version.id,
        starts_on: Date::from_ymd_opt(2026, 8, 1).unwrap(),
        ends_on: None,
        agreed: agreed(),
    };
    subscriptions::save(&mut write, &subscription)
        .await
        .unwrap();
    write.commit().await.unwrap();

    let mut read = book.read().await.unwrap();
    assert_eq!(companies::load(&mut read).await.unwrap(), Some(company));
    assert_eq!(
        customers::list(&mut read).await.unwrap(),
        vec![first.clone()]
    );
    assert_eq!(customers::get(&mut read, first.id).await.unwrap(), first);
    assert_eq!(meters::list(&mut read).await.unwrap(), vec![meter]);
    let (rules, rate) = numbered(rules, rate);
    assert_eq!(markups::list(&mut read, now()).await.unwrap(), rules);
    let earlier = at("2026-10-01T00:00:00Z");
    assert!(markups::list(&mut read, earlier).await.unwrap().is_empty());
    assert_eq!(exchange::list(&mut read, now()).await.unwrap(), vec![rate]);
    assert_eq!(plans::list(&mut read).await.unwrap(), vec![plan]);
    assert_eq!(
        plans::versions(&mut read).await.unwrap(),
        vec![version.clone()]
    );
    assert_eq!(
        plans::version(&mut read, version.id).await.unwrap(),
        version
    );
    assert_eq!(
        subscriptions::list(&mut read).await.unwrap(),
        vec![subscription]
    );
}

#[tokio::test]
async fn a_setting_is_there_until_it_is_removed() {
    let (_folder, book) = book().await;
    let mut write = book.write().await.unwrap();
    assert_eq!(
        settings::get::<String>(&mut write, "theme").await.unwrap(),
        None
    );
    settings::set(&mut write, "theme", &"light").await.unwrap();
    settings::set(&mut write, "theme", &"dark").await.unwrap();
    let theme = settings::get::<String>(&mut write, "theme").await.unwrap();
    assert_eq!(theme.as_deref(), Some("dark"));
    settings::remove(&mut write, "theme").await.unwrap();
    assert_eq!(
        settings::get::<String>(&mut write, "theme").await.unwrap(),
        None
    );
}

#[tokio::test]
async fn an_alias_or_number_belongs_to_one_customer() {
    let (_folder, book) = book().await;
    let mut ids = ids(2);
    let first = customer(&mut ids, "C-1", &["acme"]);
    let second = customer(&mut ids, "C-2", &["acme"]);
    let third = customer(&mut ids, "C-1", &[]);
    let mut write = book.write().await.unwrap();
    customers::save(&mut write, &first).await.unwrap();
    let taken = customers::save(&mut write, &second).await;
    let by = first.id.to_string();
    assert!(
        matches!(&taken, Err(StoreError::Taken { by: Some(owner), .. }) if *owner == by),
        "{taken:?}"
    );
    let taken = customers::save(&mut write, &third).await;
    assert!(
        matches!(
            taken,
            Err(StoreError::Taken {
                column: "customer.number",
                ..
            })
        ),
        "{taken:?}"
    );
}

#[tokio::test]
async fn what_cannot_be_read_back_is_named_and_not_replaced() {
    let (_folder, book) = book().await;
    let customer = customer(&mut ids(3), "C-1", &[]);
    let mut write = book.write().await.unwrap();
    customers::save(&mut write, &customer).await.unwrap();
    write.commit().await.unwrap();
    let raw = rusqlite::Connection::open(book.path()).unwrap();
    raw.execute("UPDATE customer SET zone = 'Mars/Olympus'", [])
        .unwrap();
    let mut read = book.read().await.unwrap();
    let error = customers::list(&mut read).await.unwrap_err();
    let named = matches!(
        &error,
        StoreError::Corrupt { table: "customer", id, column: "zone" }
            if *id == customer.id.to_string()
    );
    assert!(named, "{error:?}");
}

#[tokio::test]
async fn a_write_that_is_not_committed_leaves_nothing_and_frees_the_book() {
    let (_folder, book) = book().await;
    let mut write = book.write().await.unwrap();
    let before = ratebook_store::change_count(&mut write).await.unwrap();
    customers::save(&mut write, &customer(&mut ids(4), "C-1", &[]))
        .await
        .unwrap();
    drop(write);
    let mut write = book.write().await.unwrap();
    assert!(customers::list(&mut write).await.unwrap().is_empty());
    assert_eq!(
        ratebook_store::change_count(&mut write).await.unwrap(),
        before
    );
    write.commit().await.unwrap();
    let mut read = book.read().await.unwrap();
    assert_eq!(
        ratebook_store::change_count(&mut read).await.unwrap(),
        before + 1
    );
}
