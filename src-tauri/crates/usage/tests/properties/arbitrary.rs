//! Any event that may be.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use ratebook_catalog::{CallConditions, ConditionKey, Dimension};
use ratebook_money::{Quantity, Timestamp};
use ratebook_usage::{Counts, Reported, ReportedCost, UsageEvent};
use std::collections::BTreeMap;

/// Names as people and systems write them: any script, quotes, markup, no control characters.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9_./-]{0,24}",
        "\\PC{1,20}".prop_map(|text| text.replace(char::is_control, "x")),
        Just("=HYPERLINK(\"http://x\",\"y\")".to_owned()),
        Just("שלום \u{202e}evil\\\"株式会社".to_owned()),
    ]
}

fn quantity() -> impl Strategy<Value = (Dimension, Quantity)> {
    let known = (0..47_u8).prop_map(Dimension::Known);
    let own = "[a-z]{1,12}".prop_map(Dimension::Custom);
    (prop_oneof![9 => known, 1 => own], 1..1_000_000_000_i64).prop_map(|(dimension, count)| {
        let quantity = Quantity::from_smallest(count, dimension.decimal_places()).unwrap();
        (dimension, quantity)
    })
}

fn conditions() -> impl Strategy<Value = CallConditions> {
    let key = prop_oneof![
        Just(ConditionKey::ServiceTier),
        Just(ConditionKey::Processing),
        Just(ConditionKey::Region),
        Just(ConditionKey::Variant),
    ];
    btree_map(key, "[a-c]{1,6}", 0..3).prop_map(CallConditions)
}

fn cost() -> impl Strategy<Value = ReportedCost> {
    ("[a-z_]{1,12}", -5_000_000..5_000_000_i64, 0..8_u32).prop_map(|(kind, count, places)| {
        let amount = rust_decimal::Decimal::new(count, places)
            .normalize()
            .to_string();
        ReportedCost {
            kind,
            amount,
            currency: "USD".to_owned(),
        }
    })
}

fn reported() -> impl Strategy<Value = Reported> {
    let convention = prop_oneof![
        Just(""),
        Just("inc"),
        Just("exc"),
        Just("gem"),
        Just("disj")
    ];
    let numbers = btree_map("[a-z_]{1,10}", "(0|[1-9][0-9]{0,8})", 0..4);
    (convention, numbers, vec(cost(), 0..3)).prop_map(|(convention, numbers, mut costs)| {
        costs.sort_by(|a, b| (&a.kind, &a.amount).cmp(&(&b.kind, &b.amount)));
        Reported {
            convention: convention.to_owned(),
            numbers,
            costs,
        }
    })
}

pub fn event() -> impl Strategy<Value = UsageEvent> {
    // From the year 2000 to 2100.
    let at = 946_684_800_000_000..4_102_444_800_000_000_i64;
    let names = (name(), name(), name(), "[a-z-]{0,12}", name());
    let measured = (
        vec(quantity(), 1..6),
        conditions(),
        btree_map(name(), name(), 0..4),
    );
    (names, at, any::<bool>(), measured, reported()).prop_map(
        |((source, id, customer_ref, provider, model), at, is_call, measured, reported)| {
            let (quantities, conditions, dims) = measured;
            let distinct: BTreeMap<Dimension, Quantity> = quantities.into_iter().collect();
            UsageEvent {
                source,
                id,
                event_name: if is_call { "llm.call" } else { "workflow.run" }.to_owned(),
                at: Timestamp::from_micros(at),
                customer_ref,
                provider,
                model: if is_call { model } else { String::new() },
                conditions,
                quantities: distinct.into_iter().collect(),
                dims,
                reported,
            }
        },
    )
}

pub fn events() -> impl Strategy<Value = Vec<UsageEvent>> {
    vec(event(), 1..20)
}

pub fn counts() -> impl Strategy<Value = Counts> {
    let some = || prop::option::of(0..5_000_i64);
    let small = || prop::option::of(0..900_i64);
    (
        (some(), small(), small(), small()),
        (some(), small(), small(), small()),
    )
        .prop_map(
            |(
                (input, cache_read, cache_write, input_tool),
                (output, reasoning, audio, one_hour),
            )| {
                // What has parts has a whole.
                let (input, output) = (input.or(Some(0)), output.or(Some(0)));
                Counts {
                    input,
                    cache_read,
                    cache_write,
                    cache_write_1h: one_hour,
                    input_tool,
                    output,
                    reasoning,
                    output_audio: audio,
                    ..Counts::default()
                }
            },
        )
}
