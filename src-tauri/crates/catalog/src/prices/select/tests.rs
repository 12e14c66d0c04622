use super::*;
use crate::prices::RuleSet;
use crate::{Comparison, ConditionKey, ContextThreshold, TimeWindow};
use ratebook_money::Currency;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn row(dimension: Dimension, rate: &str) -> ProviderPrice {
    let usd = Currency::parse("USD").unwrap();
    ProviderPrice {
        dimension,
        conditions: PriceConditions::default(),
        rate: Some(Rate::parse(rate, usd).unwrap()),
        valid_from: Timestamp::MIN,
        recorded_at: Timestamp::MIN,
        source: 0,
        manual: false,
        original: None,
    }
}

fn model(prices: Vec<ProviderPrice>) -> ModelPrices {
    ModelPrices {
        provider: "openai".into(),
        model: "gpt-x".into(),
        prices,
        fallbacks: Vec::new(),
        rules: RuleSet::None,
        multipliers: Vec::new(),
        matches: Vec::new(),
        minimums: Vec::new(),
    }
}

fn price(model: &ModelPrices, call: &PriceCall, dimension: Dimension) -> Result<String, NoPrice> {
    let selected = model.select(&dimension, call, Timestamp::MAX)?;
    Ok(selected.map_or("free".into(), |found| found.rate.per_unit().to_string()))
}

const NOON: &str = "2026-11-23T12:00:00Z";

#[test]
fn a_cut_recorded_later_counts_from_its_own_day_and_only_for_those_who_know_it() {
    // $5/M, cut to $4/M from 21 Aug, recorded 25 Aug.
    let mut cut = row(Dimension::INPUT, "0.000004");
    cut.valid_from = at("2026-08-21T00:00:00Z");
    cut.recorded_at = at("2026-08-25T00:00:00Z");
    let model = model(vec![cut, row(Dimension::INPUT, "0.000005")]);
    let none = CallConditions::default();
    let rate = |when: &str, as_of: &str| {
        let call = PriceCall::single(at(when), &none, 0);
        let found = model.select(&Dimension::INPUT, &call, at(as_of)).unwrap();
        found.unwrap().rate.per_unit().to_string()
    };
    assert_eq!(
        rate("2026-08-20T23:59:59Z", "2026-09-01T00:00:00Z"),
        "0.000005"
    );
    assert_eq!(
        rate("2026-08-21T00:00:00Z", "2026-09-01T00:00:00Z"),
        "0.000004"
    );
    assert_eq!(
        rate("2026-08-22T00:00:00Z", "2026-08-24T00:00:00Z"),
        "0.000005"
    );
}

#[test]
fn the_threshold_keeps_its_own_comparison() {
    let mut above = row(Dimension::INPUT, "0.2");
    let mut at_least = row(Dimension::OUTPUT, "0.2");
    for (row, comparison) in [
        (&mut above, Comparison::Above),
        (&mut at_least, Comparison::AtLeast),
    ] {
        row.conditions.context = Some(ContextThreshold {
            tokens: 200_000,
            comparison,
        });
    }
    let base = [row(Dimension::INPUT, "0.1"), row(Dimension::OUTPUT, "0.1")];
    let model = model([above, at_least].into_iter().chain(base).collect());
    let none = CallConditions::default();
    for (tokens, input, output) in [
        (199_999, "0.1", "0.1"),
        (200_000, "0.1", "0.2"),
        (200_001, "0.2", "0.2"),
    ] {
        let call = PriceCall::single(at(NOON), &none, tokens);
        assert_eq!(price(&model, &call, Dimension::INPUT).unwrap(), input);
        assert_eq!(price(&model, &call, Dimension::OUTPUT).unwrap(), output);
    }
}

#[test]
fn a_manual_row_wins_until_it_is_ended() {
    let mut manual = row(Dimension::INPUT, "0.07");
    manual.manual = true;
    let mut newer = row(Dimension::INPUT, "0.2");
    newer.valid_from = at("2026-06-01T00:00:00Z");
    let mut ended = manual.clone();
    ended.rate = None;
    ended.valid_from = at("2026-10-01T00:00:00Z");
    let model = model(vec![manual, newer, ended]);
    let none = CallConditions::default();
    let call = |when: &str| PriceCall::single(at(when), &none, 0);
    let rate = |when: &str| price(&model, &call(when), Dimension::INPUT).unwrap();
    assert_eq!(rate("2026-07-01T00:00:00Z"), "0.07");
    assert_eq!(rate(NOON), "0.2");
}

