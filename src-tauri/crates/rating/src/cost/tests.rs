use super::*;
use proptest::prelude::*;
use ratebook_catalog::prices::{PriceSource, PriceTable, TableStamp, read};
use ratebook_catalog::{CallConditions, Dimension};
use ratebook_money::{Date, Timestamp};

fn stamp() -> TableStamp {
    TableStamp {
        source: PriceSource {
            name: "test".into(),
            version: "1".into(),
            address: String::new(),
            seen_on: Date::from_ymd_opt(2026, 11, 23).unwrap(),
        },
        recorded_at: Timestamp::MIN,
        undated_from: Timestamp::MIN,
    }
}

fn table() -> PriceTable {
    let text = r#"{"m": {"litellm_provider": "p", "input_cost_per_token": 3e-6,
        "cache_read_input_token_cost": 3e-7, "cache_creation_input_token_cost": 3.75e-6,
        "output_cost_per_token": 1.5e-5, "input_cost_per_token_above_200k_tokens": 6e-6,
        "input_cost_per_token_batches": 1e-6, "output_cost_per_second": 0.000000000000000001,
        "mode": "video_generation"}}"#;
    let table = read(text, &stamp()).unwrap();
    PriceTable::new(vec![table.source], table.models)
}

fn answer(line: &str) -> String {
    let table = table();
    let mut pricer = Pricer::new(&table, Timestamp::MAX);
    let mut out = String::new();
    reply(&mut pricer, line, &mut out);
    out.trim_end().to_owned()
}

fn cost(usage: &str) -> String {
    let line = format!(
        r#"{{"id":1,"provider":"p","model":"m","at":"2026-11-23T12:00:00Z","usage":{{{usage}}}}}"#
    );
    let answer = answer(&line);
    let cost = answer.split("\"cost\":\"").nth(1);
    cost.map_or(answer.clone(), |cost| {
        cost.split('"').next().unwrap().to_owned()
    })
}

