use super::*;
use crate::pricing::parse;
use crate::{Charge, MeterId};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Timestamp};

fn meter(aggregation: Aggregation, groups: &[&str]) -> Meter {
    Meter {
        id: MeterId::new(&mut IdSource::new(Timestamp::from_micros(0), 1)),
        name: "Payments".to_owned(),
        event_name: "payment".to_owned(),
        aggregation,
        unit: "EUR".to_owned(),
        filters: Vec::new(),
        group_by: groups.iter().map(|key| (*key).to_owned()).collect(),
        archived: false,
    }
}

fn custom(name: &str) -> EventValue {
    EventValue::Quantity(Dimension::Custom(name.to_owned()))
}

/// The faults of a price document for a meter.
fn faults(meter: &Meter, of: Option<MeterRef>, price: &str) -> Vec<String> {
    let price = parse(price).unwrap();
    let kind = ChargeKind::Usage {
        meter: of.unwrap_or(MeterRef::Own(meter.id)),
        price: PriceModel::Document {
            price: Box::new(price),
        },
    };
    let charge = Charge {
        name: "Fees".to_owned(),
        kind,
    };
    let terms = PlanTerms::monthly(Currency::parse("EUR").unwrap(), vec![charge]);
    let issues = fit(&terms, std::slice::from_ref(meter));
    let named = issues
        .iter()
        .map(|issue| format!("{} {}", issue.path, issue.code));
    named.collect()
}

const PERCENT: &str = r#"{"model":"percentage","rate_percent":"2.9","fixed_fee_per_event":"0.3"}"#;
const SHARE: &str = r#"{"model":"percentage","rate_percent":"1"}"#;
const DAILY: &str =
    r#"{"model":"bucketed","per":"day","base":{"model":"per_unit","unit_price":"1"}}"#;
const BY_GROUP: &str =
    r#"{"model":"bucketed","per":"group","base":{"model":"percentage","rate_percent":"1"}}"#;
const CAPACITY: &str = concat!(
    r#"{"model":"capacity","tiers":[{"limits":{"custom:gb":"10"},"amount":"5"},"#,
    r#"{"limits":{},"amount":"9"}]}"#,
);

#[test]
fn money_is_a_sum_of_what_events_carry() {
    let sum = meter(Aggregation::Sum(custom("amount")), &[]);
    assert!(faults(&sum, None, PERCENT).is_empty());
    assert!(faults(&sum, None, r#"{"model":"dynamic"}"#).is_empty());
    let refused = ["charges[0].document.model needs_amounts"];
    let average = meter(Aggregation::Average(custom("balance")), &[]);
    assert!(faults(&average, None, SHARE).is_empty());
    assert_eq!(faults(&average, None, PERCENT), refused);
    assert_eq!(
        faults(&meter(Aggregation::Count, &[]), None, SHARE),
        refused
    );
    let tokens = EventValue::Quantity(Dimension::parse("output_tokens").unwrap());
    let tokens = meter(Aggregation::Sum(tokens), &[]);
    assert_eq!(faults(&tokens, None, SHARE), refused);
    let built_in = MeterRef::BuiltIn(BuiltInMeter::TotalTokens);
    assert_eq!(faults(&sum, Some(built_in), SHARE), refused);
}

#[test]
fn groups_and_units_must_be_there() {
    let plain = meter(Aggregation::Sum(custom("gb")), &[]);
    let grouped = meter(Aggregation::Sum(custom("gb")), &["region"]);
    assert!(faults(&plain, None, DAILY).is_empty());
    assert!(faults(&grouped, None, BY_GROUP).is_empty());
    assert_eq!(
        faults(&plain, None, BY_GROUP),
        ["charges[0].document.per needs_groups"]
    );
    let count = meter(Aggregation::Count, &["region"]);
    let inside = ["charges[0].document.base.model needs_amounts"];
    assert_eq!(faults(&count, None, BY_GROUP), inside);
    assert!(faults(&plain, None, CAPACITY).is_empty());
    let refused = ["charges[0].document.model needs_quantity"];
    assert_eq!(faults(&count, None, CAPACITY), refused);
}

#[test]
fn a_meter_that_is_not_there_is_named() {
    let own = meter(Aggregation::Count, &[]);
    let lost = MeterRef::Own(MeterId::new(&mut IdSource::new(
        Timestamp::from_micros(5),
        2,
    )));
    let flat = r#"{"model":"flat","amount":"1"}"#;
    assert_eq!(faults(&own, Some(lost), flat), ["charges[0].meter unknown"]);
}

#[test]
fn what_is_not_rounded_must_divide_without_a_rest() {
    let by = |number: &str, round: &str| {
        format!(
            r#"{{"model":"per_unit","unit_price":"1",
                "convert":{{"divide_by":"{number}","round":"{round}"}}}}"#
        )
    };
    let seconds = meter(Aggregation::Sum(custom("seconds")), &[]);
    let of = |number: &str, round: &str| faults(&seconds, None, &by(number, round));
    let fault = ["charges[0].document.convert.round never_exact"];
    assert_eq!(of("60", "none"), fault);
    assert_eq!(of("1024", "none"), fault);
    assert!(of("60", "nearest").is_empty());
    assert!(of("1000", "none").is_empty());
    assert!(of("0.064", "none").is_empty());
    // A count has no fractions that would have to be divided as well.
    let events = meter(Aggregation::Count, &[]);
    assert!(faults(&events, None, &by("1024", "none")).is_empty());
    assert_eq!(faults(&events, None, &by("8192", "none")), fault);
    let half =
        r#"{"model":"per_unit","unit_price":"1","convert":{"multiply_by":"3","divide_by":"6"}}"#;
    assert!(faults(&seconds, None, half).is_empty());
}