#[test]
fn a_missing_batch_price_is_half_and_a_missing_cache_price_is_the_input_price() {
    let mut model = model(vec![row(Dimension::INPUT, "0.4")]);
    let half = Factor::parse("0.5").unwrap();
    let batch = PriceConditions::marked(ConditionKey::Processing, "batch");
    model.fallbacks = vec![
        Fallback {
            dimension: Dimension::INPUT,
            conditions: batch.clone(),
            parent: Dimension::INPUT,
            factor: half,
        },
        Fallback {
            dimension: Dimension::CACHE_READ,
            conditions: PriceConditions::default(),
            parent: Dimension::INPUT,
            factor: Factor::ONE,
        },
    ];
    let live = CallConditions::default();
    let marked = CallConditions(batch.equals.clone());
    let live = PriceCall::single(at(NOON), &live, 0);
    let batched = PriceCall::single(at(NOON), &marked, 0);
    assert_eq!(price(&model, &live, Dimension::CACHE_READ).unwrap(), "0.4");
    assert_eq!(
        price(&model, &batched, Dimension::CACHE_READ).unwrap(),
        "0.2"
    );
    // A row of its own for batch calls needs no fallback.
    let mut own = row(Dimension::INPUT, "0.3");
    own.conditions = batch;
    model.prices.push(own);
    assert_eq!(price(&model, &batched, Dimension::INPUT).unwrap(), "0.3");
    assert_eq!(price(&model, &live, Dimension::INPUT).unwrap(), "0.4");
}

#[test]
fn an_unpriced_request_is_free_and_anything_else_is_an_error() {
    let model = model(vec![row(Dimension::INPUT, "1")]);
    let none = CallConditions::default();
    let call = PriceCall::single(at(NOON), &none, 0);
    assert_eq!(price(&model, &call, Dimension::REQUESTS).unwrap(), "free");
    let refused = price(&model, &call, Dimension::OUTPUT).unwrap_err();
    assert_eq!(refused.why, NoPriceReason::Missing);
    let refused = price(&model, &call, Dimension::TOTAL_UNSPECIFIED).unwrap_err();
    assert_eq!(refused.why, NoPriceReason::Unspecified);
}

#[test]
fn a_multiplier_holds_for_every_value_but_the_excepted_ones() {
    let mut model = model(vec![row(Dimension::INPUT, "2")]);
    model.multipliers = vec![Multiplier {
        key: ConditionKey::Region,
        value: "*".into(),
        except: vec!["global".into()],
        factor: Factor::parse("1.1").unwrap(),
    }];
    for (region, rate) in [
        (Some("us-east5"), "2.2"),
        (Some("global"), "2"),
        (None, "2"),
    ] {
        let marks = region.map(|region| (ConditionKey::Region, region.to_owned()));
        let marks = CallConditions(marks.into_iter().collect());
        let call = PriceCall::single(at(NOON), &marks, 0);
        assert_eq!(price(&model, &call, Dimension::INPUT).unwrap(), rate);
    }
}

#[test]
fn a_window_that_wraps_past_midnight_and_a_day_on_another_calendar() {
    let mut night = row(Dimension::INPUT, "1");
    night.conditions.window = Some(TimeWindow {
        from: 1_320,
        to: 60,
        days: Some(crate::Weekdays {
            days: vec![6],
            zone: Some("Asia/Shanghai".into()),
        }),
    });
    let model = model(vec![night, row(Dimension::INPUT, "3")]);
    let none = CallConditions::default();
    for (when, rate) in [
        // Friday 22:00 UTC is Saturday 06:00 in Shanghai.
        ("2026-11-20T22:00:00Z", "1"),
        ("2026-11-21T00:59:59Z", "1"),
        ("2026-11-21T01:00:00Z", "3"),
        ("2026-11-21T22:00:00Z", "3"),
    ] {
        let call = PriceCall::single(at(when), &none, 0);
        assert_eq!(
            price(&model, &call, Dimension::INPUT).unwrap(),
            rate,
            "{when}"
        );
    }
    // A sum over an hour knows only the hour's start and the border that was passed.
    let mut sum = PriceCall::single(at("2026-11-20T22:00:00Z"), &none, 0);
    sum.minute_of_day = 1_320;
    assert_eq!(price(&model, &sum, Dimension::INPUT).unwrap(), "1");
}