#[test]
fn a_million_prompt_tokens_of_which_most_were_cached() {
    let usage = r#""input_tokens_total": 1000000, "cache_read_tokens": 800000"#;
    // Above 200 K the uncached ones cost $6: 200,000 × 6 + 800,000 × 0.30.
    assert_eq!(cost(usage), "1.44");
    assert_eq!(
        cost(r#""input_tokens_total": 200000, "cache_read_tokens": 160000"#),
        "0.168"
    );
}

#[test]
fn a_short_call_is_billed_the_least_quantity() {
    let text = r#"[{"id": "groq", "models": [{"id": "whisper-x",
        "prices": {"input_audio_hours": 3.6, "output_mtok": 1}}]}]"#;
    let table = read(text, &stamp()).unwrap();
    let table = PriceTable::new(vec![table.source], table.models);
    let mut pricer = Pricer::new(&table, Timestamp::MAX);
    // A tenth of a cent for a second, ten seconds at least.
    for (seconds, billed, cost) in [
        ("3", "10", "0.01"),
        ("10", "10", "0.01"),
        ("12.5", "12.5", "0.0125"),
    ] {
        let line = format!(
            r#"{{"id":1,"provider":"groq","model":"whisper-x","at":"2026-11-23T12:00:00Z",
                "usage":{{"input_audio_seconds":{seconds}}}}}"#
        );
        let mut out = String::new();
        assert!(reply(&mut pricer, &line, &mut out), "{out}");
        let said = format!(r#""at_least":"10","source":"test 1","quantity":"{billed}""#);
        assert!(out.contains(&said), "{out}");
        assert!(out.contains(&format!(r#""cost":"{cost}""#)), "{out}");
    }
    // Without any speech there is nothing to bill.
    let line = r#"{"id":1,"provider":"groq","model":"whisper-x","at":"2026-11-23T12:00:00Z",
        "usage":{"output_tokens":1}}"#;
    let mut out = String::new();
    assert!(reply(&mut pricer, line, &mut out), "{out}");
    assert!(out.contains(r#""cost":"0.000001""#), "{out}");
}

#[test]
fn classes_and_totals_come_to_the_same() {
    let classes = r#""input_tokens": 100, "cache_read_tokens": 50, "cache_write_tokens": 30,
        "cache_write_1h_tokens": 20, "output_tokens": 7, "output_reasoning_tokens": 3"#;
    let totals = r#""input_tokens_total": 200, "cache_read_tokens": 50, "cache_write_tokens": 50,
        "cache_write_1h_tokens": 20, "output_tokens_total": 10, "output_reasoning_tokens": 3"#;
    assert_eq!(cost(classes), cost(totals));
}

#[test]
fn impossible_usage_is_refused_by_name() {
    for (usage, says) in [
        (
            r#""input_tokens_total": 10, "cache_read_tokens": 11"#,
            "11 > 10",
        ),
        (
            r#""output_tokens_total": 1, "output_reasoning_tokens": 2"#,
            "output_tokens_total",
        ),
        (r#""input_tokens": -1"#, "negative"),
        (r#""input_tokens": 1.5"#, "decimal places"),
        (r#""input_tokens": 1e308"#, "too large"),
        (r#""input_tokens": "many""#, "not a decimal number"),
        (r#""dreams": 1"#, "dreams"),
        (
            r#""input_tokens": 1, "input_tokens_total": 2"#,
            "given twice",
        ),
        (
            r#""cache_write_tokens": 1, "cache_write_5m_tokens": 2"#,
            "given twice",
        ),
        (r#""web_searches": 1"#, "no price for web_searches"),
        (r#""input_unspecified_tokens": 1"#, "class of the tokens"),
    ] {
        let answer = cost(usage);
        assert!(answer.starts_with("{\"id\":1,\"error\":"), "{answer}");
        assert!(answer.contains(says), "{answer}");
    }
}

#[test]
fn every_line_has_an_answer_with_its_id() {
    for (line, starts) in [
        ("", "{\"id\":null,\"error\":\"not a JSON object"),
        (
            "{\"id\":\"a\\\"\"}",
            "{\"id\":\"a\\\"\",\"error\":\"model is missing",
        ),
        (
            "{\"id\":{\"x\":[1]},\"model\":\"m\"}",
            "{\"id\":{\"x\":[1]},\"error\":\"at is missing",
        ),
        (
            "{\"id\":2,\"provider\":\"p\",\"model\":\"n\",\"at\":\"2026-11-23T12:00:00Z\"}",
            "{\"id\":2,\"error\":\"unknown model \\\"n\\\" of provider \\\"p\\\"",
        ),
        (
            "{\"id\":2,\"model\":\"m\",\"at\":\"2026-11-23\"}",
            "{\"id\":2,\"error\":\"at: ",
        ),
        (
            "{\"id\":2,\"model\":\"m\",\"conditions\":{\"mood\":\"x\"}}",
            "{\"id\":2,\"error\":\"conditions: \\\"mood\\\"",
        ),
        (
            "{\"id\":2,\"model\":\"m\",\"at\":\"2026-11-23T12:00:00Z\"}",
            "{\"id\":2,\"lines\":[],\"cost\":\"0\",\"currency\":\"USD\"}",
        ),
    ] {
        let answer = answer(line);
        assert!(answer.starts_with(starts), "{answer}");
    }
}

#[test]
fn marks_choose_the_rate_by_any_of_their_names() {
    let line = |conditions: &str| {
        format!(
            r#"{{"id":1,"provider":"p","model":"m","at":"2026-11-23T12:00:00Z",
            "usage":{{"input_tokens":1000000}},{conditions}}}"#
        )
        .replace('\n', " ")
    };
    for conditions in [
        r#""conditions":{"processing":"batch"}"#,
        r#""request":{"batch":true}"#,
        r#""conditions":{"processing":"BATCH","service_tier":null}"#,
    ] {
        let answer = answer(&line(conditions));
        assert!(answer.contains("\"cost\":\"1\""), "{answer}");
    }
    let both = answer(&line(r#""conditions":{"size":"a","resolution":"b"}"#));
    assert!(both.contains("contradicts"), "{both}");
}

#[test]
fn a_very_small_rate_times_a_fraction_of_a_second_is_exact() {
    assert_eq!(
        cost(r#""output_video_seconds": 0.000001"#),
        "0.000000000000000000000001"
    );
}

fn used(pairs: &[(&str, u32)]) -> Quantities {
    let mut used = Quantities::default();
    for (name, count) in pairs {
        used.report(name, &count.to_string()).unwrap();
    }
    used.disjoint().unwrap();
    used
}

proptest! {
    /// Splitting a quantity never changes the sum: two calls cost what one with both costs, as
    /// long as the call's size does not choose another rate.
    #[test]
    fn two_calls_cost_what_one_with_both_costs(
        a in 1_u32..90_000, b in 1_u32..90_000, c in 1_u32..90_000,
    ) {
        let table = table();
        let mut pricer = Pricer::new(&table, Timestamp::MAX);
        let at = Timestamp::parse("2026-11-23T12:00:00Z").unwrap();
        let none = CallConditions::default();
        let mut cost = |pairs: &[(&str, u32)]| {
            pricer.cost("p", "m", at, &none, &used(pairs)).unwrap().cost
        };
        let parts = cost(&[("input_tokens", a), ("output_tokens", c)])
            .plus(cost(&[("input_tokens", b), ("output_tokens", a)])).unwrap();
        prop_assert_eq!(parts, cost(&[("input_tokens", a + b), ("output_tokens", a + c)]));
    }

    /// Whatever the totals, the classes add up to them: no token is lost or counted twice.
    #[test]
    fn classes_add_up_to_the_totals(
        input in 0_u32..1_000, read in 0_u32..400, write in 0_u32..400, audio in 0_u32..400,
        output in 0_u32..1_000, reasoning in 0_u32..700,
    ) {
        let mut used = Quantities::default();
        for (name, count) in [
            ("input_tokens_total", input), ("cache_read_tokens", read),
            ("cache_write_5m_tokens", write), ("input_audio_tokens", audio),
            ("output_tokens_total", output), ("output_reasoning_tokens", reasoning),
        ] {
            used.report(name, &count.to_string()).unwrap();
        }
        let possible = read + write + audio <= input && reasoning <= output;
        prop_assert_eq!(used.disjoint().is_ok(), possible);
        if possible {
            prop_assert_eq!(used.context_tokens(), u64::from(input));
            let all: i64 = used
                .used()
                .filter(|(dimension, _)| *dimension != Dimension::REQUESTS)
                .map(|(_, e6)| e6)
                .sum();
            prop_assert_eq!(all, i64::from(input + output) * 1_000_000);
        }
    }

    /// What was kept for one call never prices another: a pricer that has seen many calls answers
    /// as a fresh one does.
    #[test]
    fn a_pricer_with_a_memory_answers_as_a_fresh_one(
        calls in proptest::collection::vec((0_u32..400_000, any::<bool>(), 0_u32..86_400), 1..12),
    ) {
        let table = table();
        let mut kept = Pricer::new(&table, Timestamp::MAX);
        for (tokens, batch, second) in calls {
            let at = Timestamp::from_micros(1_800_000_000_000_000 + i64::from(second) * 1_000_000);
            let mut marks = CallConditions::default();
            mark(&mut marks, "batch", if batch { "true" } else { "false" }).unwrap();
            let used = used(&[("input_tokens", tokens), ("output_tokens", 5)]);
            let fresh = Pricer::new(&table, Timestamp::MAX).cost("p", "m", at, &marks, &used);
            prop_assert_eq!(kept.cost("p", "m", at, &marks, &used), fresh);
        }
    }
}
